"""A hand-made assessment of a garment factory. EVERY NUMBER HERE IS INVENTED FOR THE TEST; it is no real plant."""

# ruff: noqa: E501
from __future__ import annotations

from typing import Any

from namsai.appraisal.model import Appraisal, Appraisals, RateSet
from namsai.assessment import Assessment
from namsai.balance.model import Balance, BalancedStream, Gap, Suspect
from namsai.costing.model import CostTable, EnergyUse, FlowCost
from namsai.findings import note, warning
from namsai.hotspots.model import HotSpot
from namsai.indicators.model import BenchmarkPosition, FactorUse, Indicator, Indicators
from namsai.knowhow import KnowHow
from namsai.options.model import Proposal, Proposals, Range, StreamSaving
from namsai.plant.case import Case
from namsai.plant.fields import Text
from namsai.portfolio.model import Chosen, Left, Plan
from namsai.work.model import LineResult, Work


def _two(lo: str, en: str) -> dict[str, str]:
    return {"lo": lo, "en": en}


def _row(id: str, lo: str, en: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "name": _two(lo, en), "kind": kind, **more}


def _kip(amount: float, per: str) -> dict[str, Any]:
    return {"amount": amount, "currency": "LAK", "per": per, "date": "2026-06-30"}


def _stream(
    id: str, source: str, target: str, material: str, value: float | None, unit: str, how: str, **more: Any
) -> Any:
    amount = None if value is None else {"value": value, "unit": unit, "source": how}
    return {"id": id, "from": source, "to": target, "material": material, "amount": amount, **more}


