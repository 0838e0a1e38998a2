"""The computed numbers follow from the formulas that stand beside them."""

import math

import pytest

from namsai.knowhow import load

COMPUTED = load().computed


def isentropic(high: float, low: float) -> float:
    """Share of power saved by a lower pressure [barg], single stage."""

    def work(p: float) -> float:
        return math.pow((p + 1.01325) / 1.01325, 0.2857) - 1

    return 100 * (1 - work(low) / work(high))


def wood(moisture: float) -> float:
    """Heating value of wet wood [MJ/kg]."""
    return 18.5 * (1 - moisture) - 2.44 * moisture


def cycles(before: float, after: float) -> float:
    """Make-up saved by more cycles of concentration [%]."""
    return 100 * (1 - (after / (after - 1)) / (before / (before - 1)))


VALUES = {
    "C11_7_6": isentropic(7, 6),
    "C11_8_7": isentropic(8, 7),
    "C12": 100 * (1 - 303.15 / 313.15),
    "C15": 100 * (1 - 0.8**3),
    "C15b": 100 * (1 - 0.9**3),
    "C18_20": wood(0.2),
    "C18_50": wood(0.5),
    "C19_40_20": 100 * ((wood(0.2) / 0.8) / (wood(0.4) / 0.6) - 1),
    "C20_100_2": 100 * (1 - math.sqrt(100) / 100),
    "C20_100_3": 100 * (1 - 100 ** (1 / 3) / 100),
    "C20_1000_2": 100 * (1 - math.sqrt(1000) / 1000),
    "C21_10_6": 100 * (1 - 6 / 10),
    "C22_80_84": 100 * (1 - 80 / 84),
    "C22_82_85": 100 * (1 - 82 / 85),
    "C23_50_55": 100 * (1 - 50 / 55),
    "C24_55_72": 100 * (1 - 55 / 72),
    "C25_2": 100 * (1 - 94 / 97),
    "C26": 600 * (0.60 - 0.12) * 2.45,
    "C28": 100 * (1 - 0.75 / 0.95),
    "C28b": 100 * (1 - (0.75 / 0.95) ** 2),
    "C30b": 0.25 * 0.8 * 50 / 3.6,
    "C31": cycles(3, 6),
}


@pytest.mark.parametrize("name", VALUES)
def test_the_number_follows_from_its_formula(name: str) -> None:
    value = COMPUTED[name].value
    assert value is not None
    assert value == pytest.approx(VALUES[name], rel=0.02)  # they are written with two or three figures
