"""The ledger of the demo: one measure in every state, so that each person finds something to do."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from namsai_centre import clock
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Notice
from namsai_centre.assessments.actions.measures import make_measures
from namsai_centre.engagements.models import Assignment, Engagement
from namsai_centre.savings.actions import STEPS, Line, Told
from namsai_centre.savings.actions.bring_evidence import bring_evidence
from namsai_centre.savings.actions.identify import propose
from namsai_centre.savings.models import Measure, StateStep
from namsai_centre.savings.policies import MEASURES

# title lo, title en, technique, kip, savings (kind, carrier, amount, unit), verbs taken with days ago
Row = tuple[str, str, str, int | None, tuple[tuple[str, str, str, str], ...], tuple[tuple[str, int], ...]]
MEASURES_OF_FIRM: tuple[Row, ...] = (
    (
        "ຫຸ້ມທໍ່ອາຍນ້ຳ", "Insulate the steam pipes", "equipment_modification", 18_500_000,
        (("energy", "wood", "96000", "kWh"), ("climate", "", "2100", "kgCO2e"), ("money", "", "31200000", "LAK")),
        (("agree", 330), ("implement", 300), ("measure", 180), ("verify", 90)),
    ),
    (
        "ອັດຮູຮົ່ວທໍ່ລົມ", "Mend leaks of compressed air", "good_housekeeping", 2_400_000,
        (("energy", "electricity", "14200", "kWh"), ("money", "", "17800000", "LAK")),
        (("agree", 420), ("implement", 400), ("measure", 40)),
    ),
    (
        "ໃຊ້ໂຄມໄຟ LED", "Change to LED lamps", "technology_change", 36_000_000,
        (("energy", "electricity", "22500", "kWh"), ("money", "", "28100000", "LAK")),
        (("agree", 120), ("implement", 60)),
    ),
    (
        "ຈັດວາງແບບຕັດຜ້າໃຫ້ແໜ້ນ", "Closer lay of the cutting markers", "process_control", 9_000_000,
        (("material", "ຜ້າຝ້າຍ", "3400", "kg"), ("waste", "ເສດຜ້າ", "3400", "kg"), ("money", "", "95000000", "LAK")),
        (("agree", 30),),
    ),
    (
        "ນຳນ້ຳກັ່ນຕົວກັບໃຊ້ໃໝ່", "Bring the condensate back", "onsite_reuse", None,
        (("water", "", "1850", "m3"), ("energy", "wood", "41000", "kWh")),
        (),
    ),
    (
        "ປ່ຽນໝໍ້ຕົ້ມອາຍນ້ຳໃໝ່", "Buy a new boiler", "technology_change", 420_000_000,
        (("energy", "wood", "130000", "kWh"),),
        (("reject", 200),),
    ),
)  # fmt: skip


def fill(stage: SimpleNamespace) -> None:
    """Write the measures of the demo owner's firm through the actions of the people who would do it."""
    engagement = Engagement.objects.filter(enterprise=stage.firms[0]).order_by("created_at").first()
    if engagement is None:
        engagement = Engagement.objects.create(
            enterprise=stage.firms[0], title_lo="ປະເມີນ", title_en="Assessment", stage="implementing"
        )  # fmt: skip
    for role in ("expert", "verifier"):
        if not Assignment.objects.filter(engagement=engagement, person=stage.people[role], role=role).exists():
            Assignment.objects.create(
                engagement=engagement, person=stage.people[role], role=role, starts=clock.today() - timedelta(days=400)
            )
    stage.measures = [_measure(stage, engagement, row) for row in MEASURES_OF_FIRM]
    stage.measure, stage.measured, stage.implemented = stage.measures[:3]
    stage.offered = stage.measures[4]
    Notice.objects.filter(key__startswith="savings.told_").update(read_at=clock.now())  # of steps long ago
    stage.suggested = _from_option(stage, engagement)
    stage.check = stage.measured.checks.order_by("due").first()


def _from_option(stage: SimpleNamespace, engagement: Engagement) -> Measure | None:
    """Take an option of the firm's released assessment over, as the expert does after the visit."""
    runs = [r for r in getattr(stage, "runs", ()) if r.assessment.engagement_id == engagement.pk and r.result]
    for run in runs:
        options = [p["id"] for p in run.result["proposals"]["items"] if p["knowhow_id"] and p["saving"]]
        if options:
            made: list[Measure] = make_measures(who_is(stage.people["expert"]), run, options[:1])
            return made[0]
    return None


def _measure(stage: SimpleNamespace, engagement: Engagement, row: Any) -> Measure:
    lo, en, technique, kip, savings, verbs = row
    first = clock.today() - timedelta(days=max((ago for _, ago in verbs), default=10) + 20)
    option = {
        "title_lo": lo,
        "title_en": en,
        "technique": technique,
        "investment": kip,
        "prices_on": first,
        "due": clock.today() + timedelta(days=45) if verbs and verbs[-1][0] == "agree" else None,
        "savings": [{"kind": k, "carrier": c, "amount": a, "unit": u, "prices_on": first} for k, c, a, u in savings],
    }
    measure = propose(who_is(stage.people["expert"]), engagement, option)
    measure.savings.update(state_since=first)
    measure.interests.update(on=first)
    StateStep.objects.filter(saving__measure=measure).update(on=first)
    evidence = None
    if any(verb == "measure" for verb, _ in verbs):
        evidence = bring_evidence(who_is(stage.people["expert"]), measure, _picture(), "ໝໍ້ແທກ.png").evidence
        brought = clock.now() - timedelta(days=next(ago for verb, ago in verbs if verb == "measure"))
        measure.evidence.update(created_at=brought)
    for verb, ago in verbs:
        _take(stage, measure, verb, ago, evidence.pk if evidence else None)
    return measure


def _take(stage: SimpleNamespace, measure: Measure, verb: str, ago: int, evidence: Any) -> None:
    role = {"agree": "owner", "implement": "owner", "verify": "verifier", "reject": "owner"}.get(verb, "expert")
    who = who_is(stage.people[role])
    on = clock.today() - timedelta(days=ago)
    proven = verb in ("measure", "verify")
    if not MEASURES.allows(verb, who, measure):
        return
    lines = [
        Line(s.pk, s.version, *((_measured(s.amount), _measured(s.amount) / 10) if proven else ()))
        for s in measure.savings.all()
    ]
    note = {"verify": "ອ່ານໝໍ້ແທກຄືນເອງ, ຕົວເລກກົງກັນ.", "reject": "ລາຄາສູງເກີນໄປສຳລັບປີນີ້."}.get(verb, "")
    told = Told(on=on, note=note)
    if proven:
        told = Told(on, note, "ipmvp_b", 90, evidence, on - timedelta(days=35), on - timedelta(days=5))
    STEPS[verb](who, measure, lines, told)


def _measured(amount: Decimal) -> Decimal:
    """Return an invented reading somewhat below what was expected, in whole tens."""
    return (amount * 9 / 100).quantize(Decimal(1)) * 10


def _picture() -> bytes:
    """Return a small grey PNG in place of a photo."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\x00" + b"\xcc" * 64 for _ in range(48))
    head = struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