def case() -> Case:
    """Return the invented case."""
    data: dict[str, Any] = {
        "schema": "namsai.case/1",
        "id": "test-garment",
        "enterprise": {
            "name": _two("ໂຮງງານຕັດຫຍິບ ດອກຈຳປາ", "Dok Champa Garment"),
            "province": "Vientiane Capital",
            "sector": "garment",
            "products": _two("ເສື້ອຍືດຝ້າຍ", "cotton T-shirts"),
            "workers_women": 310,
            "workers_men": 54,
        },
        "period": {"start": "2025-07-01", "end": "2026-06-30"},
        "finance": {"currency": "LAK", "discount_rate": 10, "horizon": 8, "budget": 300_000_000},
        "output": {
            "name": _two("ເສື້ອຍືດ", "T-shirts"),
            "amount": {"value": 434, "unit": "t", "source": "counted"},
        },
        "processes": [
            _row("cutting", "ຕັດຜ້າ", "Cutting", "cutting"),
            _row("sewing", "ຫຍິບ", "Sewing", "sewing"),
            _row("finishing", "ລີດ ແລະ ກວດ", "Ironing and checking", "finishing"),
            _row("packing", "ຫຸ້ມຫໍ່", "Packing", "packing"),
            _row("boiler", "ໝໍ້ອາຍນ້ຳ", "Boiler", "boiler", balance=[]),
        ],
        "materials": [
            _row("fabric", "ຜ້າຝ້າຍ", "Cotton fabric", "fabric", category="raw_material", price=_kip(62_000, "kg")),
            _row("thread", "ດ້າຍ", "Thread", "thread", category="raw_material", price=_kip(95_000, "kg")),
            _row("trims", "ກະດຸມ ແລະ ປ້າຍ", "Trims", "trims", category="raw_material", price=_kip(70_000, "kg")),
            _row(
                "cartons",
                "ກ່ອງເຈ້ຍ",
                "Cartons",
                "packaging",
                category="packaging",
                price=_kip(9_500, "kg"),
                assumption=True,
            ),
            _row("pieces", "ຊິ້ນສ່ວນ", "Cut pieces", "fabric", category="intermediate"),
            _row("sewn", "ເສື້ອຫຍິບແລ້ວ", "Sewn garments", "garment", category="intermediate"),
            _row("shirts", "ເສື້ອຍືດ", "T-shirts", "garment", category="product"),
            _row("offcuts", "ເສດຜ້າ", "Fabric off-cuts", "fabric", category="waste", value_as="fabric"),
            _row("rejects", "ເສື້ອເສຍ", "Rejects", "garment", category="waste"),
            _row("threadwaste", "ເສດດ້າຍ", "Thread waste", "thread", category="waste"),
            _row("wood", "ຟືນ", "Fire wood", "wood_fuel", category="energy", price=_kip(450, "kg")),
            _row("power", "ໄຟຟ້າ", "Electricity", "electricity", category="energy", price=_kip(1_150, "kWh")),
            _row("water", "ນ້ຳປະປາ", "Town water", "water", category="water", density=1000, price=_kip(4_200, "m3")),
            _row("drainwater", "ນ້ຳເສຍ", "Waste water", "waste_water", category="waste_water", density=1000),
            _row("steam", "ອາຍນ້ຳ", "Steam", "steam", category="intermediate"),
        ],
        "streams": [
            _stream("fabric-in", "purchase", "cutting", "fabric", 512, "t", "bill"),
            _stream("pieces", "cutting", "sewing", "pieces", 431, "t", "weighed"),
            _stream("offcuts", "cutting", "recycler", "offcuts", 76, "t", "weighed"),
            _stream("thread-in", "purchase", "sewing", "thread", 6.2, "t", "bill"),
            _stream("trims-in", "purchase", "sewing", "trims", 9.4, "t", "bill"),
            _stream("sewn", "sewing", "finishing", "sewn", None, "t", "weighed"),
            _stream("threadwaste", "sewing", "waste", "threadwaste", 1.1, "t", "estimated", assumption=True),
            _stream("rework", "finishing", "sewing", "sewn", 21, "t", "estimated"),
            _stream("rejects", "finishing", "waste", "rejects", 8.6, "t", "counted"),
            _stream("finished", "finishing", "packing", "sewn", None, "t", "weighed"),
            _stream("cartons-in", "purchase", "packing", "cartons", 18, "t", "bill"),
            _stream("shirts", "packing", "sale", "shirts", 455, "t", "counted"),
            _stream("water-in", "purchase", "boiler", "water", 3_900, "m3", "meter"),
            _stream("blowdown", "boiler", "drain", "drainwater", None, "m3", "meter"),
            _stream("wood-in", "purchase", "boiler", "wood", 640, "t", "estimated"),
            _stream("power-in", "purchase", "sewing", "power", 412, "MWh", "meter"),
        ],
        "lines": [
            {
                "id": f"line-{n}",
                "name": _two(f"ສາຍຫຍິບທີ {n}", f"Sewing line {n}"),
                "process": "sewing",
                "workers": 52,
                "paid_minutes": 7_500_000,
            }
            for n in (1, 2)
        ],
        "history": [{"year": 2024, "measure": "output", "value": 410, "unit": "t"}],
        "claims": [
            {
                "id": "c1",
                "about": "marker",
                "role": "payback",
                "value": 0.5,
                "unit": "year",
                "ref": "TEST-1",
                "path": "options/GAR-001/payback",
            },
            {
                "id": "c2",
                "about": "marker",
                "role": "saving",
                "value": 1_150_000_000,
                "unit": "LAK",
                "currency": "LAK",
                "ref": "TEST-1",
                "path": "options/GAR-001/saving",
            },
            {
                "id": "c3",
                "about": "fabric",
                "role": "x",
                "value": 510,
                "unit": "t",
                "path": "balance/fabric-in",
                "ref": "TEST-1",
            },
            {"id": "c4", "about": "price", "role": "x", "value": 1.1, "unit": "USD/kg", "ref": "TEST-1"},
        ],
        "rates": [
            {"base": "USD", "quote": "LAK", "rate": 21_650, "date": "2026-06-30", "ref": "TEST-1", "assumption": True}
        ],
        "assumptions": [
            {"id": "a1", "text": _two("ໂຮງງານເຮັດວຽກ 290 ວັນຕໍ່ປີ", "The plant works 290 days a year")},
        ],
        "sources": [{"key": "TEST-1", "title": "Invented source for the test", "locator": "table 3", "year": 2026}],
    }
    return Case.model_validate(data)


def _balanced(
    id: str, source: str, target: str, material: str, unit: str, measured: float | None, value: float | None
) -> Any:
    sd = None if value is None else value * 0.012
    found = value is not None
    return BalancedStream(
        id, source, target, material, unit, measured, sd, value, sd, found, measured is not None and found
    )


