"""The people and firms of the tests, named as they are to firm A.

director, officer; expert (given to A's engagement today), former (expert until yesterday); verifier (given to verify),
proposer (verifier of the engagement who proposed the measure); owner and member of A; rival (owner of firm B);
ministry, donor, trainer; stranger (nobody is logged in).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from namsai.assessment import assess
from namsai.cli.common import as_data
from namsai.knowhow import load
from namsai.plant.case_file import read_case, to_data
from namsai_centre import clock
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import BreakGlass, Device, Notice, Person, RoleGrant, Token
from namsai_centre.assessments.models import Assessment, CaseVersion, Run, Upload
from namsai_centre.audit.record import record
from namsai_centre.engagements.models import Assignment, Club, ClubModule, Engagement, SelfCheck, Task
from namsai_centre.enterprises.models import (
    Consent,
    Contact,
    Enterprise,
    Group,
    Identifier,
    ImportRun,
    Lookalike,
    Merge,
)
from namsai_centre.fieldwork.models import Entry, Visit
from namsai_centre.files.store import digest_of, keep
from namsai_centre.knowhow.models import Feedback, Proposal
from namsai_centre.savings.models import Evidence, Interest, Measure, PersistenceCheck, Saving

PASSWORD = "nam-sai-clear-water"
LOGGED_IN = (
    "director", "officer", "expert", "former", "verifier", "proposer", "owner", "member", "rival",
    "ministry", "donor", "trainer",
)  # fmt: skip
EVERYBODY = (*LOGGED_IN, "stranger")


@dataclass
class Cast:
    """People by the names above, and the records of firm A and firm B by name (`records`)."""

    people: dict[str, Person] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)


def person(name: str) -> Person:
    """Make one person who can log in."""
    return Person.objects.create_user(f"{name}@example.la", PASSWORD, name_lo=f"ທ່ານ {name}", name_en=name.title())


def make_cast() -> Cast:
    """Make everybody and the two firms."""
    cast = Cast()
    today, yesterday = clock.today(), clock.today() - timedelta(days=1)
    start = today - timedelta(days=100)
    firm_a = Enterprise.objects.create(name_lo="ໂຮງງານຕັດຫຍິບ ກ", name_en="Garment A", sector="garment")
    firm_b = Enterprise.objects.create(name_lo="ໂຮງງານອາຫານ ຂ", name_en="Food B", sector="food")
    for name in LOGGED_IN:
        cast.people[name] = person(name)
    roles = {name: name for name in ("director", "officer", "expert", "verifier", "ministry", "donor", "trainer")}
    roles |= {"former": "expert", "proposer": "verifier"}
    for name, role in roles.items():
        RoleGrant.objects.create(person=cast.people[name], role=role, starts=start)
    for name, role, firm in (("owner", "owner", firm_a), ("member", "member", firm_a), ("rival", "owner", firm_b)):
        RoleGrant.objects.create(person=cast.people[name], role=role, enterprise=firm, starts=start)
    work_a = Engagement.objects.create(enterprise=firm_a, title_lo="ປະເມີນ ກ", title_en="Assess A", stage="implementing")
    work_b = Engagement.objects.create(enterprise=firm_b, title_lo="ປະເມີນ ຂ", title_en="Assess B", stage="signed")
    for name, role, ends in (
        ("expert", "expert", None), ("former", "expert", yesterday), ("verifier", "verifier", None),
        ("proposer", "verifier", None),
    ):  # fmt: skip
        Assignment.objects.create(engagement=work_a, person=cast.people[name], role=role, starts=start, ends=ends)
    assessment = Assessment.objects.create(engagement=work_a, title="2026", sector="garment", by=cast.people["expert"])
    measure = Measure.objects.create(enterprise=firm_a, engagement=work_a, title_lo="ຊ່ອມທໍ່ລົມ", title_en="Mend air leaks")
    Interest.objects.create(measure=measure, person=cast.people["proposer"], kind="proposed")
    saving = Saving.objects.create(measure=measure, kind="energy", carrier="electricity", amount="1200", unit="kWh")
    task = Task.objects.create(engagement=work_a, title="ອ່ານໝໍ້ໄຟ", due=today)
    cast.records = {
        "enterprise": firm_a, "enterprise_b": firm_b, "engagement": work_a, "engagement_b": work_b,
        "assessment": assessment,
        "measure": measure, "saving": saving, "task": task,
    }  # fmt: skip
    with transaction.atomic():
        who = who_is(cast.people["officer"])
        cast.records["audit_entry"] = record(who, "enterprises.edit", firm_a, {"village": ""}, {"village": "ໂພນໄຊ"})
    cast.records["assignment"] = Assignment.objects.get(engagement=work_a, person=cast.people["expert"])
    club = cast.records["club"] = Club.objects.create(name_lo="ກຸ່ມ ໑", name_en="Club 1", leader=cast.people["trainer"])
    club.engagements.add(work_a)
    cast.records["club_module"] = ClubModule.objects.create(club=club, number=1)
    cast.records["self_check"] = SelfCheck.objects.create(enterprise=firm_a, by=cast.people["owner"], answers={})
    for name, one in cast.people.items():
        cast.records[f"person_{name}"] = one
    cast.records |= savings_records(measure, cast.people["expert"])
    _account_records(cast, firm_b)
    _registry_records(cast, firm_a)
    cast.records |= assessment_records(assessment, cast.people["expert"])
    cast.records |= visit_records(work_a, assessment, cast.people["expert"])
    cast.records |= joining_records(firm_b)
    cast.records |= knowhow_records(cast, firm_a)
    return cast


def _account_records(cast: Cast, other_firm: Enterprise) -> None:
    """Add what only its owner or the director may touch: a role, a glass, a device, a notice, a token."""
    former, owner = cast.people["former"], cast.people["owner"]
    later = clock.now() + timedelta(hours=1)
    token = Token.objects.create(person=owner, name="x", digest="0" * 64, scopes=["read"], expires_on=clock.today())
    cast.records |= {
        "grant_member": RoleGrant.objects.get(person=cast.people["member"]),
        "glass_former": BreakGlass.objects.create(person=former, enterprise=other_firm, reason="x", expires_at=later),
        "device_owner": Device.objects.create(person=owner, session_key="0" * 32, browser="Firefox"),
        "notice_owner": Notice.objects.create(person=owner, key="accounts.msg_logged_out"),
        "token_owner": token,
    }


def _registry_records(cast: Cast, firm: Enterprise) -> None:
    """Add a person to talk to, a number, a consent of firm A, and a firm that is closed."""
    cast.records |= {
        "contact_a": Contact.objects.create(enterprise=firm, name_lo="ນາງ ກ", phone="+856 20 5550 0000"),
        "identifier_a": Identifier.objects.create(enterprise=firm, issuer="tax", value="111"),
        "consent_a": Consent.objects.create(enterprise=firm, purpose="store", given_by="ນາງ ກ"),
        "enterprise_closed": Enterprise.objects.create(name_lo="ໂຮງງານປິດ", status="closed", closed_on=clock.today()),
        "group": Group.objects.create(name_lo="ກຸ່ມ ກ", name_en="Group A"),
    }


def savings_records(measure: Measure, by: Person) -> dict[str, Any]:
    """Make a file and a persistence check of the measure."""
    file = keep(b"read on the meter: 1200 kWh")[0]
    evidence = Evidence.objects.create(measure=measure, file=file, name="ໝໍ້ໄຟ.txt", digest=digest_of(b"read on the meter: 1200 kWh"), size=27, kind="txt", by=by)  # fmt: skip  # noqa: E501
    check = PersistenceCheck.objects.create(measure=measure, years=1, due=clock.today())
    return {"evidence": evidence, "check": check}


def assessment_records(assessment: Assessment, by: Person) -> dict[str, Any]:
    """Make a case with a finished run, a form brought back, and a second assessment that waits for review."""
    document, result = finished_case()
    other = Assessment.objects.create(
        engagement=assessment.engagement, title="2025", sector="garment", by=by, state="in_review"
    )
    found: dict[str, Any] = {"assessment_review": other}
    for one, name in ((assessment, "run"), (other, "run_review")):
        case = CaseVersion.objects.create(assessment=one, number=1, document=document, complete=True, by=by)
        found[name] = Run.objects.create(
            assessment=one, case=case, by=by, state="done", result=result, finished_at=clock.now(),
            engine_version="0.1.0", knowhow_version=result["knowhow_version"],
        )  # fmt: skip
    found["upload"] = Upload.objects.create(assessment=assessment, by=by, digest="0" * 64, base=1, document=document)
    return found


@cache
def finished_case() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the case of the smallest example plant and the engine's result of it."""
    case, _ = read_case(Path(__file__).parents[2] / "examples" / "brick-kiln" / "case.json", load())
    assert case is not None
    return to_data(case), as_data(assess(case, load()))


