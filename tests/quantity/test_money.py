"""Money, periods and uncertain values."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.findings import NamsaiError
from namsai.quantity.money import DatedRate, Money, convert
from namsai.quantity.period import Span
from namsai.quantity.uncertain import Uncertain

DAY = date(2024, 5, 7)
# Laotian Times, 7 May 2024: official 21,391 LAK per USD, 596.90 LAK per THB.
RATES = [
    DatedRate("USD", "LAK", Decimal("21391"), DAY, "Laotian Times"),
    DatedRate("THB", "LAK", Decimal("596.90"), DAY, "Laotian Times"),
    DatedRate("USD", "LAK", Decimal("8868"), date(2020, 8, 15), "Laotian Times"),
]


def test_the_rate_of_the_day_is_used_and_named() -> None:
    money, rate = convert(Money(Decimal(100), "USD", date(2020, 9, 1)), "LAK", RATES)
    assert (money.amount, rate.day) == (Decimal(886800), date(2020, 8, 15))


def test_inverse_rate() -> None:
    money, _ = convert(Money(Decimal(213910), "LAK", DAY), "USD", RATES)
    assert money.rounded().amount == Decimal("10.00")


@pytest.mark.parametrize(
    ("currency", "day"), [("EUR", DAY), ("USD", date(2015, 1, 1))], ids=["no such pair", "too long ago"]
)
def test_no_rate_is_a_finding_never_a_guess(currency: str, day: date) -> None:
    with pytest.raises(NamsaiError) as caught:
        convert(Money(Decimal(1), "LAK", day), currency, RATES)
    assert caught.value.findings[0].code == "quantity.no-rate"


def test_there_is_no_cross_rate_through_a_third_currency() -> None:
    with pytest.raises(NamsaiError):
        convert(Money(Decimal(1), "USD", DAY), "THB", RATES)


def test_different_currencies_are_not_added() -> None:
    with pytest.raises(NamsaiError):
        _ = Money(Decimal(1), "USD", DAY) + Money(Decimal(1), "LAK", DAY)


def test_period() -> None:
    assert Span(date(2023, 1, 1), date(2023, 12, 31)).days == 365
    with pytest.raises(NamsaiError):
        Span(date(2023, 2, 1), date(2023, 1, 1))


@given(st.floats(-1e6, 1e6), st.floats(0, 1e3), st.floats(-1e6, 1e6), st.floats(0, 1e3))
def test_sum_and_difference_have_the_same_uncertainty(a: float, u: float, b: float, v: float) -> None:
    first, second = Uncertain(a, u), Uncertain(b, v)
    assert (first + second).sd == (first - second).sd >= max(u, v)


def test_ratio_uncertainty_is_the_root_of_squared_relative_ones() -> None:
    ratio = Uncertain(100, 3) / Uncertain(50, 2)
    assert ratio.sd / ratio.value == pytest.approx((0.03**2 + 0.04**2) ** 0.5)