def balance() -> Balance:
    """Return the invented balance (it closes for the reconciled values)."""
    rows = (
        _balanced("fabric-in", "purchase", "cutting", "fabric", "kg", 512_000, 510_400),
        _balanced("pieces", "cutting", "sewing", "pieces", "kg", 431_000, 433_900),
        _balanced("offcuts", "cutting", "recycler", "offcuts", "kg", 76_000, 76_500),
        _balanced("thread-in", "purchase", "sewing", "thread", "kg", 6_200, 6_200),
        _balanced("trims-in", "purchase", "sewing", "trims", "kg", 9_400, 9_400),
        _balanced("sewn", "sewing", "finishing", "sewn", "kg", None, 469_400),
        _balanced("threadwaste", "sewing", "waste", "threadwaste", "kg", 1_100, 1_100),
        _balanced("rework", "finishing", "sewing", "sewn", "kg", 21_000, 21_000),
        _balanced("rejects", "finishing", "waste", "rejects", "kg", 8_600, 8_600),
        _balanced("finished", "finishing", "packing", "sewn", "kg", None, 439_800),
        _balanced("cartons-in", "purchase", "packing", "cartons", "kg", 18_000, 18_000),
        _balanced("shirts", "packing", "sale", "shirts", "kg", 455_000, 457_800),
        _balanced("water-in", "purchase", "boiler", "water", "kg", 3_900_000, 3_900_000),
        _balanced("blowdown", "boiler", "drain", "drainwater", "kg", None, None),
        _balanced("wood-in", "purchase", "boiler", "wood", "kg", 640_000, 640_000),
        _balanced("power-in", "purchase", "sewing", "power", "J", 1.4832e12, 1.4832e12),
    )
    gaps = (
        Gap("cutting", "mass", "kg", 512_000, 507_000, 5_000, 5 / 512, 4_100, False),
        Gap("sewing", "mass", "kg", None, None, None, None, None, False),
        Gap("packing", "mass", "kg", 457_000, 455_000, 2_000, 2 / 457, 900, True),
    )
    suspects = (Suspect(("offcuts", "pieces"), 6.1, -5_200, -0.068),)
    return Balance(rows, ("mass",), gaps, 6.7, 1, 3.84, False, suspects)


def costs() -> CostTable:
    """Return the invented costs; they add up."""
    flows = (
        FlowCost(
            "shirts", "product", "packing", "shirts", 457_800, "kg", 27_900_000_000, 690_000_000, 7_900_000_000, 0, 0
        ),
        FlowCost(
            "offcuts",
            "loss",
            "cutting",
            "offcuts",
            76_500,
            "kg",
            4_743_000_000,
            31_000_000,
            402_000_000,
            12_000_000,
            90,
        ),
        FlowCost(
            "rejects", "loss", "finishing", "rejects", 8_600, "kg", 533_200_000, 24_000_000, 162_000_000, 4_000_000, 0
        ),
        FlowCost(
            "recycle:rework", "recycling_loss", "finishing", "sewn", 21_000, "kg", 0, 42_000_000, 318_000_000, 0, 0
        ),
        FlowCost("threadwaste", "loss", "sewing", "threadwaste", 1_100, "kg", 104_500_000, 2_000_000, 9_000_000, 0, 0),
        FlowCost("unexplained:packing", "unexplained", "packing", "", 2_000, "kg", 124_000_000, 0, 0, 0, 0),
        FlowCost("blowdown", "loss", "boiler", "drainwater", None, "kg", 0, 0, 0, 0, 0),
    )
    uses = (EnergyUse("power-in", "sewing", "power", 1.4832e12, "J", 473_800_000),)
    purchased = sum(f.material_cost + f.energy_cost for f in flows)
    system = sum(f.system_cost for f in flows)
    return CostTable("LAK", flows, flows, uses, purchased, system, 0, 16_000_000, ("blowdown",))


