"""Appraise the options of one plant: cash flow, payback, value and rates of each, and what it saves beside money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from namsai.appraisal.discounting import npv
from namsai.appraisal.environment import Saved, saved
from namsai.appraisal.model import Appraisal, Appraisals, Convention
from namsai.appraisal.payback import payback
from namsai.appraisal.returns import UNDEFINED, irr, mirr
from namsai.appraisal.tax import after_tax, depreciation
from namsai.findings import Finding, note, warning
from namsai.indicators.factors import Book
from namsai.indicators.model import Indicators
from namsai.options.model import Proposal, Proposals, Range, total_of
from namsai.plant.amounts import Plant

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow


def appraise(plant: Plant, proposals: Proposals, knowhow: KnowHow, indicators: Indicators | None = None) -> Appraisals:
    """Appraise every calculated option alone: flows over its life in the low, middle and high case.

    Low case = low saving with high investment; high case the other way round. The life is the option's own, else the
    horizon of the case (an assumption). Without a discount rate there is no net present value; tax is off unless the
    case has a rate.
    Args: plant; proposals; knowhow - heating values, emission factors; indicators - not needed, taken for the call of
    all rooms.
    Returns Appraisals [money in the currency of the case]. Source: UNIDO manual 1991; UNEP, Profiting from Cleaner
    Production.
    """
    del indicators
    finance = plant.case.finance
    found: list[Finding] = []
    book = Book(knowhow, plant.case.period.end, plant.case.enterprise.country)
    calculated = [(p, saved(plant, p, book)) for p in proposals.items if p.calculated]
    items = [_one(plant, p, beside) for p, beside in calculated]
    assumed = [p.id for p in proposals.items if p.calculated and p.life is None]
    if items and finance.discount_rate is None:
        found.append(warning("appraisal.no-discount-rate", "finance/discount_rate"))
    if assumed:
        found.append(
            note("appraisal.life-assumed", "finance/horizon", years=finance.horizon, options=", ".join(sorted(assumed)))
        )
    if items and finance.nominal:
        found.append(note("appraisal.nominal-constant", "finance/nominal"))
    if items and finance.tax_rate:
        found.append(note("appraisal.tax-straight-line", "finance/tax_rate", rate=finance.tax_rate))
    if any(a.ghg for a in items):
        found.append(note("appraisal.ghg-inventory", "enterprise/country"))
    lacking = [(p.id, gap) for p, beside in calculated for gap in beside.without_factor]
    if lacking:
        options, carriers = (", ".join(sorted(set(names))) for names in zip(*lacking, strict=True))
        found.append(note("appraisal.no-emission-factor", "materials", options=options, materials=carriers))
    found += [finding for item in items for finding in item.findings]
    return Appraisals(finance.currency, tuple(items), tuple(found))


def yearly_saving(proposal: Proposal) -> Range | None:
    """Money saved per year by an option alone, before its running costs; None when it is not known.

    Args: proposal. Returns Range [money/year].
    """
    return total_of(proposal.savings, proposal.other_saving) if proposal.saving is None else proposal.saving


def cash_flow(saving: float, running: float, investment: float, years: int, tax_rate: float = 0.0) -> tuple[float, ...]:
    """Flow of one option: the investment today, then saving less running cost each year; with tax, straight-line
    write-off.

    Args: saving, running [money/year]; investment [money]; years; tax_rate [1]. Returns [money], year 0 first.

    >>> cash_flow(16000, 0, 50000, 5, 0.2)
    (-50000.0, 14800.0, 14800.0, 14800.0, 14800.0, 14800.0)
    """
    yearly = [saving - running] * years
    if not tax_rate:
        return (-float(investment), *(float(s) for s in yearly))
    return after_tax(investment, yearly, tax_rate, depreciation("SL", investment, years)).cashflows


def _one(plant: Plant, proposal: Proposal, beside: Saved) -> Appraisal:
    """Appraise one option."""
    finance = plant.case.finance
    years = proposal.life or finance.horizon
    rate = None if finance.discount_rate is None else finance.discount_rate / 100
    terms = Convention(
        prices="nominal" if finance.nominal else "real",
        tax="post" if finance.tax_rate else "pre",
        currency=finance.currency,
    )
    path = f"options/{proposal.id}"
    saving, cost = yearly_saving(proposal), proposal.investment
    if saving is None or cost is None:
        slug = "appraisal.no-saving-known" if saving is None else "appraisal.no-investment"
        gap = (note(slug, path, option=proposal.id),)
        return Appraisal(
            proposal.id, years, rate, (), (None, None, None), (None, None, None), UNDEFINED, None,
            beside.ghg, beside.energy, beside.water, beside.material, gap, terms,
        )  # fmt: skip
    sides = ((saving.low, cost.high), (saving.mid, cost.mid), (saving.high, cost.low))
    flows = [cash_flow(s, proposal.running_cost, c, years, finance.tax_rate / 100) for s, c in sides]
    back = [_payback(flow) for flow in flows]
    values = [None if rate is None else float(round(npv(rate, flow))) for flow in flows]
    rates = irr(flows[1])
    findings = []
    if back[1] is None:
        findings.append(note("appraisal.never-back", path, option=proposal.id, years=years))
    if rates.verdict == "multiple":
        findings.append(warning("appraisal.several-rates", path, option=proposal.id, count=len(rates.rates)))
    return Appraisal(
        option=proposal.id,
        years=years,
        rate=rate,
        cashflow=tuple(float(round(c)) for c in flows[1]),
        payback=(back[2], back[1], back[0]),
        npv=(values[0], values[1], values[2]),
        irr=rates,
        mirr=None if rate is None else mirr(flows[1], rate, rate),
        ghg=beside.ghg,
        energy=beside.energy,
        water=beside.water,
        material=beside.material,
        findings=tuple(findings),
        convention=terms,
    )


def _payback(flow: tuple[float, ...]) -> float | None:
    """Simple payback; an option without outlay that saves something is back at once (0 by definition)."""
    if flow[0] == 0:
        return 0.0 if sum(flow) > 0 else None
    return payback(flow).years
