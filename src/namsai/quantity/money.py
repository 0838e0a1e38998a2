"""Money with currency and date, converted only by dated, sourced exchange rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from namsai.findings import NamsaiError, error

NO_DECIMALS = frozenset({"LAK", "VND", "JPY", "KRW", "UGX", "IDR"})


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency, in the prices of a day."""

    amount: Decimal
    currency: str
    day: date

    def __add__(self, other: Money) -> Money:
        if (self.currency, self.day) != (other.currency, other.day):
            raise NamsaiError(error("quantity.money-mixed", first=self.currency, second=other.currency))
        return Money(self.amount + other.amount, self.currency, self.day)

    def rounded(self) -> Money:
        """Return the amount in the smallest unit in use (kip, dong and yen have no decimals).

        >>> Money(Decimal("1234.5"), "LAK", date(2026, 1, 1)).rounded().amount
        Decimal('1234')
        """
        step = Decimal(1) if self.currency in NO_DECIMALS else Decimal("0.01")
        return Money(self.amount.quantize(step, ROUND_HALF_EVEN), self.currency, self.day)


@dataclass(frozen=True, slots=True)
class DatedRate:
    """One unit of `base` is `rate` units of `quote` on `day`, according to `source`."""

    base: str
    quote: str
    rate: Decimal
    day: date
    source: str


def convert(
    money: Money, currency: str, rates: Iterable[DatedRate], *, within_days: int = 366
) -> tuple[Money, DatedRate]:
    """Convert money with the rate dated nearest to it, direct or inverse, never through a third currency.

    Args: money; currency wanted; rates - dated rates; within_days - how far [d] the rate may lie from the money's day.
    Returns the converted money (same day) and the rate used. Errors: ``quantity.no-rate`` when none is near enough.

    >>> usd = DatedRate("USD", "LAK", Decimal("21391"), date(2024, 5, 7), "Lao Times")
    >>> convert(Money(Decimal(10), "USD", date(2024, 5, 1)), "LAK", [usd])[0].amount
    Decimal('213910')
    """
    pair = {money.currency, currency}
    candidates = [r for r in rates if {r.base, r.quote} == pair and abs((r.day - money.day).days) <= within_days]
    if not candidates:
        day = money.day.isoformat()
        raise NamsaiError(error("quantity.no-rate", first=money.currency, second=currency, date=day))
    best = min(candidates, key=lambda r: (abs((r.day - money.day).days), r.base != money.currency, r.day))
    factor = best.rate if best.base == money.currency else 1 / best.rate
    return Money(money.amount * factor, currency, money.day), best
