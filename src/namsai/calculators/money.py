"""The functions behind the calculators of money over time: inputs in, outputs and findings out."""

from __future__ import annotations

from typing import Any

from namsai.appraisal import discounting, ratios, returns
from namsai.appraisal.model import RateSet
from namsai.appraisal.payback import payback as find_payback
from namsai.calculators.model import Result, Values
from namsai.findings import Finding, NamsaiError, error, note, warning


def npv(v: Values) -> Result:
    """Net present value at a rate or along a path of rates."""
    rate = v["rate"] if v["rate_path"] is None else v["rate_path"]
    if (v["rate"] is None) == (v["rate_path"] is None):
        raise NamsaiError(error("calculators.one-of", "inputs", first="rate", second="rate_path"))
    return {"npv": discounting.npv(rate, v["cashflows"], v["first_flow_at_t"])}, ()


def npv_profile(v: Values) -> Result:
    """Net present value at several rates."""
    return {"npv": list(discounting.npv_profile(v["cashflows"], v["rates"]))}, ()


def rate_findings(found: RateSet) -> list[Finding]:
    """What must be said about a set of internal rates."""
    if found.verdict == "undefined":
        return [warning("appraisal.every-rate", "inputs/cashflows")]
    if found.verdict == "none":
        return [warning("appraisal.no-rate", "inputs/cashflows")]
    said: list[Finding] = []
    if found.verdict == "multiple":
        said.append(warning("appraisal.several-rates", "inputs/cashflows", count=len(found.rates)))
    said += [
        note("appraisal.tangent-rate", "inputs/cashflows", rate=rate)
        for rate, times in zip(found.rates, found.multiplicity, strict=True)
        if times % 2 == 0
    ]
    return said


def rate_outputs(found: RateSet) -> dict[str, Any]:
    """A set of internal rates as outputs: when undefined, nothing is listed."""
    known = found.verdict != "undefined"
    return {
        "all_irr": list(found.rates) if known else None,
        "multiplicity": list(found.multiplicity) if known else None,
        "n_irr": len(found.rates) if known else None,
        "preferred": found.preferred,
        "verdict": found.verdict,
        "signs": list(found.signs),
    }


def irr(v: Values) -> Result:
    """All internal rates of return."""
    found = returns.irr(v["cashflows"])
    return rate_outputs(found), rate_findings(found)


def npv_irr(v: Values) -> Result:
    """Net present value and all internal rates of return."""
    found = returns.irr(v["cashflows"])
    value = discounting.npv(v["rate"], v["cashflows"], v["first_flow_at_t"])
    return {"npv": value, "irr": found.preferred} | rate_outputs(found), rate_findings(found)


def mirr(v: Values) -> Result:
    """Modified internal rate of return."""
    value = returns.mirr(v["cashflows"], v["finance_rate"], v["reinvest_rate"])
    said = [warning("appraisal.no-modified-rate", "inputs/cashflows")] if value is None else []
    return {"mirr": value, "verdict": "undefined" if value is None else "unique"}, said


def payback(v: Values) -> Result:
    """Payback, simple (rate 0) or discounted."""
    found = find_payback(v["cashflows"], v["rate"], v["interpolate"])
    said: list[Finding] = []
    if found.reason:
        said.append(warning(f"appraisal.payback-{found.reason}", "inputs/cashflows"))
    if found.relapses:
        said.append(warning("appraisal.payback-relapses", "inputs/cashflows", years=found.years))
    return {"years": found.years, "reason": found.reason, "relapses": found.relapses}, said


def crf(v: Values) -> Result:
    """Capital recovery, uniform and single present value factors."""
    rate, n = v["rate"], v["n"]
    return {
        "crf": discounting.crf(rate, n),
        "upv": discounting.upv(rate, n),
        "spv": discounting.spv(rate, n),
    }, ()


def xnpv(v: Values) -> Result:
    """Net present value of dated flows."""
    return {"xnpv": discounting.xnpv(v["rate"], v["dates"], v["cashflows"])}, ()


def xirr(v: Values) -> Result:
    """Internal rates of dated flows."""
    found = returns.xirr(v["dates"], v["cashflows"])
    outputs = rate_outputs(found)
    del outputs["signs"]
    return {"xirr": found.preferred} | outputs, rate_findings(found)