def _spots() -> tuple[HotSpot, ...]:
    return (
        HotSpot("money", 1, "stream:offcuts", "cutting", "offcuts", "fabric", 76_500, "kg", 5_188_000_000, 0.64),
        HotSpot("money", 2, "line:line-1", "sewing", "", "labour", 2_400_000, "min", 1_120_000_000, 0.14),
        HotSpot("money", 3, "stream:rejects", "finishing", "rejects", "garment", 8_600, "kg", 723_000_000, 0.09),
        HotSpot("money", 4, "use:power-in", "sewing", "power", "electricity", 1.4832e12, "J", 473_800_000, 0.06),
        HotSpot("money", 5, "recycle:rework", "finishing", "sewn", "garment", 21_000, "kg", 360_000_000, 0.04),
        HotSpot("energy", 1, "use:wood-in", "boiler", "wood", "wood_fuel", 640_000, "kg", 288_000_000, 0.83),
        HotSpot("energy", 2, "use:power-in", "sewing", "power", "electricity", 1.4832e12, "J", 473_800_000, 0.17),
        HotSpot("water", 1, "use:water-in", "boiler", "water", "water", 3_900_000, "kg", 16_380_000, 1.0),
        HotSpot("labour", 1, "line:line-1", "sewing", "", "labour", 2_400_000, "min", 1_120_000_000, 0.6),
        HotSpot("waste_water", 1, "stream:blowdown", "boiler", "drainwater", "waste_water", None, "kg", None, None),
    )


def _reason(subject_lo: str, subject_en: str, process_lo: str, process_en: str, money: int) -> dict[str, Any]:
    names = {"subject_lo": subject_lo, "subject_en": subject_en, "process_lo": process_lo, "process_en": process_en}
    return {**names, "money": money, "currency": "LAK"}


def _proposals(knowhow: KnowHow) -> Proposals:
    marker, ledger = knowhow.option("GAR-001"), knowhow.option("GAR-002")
    offcuts = _reason("ເສດຜ້າ", "fabric off-cuts", "ຕັດຜ້າ", "cutting", 5_188_000_000)
    line = _reason("ສາຍຫຍິບທີ 1", "sewing line 1", "ຫຍິບ", "sewing", 1_120_000_000)
    share = Range(0.035, 0.0415, 0.048)
    return Proposals(
        (
            Proposal(
                "GAR-001",
                Text(lo=marker.title_lo, en=marker.title_en),
                marker.technique,
                "knowhow",
                "GAR-001",
                "cutting",
                "stream:offcuts",
                "fabric",
                "options.because-loss",
                offcuts,
                (StreamSaving("fabric-in", share, 31_744_000_000, 512_000, "kg"),),
                None,
                Range(1_111_000_000, 1_317_000_000, 1_524_000_000),
                Range(180_000_000, 220_000_000, 260_000_000),
                12_000_000,
                8,
                "C",
                "S",
                "medium",
                "high",
                marker.source,
                True,
            ),
            Proposal(
                "balance-line",
                Text(lo="ດຸ່ນດ່ຽງສາຍຫຍິບ ແລະ ຕິດຕາມຜົນທຸກຊົ່ວໂມງ", en="Balance the sewing lines and follow output hourly"),
                "good_housekeeping",
                "case",
                None,
                "sewing",
                "line:line-1",
                "labour",
                "options.because-line",
                line,
                (),
                Range(200_000_000, 280_000_000, 360_000_000),
                Range(200_000_000, 280_000_000, 360_000_000),
                Range(0, 0, 0),
                0,
                5,
                "M",
                "D",
                "none",
                "high",
                "",
                True,
            ),
            Proposal(
                "condensate",
                Text(lo="ນຳນ້ຳຮ້ອນກັບຄືນໝໍ້ອາຍນ້ຳ", en="Return condensate to the boiler"),
                "onsite_reuse",
                "case",
                None,
                "boiler",
                "use:wood-in",
                "wood_fuel",
                "options.because-use",
                _reason("ຟືນ", "fire wood", "ໝໍ້ອາຍນ້ຳ", "boiler", 288_000_000),
                (),
                Range(20e6, 26e6, 32e6),
                Range(20_000_000, 26_000_000, 32_000_000),
                Range(95_000_000, 95_000_000, 95_000_000),
                0,
                10,
                "M",
                "M",
                calculated=True,
            ),
            Proposal(
                "GAR-002",
                Text(lo=ledger.title_lo, en=ledger.title_en),
                ledger.technique,
                "knowhow",
                "GAR-002",
                "cutting",
                "stream:offcuts",
                "fabric",
                "options.because-loss",
                offcuts,
                source=ledger.source,
                why_not="options.why-no-number",
            ),
        ),
        {"fabric-in": Range(1_111_000_000, 1_317_000_000, 1_524_000_000)},
    )


