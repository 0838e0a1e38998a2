"""The functions behind the calculators of prices, currencies, financing and tax."""

from __future__ import annotations

from namsai.appraisal import discounting, financing, tax
from namsai.appraisal import prices as engine
from namsai.calculators.model import Result, Values
from namsai.findings import NamsaiError, error


def real_rate(v: Values) -> Result:
    """Real rate, beside the wrong short cut of subtracting."""
    return {
        "real": engine.real_rate(v["nominal"], v["inflation"]),
        "approx_wrong": v["nominal"] - v["inflation"],
    }, ()


def npv_real_nominal(v: Values) -> Result:
    """Net present value of real flows in nominal terms, beside the wrong mix of both."""
    flows = engine.nominal_flows(v["real_cashflows"], v["inflation"])
    return {
        "nominal_cashflows": list(flows),
        "npv": discounting.npv(v["nominal_rate"], flows),
        "npv_mixed_wrong": discounting.npv(v["nominal_rate"], v["real_cashflows"]),
    }, ()


def escalation(v: Values) -> Result:
    """Price factors with inflation and escalation."""
    found = engine.escalation(v["inflation"], v["escalation"], v["first_year_escalator"], v["mode"])
    return {"factors": list(found)}, ()


def fx_path(v: Values) -> Result:
    """Exchange rates that follow the difference of inflation."""
    return {"rates": list(engine.exchange_path(v["initial"], v["local_inflation"], v["foreign_inflation"]))}, ()


def npv_fx(v: Values) -> Result:
    """One project in dollars and in kip."""
    found = engine.two_currencies(
        v["usd_cashflows"], v["spot_LAK_per_USD"], v["infl_LAK"], v["infl_USD"], v["rate_USD"]
    )
    return {
        "rate_LAK": found.rate_local,
        "npv_usd": found.npv_foreign,
        "npv_lak": found.npv_local,
        "npv_lak_over_spot": found.npv_local_over_spot,
        "irr_usd": found.irr_foreign.preferred,
        "irr_lak": found.irr_local.preferred,
    }, ()


def fx_cross(v: Values) -> Result:
    """Baht to dollars and kip by two given rates."""
    dollars = v["amount_THB"] / v["THB_per_USD"]
    return {"USD": dollars, "LAK": dollars * v["LAK_per_USD"]}, ()


def annuity_loan(v: Values) -> Result:
    """Equal monthly payments of a loan."""
    loan = financing.annuity_loan(v["principal"], v["annual_rate"] / 12, v["months"])
    return {
        "payment": loan.payment,
        "total_interest": loan.total_interest,
        "interest_first": loan.interest_first,
        "balance": [row[2] for row in loan.schedule],
    }, ()


def npv_financed(v: Values) -> Result:
    """The owner's flow and value with grant and loan."""
    found = financing.financed(
        v["investment"],
        v["annual_saving"],
        v["years"],
        v["equity_rate"],
        v["grant_share"],
        v["loan_share"],
        v["loan_rate"],
        v["loan_years"],
    )
    return {"annuity": found.annuity, "equity_flows": list(found.flows), "npv_equity": found.npv}, ()


def dscr(v: Values) -> Result:
    """Debt service cover ratio."""
    found = financing.debt_service_cover(v["cash_surplus_after_debt"], v["repayment"], v["interest"], v["fees"])
    return {"dscr": list(found)}, ()


def wacc(v: Values) -> Result:
    """Weighted average cost of capital."""
    bad = [i for i, row in enumerate(v["debt"]) if len(row) != 2]
    if bad:
        raise NamsaiError(*(error("calculators.bad-record", f"inputs/debt/{i}", expected="amount, rate") for i in bad))
    loans = [(row[0], row[1]) for row in v["debt"]]
    return {"wacc": financing.wacc(v["equity"], v["cost_equity"], loans, v["tax"])}, ()


def depreciation(v: Values) -> Result:
    """Depreciation schedule by year."""
    method = v["method"]
    by_month = method.startswith("LINEAR")
    needed = "life_months" if by_month else "life"
    if v[needed] is None:
        raise NamsaiError(error("calculators.missing-input", f"inputs/{needed}", input=needed))
    if by_month:
        rows = tax.depreciation_by_months(
            v["cost"], v["life_months"], v["first_year_months"], v["salvage_rate"], method == "LINEAR_TO_SCRAP"
        )
    else:
        rows = tax.depreciation(method, v["cost"], v["life"], v["salvage"])
    return {"schedule": list(rows)}, ()


def after_tax_npv(v: Values) -> Result:
    """Flow and value after tax, with the tax shield."""
    off = tax.depreciation(v["depreciation"], v["investment"], v["life"])
    found = tax.after_tax(v["investment"], [v["annual_saving"]] * v["life"], v["tax_rate"], off, v["rate"])
    return {"cashflows": list(found.cashflows), "npv": found.npv, "pv_tax_shield": found.pv_tax_shield}, ()


def after_tax_cashflow(v: Values) -> Result:
    """Tax with losses carried forward."""
    found = tax.loss_carried_forward(v["pre_tax_profit"], v["tax_rate"], v["carry_forward_years"])
    return {"tax": list(found.tax), "taxable": list(found.taxable), "expired": found.expired}, ()
