"""Labour productivity of lines: published efficiencies, warnings that clamp nothing, and what is not known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.work import LineResult, Work, efficiency, labour
from tests.costing.hand import plant, process


def line(**given: Any) -> Work:
    row = {"id": "l1", "process": "sew", "workers": 40, "paid_minutes": 480 * 40} | given
    rates = [{"base": "USD", "quote": "LAK", "rate": 21000, "date": "2025-05-01"}]
    return labour(plant(processes=[process("sew", "sewing")], lines=[row], rates=rates))


def only(work: Work) -> LineResult:
    assert len(work.lines) == 1
    return work.lines[0]


def codes(work: Work) -> list[str]:
    return [f.code for f in work.findings]


WAGE = {"amount": 12000, "currency": "LAK", "per": "h"}


@pytest.mark.parametrize(
    ("standard", "pieces", "paid", "expected"),
    [(0.8, 350, 480, 58.33), (1.0, 300, 480, 62.5), (0.7, 800, 12000, 4.67)],  # 4.67: the web states "4.66"
)
def test_line_efficiency(standard: float, pieces: float, paid: float, expected: float) -> None:
    assert round(efficiency(standard, pieces, paid) * 100, 2) == expected


def test_lost_minutes_and_their_cost() -> None:
    result = only(line(standard_minutes=12.0, pieces=880.0, wage=WAGE))
    assert result.efficiency == pytest.approx(0.55)
    assert (result.earned_minutes, result.lost_minutes) == pytest.approx((10560, 8640))
    assert result.cost_of_loss == 8640 * 200


def test_the_given_efficiency_counts_and_a_contradiction_is_said() -> None:
    work = line(standard_minutes=12.0, pieces=880.0, efficiency=70.0, wage=WAGE)
    assert only(work).efficiency == pytest.approx(0.7)
    assert codes(work) == ["work.efficiency-differs"]
    assert work.findings[0].facts == {"line": "l1", "given": 70.0, "computed": 55.0}
    assert codes(line(standard_minutes=12.0, pieces=880.0, efficiency=55.4, wage=WAGE)) == []


def test_above_100_percent_is_kept_and_flagged() -> None:
    work = line(efficiency=112.0, target=105.0, wage=WAGE)
    assert only(work).efficiency == pytest.approx(1.12)
    assert only(work).earned_minutes == pytest.approx(1.12 * 19200)
    assert only(work).lost_minutes == 0
    assert codes(work) == ["work.efficiency-above-100", "work.target-above-100"]
    assert codes(line(efficiency=100.0, target=100.0, wage=WAGE)) == []


def test_unknown_stays_unknown() -> None:
    work = line()
    assert only(work).efficiency is None
    assert only(work).lost_minutes is None
    assert only(work).cost_of_loss is None
    assert codes(work) == ["work.efficiency-unknown", "work.no-wage"]


def test_no_paid_time() -> None:
    work = line(paid_minutes=0, standard_minutes=1.0, pieces=5.0, wage=WAGE)
    assert only(work).efficiency is None
    assert codes(work) == ["work.no-paid-time"]


def test_idle_time_cannot_exceed_paid_time() -> None:
    assert codes(line(efficiency=50.0, idle_minutes=20000.0, wage=WAGE)) == ["work.idle-above-paid"]


@pytest.mark.parametrize(
    ("wage", "cost", "said"),
    [
        ({"amount": 200, "currency": "LAK", "per": "min"}, 1_920_000, []),
        ({"amount": 1, "currency": "USD", "per": "h", "date": "2025-05-10"}, 3_360_000, []),
        ({"amount": 1, "currency": "THB", "per": "h"}, None, ["costing.no-rate"]),
        ({"amount": 100, "currency": "LAK", "per": "piece"}, None, ["work.wage-unit"]),
    ],
)
def test_wages(wage: dict[str, Any], cost: int | None, said: list[str]) -> None:
    work = line(efficiency=50.0, wage=wage)
    assert only(work).cost_of_loss == cost
    assert codes(work) == said


@settings(deadline=None)
@given(st.floats(0, 300), st.floats(1, 1e7))
def test_paid_minutes_are_earned_or_lost(rate: float, paid: float) -> None:
    result = only(line(efficiency=rate, paid_minutes=paid, wage=WAGE))
    assert result.earned_minutes is not None
    assert result.lost_minutes is not None
    assert result.earned_minutes + result.lost_minutes == pytest.approx(max(paid, result.earned_minutes))
