"""Published figures as claims: the fifteen errors of the field, each with its source."""

from __future__ import annotations

from namsai.plant.records import Claim

Row = tuple[str, float, str] | tuple[str, float, str, int]


def claims(about: str, ref: str, *rows: Row, year: int | None = None) -> list[Claim]:
    """Return claims about one thing; a unit that starts with a currency code is money in it."""
    out = []
    for number, (role, value, unit, *own) in enumerate(rows):
        code = unit[:3] if unit[:3].isupper() and (len(unit) == 3 or unit[3:] in ("/yr", "/month")) else None
        when = own[0] if own else year
        out.append(
            Claim(
                id=f"{about.replace(' ', '-')}-{number}", about=about, role=role, value=value, unit=unit, currency=code,
                year=when, ref=ref,
            )
        )  # fmt: skip
    return out


# number -> (claims, sector, finding expected)
ERRORS: dict[str, tuple[list[Claim], str, str]] = {
    "1 total of Dong Xuan": (
        claims(
            "Dong Xuan phase 1",
            "scp.gov.vn t10040",
            ("total", 533e6, "VND/yr"),
            ("part.tapioca", 189e6, "VND/yr"),
            ("part.ferment", 37e6, "VND/yr"),
            ("part.water", 2e6, "VND/yr"),
            ("part.coal", 1800e6, "VND/yr"),
            ("part.electricity", 57e6, "VND/yr"),
            year=2007,
        ),
        "food_beverage",
        "sum-of-parts",
    ),
    "2 waste water of Dong Xuan": (
        claims(
            "Dong Xuan waste water",
            "scp.gov.vn t10040",
            ("same.waste_water", 5e6, "m3"),
            ("same.waste_water", 5e3, "m3"),
        ),
        "food_beverage",
        "factor",
    ),
    "3 electricity price of Dong Xuan": (
        claims(
            "Dong Xuan electricity",
            "scp.gov.vn t10040",
            ("quantity.electricity", 30_000, "kWh"),
            ("money.electricity", 57e6, "VND"),
            year=2007,
        ),
        "food_beverage",
        "implied-price",
    ),
    "4 kilowatt hours of Thai Nguyen": (
        claims(
            "Thai Nguyen paper",
            "scp.gov.vn t10035",
            ("energy_saved.electricity", 156, "kWh/yr"),
            ("saving", 2_116.1e6, "VND/yr"),
            year=2009,
        ),
        "wood",
        "trivial",
    ),
    "5 shoes of Vinh Phu": (
        claims(
            "Vinh Phu shoes",
            "scp.gov.vn t10054",
            ("production", 500e6, "pair/yr"),
            ("capacity", 1.2e6, "pair/yr"),
        ),
        "general",
        "above-capacity",
    ),
    "6 gas of the Korean-funded audits": (
        claims(
            "108 audit solutions",
            "vietnamplus 2019-05-24",
            ("money.energy", 78_000, "USD/yr"),
            ("ghg_avoided.energy", 606_000, "t/yr"),
            year=2019,
        ),
        "general",
        "emissions-per-money",
    ),
    "7 low cost of Tri Tue": (
        claims(
            "Tri Tue",
            "scp.gov.vn t10061",
            ("low_cost", 1, "1"),
            ("investment", 202e6, "VND"),
            ("saving", 13.2e6, "VND/yr"),
            year=2009,
        ),
        "food_beverage",
        "low-cost-slow",
    ),
    "8 shares of the Georgian metalware firm": (
        claims(
            "metalware",
            "oecd.org dc98f97b",
            ("quantity.energy.insulation", 10_275, "kWh"),
            ("share.energy.insulation", 10, "%"),
            ("quantity.energy.collectors", 32_900, "kWh"),
            ("share.energy.collectors", 75, "%"),
            year=2017,
        ),
        "general",
        "shares-base",
    ),
    "9 benefit-cost ratio of J. Charoen": (
        claims(
            "J. Charoen",
            "tci-thaijo 198582",
            ("bc_ratio", 1.00, "1"),
            ("npv", 2_385_932, "THB"),
            ("irr", 21.29, "%"),
            ("payback", 1.14, "yr"),
        ),
        "food_beverage",
        "worth-identity",
    ),
    "10 shillings of UCPC": (
        claims(
            "UCPC",
            "businessdocbox 92783785",
            ("amount_local", 11.4e9, "UGX"),
            ("amount_foreign", 7.8e6, "USD"),
            year=2016,
        ),
        "general",
        "exchange-rate-outside",
    ),
    "11 kip of the minimum wage": (
        claims(
            "minimum wage",
            "Laotian Times 2024, 2025",
            ("amount_local.2024", 2.5e6, "LAK", 2024),
            ("amount_foreign.2024", 114, "USD", 2024),
            ("amount_local.2025", 2.5e6, "LAK", 2025),
            ("amount_foreign.2025", 147, "USD", 2025),
        ),
        "general",
        "rates-differ",
    ),
    "12a solar of TBL": (
        claims(
            "TBL solar",
            "allafrica 2017",
            ("energy_saved.electricity", 15_460, "kWh"),
            ("ghg_avoided.electricity", 30, "t"),
        ),
        "food_beverage",
        "implied-emission-factor",
    ),
    "12b hectolitres per litre of TBL": (
        claims("TBL water", "allafrica 2017", ("same.water", 6, "hl/hl"), ("same.water", 6, "hl/l")),
        "food_beverage",
        "factor",
    ),
    "13a money of NCPC-SA": (
        claims(
            "NCPC-SA savings",
            "NCPC-SA annual report",
            ("same.identified", 383e6, "ZAR"),
            ("same.identified", 308e6, "ZAR"),
        ),
        "general",
        "contradiction",
    ),
    "13b companies of NCPC-SA": (
        claims(
            "NCPC-SA firms",
            "NCPC-SA annual report",
            ("total", 160, "companies"),
            ("part.a", 128, "companies"),
            ("part.b", 33, "companies"),
        ),
        "general",
        "sum-of-parts",
    ),
    "14a household businesses": (
        claims("household share", "Lao press 2016", ("same.household", 37.6, "%"), ("same.household", 80, "%")),
        "general",
        "contradiction",
    ),
    "14b number of factories": (
        claims(
            "factories", "Lao press 2016", ("same.number", 13_148, "factories"), ("same.number", 35_000, "factories")
        ),
        "general",
        "contradiction",
    ),
    "15a kip per baht": (
        claims("peg", "blog 2023", ("rate", 8_100, "LAK/THB"), year=2023),
        "general",
        "exchange-rate-outside",
    ),
    "15b inflation": (
        claims("inflation", "blog 2023", ("inflation", 2.5, "%"), year=2023),
        "general",
        "inflation-outside",
    ),
    "15c kip per dollar": (
        claims(
            "kip 2023",
            "Laotian Times",
            ("rate_series.2023-09", 20_000, "LAK/USD"),
            ("rate_series.2023-11", 10_689, "LAK/USD"),
            ("rate_series.2024-05", 21_391, "LAK/USD"),
        ),
        "general",
        "series-spike",
    ),
}
