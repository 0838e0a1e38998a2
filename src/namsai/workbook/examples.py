"""The grey example row of each sheet: an ordinary small plant of the sector; never read back."""

from __future__ import annotations

from namsai.texts import text

_KINDS = {  # sector: kind of process, of material, of product
    "garment": ("cutting", "fabric", "garment"),
    "textile": ("dyeing", "yarn", "fabric"),
    "food_beverage": ("washing", "cassava", "food_product"),
    "wood": ("sawing", "logs", "timber"),
    "construction_materials": ("firing", "clay", "brick"),
    "services": ("laundry", "water", "water"),
    "general": ("assembly", "steel", "metal"),
}


def examples(sector: str) -> dict[str, dict[str, object]]:
    """Return an example row per sheet: table -> column key -> value as typed."""
    process, material, product = _KINDS.get(sector, _KINDS["general"])
    names = {
        part: {"lo": text(f"form.ex-{sector}-{part}", "lo"), "en": text(f"form.ex-{sector}-{part}", "en")}
        for part in ("process", "material", "waste", "product")
    }
    firm, machine, measure, sentence, note = (
        {"lo": text(f"form.ex-{key}", "lo"), "en": text(f"form.ex-{key}", "en")}
        for key in ("firm", "machine", "measure", "sentence", "note")
    )

    def named(row: dict[str, object], name: dict[str, str], field: str = "name") -> dict[str, object]:
        return row | {f"{field}.{lang}": word for lang, word in name.items()}

    return {
        "values": {
            "id": "example-2025",
            "enterprise.name.lo": firm["lo"],
            "enterprise.name.en": firm["en"],
            "enterprise.country": "LA",
            "enterprise.province": "Vientiane",
            "enterprise.isic": "1410",
            "enterprise.sector": sector,
            "enterprise.products.lo": names["product"]["lo"],
            "enterprise.products.en": names["product"]["en"],
            "enterprise.workers_women": 180,
            "enterprise.workers_men": 40,
            "period.start": "2025-01-01",
            "period.end": "2025-12-31",
            "finance.currency": "LAK",
            "finance.discount_rate": 10,
            "finance.horizon": 10,
            "finance.budget": 500_000_000,
            "finance.tax_rate": 0,
            "output.name.lo": names["product"]["lo"],
            "output.name.en": names["product"]["en"],
            "output.amount.value": 120,
            "output.amount.unit": "t",
            "output.amount.source": "weighed",
            "output.amount.uncertainty": 2,
        },
        "processes": named({"id": process, "kind": process, "balance": "mass"}, names["process"]),
        "materials": named(
            {
                "id": material,
                "kind": material,
                "category": "raw_material",
                "price.amount": 45_000,
                "price.currency": "LAK",
                "price.per": "kg",
                "price.date": "2025-06-30",
                "ref": "bills",
            },
            names["material"],
        ),
        "compositions": {"material": material, "substance": "water", "share": 8},
        "streams": named(
            {
                "id": f"{material}-in",
                "from": "purchase",
                "to": process,
                "material": material,
                "amount.value": 140,
                "amount.unit": "t",
                "amount.source": "bill",
                "amount.uncertainty": 1,
                "ref": "bills",
            },
            note,
            "note",
        ),
        "costs": {
            "id": "wages",
            "kind": "labour",
            "process": process,
            "amount.amount": 900_000_000,
            "amount.currency": "LAK",
        },
        "equipment": named(
            {"id": "compressor-1", "kind": "compressed_air", "number": 1, "power": 37, "load": 70, "hours": 5200},
            machine,
        ),
        "meters": {"id": "main-meter", "stream": f"{material}-in", "unit": "kWh"},
        "readings": {"meter": "main-meter", "date": "2025-01-31", "value": 43_250},
        "lines": {
            "id": "line-1",
            "process": process,
            "workers": 34,
            "paid_minutes": 4_896_000,
            "standard_minutes": 22,
            "pieces": 130_000,
            "target": 70,
            "wage.amount": 15_000,
            "wage.currency": "LAK",
            "wage.per": "h",
        },
        "history": {"year": 2024, "measure": "energy", "value": 610, "unit": "MWh"},
        "measures": named(
            {
                "id": "air-leaks",
                "technique": "good_housekeeping",
                "saving_low": 10,
                "saving_high": 20,
                "investment.amount": 15_000_000,
                "investment.currency": "LAK",
                "life": 3,
            },
            measure,
        ),
        "claims": {"id": "report-price", "about": product, "role": "amount", "value": 120, "unit": "t"},
        "rates": {"base": "USD", "quote": "LAK", "rate": 21_600, "date": "2025-06-30", "ref": "bills"},
        "assumptions": named({"id": "days"}, sentence, "text"),
        "sources": {"key": "bills", "title": text("form.ex-bill", "lo"), "year": 2025},
    }