def incremental_irr(v: Values) -> Result:
    """Rates of two alternatives, of their difference, and the choice by net present value."""
    rates, choice = returns.choose_by_increment(v["A"], v["B"], v["marr"])
    return {
        "irr_A": returns.irr(v["A"]).preferred,
        "irr_B": returns.irr(v["B"]).preferred,
        "npv_A": discounting.npv(v["marr"], v["A"]),
        "npv_B": discounting.npv(v["marr"], v["B"]),
        "incremental_irr": rates.preferred,
        "fisher_rates": list(rates.rates),
        "choose": choice,
    }, rate_findings(rates)


def bcr(v: Values) -> Result:
    """Benefit-cost ratio."""
    return {"bcr": ratios.benefit_cost_ratio(v["rate"], v["benefits"], v["costs"])}, ()


def profitability_index(v: Values) -> Result:
    """Net present value per investment."""
    found = ratios.profitability_index(v["rate"], v["cashflows"], v["investment"])
    return {"npv": found.npv, "pv_investment": found.pv_investment, "npvr": found.npvr, "pi": found.pi}, ()


def levelised_cost_saved(v: Values) -> Result:
    """Cost of a saved unit from constant yearly figures or from any course of costs and savings."""
    constant = ("investment", "life", "annual_saving")
    if v["costs"] is not None and v["savings"] is not None:
        return {"value": ratios.saved_unit_cost_of_path(v["rate"], v["costs"], v["savings"])}, ()
    missing = [name for name in constant if v[name] is None]
    if missing:
        raise NamsaiError(*(error("calculators.missing-input", f"inputs/{name}", input=name) for name in missing))
    value = ratios.saved_unit_cost(v["rate"], v["life"], v["investment"], v["om_per_year"], v["annual_saving"])
    return {"value": value}, ()


def _parts(record: dict[str, float], path: str, needed: tuple[str, ...], allowed: tuple[str, ...]) -> dict[str, float]:
    wrong = [error("calculators.missing-input", f"{path}/{k}", input=k) for k in needed if k not in record]
    wrong += [
        error("calculators.unknown-input", f"{path}/{k}", input=k, known=", ".join(allowed))
        for k in record
        if k not in allowed
    ]
    if wrong:
        raise NamsaiError(*wrong)
    return record


def equivalent_annual_cost(v: Values) -> Result:
    """Equivalent annual costs of two alternatives with unequal lives."""
    names = ("investment", "life", "om")
    costs = {}
    for side in ("A", "B"):
        part = _parts(v[side], f"inputs/{side}", names, names)
        costs[side] = ratios.equivalent_annual_cost(v["rate"], part["investment"], part["life"], part["om"])
    return {"eac_A": costs["A"], "eac_B": costs["B"], "choose": min(costs, key=lambda k: costs[k])}, ()


def lcc(v: Values) -> Result:
    """Life-cycle costs of two alternatives."""
    allowed = ("investment", "energy", "om", "replacement", "residual")
    base, alt = (_parts(v[k], f"inputs/{k}", ("investment",), allowed) for k in ("base", "alt"))
    found = ratios.life_cycle_cost(v["rate"], v["years"], base, alt)
    return {
        "lcc_base": found.base,
        "lcc_alt": found.alternative,
        "net_savings": found.net_savings,
        "sir": found.sir,
        "airr": found.airr,
    }, ()


def coverage(v: Values) -> Result:
    """Coverage of fixed costs, year by year."""
    return {"coverage": list(ratios.coverage(v["variable_margin"], v["fixed_costs_incl_depr_interest"]))}, ()


def macc(v: Values) -> Result:
    """Abatement measures: Pareto front of those that pay, order of those that cost."""
    measures, wrong = [], []
    for i, row in enumerate(v["measures"]):
        fits = isinstance(row, dict) and all(isinstance(row.get(k), int | float) for k in ("npv", "t")) and "n" in row
        if fits:
            measures.append(ratios.Measured(str(row["n"]), float(row["npv"]), float(row["t"])))
        else:
            wrong.append(error("calculators.bad-record", f"inputs/measures/{i}", expected="n, npv, t"))
    if wrong:
        raise NamsaiError(*wrong)
    found = ratios.abatement_stack(measures)
    return {
        "classic_cost_per_t": found.cost_per_unit,
        "classic_order": list(found.classic_order),
        "pareto_front_negative_cost": list(found.front),
        "dominated": list(found.dominated),
        "positive_cost_order": list(found.costly),
    }, ()
