"""Risk by drawing: against the cash flow without spread, the triangular distribution by hand, and itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.appraisal.appraise import cash_flow
from namsai.appraisal.discounting import npv
from namsai.appraisal.risk import UncertainFlow, risk
from namsai.findings import NamsaiError
from namsai.options.model import Range


def exact(value: float) -> Range:
    return Range(value, value, value)


money = st.integers(0, 10**9).map(float)


@given(money, money, money, st.integers(1, 30), st.floats(-0.5, 1.0), st.sampled_from([0.0, 0.2]))
def test_without_spread_it_is_the_net_present_value_of_the_cash_flow(
    cost: float, saving: float, running: float, years: int, rate: float, tax: float
) -> None:
    found = risk(UncertainFlow(exact(cost), exact(saving), exact(running), years, rate, tax), 3, 0)
    value = npv(rate, cash_flow(saving, running, cost, years, tax))
    size = 1 + cost + (saving + running) * sum((1 + rate) ** -t for t in range(1, years + 1))
    assert found.mean == pytest.approx(value, abs=1e-9 * size)
    assert [q for _, q in found.quantiles] == pytest.approx([value] * 5, abs=1e-9 * size)
    if abs(value) > 1e-6 * size:
        assert (found.loss, found.loss_error) == (float(value < 0), 0.0)


def test_one_uncertain_figure_gives_the_triangular_distribution() -> None:
    flow = UncertainFlow(exact(140), Range(20, 30, 60), exact(2), 5, 0.0)
    found = risk(flow, 200_000, 7)
    # loss below a saving of 30: (30 - 20)^2 / (40 x 10) = 0.25; median: 60 - sqrt(0.5 x 40 x 30)
    assert found.loss == pytest.approx(0.25, abs=4 * found.loss_error)
    assert found.loss_error == pytest.approx((0.25 * 0.75 / 200_000) ** 0.5, rel=0.02)
    assert found.mean == pytest.approx(5 * (110 / 3 - 2) - 140, abs=0.5)
    assert dict(found.quantiles)[0.5] == pytest.approx(5 * (60 - 600**0.5 - 2) - 140, abs=0.5)


def test_investment_and_running_cost_are_drawn_too_and_each_alone() -> None:
    flow = UncertainFlow(Range(50, 100, 150), Range(20, 40, 60), Range(0, 10, 20), 4, 0.0)
    found = risk(flow, 200_000, 3)
    spread = (100**2 / 24 + 16 * 40**2 / 24 + 16 * 20**2 / 24) ** 0.5  # symmetric triangular: width^2 / 24
    assert found.mean == pytest.approx(20, abs=0.5)
    low, high = dict(found.quantiles)[0.05], dict(found.quantiles)[0.95]
    assert (high - low) / (2 * 1.645) == pytest.approx(spread, rel=0.03)


def test_the_seed_decides_and_a_better_saving_never_makes_the_loss_likelier() -> None:
    poor = UncertainFlow(Range(80, 100, 130), Range(20, 30, 40), exact(5), 5, 0.1)
    good = UncertainFlow(Range(80, 100, 130), Range(25, 35, 45), exact(5), 5, 0.1)
    assert risk(poor, 1000, 1) == risk(poor, 1000, 1)
    assert risk(poor, 1000, 1).mean != risk(poor, 1000, 2).mean
    assert risk(good, 1000, 1).loss <= risk(poor, 1000, 1).loss


def test_ranges_out_of_order_and_what_is_no_number_are_named_at_once() -> None:
    with pytest.raises(NamsaiError) as caught:
        risk(UncertainFlow(Range(9, 5, 8), exact(float("nan")), Range(0, 3, 2), 5, 0.1), 0, -1)
    assert [f.where.path for f in caught.value.findings if f.code == "calculators.out-of-range"] == [
        "investment/mid",
        "running/mid",
        "draws",
        "seed",
    ]
    assert {f.code for f in caught.value.findings} == {"calculators.out-of-range", "appraisal.not-finite"}
    with pytest.raises(NamsaiError, match="no-periods"):
        risk(UncertainFlow(exact(1), exact(1), exact(0), 0, 0.1), 10, 1)
