"""One quantity centre by itself: cost split between product and loss, stock, and the sums of a plant's table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from namsai.findings import NamsaiError, error


@dataclass(frozen=True, slots=True)
class Split:
    """Cost on one side (product or loss) of a quantity centre [money]."""

    material: float
    energy: float
    system: float
    waste: float = 0.0

    @property
    def total(self) -> float:
        """Sum of the four categories [money]."""
        return self.material + self.energy + self.system + self.waste


@dataclass(frozen=True, slots=True)
class CentreCost:
    """Cost of product and of loss."""

    product: Split
    loss: Split

    @property
    def total(self) -> float:
        """Cost of both [money]."""
        return self.product.total + self.loss.total

    @property
    def loss_share(self) -> float | None:
        """Share of the loss in the cost [-]; None when there is no cost."""
        return self.loss.total / self.total if self.total else None

    @property
    def hidden_multiple(self) -> float | None:
        """How many times the waste fee the loss really costs [-]; None without a fee."""
        return self.loss.total / self.loss.waste if self.loss.waste else None


@dataclass(frozen=True, slots=True)
class StockValue:
    """What was consumed of a material with opening and closing stock."""

    average_price: float  # money per mass
    closing_value: float  # money
    consumed_mass: float
    consumed_value: float  # money


def quantity_centre(
    *,
    material: float,
    energy: float,
    system: float,
    waste_management: float,
    product_mass: float,
    loss_mass: float,
    material_product: float | None = None,
) -> CentreCost:
    """Split the cost of one quantity centre between product and loss.

    Formula: r = product / (product + loss); energy and system by r; waste management wholly to the loss; material by
    `material_product` (each material at its own price) or else by r.
    Args: costs [money]; masses [one mass unit], not negative; material_product - material cost in the product [money].
    Returns CentreCost [money]. Errors: ``costing.no-mass-out`` when both masses are zero. Source: ISO 14051:2011.

    >>> costs = {"material": 1000, "energy": 50, "system": 800, "waste_management": 80}
    >>> quantity_centre(**costs, product_mass=70, loss_mass=30).loss.total
    635.0
    """
    mass = product_mass + loss_mass
    if mass <= 0 or min(product_mass, loss_mass) < 0:
        raise NamsaiError(error("costing.no-mass-out", product=product_mass, loss=loss_mass))
    r, s = product_mass / mass, loss_mass / mass
    good = material * r if material_product is None else material_product
    bad = material * s if material_product is None else material - material_product
    return CentreCost(Split(good, energy * r, system * r), Split(bad, energy * s, system * s, float(waste_management)))


def consumed(
    *,
    opening_mass: float,
    opening_value: float,
    purchased_mass: float,
    price: float,
    closing_mass: float,
    method: Literal["weighted average", "fifo"] = "weighted average",
) -> StockValue:
    """Value the material consumed in a period with opening and closing stock.

    Formula: consumed = opening + purchased - closing; closing stock at the average price of opening and purchases, or
    first in first out (the stock is of the last purchases; what exceeds them is at the opening price).
    Args: masses [mass]; opening_value [money]; price of the purchases [money per mass]; method.
    Returns StockValue. Errors: ``costing.stock-too-large`` when the closing stock exceeds opening and purchases.
    Source: ISO 14051:2011 (input + opening stock = output + closing stock).

    >>> s = consumed(opening_mass=10, opening_value=90, purchased_mass=110, price=10, closing_mass=20)
    >>> round(s.consumed_value, 4)
    991.6667
    """
    there = opening_mass + purchased_mass
    if there <= 0 or closing_mass > there or min(opening_mass, purchased_mass, closing_mass) < 0:
        raise NamsaiError(error("costing.stock-too-large", closing=closing_mass, available=there))
    value = opening_value + purchased_mass * price
    average = value / there
    if method == "fifo":
        new = min(closing_mass, purchased_mass)
        old = closing_mass - new
        closing = new * price + (old * opening_value / opening_mass if old else 0.0)
    else:
        closing = closing_mass * average
    return StockValue(average, closing, there - closing_mass, value - closing)


def aggregate(product: Mapping[str, float], loss: Mapping[str, float]) -> CentreCost:
    """Sum up the cost table of a plant from its two columns.

    Formula: sums over categories. Args: product, loss - category (material, energy, system, waste) -> cost [money]; a
    category that is not there costs nothing. Returns CentreCost [money].

    >>> aggregate({"material": 70}, {"material": 30, "waste": 5}).total
    105.0
    """

    def side(column: Mapping[str, float]) -> Split:
        return Split(*(float(column.get(c, 0.0)) for c in ("material", "energy", "system", "waste")))

    return CentreCost(side(product), side(loss))
