"""Values, payback, ratios, prices, financing, tax: published cases, limits and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.appraisal.discounting import crf, discount_factors, npv, spv, upv, xnpv
from namsai.appraisal.financing import annuity_loan, debt_service_cover, financed, wacc
from namsai.appraisal.payback import payback
from namsai.appraisal.prices import escalation, nominal_flows, nominal_rate, real_rate, two_currencies
from namsai.appraisal.ratios import (
    Measured,
    abatement_stack,
    benefit_cost_ratio,
    coverage,
    equivalent_annual_cost,
    saved_unit_cost,
    saved_unit_cost_of_path,
)
from namsai.appraisal.tax import after_tax, depreciation, depreciation_by_months, loss_carried_forward
from namsai.findings import NamsaiError

# UNIDO, Manual for the Preparation of Industrial Feasibility Studies, 1991, annex I: garment factory, equity flows
GARMENT = [-2600, -720, -10, 357, 1027, 1883, 901, -48, 1548, 2170, 2170, 1995, 1805, 1805, 1805, 1805, 1805, 3123]
rates = st.floats(-0.5, 2.0).filter(lambda r: abs(r) > 1e-6 or r == 0)


def test_the_garment_factory_of_unido() -> None:
    assert npv(0.12, GARMENT) == pytest.approx(4164, abs=1.5)


def test_value_with_the_first_flow_one_period_ahead_is_the_spreadsheet_function() -> None:
    flows = [-40000, 5000, 8000, 12000, 30000]
    assert npv(0.08, flows, 1) == pytest.approx(2838.16913720327, abs=1e-8)
    assert npv(0.08, flows) == pytest.approx(npv(0.08, flows, 1) * 1.08)


def test_a_path_of_equal_rates_is_the_rate() -> None:
    assert npv([0.1, 0.1], [-5, 3, 4]) == pytest.approx(npv(0.1, [-5, 3, 4]))
    with pytest.raises(NamsaiError, match="rate-path-short"):
        npv([0.1], [-5, 3, 4])
    with pytest.raises(NamsaiError, match="rate-too-low"):
        npv(-1.0, [1, 2])


@given(rates, st.integers(1, 60))
def test_the_factors_agree_with_the_sum_of_discount_factors(rate: float, years: int) -> None:
    assert upv(rate, years) == pytest.approx(sum(discount_factors(rate, years, 1)), rel=1e-9)
    assert crf(rate, years) * upv(rate, years) == pytest.approx(1.0)
    assert spv(rate, years) == pytest.approx(discount_factors(rate, 1, years)[0])


def test_the_factor_at_a_rate_of_zero_is_one_over_n() -> None:
    assert (crf(0.0, 8), upv(0.0, 8)) == (0.125, 8.0)
    assert crf(1e-12, 8) == pytest.approx(0.125, rel=1e-9)
    with pytest.raises(NamsaiError, match="no-periods"):
        crf(0.1, 0)


def test_dated_value_needs_real_dates_after_the_first() -> None:
    with pytest.raises(NamsaiError) as caught:
        xnpv(0.1, ["2025-02-30", "x"], [1, 2])
    assert len(caught.value.findings) == 2
    with pytest.raises(NamsaiError, match="date-before-first"):
        xnpv(0.1, ["2025-02-01", "2024-01-01"], [1, 2])
    with pytest.raises(NamsaiError, match="dates-differ"):
        xnpv(0.1, ["2025-02-01"], [1, 2])


@pytest.mark.parametrize(
    ("flows", "rate", "years"),
    [
        ([-65000, 20000, 20000, 20000, 20000], 0, 3.25),  # INTECH, cardboard baler
        ([-10, 1, 1, 1, 1, 5, 7, 8], 0, 5 + 1 / 7),  # trynthink/scout
        ([-1000, 300, 400, 500, 200], 0.1, 3.154),  # COMFAR: 49.848 months, 12 of them before t0
        ([50, -100, 30, 40], 0, 2.5),  # the early inflow is no payback
        ([50, -20, -40, 50], 0, 2.2),
    ],
)
def test_payback(flows: list[float], rate: float, years: float) -> None:
    assert payback(flows, rate).years == pytest.approx(years, abs=1e-9)


def test_payback_says_why_there_is_none_and_when_it_does_not_last() -> None:
    assert (payback([-10, 0, 1, 2]).years, payback([-10, 0, 1, 2]).reason) == (None, "never")
    assert payback([10, 5]).reason == "no-outlay"
    relapse = payback([-10, 12, -5, 9])
    assert relapse.years == pytest.approx(10 / 12)
    assert relapse.relapses
    assert payback([-10, 4, 8], interpolate=False).years == 2.0
    assert payback([-0.3, 0.1, 0.1, 0.1]).years == pytest.approx(3.0)  # 0.1 + 0.1 + 0.1 - 0.3 is not 0 in floats


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_discounted_payback_is_never_shorter_than_the_simple_one(outlay: float, saving: float) -> None:
    flows = [-outlay, *[saving] * 30]
    simple, discounted = payback(flows).years, payback(flows, 0.1).years
    if discounted is not None:
        assert simple is not None
        assert discounted >= simple - 1e-9


def test_ratios() -> None:
    assert benefit_cost_ratio(0.08, [0, 500, 600], [1000, 200, 200]) == pytest.approx(0.720424671385238)
    assert benefit_cost_ratio(0.08, [1.0], [0.0]) is None
    assert coverage([3217, 4388], [3652, 0])[1] is None
    constant = saved_unit_cost(0.1, 10, 24000, 500, 120000)
    path = saved_unit_cost_of_path(0.1, [24000, *[500] * 10], [0, *[120000] * 10])
    assert constant == pytest.approx(path)
    with pytest.raises(NamsaiError, match="no-saving"):
        saved_unit_cost(0.1, 10, 1, 1, 0)


def test_a_chain_of_two_machines_has_the_same_annual_cost() -> None:
    once = equivalent_annual_cost(0.1, 10000, 3, 2000)
    twice = (npv(0.1, [10000, 2000, 2000, 12000, 2000, 2000, 2000])) * crf(0.1, 6)
    assert once == pytest.approx(twice)


def test_a_measure_better_in_both_is_never_behind() -> None:
    stack = abatement_stack(
        [Measured("A", 5000, 100), Measured("B", 9000, 10), Measured("C", 4000, 5), Measured("D", -2000, 50)]
    )
    assert stack.classic_order.index("C") < stack.classic_order.index("A")  # the flaw of the classic order
    assert (stack.front, stack.dominated, stack.costly) == (("A", "B"), ("C",), ("D",))


@given(st.floats(-0.3, 1), st.floats(-0.3, 1))
def test_real_and_nominal_values_agree(rate: float, inflation: float) -> None:
    flows = [-1000, 400, 400, 400]
    nominal = nominal_rate(rate, inflation)
    assert real_rate(nominal, inflation) == pytest.approx(rate, abs=1e-9)
    assert npv(nominal, nominal_flows(flows, inflation)) == pytest.approx(npv(rate, flows), rel=1e-9, abs=1e-6)


def test_prices() -> None:
    comfar = escalation([0.35, 0.32, 0.3], 0.03, 2, "additive")
    assert comfar == pytest.approx((1.4109, 1.904715, 2.53327095))
    assert escalation([0.1], 0.05) == pytest.approx((1.155,))
    both = two_currencies([-10000, 3500, 3500, 3500, 3500], 21500, 0.12, 0.03, 0.10)
    assert both.npv_local_over_spot == pytest.approx(both.npv_foreign)
    assert both.irr_local.preferred != pytest.approx(both.irr_foreign.preferred)


@given(st.floats(1, 1e9), st.floats(0, 0.1), st.integers(1, 120))
def test_a_loan_is_paid_back_at_the_end(principal: float, rate: float, months: int) -> None:
    loan = annuity_loan(principal, rate, months)
    assert loan.schedule[-1][2] == pytest.approx(0, abs=1e-6 * principal)
    assert sum(row[0] for row in loan.schedule) == pytest.approx(loan.total_interest, rel=1e-6, abs=1e-6 * principal)


def test_financing() -> None:
    assert financed(100000, 30000, 6, 0.15, 0.2, 0.5, 0.09, 4).npv == pytest.approx(39472.3632418043)
    with pytest.raises(NamsaiError, match="shares-above-one"):
        financed(1, 1, 1, 0.1, 0.7, 0.7)
    assert debt_service_cover([50, 10], [100, 0], [50, 0]) == pytest.approx((4 / 3, None))
    assert wacc(100, 0.2, [], 0.25) == pytest.approx(0.2)
    with pytest.raises(NamsaiError, match="no-capital"):
        wacc(0, 0.2, [])


@given(st.sampled_from(["SL", "SYD", "DDB"]), st.floats(1, 1e9), st.integers(1, 40), st.floats(0, 1))
def test_depreciation_never_exceeds_what_was_paid(method: str, cost: float, life: int, rest: float) -> None:
    rows = depreciation(method, cost, life, cost * rest)  # type: ignore[arg-type]
    assert len(rows) == life
    assert sum(rows) <= cost * (1 - rest) * (1 + 1e-9) + 1e-6
    assert min(rows) >= -1e-9 * cost


def test_depreciation_by_months_ends_at_the_scrap_value() -> None:
    rows = depreciation_by_months(2750e9, 66, 6, 0.1)  # COMFAR III: 225e9, then 450e9
    assert rows == pytest.approx((225e9, *[450e9] * 5))
    assert sum(depreciation_by_months(1000, 30, 5, 0.1, to_scrap=False)) == pytest.approx(1000)


def test_tax() -> None:
    found = after_tax(50000, [16000] * 5, 0.2, depreciation("SL", 50000, 5), 0.12)
    assert found.npv == pytest.approx(3350.68779470607)
    assert found.pv_tax_shield == pytest.approx(7209.55240469001)
    assert after_tax(100, [50, 50, 50], 0.0, (50, 50)).cashflows == (-100, 50, 50, 50)
    bill = loss_carried_forward([-500, 200, 200, 400], 0.2, 3)
    assert bill.tax == pytest.approx((0, 0, 0, 60))
    expired = loss_carried_forward([-500, 200, 0, 400], 0.2, 1)
    assert (expired.taxable, expired.expired) == ((0, 0, 0, 400), 300)
