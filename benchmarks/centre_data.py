"""A national programme's amount of data by a seed: 13,148 enterprises, 5,000 assessments, 100,000 readings."""

from __future__ import annotations

import random
from datetime import timedelta

ENTERPRISES, ASSESSMENTS, READINGS = 13_148, 5_000, 100_000
_LAO = (
    "ໂຮງງານ", "ຕັດຫຍິບ", "ແປຮູບໄມ້", "ນ້ຳດື່ມ", "ເຂົ້າ", "ກາເຟ", "ດິນຈີ່",
    "ຊີມັງ", "ເຟີນີເຈີ", "ຜ້າໄໝ", "ນ້ຳກ້ອນ", "ອາຫານສັດ", "ພາດສະຕິກ", "ເຈ້ຍ",
    "ໄຊທານີ", "ວຽງຈັນ", "ປາກເຊ", "ສະຫວັນ", "ຫຼວງພະບາງ", "ໂພນໂຮງ",
)  # fmt: skip
_LATIN = (
    "Lao", "Garment", "Wood", "Water", "Rice", "Coffee", "Brick",
    "Cement", "Furniture", "Silk", "Ice", "Feed", "Plastic", "Paper",
    "Xaythany", "Vientiane", "Pakse", "Savan", "Luangprabang", "Phonhong",
)  # fmt: skip
_SECTORS = ("garment", "textile", "food_beverage", "wood", "construction_materials", "general")


def fill(seed: int = 7) -> None:
    """Write the rows into an empty centre in batches (names by chance, no real firm)."""
    from django.db import transaction

    from namsai_centre import clock
    from namsai_centre.accounts.models import Person, RoleGrant
    from namsai_centre.assessments.models import Assessment, CaseVersion
    from namsai_centre.engagements.models import STAGES, Engagement
    from namsai_centre.enterprises.models import Enterprise, Place

    chance = random.Random(seed)
    places = list(Place.objects.filter(kind="province"))
    with transaction.atomic():
        officer = Person.objects.create_user("officer@bench.la", "bench-only-password", name_lo="ພະນັກງານ")
        RoleGrant.objects.create(person=officer, role="officer", starts=clock.today() - timedelta(days=10))
        firms = []
        for number in range(ENTERPRISES):
            lo = "".join(chance.choices(_LAO, k=3)) + f" {number}"
            en = " ".join(chance.choices(_LATIN, k=3)) + f" {number}"
            women, men = chance.randint(0, 60), chance.randint(1, 60)
            firm = Enterprise(name_lo=lo, name_en=en, sector=chance.choice(_SECTORS), women=women, men=men)
            firm.workers, firm.province = women + men, chance.choice(places) if places else None
            firm.set_keys()
            firms.append(firm)
        Enterprise.objects.bulk_create(firms, batch_size=500)
        works = [
            Engagement(enterprise=firm, title_lo=f"ປະເມີນ {n}", stage=chance.choice(STAGES[:6]))
            for n, firm in enumerate(firms[:ASSESSMENTS])
        ]
        Engagement.objects.bulk_create(works, batch_size=500)
        looked = [
            Assessment(engagement=w, title=f"2026/{n}", sector="garment", by=officer) for n, w in enumerate(works)
        ]
        Assessment.objects.bulk_create(looked, batch_size=500)
        each = READINGS // ASSESSMENTS
        cases = [
            CaseVersion(
                assessment=a,
                number=1,
                by=officer,
                document={
                    "schema": "namsai.case/1",
                    "readings": [
                        {"meter": "m1", "on": f"2026-01-{d + 1:02d}", "value": chance.randint(1, 999)}
                        for d in range(each)
                    ],
                },
            )
            for a in looked
        ]
        CaseVersion.objects.bulk_create(cases, batch_size=500)
