"""The demo's engagements: one in each stage, people given to them, tasks, a club of light firms and a self-check."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from namsai_centre import clock
from namsai_centre.engagements.clubs import modules, planned_days
from namsai_centre.engagements.models import Assignment, Club, ClubModule, Engagement, SelfCheck, StageStep, Task
from namsai_centre.engagements.selfcheck import questions
from namsai_centre.engagements.stages import ORDER
from namsai_centre.enterprises.models import Enterprise

# firm (place in stage.firms), tier, project, days ago of each step in order, dropped (days ago, why)
WORK: tuple[tuple[int, str, str, tuple[int, ...], tuple[int, str] | None], ...] = (
    (0, "full", "RECP 2026", (300, 270, 200, 150), None),
    (1, "full", "RECP 2026", (220, 190, 100), None),
    (2, "full", "", (120, 90), None),
    (3, "full", "RECP 2025", (900, 860, 700, 600, 200, 90), None),
    (4, "light", "ກຸ່ມໂຮງງານນ້ອຍ", (80, 70, 20), None),
    (5, "full", "", (200, 160), (30, "ເຈົ້າຂອງປ່ຽນໃໝ່ ແລະ ຍັງບໍ່ພ້ອມ")),
)
# invented small firms of the club
SMALL = (
    ("ໂຮງງານເສັ້ນເຝີ ບ້ານດົງໂດກ", "Dongdok Noodles", "food_beverage", 9, 4),
    ("ໂຮງງານນ້ຳດື່ມ ພູພະນັງ", "Phou Phanang Water", "food_beverage", 5, 8),
    ("ໂຮງຕໍ່າແຜ່ນ ນາງ ຄຳແພງ", "Khampheng Weaving", "textile", 22, 3),
    ("ໂຮງງານນ້ຳປາ ທ່າແຂກ", "Thakhek Fish Sauce", "food_beverage", 6, 5),
    ("ໂຮງຊັກລີດ ສີເມືອງ", "Simuang Laundry", "services", 12, 2),
    ("ໂຮງເລື່ອຍ ຫຼັກ 20", "Km 20 Sawmill", "wood", 2, 14),
    ("ໂຮງງານເຂົ້າໜົມ ດອກຈຳປາ", "Champa Bakery", "food_beverage", 11, 4),
)


def fill(stage: SimpleNamespace) -> None:
    """Make the engagements; the first is with the demo owner's firm."""
    people, today = stage.people, clock.today()
    stage.engagements = [
        _work(stage.firms[at], tier, project, days, dropped, people, today) for at, tier, project, days, dropped in WORK
    ]
    first, second = stage.engagements[0], stage.engagements[1]
    for engagement, start, end in ((first, 290, None), (second, 200, None), (stage.engagements[3], 880, 100)):
        ends = today - timedelta(days=end) if end else None
        Assignment.objects.create(
            engagement=engagement,
            person=people["expert"],
            role="expert",
            starts=today - timedelta(days=start),
            ends=ends,
        )
    Assignment.objects.create(
        engagement=first, person=people["verifier"], role="verifier", starts=today - timedelta(days=30)
    )
    for engagement, title, due, who in (
        (first, "ອ່ານໝໍ້ໄຟ ແລະ ໝໍ້ນ້ຳ ຂອງເດືອນນີ້", 2, "expert"),
        (first, "ສົ່ງໃບບິນຄ່າໄຟ 12 ເດືອນ", -4, "owner"),
        (first, "ນັດມື້ກວດການແປງທໍ່ລົມ", 10, "officer"),
        (second, "ກວດຄືນດຸນມວນສານແປ້ງ", -9, "expert"),
        (stage.engagements[2], "ໂທຫາຜູ້ຈັດການ", -1, "officer"),
    ):
        Task.objects.create(engagement=engagement, title=title, due=today + timedelta(days=due), person=people[who])
    done = Task.objects.create(engagement=first, title="ເຊັນຂໍ້ຕົກລົງ", due=today - timedelta(days=270))
    Task.objects.filter(pk=done.pk).update(done_on=today - timedelta(days=272), done_by=people["officer"])
    stage.clubs = [_club(stage, people, today)]
    answers = {q.id: "yes" for q in questions()}
    answers |= {"switch_off": "no", "water_leaks": "partly", "materials_weighed": "no", "chemicals_danger": "unknown",
                "air_leaks": "partly", "heat_covered": "unknown"}  # fmt: skip
    stage.selfchecks = [
        SelfCheck.objects.create(
            enterprise=stage.firms[0],
            engagement=first,
            by=people["owner"],
            on=today - timedelta(days=280),
            answers=answers,
        )
    ]


def _work(
    firm: Enterprise, tier: str, project: str, days: tuple[int, ...], dropped: tuple[int, str] | None,
    people: dict[str, Any], today: date,
) -> Engagement:  # fmt: skip
    order = ORDER if tier == "full" or len(days) < 3 else ("aware", "signed", "implementing", "verified", "alumni")
    dates = [today - timedelta(days=d) for d in days]
    reached = order[len(days) - 1]
    engagement = Engagement.objects.create(
        enterprise=firm,
        tier=tier,
        project=project,
        stage="dropped" if dropped else reached,
        stage_since=today - timedelta(days=dropped[0]) if dropped else dates[-1],
        dropped_because=dropped[1] if dropped else "",
        dropped_from=reached if dropped else "",
        starts=dates[0],
    )
    for name, on in zip(order, dates, strict=False):
        StageStep.objects.create(engagement=engagement, stage=name, on=on, by=people["officer"])
    if dropped:
        StageStep.objects.create(
            engagement=engagement, stage="dropped", on=engagement.stage_since, by=people["officer"], note=dropped[1]
        )
    return engagement


def _club(stage: SimpleNamespace, people: dict[str, Any], today: date) -> Club:
    starts = today - timedelta(days=50)
    club = Club.objects.create(
        name_lo="ກຸ່ມໂຮງງານນ້ອຍ ວຽງຈັນ", name_en="Small firms of Vientiane", starts=starts, leader=people["trainer"]
    )
    members = [stage.engagements[4]]
    for lo, en, sector, women, men in SMALL:
        firm = Enterprise.objects.create(
            name_lo=lo, name_en=en, sector=sector, women=women, men=men, workers=women + men
        )
        members.append(_work(firm, "light", "ກຸ່ມໂຮງງານນ້ອຍ", (75, 65), None, people, today))
    club.engagements.set(members)
    days = planned_days(starts)
    for kind in modules():
        module = ClubModule.objects.create(club=club, number=kind.number, on=days[kind.number])
        if days[kind.number] <= today:
            module.present.set(members[: 8 - kind.number])
    return club
