"""Make measures of the options of a run, through the savings app's own action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from namsai.assessment import Assessment as Result
from namsai.options.model import Proposal
from namsai_centre.assessments.models import Run
from namsai_centre.assessments.policies import RUNS
from namsai_centre.assessments.results import result_of
from namsai_centre.savings.actions.identify import identify
from namsai_centre.savings.kinds import CARRIERS, CURRENCIES
from namsai_centre.who import Who

_J_PER_KWH = 3.6e6


class OtherCurrency(ValueError):
    """The results are in money that the ledger does not keep."""


class UnknownOption(ValueError):
    """An option is not one of the run's."""


def make_measures(who: Who, run: Run, options: Sequence[str]) -> list[Any]:
    """Make a measure of each option named; one that was made before comes back as it stands.

    Errors: UnknownOption, OtherCurrency.
    """
    RUNS.demand("agree", who, run)
    result = result_of(run)
    if result.costs.currency not in CURRENCIES:
        raise OtherCurrency(result.costs.currency)
    by_id = {p.id: p for p in result.proposals.items}
    if unknown := [x for x in options if x not in by_id]:
        raise UnknownOption(", ".join(unknown))
    with transaction.atomic():
        return list(identify(who, run.assessment, [as_option(result, by_id[x]) for x in dict.fromkeys(options)]))


def as_option(result: Result, proposal: Proposal) -> dict[str, Any]:
    """Return an option as the savings ledger takes it: what it saves per year in each known kind, middle case."""
    currency = result.costs.currency
    found = result.appraisals.get(proposal.id)
    lines: list[dict[str, Any]] = []
    if proposal.saving is not None and currency in CURRENCIES:
        lines.append({"kind": "money", "carrier": "", "amount": round(proposal.saving.mid), "unit": currency})
    if found is not None:
        amounts = (
            ("energy", None if found.energy is None else found.energy / _J_PER_KWH, "kWh"),
            ("water", found.water, "m3"),
            ("material", found.material, "kg"),
            ("climate", found.ghg[1] if found.ghg else None, "kgCO2e"),
        )
        for kind, amount, unit in amounts:
            if amount:
                carrier = _carrier(result, proposal) if kind == "energy" else ""
                lines.append({"kind": kind, "carrier": carrier, "amount": f"{amount:.4f}", "unit": unit})
    return {
        "id": proposal.id,
        "title_lo": proposal.title.show("lo"),
        "title_en": proposal.title.show("en"),
        "technique": proposal.technique,
        "investment": None if proposal.investment is None else proposal.investment.mid,
        "currency": currency,
        "savings": lines,
    }


def _carrier(result: Result, proposal: Proposal) -> str:
    """Return the one energy carrier an option saves; empty where it saves several or none is known."""
    kinds = {m.id: m.kind for m in result.case.materials}
    streams = {s.id: kinds.get(s.material, "") for s in result.case.streams}
    saved = {streams.get(s.stream, "") for s in proposal.savings} & set(CARRIERS)
    return saved.pop() if len(saved) == 1 else ""
