"""The closed lists of the ledger: kinds of saving with their units, carriers, techniques, and methods of measuring."""

from __future__ import annotations

from decimal import Decimal

from namsai_centre.ui.words import say

# One unit a kind (money: one currency a row), so that a total never hides a conversion.
UNITS: dict[str, tuple[str, ...]] = {
    "material": ("kg",),
    "energy": ("kWh",),
    "water": ("m3",),
    "waste": ("kg",),
    "money": ("LAK", "USD", "THB", "EUR", "CNY"),
    "climate": ("kgCO2e",),
    "labour": ("h",),
}
KINDS = tuple(UNITS)
CURRENCIES = UNITS["money"]
CARRIERS = (
    "electricity", "wood", "charcoal", "rice_husk", "sawdust", "coal", "diesel", "petrol", "fuel_oil", "lpg", "biogas",
    "steam", "heat",
)  # fmt: skip

# Kinds whose carriers are alike, so that their amounts may stand in one total (a kip is a kip; cotton is not dyestuff).
ALIKE = frozenset({"money", "climate", "labour"})

TECHNIQUES = (
    "good_housekeeping", "input_change", "process_control", "equipment_modification",
    "technology_change", "onsite_reuse", "useful_byproduct", "product_modification",
)  # fmt: skip

# IPMVP options A to D, and the plain ways of a small firm.
METHODS = ("ipmvp_a", "ipmvp_b", "ipmvp_c", "ipmvp_d", "counted", "bills")
CONFIDENCES = (68, 80, 90, 95)


_SIGNS = {"m3": "m³", "kgCO2e": "kg CO₂e", "LAK": "₭"}


def unit_sign(unit: str) -> str:
    """Return the unit as it is written.

    >>> unit_sign("m3"), unit_sign("kWh")
    ('m³', 'kWh')
    """
    return _SIGNS.get(unit, unit)


def unit_word(unit: str) -> str:
    """Return the unit as a reader says it: kip in words, any other as it is written."""
    return say("savings.kip") if unit == "LAK" else unit_sign(unit)


def places(amount: Decimal | None, unit: str) -> int:
    """Return how many decimals an amount is shown with: none for kip and from a thousand on, else those it has.

    An estimate of 71133.3564 kg is no surer for its decimals; what is kept and sent stays exact.

    >>> places(Decimal("1200.0000"), "kWh"), places(Decimal("0.25"), "kg"), places(Decimal("10.5"), "LAK")
    (0, 2, 0)
    >>> places(Decimal("71133.3564"), "kg"), places(Decimal("512.3564"), "kg")
    (0, 1)
    """
    if amount is None or unit == "LAK" or abs(amount) >= 1000:
        return 0
    exponent = Decimal(amount).normalize().as_tuple().exponent
    return min(1 if abs(amount) >= 100 else 4, max(0, -int(exponent)))
