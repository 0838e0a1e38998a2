"""The closed lists of the ledger: kinds of saving with their units, carriers, techniques, and methods of measuring."""

from __future__ import annotations

from decimal import Decimal

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


def places(amount: Decimal | None, unit: str) -> int:
    """Return how many decimals an amount is shown with: none for kip, else those it has (at most four).

    >>> places(Decimal("1200.0000"), "kWh"), places(Decimal("0.25"), "kg"), places(Decimal("10.5"), "LAK")
    (0, 2, 0)
    """
    if amount is None or unit == "LAK":
        return 0
    exponent = Decimal(amount).normalize().as_tuple().exponent
    return min(4, max(0, -int(exponent)))