def _appraisals() -> Appraisals:
    irr = RateSet((5.9,), (1,), "unique", 5.9)
    none = RateSet((), (), "undefined", None)
    return Appraisals(
        "LAK",
        (
            Appraisal("GAR-001", 8, 0.1, (-220e6, 1_305e6), (0.12, 0.17, 0.24), (5.7e9, 6.7e9, 7.9e9), irr, 0.6,
                      (61_000, 72_000, 84_000), None, None, 21_200),
            Appraisal("balance-line", 5, 0.1, (0, 280e6), (0.0, 0.0, 0.0), (0.76e9, 1.06e9, 1.36e9), none, None, None, None, None, None),
            Appraisal("condensate", 10, 0.1, (-95e6, 26e6), (3.0, 3.7, 4.8), (28e6, 65e6, 102e6), RateSet((0.24,), (1,), "unique", 0.24),
                      0.16, (900, 1_200, 1_500), 9.1e11, 420, None),
        ),
    )  # fmt: skip


def _plan() -> Plan:
    return Plan(
        "LAK", 300_000_000,
        (
            Chosen("GAR-001", 220_000_000, 6_700_000_000, 6_920_000_000),
            Chosen("balance-line", 0, 1_060_000_000, 1_060_000_000),
        ),
        (Left("condensate", "portfolio.left-budget", 65_000_000),),
        7_760_000_000, 7_761_000_000, 0.0001, 220_000_000, 1_585_000_000, 330_000_000, 7_825_000_000, ("condensate",),
    )  # fmt: skip


def _indicators(knowhow: KnowHow) -> Indicators:
    factor = next(f for f in knowhow.factors if f.flow == "wood_fuel" and f.usable)
    return Indicators(
        Text(lo="ເສື້ອຍືດ", en="T-shirts"), "t",
        (
            Indicator("output", "absolute", 434, "t", 425, 443, "up", 2024, 410, 0.0585),
            Indicator("energy", "absolute", 11_483, "GJ", 9_200, 13_700, "down", 2024, 11_900, -0.035),
            Indicator("materials", "absolute", 545.6, "t", 540, 551),
            Indicator("water", "absolute", 3_900, "m3", 3_700, 4_100, "down", 2024, 3_300, 0.18),
            Indicator("waste", "absolute", 86.2, "t", 84, 88),
            Indicator("ghg", "absolute", 241.0, "t", 180, 300),
            Indicator("productivity-energy", "productivity", 0.0378, "t/GJ", 0.03, 0.045, "up", 2024, 0.0345, 0.096),
            Indicator("productivity-materials", "productivity", 0.795, "t/t", 0.78, 0.81, "up", 2024, 0.781, 0.018),
            Indicator("productivity-water", "productivity", 0.111, "t/m3", 0.1, 0.12, "up", 2024, 0.124, -0.104),
            Indicator("intensity-waste", "intensity", 0.199, "t/t", 0.19, 0.21, "down", 2024, 0.212, -0.061),
            Indicator("intensity-ghg", "intensity", 0.555, "t/t", 0.4, 0.7),
        ),
        (
            BenchmarkPosition("energy", 1.1, "MJ/piece", "BM-057", 0.78, None, 1.44, "R", "CAY-2018", "unknown"),
            BenchmarkPosition("electricity", 0.44, "kWh/piece", "BM-059", None, 0.31, None, "R", "ORDNUR", "worse_than_typical"),
            BenchmarkPosition("water", 88.0, "l/pair", "BM-060", 20, 42, 60, "R", "WASSERTEC", "poor"),
        ),
        (FactorUse(factor.id, factor.name, factor.value or 0.0, factor.unit, factor.source, factor.year, factor.evidence, "energy"),),
    )  # fmt: skip


def assessment(knowhow: KnowHow) -> Assessment:
    """Return the whole invented assessment."""
    lines = (
        LineResult("line-1", "sewing", 0.48, 0.65, 7_500_000, 3_600_000, 3_900_000, None, 1_120_000_000),
        LineResult("line-2", "sewing", None, 0.65, 7_500_000, None, None, None, None),
    )
    findings = (
        note("indicators.no-output", "output"),
        warning("indicators.unknown-amount", "streams/13", stream="blowdown", measure="waste_water"),
        warning("options.no-answer", "", subject="recycle:rework"),
    )
    return Assessment(
        case(), knowhow.version, balance(), costs(), Work("LAK", lines), _indicators(knowhow), _spots(), _proposals(knowhow),
        _appraisals(), _plan(), findings,
    )  # fmt: skip
