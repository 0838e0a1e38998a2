"""What can be taken along: every kind of record, exactly those that exist for the person, with the fields of each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from namsai_centre import clock
from namsai_centre.accounts.policies import GRANTS, PEOPLE
from namsai_centre.assessments.models import CaseVersion, Review
from namsai_centre.assessments.policies import ASSESSMENTS, RUNS
from namsai_centre.audit.policies import ENTRIES, readable
from namsai_centre.engagements.models import StageStep
from namsai_centre.engagements.policies import ASSIGNMENTS, CLUBS, ENGAGEMENTS, SELF_CHECKS, TASKS
from namsai_centre.enterprises.export import inert
from namsai_centre.enterprises.models import Activity, Alias, Consent, Contact, Identifier, Site
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.savings import models as ledger
from namsai_centre.savings.policies import CHECKS, EVIDENCE, MEASURES, SAVINGS
from namsai_centre.who import Who

Seen = Callable[[Who], "QuerySet[Any]"]
_CHUNK = 1000
_OWN = "id version created_at changed_at"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: which exist for somebody, its fields, and those only the centre's staff read."""

    seen: Seen
    fields: tuple[str, ...]
    staff: tuple[str, ...] = ()

    def names(self, who: Who) -> tuple[str, ...]:
        """Return the fields for this person."""
        return self.fields + (self.staff if who.staff else ())


def _of(model: Any, path: str, seen: Seen) -> Seen:
    return lambda who: model.objects.filter(**{f"{path}__in": seen(who).order_by().values("pk")})


def _kind(seen: Seen, fields: str, staff: str = "", own: str = _OWN) -> Kind:
    return Kind(seen, (*own.split(), *fields.split()), tuple(staff.split()))


_firms, _works, _cases = ENTERPRISES.visible, ENGAGEMENTS.visible, ASSESSMENTS.visible
_measures, _savings = MEASURES.visible, SAVINGS.visible

KINDS: dict[str, Kind] = {
    "enterprises": _kind(
        _firms,
        "name_lo name_en sector province__code province__name_en district__code district__name_en village "
        "economic_kind workers women men workers_on assets_kip income_kip figures_on factory_class risk_class "
        "group_id status closed_on merged_into_id forgotten_at",
        staff="note",
    ),
    "contacts": _kind(_of(Contact, "enterprise", _firms), "enterprise_id name_lo name_en duty phone email starts ends"),
    "sites": _kind(
        _of(Site, "enterprise", _firms),
        "enterprise_id name_lo name_en province__code district__code village starts ends",
    ),
    "activities": _kind(_of(Activity, "enterprise", _firms), "enterprise_id code revision main starts ends"),
    "identifiers": _kind(_of(Identifier, "enterprise", _firms), "enterprise_id issuer value valid_from valid_until"),
    "aliases": _kind(_of(Alias, "enterprise", _firms), "enterprise_id kind name ends"),
    "consents": _kind(
        _of(Consent, "enterprise", _firms),
        "enterprise_id purpose given_on given_by withdrawn_on withdrawn_by note",
    ),
    "engagements": _kind(
        _works,
        "enterprise_id title_lo title_en tier project stage stage_since dropped_because dropped_from starts ends",
    ),
    "stage-steps": _kind(_of(StageStep, "engagement", _works), "engagement_id stage on by_id note"),
    "assignments": _kind(ASSIGNMENTS.visible, "engagement_id person_id role starts ends paid"),
    "tasks": _kind(TASKS.visible, "engagement_id title due person_id done_on done_by_id"),
    "clubs": _kind(CLUBS.visible, "name_lo name_en starts leader_id"),
    "selfchecks": _kind(SELF_CHECKS.visible, "enterprise_id engagement_id by_id on answers"),
    "assessments": _kind(_cases, "engagement_id title sector state by_id released_at released_run_id"),
    "cases": _kind(
        _of(CaseVersion, "assessment", _cases), "assessment_id number document complete by_id at note origin"
    ),
    "runs": _kind(
        RUNS.visible,
        "assessment_id case__number by_id state engine_version knowhow_version started_at finished_at problem "
        "findings result",
    ),
    "reviews": _kind(_of(Review, "run__assessment", _cases), "run_id by_id at accepted note"),
    "measures": _kind(
        _measures,
        "enterprise_id engagement_id assessment_id option_id title_lo title_en technique investment currency "
        "prices_on due",
    ),
    "savings": _kind(_savings, "measure_id kind carrier amount unit prices_on state state_since"),
    "saving-steps": _kind(
        _of(ledger.StateStep, "saving", _savings),
        "saving_id verb state on by_id amount uncertainty confidence method period_from period_until evidence_id note",
    ),
    "evidence": _kind(EVIDENCE.visible, "measure_id name digest size kind by_id"),
    "interests": _kind(_of(ledger.Interest, "measure", _measures), "measure_id person_id kind on"),
    "checks": _kind(CHECKS.visible, "measure_id years due done_on by_id answer note"),
    "people": _kind(
        PEOPLE.visible, "name_lo name_en language is_active", staff="email phone", own="id version created_at"
    ),
    "roles": _kind(GRANTS.visible, "person_id role enterprise_id starts ends"),
    "audit": _kind(
        ENTRIES.visible,
        "at person_id person_name via action kind subject_id subject_name enterprise_id before after reason previous "
        "digest",
        own="id",
    ),
}


