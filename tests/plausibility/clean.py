"""Published figures as claims: clean neighbours of the errors, each with its source; none may be flagged."""

from __future__ import annotations

from namsai.plant.records import Claim
from tests.plausibility.published import claims

# what -> (claims, sector): no finding at all
CLEAN: dict[str, tuple[list[Claim], str]] = {
    "Hong Ha: 882 VND/kWh, 1.40 M VND/t coal, 4,481 VND/m3": (
        claims(
            "Hong Ha",
            "scp.gov.vn t10023",
            ("quantity.electricity", 144_000, "kWh"),
            ("money.electricity", 127e6, "VND"),
            ("quantity.coal", 100, "t"),
            ("money.coal", 140e6, "VND"),
            ("quantity.water", 3_794, "m3"),
            ("money.water", 17e6, "VND"),
            year=2008,
        ),
        "food_beverage",
    ),
    "Phong Chau: 1,000 VND/kWh": (
        claims(
            "Phong Chau",
            "scp.gov.vn t10025",
            ("quantity.electricity", 65_000, "kWh"),
            ("money.electricity", 65e6, "VND"),
            ("quantity.coal", 214, "t"),
            ("money.coal", 300e6, "VND"),
            year=2008,
        ),
        "wood",
    ),
    "Royal Orchid: lamps back in 4 months": (
        claims(
            "Royal Orchid",
            "smetoolkit 54540",
            ("investment", 32_160, "THB"),
            ("saving", 97_020, "THB/yr"),
            ("payback", 0.333, "yr"),
            ("low_cost", 1, "1"),
        ),
        "services",
    ),
    "Caravelle: 1,975 VND/kWh, 0.487 kg/kWh": (
        claims(
            "Caravelle",
            "Saigon Times 2010",
            ("quantity.electricity", 759_633, "kWh"),
            ("money.electricity", 1.5e9, "VND"),
            ("energy_saved.electricity", 759_633, "kWh"),
            ("ghg_avoided.electricity", 370, "t"),
            year=2010,
        ),
        "services",
    ),
    "Thai hotels: 385,000 kWh, 192 t": (
        claims(
            "Thai hotels", "IKI", ("energy_saved.electricity", 385_000, "kWh"), ("ghg_avoided.electricity", 192, "t")
        ),
        "services",
    ),
    "Morin Hue: 25,000 kWh = 50 M VND a month": (
        claims(
            "Morin Hue",
            "vneec t9144",
            ("quantity.electricity", 25_000, "kWh/month"),
            ("money.electricity", 50e6, "VND/month"),
            ("investment", 1e9, "VND"),
            ("saving", 600e6, "VND/yr"),
            year=2009,
        ),
        "services",
    ),
    "New Archid: back within a month": (
        claims(
            "New Archid",
            "scribd 534336964",
            ("investment", 2_850, "USD"),
            ("saving", 42_110, "USD/yr"),
            ("payback", 0.083, "yr"),
            ("low_cost", 1, "1"),
        ),
        "garment",
    ),
    "MED TEST: payback 10 months, 1.5 years": (
        claims(
            "Cap-Bon",
            "med-test-tunisia",
            ("investment", 484_945, "USD"),
            ("saving", 546_903, "USD/yr"),
            ("payback", 0.833, "yr"),
            ("portfolio_saving.energy", 19, "%"),
        )
        + claims(
            "MED TEST II",
            "euneighbours 2018",
            ("investment", 23.7e6, "EUR"),
            ("saving", 15.6e6, "EUR/yr"),
            ("payback", 1.5, "yr"),
        ),
        "general",
    ),
    "Thai Nguyen: two parts and their total": (
        claims(
            "Thai Nguyen total",
            "epronews CP-10/2013",
            ("total", 2_116.1e6, "VND/yr"),
            ("part.low", 616.1e6, "VND/yr"),
            ("part.high", 1.5e9, "VND/yr"),
        ),
        "wood",
    ),
    "GE-01: 82.9 t for 13,503 EUR": (
        claims(
            "asphalt",
            "oecd 2b15f8ae",
            ("money.energy", 13_503, "EUR/yr"),
            ("ghg_avoided.energy", 82.9, "t/yr"),
            year=2017,
        ),
        "construction_materials",
    ),
    "kip moved from 2021 to 2023 and 2024": (
        claims(
            "kip",
            "World Bank, press",
            ("rate_series.2021-07", 9_494, "LAK/USD"),
            ("rate_series.2023-09", 20_000, "LAK/USD"),
            ("rate_series.2024-05", 21_391, "LAK/USD"),
            ("rate_series.2024-10", 21_930, "LAK/USD"),
        )
        + claims("kip per dollar", "press", ("rate", 21_930, "LAK/USD"), year=2024)
        + claims("wage 2024", "press", ("amount_local", 2.5e6, "LAK"), ("amount_foreign", 114, "USD"), year=2024),
        "general",
    ),
    "Nile Perch: 10 % of water is 11,250 USD": (
        claims("Nile Perch", "doczz 4082645", ("share.water.a", 10, "%"), ("money.water.a", 11_250, "USD/yr")),
        "food_beverage",
    ),
}
