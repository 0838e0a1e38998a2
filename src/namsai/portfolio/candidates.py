"""From the proposals of a plant to candidates of the choice: present values over the horizon of the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from namsai.appraisal.appraise import yearly_saving
from namsai.appraisal.discounting import crf, upv
from namsai.options.model import Proposal
from namsai.portfolio.model import Candidate


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen: candidates, worth of the streams they act on, and what the figures rest on."""

    candidates: tuple[Candidate, ...]
    stream_worth: dict[str, float]  # present value of the yearly cost [money]
    annuity: float  # present value of 1 a year over the horizon [year]
    rate: float
    other_saving: dict[str, float]  # per year [money], less running cost, by option
    replaced: tuple[str, ...]  # options whose life is not the horizon: their investment is spread over the life


def no_number(proposal: Proposal) -> str:
    """Return why a proposal cannot be a candidate (text key), or "" when it can."""
    if not proposal.calculated or yearly_saving(proposal) is None:
        return "portfolio.left-no-number"
    return "portfolio.left-no-investment" if proposal.investment is None else ""


def make_offer(proposals: Iterable[Proposal], rate: float | None, horizon: int) -> Offer:
    """Turn calculated proposals into candidates, in the middle case.

    Worth of a stream: yearly cost x UPV(rate, horizon). Shares refer to the largest cost named for the stream, so that
    a share of a part of it stays the same money. Other value: (other saving - running cost) x UPV, plus the correction
    for a life that is not the horizon: I - I x CRF(rate, life) x UPV(rate, horizon) (each option is replaced by its
    like, or keeps a rest value).
    Args: proposals; rate - per year [1], None counts as 0; horizon [year]. Returns Offer.
    Source: equivalent annual cost, NIST Handbook 135.
    """
    usable = [p for p in proposals if not no_number(p)]
    interest = rate or 0.0
    annuity = upv(interest, horizon)
    cost: dict[str, float] = {}
    for proposal in usable:
        for saving in proposal.savings:
            cost[saving.stream] = max(cost.get(saving.stream, 0.0), float(saving.cost))
    rows, other, replaced = [], {}, []
    for proposal in usable:
        shares: dict[str, float] = {}
        for s in proposal.savings:
            if cost[s.stream] > 0:
                part = s.share.mid * s.cost / cost[s.stream]
                shares[s.stream] = 1 - (1 - shares.get(s.stream, 0.0)) * (1 - part)
        total, investment = yearly_saving(proposal), proposal.investment
        if total is None or investment is None:
            continue
        extra = 0.0 if proposal.other_saving is None else proposal.other_saving.mid
        if not proposal.savings and proposal.other_saving is None:
            extra = total.mid
        other[proposal.id] = extra - proposal.running_cost
        outlay, life = investment.mid, proposal.life or horizon
        correction = 0.0
        if life != horizon and outlay:
            replaced.append(proposal.id)
            correction = outlay - outlay * crf(interest, life) * annuity
        rows.append(
            Candidate(
                proposal.id,
                outlay,
                other[proposal.id] * annuity + correction,
                shares,
                proposal.must,
                proposal.excludes,
                proposal.requires,
            )
        )
    return Offer(
        tuple(rows), {k: c * annuity for k, c in cost.items() if c > 0}, annuity, interest, other, tuple(replaced)
    )
