"""One quantity centre: published cases M01 (ISO 14053 Table A.5), M02 (APO training slide), M04 (Nitto Denko), M09
(stock).
"""

from __future__ import annotations

from typing import Literal

import pytest

from namsai.costing import aggregate, consumed, quantity_centre
from namsai.findings import NamsaiError


def test_iso_14053_ratio_without_rounding() -> None:
    cost = quantity_centre(
        material=162692, energy=0, system=0, waste_management=0, product_mass=1797, loss_mass=2709 - 1797
    )
    assert cost.product.total == pytest.approx(162692 * 1797 / 2709)
    assert round(1797 / 2709, 6) == 0.663344


def test_each_material_at_its_own_price() -> None:
    cost = quantity_centre(
        material=650000,
        energy=50000,
        system=250000,
        waste_management=50000,
        product_mass=70,
        loss_mass=30,
        material_product=520000,
    )
    assert (cost.product.total, cost.loss.total) == pytest.approx((730000, 270000))
    assert (cost.loss_share, cost.hidden_multiple) == pytest.approx((0.27, 5.4))


def test_table_of_a_plant_adds_up() -> None:
    product = {"material": 2499944, "energy": 57354, "system": 480200}
    loss = {"material": 1160830, "energy": 26632, "system": 222978, "waste": 74030}
    cost = aggregate(product, loss)
    assert (cost.product.total, cost.loss.total, cost.total) == (3037498, 1484470, 4521968)
    assert cost.loss_share == pytest.approx(0.3283, abs=5e-5)


@pytest.mark.parametrize(
    ("method", "closing", "used"), [("weighted average", 198.3333333, 991.6666667), ("fifo", 200, 990)]
)
def test_stock(method: Literal["weighted average", "fifo"], closing: float, used: float) -> None:
    value = consumed(opening_mass=10, opening_value=90, purchased_mass=110, price=10, closing_mass=20, method=method)
    assert (value.closing_value, value.consumed_value, value.consumed_mass) == pytest.approx((closing, used, 100))


def test_fifo_reaches_into_the_opening_stock() -> None:
    value = consumed(opening_mass=10, opening_value=90, purchased_mass=5, price=10, closing_mass=8, method="fifo")
    assert value.closing_value == pytest.approx(5 * 10 + 3 * 9)


def test_impossible_figures_are_refused() -> None:
    with pytest.raises(NamsaiError, match=r"costing\.stock-too-large"):
        consumed(opening_mass=1, opening_value=1, purchased_mass=1, price=1, closing_mass=3)
    with pytest.raises(NamsaiError, match=r"costing\.no-mass-out"):
        quantity_centre(material=1, energy=0, system=0, waste_management=0, product_mass=0, loss_mass=0)


def test_nothing_spent_has_no_share() -> None:
    cost = quantity_centre(material=0, energy=0, system=0, waste_management=0, product_mass=1, loss_mass=1)
    assert cost.loss_share is None
    assert cost.hidden_multiple is None
