"""More people of the demo: one with only a phone, a closed account, a role that is over, a key, an emergency."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from namsai_centre import clock
from namsai_centre.accounts.actions.break_glass import break_glass
from namsai_centre.accounts.actions.close import close_person
from namsai_centre.accounts.actions.grant import grant_role
from namsai_centre.accounts.actions.invite import invite
from namsai_centre.accounts.actions.make_token import make_token
from namsai_centre.accounts.identity import who_is

# Lao and Latin name (invented), e-mail, phone, role, firm by number
MORE = (
    ("ຄຳຫຼ້າ ພິມມະສອນ", "Khamla Phimmasone", "", "+8562055500111", "owner", 1),
    ("ວັນນາ ສຸວັນນະວົງ", "Vanna Souvannavong", "vanna@demo.la", "+8562055500112", "owner", 2),
    ("ໄຊສະຫວັດ ອຸດົມ", "Xaysavath Oudom", "xaysavath@demo.la", "", "expert", None),
    ("ມາລີ ທຳມະວົງ", "Maly Thammavong", "maly@demo.la", "+8562055500114", "trainer", None),
)
PASSWORD = "namsai-clear-water"


def fill(stage: SimpleNamespace) -> None:
    """Let the director invite them, end one account, and an expert open a firm in an emergency."""
    director = who_is(stage.people["director"])
    made = []
    for lo, en, email, phone, role, number in MORE:
        person = invite(director, name_lo=lo, name_en=en, email=email, phone=phone, language="lo", role=role,
                        enterprise=stage.firms[number] if number is not None else None)  # fmt: skip
        person.set_password(PASSWORD)
        person.save()
        made.append(person)
    past = clock.today() - timedelta(days=300)
    grant_role(
        director, stage.people["expert"], "trainer", enterprise=None, starts=past, ends=past + timedelta(days=120)
    )
    close_person(director, made[3], made[3].version, "ຍ້າຍໄປເຮັດວຽກຢູ່ບ່ອນອື່ນ")
    who = who_is(made[2])
    stage.glass = break_glass(who, stage.firms[0], "ມີການຮົ່ວໄຫຼຂອງສານເຄມີ, ຕ້ອງຮູ້ວ່າໃນສາງມີຫຍັງແດ່")
    make_token(who_is(stage.people["officer"]), "Excel", ["read", "export"], clock.today() + timedelta(days=90))
    stage.colleague = made[0]
