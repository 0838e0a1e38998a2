"""The know-how of the demo: a release, proposals that wait, one given back, what firms said. All invented."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from namsai_centre import clock
from namsai_centre.accounts.identity import who_is
from namsai_centre.enterprises.models import Consent
from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions.feedback import Said, tell
from namsai_centre.knowhow.actions.propose import approve, propose, retire
from namsai_centre.knowhow.actions.release import release
from namsai_centre.knowhow.actions.review import review

LED = "UTI-038"
SAVED = ("52.0", "48.5", "61.0", "44.0")  # % of lighting electricity, measured by the bill or a meter


def fill(stage: SimpleNamespace) -> None:
    """Let the expert propose, the director review, the officer release, and firms say what became of options."""
    expert, director, officer = (who_is(stage.people[r]) for r in ("expert", "director", "officer"))
    lao = {"cards": {
        "why_lo": "ລົມອັດທີ່ຮົ່ວ ແມ່ນໄຟຟ້າທີ່ເສຍຖິ້ມທຸກຊົ່ວໂມງ ທີ່ເຄື່ອງອັດລົມແລ່ນ",
        "needs_lo": "ທົດສອບຕອນບໍ່ມີການຜະລິດ, ຕິດປ້າຍບ່ອນຮົ່ວ, ມີຜູ້ຮັບຜິດຊອບສ້ອມ",
    }}  # fmt: skip
    one = propose(
        expert, table="options", key="UTI-022", kind="change", wanted=lao, why="ແປເປັນລາວ ຫຼັງຈາກໃຊ້ໃນໂຮງງານຕັດຫຍິບ ສາມແຫ່ງ."
    )
    review(director, one, one.version, decision="accepted", note="ອ່ານແລ້ວ, ຖືກຕ້ອງ.")
    old = retire(expert, option="COM-021", why="ຜູ້ຊື້ເຫຼັກບໍ່ຮັບການໃຊ້ຖ່ານຫີນຝຸ່ນອີກ (ປະຊຸມ ເດືອນກັນຍາ 2026).", instead="COM-020")
    review(director, old, old.version, decision="accepted", note="ຖືກຕ້ອງ, ເບິ່ງບົດບັນທຶກການປະຊຸມ.")
    release(officer, expected=queries.current_version(), note="ບັດລົມອັດຮົ່ວ ເປັນພາສາລາວ. ເຊົາແນະນຳຖ່ານຫີນຝຸ່ນ.")
    retire(expert, option="GAR-033", why="ໂຮງງານຊັກບໍ່ໃຊ້ຫີນພູໄຟອີກ ຕັ້ງແຕ່ປີ 2025.", instead="GAR-029")
    approve(expert, option="TEX-034", why="ທຽບກັບການວັດແທກນ້ຳລ້າງ ສອງຖັງ ໃນເດືອນກັນຍາ; ດີກວ່າຂັ້ນຕ່ຳ.")
    cells = draft.cells_of(queries.current_texts(), "options", "GAR-002")["options"]
    words = {"options": {"prerequisites": f"{cells['prerequisites']}; one person in charge"}}
    propose(officer, table="options", key="GAR-002", kind="change", wanted=words, why="ທຸກໂຮງງານທີ່ເຮັດໄດ້ຜົນ ມີຜູ້ຮັບຜິດຊອບຄົນໜຶ່ງ.")
    back = propose(
        expert, table="options", key="UTI-047", kind="change", why="ຊື່ສັ້ນກວ່າ ອ່ານງ່າຍ.",
        wanted={"options_lo": {"title_lo": "ວັດນ້ຳ ແລະ ກວດຕອນກາງຄືນ"}},
    )  # fmt: skip
    review(director, back, back.version, decision="returned", note="ຊື່ນີ້ບໍ່ໄດ້ບອກເຖິງການຫຼຸດຄວາມດັນ.")
    _said(stage)


def _said(stage: SimpleNamespace) -> None:
    who, owner = who_is(stage.people["officer"]), who_is(stage.people["owner"])
    given = clock.today() - timedelta(days=200)
    for firm in stage.firms[1:5]:
        if not Consent.objects.filter(enterprise=firm, purpose="benchmark", withdrawn_on=None).exists():
            Consent.objects.create(enterprise=firm, purpose="benchmark", given_on=given, given_by="ຜູ້ອຳນວຍການ")
    for number, percent in enumerate(SAVED):
        speaker = owner if number == 0 else who
        method = "meter" if number % 2 else "bill"
        tell(
            speaker, stage.firms[number], LED, _done(90 + 20 * number, percent, method, 18_400_000 + 2_100_000 * number)
        )
    tell(owner, stage.firms[0], "GAR-007", _done(45, None, "", None))
    tell(who, stage.firms[1], "UTI-064", {
        "outcome": "not_applicable", "reason": "too_dear", "note": "ຫຼັງຄາຕ້ອງປ່ຽນກ່ອນ", "done_on": None,
        "saving_percent": None, "method": "", "saving_kip": None, "cost_kip": None,
    })  # fmt: skip


def _done(days: int, percent: str | None, method: str, kip: int | None) -> Said:
    return {
        "outcome": "done", "reason": "", "note": "", "done_on": clock.today() - timedelta(days=days),
        "saving_percent": Decimal(percent) if percent else None, "method": method, "saving_kip": kip, "cost_kip": None,
    }  # fmt: skip
