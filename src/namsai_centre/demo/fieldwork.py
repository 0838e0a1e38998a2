"""The demo's visits: one of tomorrow, one of the day before yesterday with a conflict and a wrong clock. Invented."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.utils import timezone

from namsai_centre import clock
from namsai_centre.accounts.identity import who_is
from namsai_centre.fieldwork.actions.prepare import prepare
from namsai_centre.fieldwork.actions.receive import receive
from namsai_centre.fieldwork.models import Visit
from namsai_centre.fieldwork.plan import first_plan, read_lines
from namsai_centre.fieldwork.queries import newest_case
from namsai_centre.fieldwork.told import Told
from namsai_centre.who import Who

NOTES = "ເບິ່ງບ່ອນລ້າງມັນຕົ້ນ ແລະ ນ້ຳລົ້ນຢູ່ຖັງຕົກຕະກອນ.\nຖາມວິສະວະກອນກ່ຽວກັບໝໍ້ຕົ້ມອາຍນ້ຳ."


def fill(stage: SimpleNamespace) -> None:
    """Make the visits in the second engagement (the expert works there); stage.visits keeps them."""
    expert = who_is(stage.people["expert"])
    engagement, assessment = stage.engagements[1], stage.assessments[1]
    today = clock.today()
    plan = first_plan(newest_case(assessment))
    streams = [s["id"] for s in newest_case(assessment)["streams"]]
    last = today - timedelta(days=31)
    meters = "\n".join(
        (
            f"ໝໍ້ໄຟຫຼັກ; kWh; 48250; {last}; 420; 1200",
            f"ໝໍ້ໄຟ ເຄື່ອງອົບ; kWh; 10320; {last}; 130; 500",
            f"ໝໍ້ນ້ຳ ບໍ່ບາດານ 1; m3; 7610; {last}; 55",
            f"ໝໍ້ນ້ຳ ບໍ່ບາດານ 2; m3; 3904; {last}; 20",
            "ໝໍ້ຕົ້ມອາຍນ້ຳ (ນ້ຳເຂົ້າ); m3",
        )
    )
    plan |= {
        "checklists": ["walk", "water", "steam"],
        "streams": streams[:8],
        "added": {
            "meters": read_lines(meters, "meters"), "streams": read_lines("ຂີ້ເຖົ່າ; kg", "streams"),
            "equipment": read_lines("ໝໍ້ຕົ້ມອາຍນ້ຳ\nພັດລົມເຄື່ອງອົບ", "equipment"),
        },
    }  # fmt: skip

    def visit(days: int, title: str, notes: str) -> Visit:
        on = today + timedelta(days=days)
        return prepare(
            expert, engagement, assessment, on=on, title=title, notes=notes, basis="day", per_period=300.0, plan=plan
        )

    first, done = visit(1, "ວັດນ້ຳ ແລະ ໄຟ", NOTES), visit(-2, "ຍ່າງເບິ່ງຄັ້ງທຳອິດ", "")
    stage.visits = [done, first]
    _done(expert, done)


def _done(expert: Who, visit: Visit) -> None:
    now = clock.now()

    def told(kind: str, subject: str, fields: dict[str, Any], device: str = "demo-phone-1", off: int = 0) -> None:
        at = timezone.localtime(now + timedelta(days=off)).isoformat(timespec="seconds")
        receive(expert, visit, Told(uuid4(), visit.slot(subject), kind, subject, 0, None, fields, device, at, at))

    for question, answer in (
        ("order", "yes"),
        ("spills", "no"),
        ("idle", "partly"),
        ("weigh", "yes"),
        ("sorted", "unseen"),
    ):
        told("check", f"check:walk:{question}", {"answer": answer})
    first, second, third, *_ = (f"meter:{m['id']}" for m in visit.plan["added"]["meters"])
    told("reading", first, {"value": 61470})
    told("reading", first, {"value": 61740}, "demo-phone-2")
    told("reading", second, {"value": 14400}, "demo-phone-3", off=-3 * 365)
    told("reading", third, {"value": 9280, "note": "ໝໍ້ສະກົດອ່ານຍາກ"})
    stream = f"stream:{visit.plan['streams'][0]}"
    told("stream", stream, {"amount": 310, "unit": "t", "how": "weighed", "uncertainty": 2})
    ash, boiler = visit.plan["added"]["streams"][0], visit.plan["added"]["equipment"][0]  # not in the case yet
    told("stream", f"stream:{ash['id']}", {"amount": 900, "unit": "kg", "how": "weighed"})
    told("equipment", f"equipment:{boiler['id']}", {"number": 1, "power": 7.5, "hours": 10, "state": "worn"})
