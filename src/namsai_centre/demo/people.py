"""Who is in the demo, and how they log in."""

from __future__ import annotations

from datetime import timedelta

from namsai_centre import clock
from namsai_centre.accounts.models import Person, RoleGrant
from namsai_centre.enterprises.models import Enterprise

PASSWORD = "namsai-clear-water"
People = dict[str, Person]

# role, log-in, Lao and Latin name (invented people)
CAST = (
    ("director", "director@demo.la", "ວຽງທອງ ພົມມະຈັນ", "Viengthong Phommachan"),
    ("officer", "officer@demo.la", "ດາລາ ສີສຸລາດ", "Dala Sisoulath"),
    ("expert", "expert@demo.la", "ບຸນມີ ແກ້ວມະນີ", "Bounmy Keomany"),
    ("verifier", "verifier@demo.la", "ນາງ ຈັນທະລາ ວົງສາ", "Chanthala Vongsa"),
    ("owner", "owner@demo.la", "ສົມສັກ ໄຊຍະວົງ", "Somsack Xayavong"),
    ("member", "member@demo.la", "ມະນີ ໄຊຍະວົງ", "Many Xayavong"),
    ("ministry", "ministry@demo.la", "ຄຳພອນ ອິນທະວົງ", "Khamphone Inthavong"),
    ("donor", "donor@demo.la", "Anna Keller", "Anna Keller"),
    ("trainer", "trainer@demo.la", "ພອນສະຫວັນ ລາດຊະວົງ", "Phonesavanh Rasavong"),
)


def fill() -> People:
    """Make the people; firm roles come with the firms (`enterprises.fill`)."""
    people: People = {}
    for role, email, lo, en in CAST:
        people[role] = Person.objects.create_user(email, PASSWORD, name_lo=lo, name_en=en)
    start = clock.today() - timedelta(days=400)
    for role, person in people.items():
        if role not in ("owner", "member"):
            RoleGrant.objects.create(person=person, role=role, starts=start)
    return people


def give_firm(people: People, firm: Enterprise) -> None:
    """Make the demo's owner and member people of a firm."""
    start = clock.today() - timedelta(days=400)
    for role in ("owner", "member"):
        RoleGrant.objects.create(person=people[role], role=role, enterprise=firm, starts=start)