def visit_records(engagement: Engagement, assessment: Assessment, by: Person) -> dict[str, Any]:
    """Make a visit with one reading taken."""
    plan = {"checklists": ["walk"], "added": {"meters": [{"id": "m1", "name": "ໝໍ້ໄຟ 1", "unit": "kWh"}]}}
    visit = Visit.objects.create(engagement=engagement, assessment=assessment, by=by, plan=plan)
    entry = Entry.objects.create(visit=visit, kind="reading", subject="meter:m1", fields={"value": 5}, by=by)
    return {"visit": visit, "visit_entry": entry}


def joining_records(firm_b: Enterprise) -> dict[str, Any]:
    """Make a pair that looks alike and a record that was joined into firm B."""
    twins = [Enterprise.objects.create(name_lo=f"ໂຮງສີເຂົ້າ {n}", name_en=f"Rice Mill {n}") for n in ("ຄ", "ງ")]
    first, second = sorted(twins, key=lambda e: e.pk)
    old = Enterprise.objects.create(name_lo="ໂຮງງານອາຫານ ຂ ເກົ່າ", status="merged", merged_into=firm_b)
    log: dict[str, Any] = {
        "moved": [],
        "altered": [],
        "made": [],
        "stayed": [],
        "kept": {},
        "gone": {"status": ["active", "merged"]},
    }
    log["gone"] |= {"merged_into_id": [None, str(firm_b.pk)]}
    return {
        "twin": first,
        "twin_b": second,
        "lookalike": Lookalike.objects.create(first=first, second=second, score=60),
        "import_run": ImportRun.objects.create(
            file_name="list.xlsx",
            digest="1" * 64,
            table={"sheet": "1", "head": 0, "headers": ["ຊື່"], "others": [], "rows": [["ຊື່"]]},
            mapping={"columns": {"0": "name_lo"}, "numbers": ""},
        ),
        "merge": Merge.objects.create(kept=firm_b, gone=old, moved=log, reason="ຊ້ຳກັນ"),
    }


def knowhow_records(cast: Cast, firm: Enterprise) -> dict[str, Any]:
    """Make a proposal of the expert that waits, what firm A said of an option, and its released run with an option."""
    expert = cast.people["expert"]
    proposal = Proposal.objects.create(
        table="options", key="UTI-038", kind="change", base="2026.11.1", why="x", by=expert,
        wanted={"options": {"prerequisites": "Lux survey by day and night"}},
        before={"options": {"prerequisites": "Lux survey"}},
    )  # fmt: skip
    said = Feedback.objects.create(
        enterprise=firm, option="UTI-038", outcome="not_applicable", reason="too_dear", by=cast.people["owner"],
        knowhow_version="2026.11.1",
    )  # fmt: skip
    return {"proposal": proposal, "feedback_a": said}