def count(who: Who, kind: str) -> int:
    """Return how many there are for the person."""
    return KINDS[kind].seen(who).order_by().count()


def rows(who: Who, kind: str) -> Iterator[dict[str, Any]]:
    """Yield every record of a kind, a thousand at a time from the database."""
    names = KINDS[kind].names(who)
    found = KINDS[kind].seen(who).order_by("pk").values(*names)
    for row in found.iterator(chunk_size=_CHUNK):
        if kind == "audit":
            row |= {side: readable(who, row["kind"], row[side]) for side in ("before", "after")}
        yield {name.replace("__", "_"): value for name, value in row.items()}


def _foot(who: Who, number: int) -> dict[str, Any]:
    return {"count": number, "made_at": clock.now().isoformat(timespec="seconds"), "person": who.name}


def _line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder).encode("utf-8", "replace") + b"\n"


def as_jsonl(who: Who, kind: str) -> Iterator[bytes]:
    """Yield a line of JSON for each record, and at the end one with the count: without it the file is not whole."""
    number = 0
    for row in rows(who, kind):
        number += 1
        yield _line(row)
    yield _line({"footer": {"kind": kind, **_foot(who, number)}})


def everything(who: Who) -> Iterator[bytes]:
    """Yield every record of every kind, each line with its kind, and at the end the counts."""
    counts = dict.fromkeys(KINDS, 0)
    for kind in KINDS:
        for row in rows(who, kind):
            counts[kind] += 1
            yield _line({"record": kind, **row})
    yield _line({"footer": {"counts": counts, **_foot(who, sum(counts.values()))}})


def as_csv(who: Who, kind: str) -> Iterator[bytes]:
    """Yield a text file for spreadsheets: no cell is a formula; at the foot the count."""
    out = io.StringIO()
    writer = csv.writer(out)

    def taken() -> bytes:
        text = out.getvalue()
        out.seek(0)
        out.truncate()
        return text.encode("utf-8", "replace")

    yield "\ufeff".encode()
    writer.writerow([name.replace("__", "_") for name in KINDS[kind].names(who)])
    number = 0
    for row in rows(who, kind):
        number += 1
        writer.writerow([_cell(value) for value in row.values()])
        if number % _CHUNK == 0:
            yield taken()
    writer.writerow([])
    for name, value in _foot(who, number).items():
        writer.writerow([name, inert(value)])
    yield taken()


def _cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return inert(json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return inert(value)
