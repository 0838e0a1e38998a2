"""Visits prepared, recorded and settled: as the pages at the desk and the phone in the plant do it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import File, Form, Query
from ninja.files import UploadedFile

from namsai_centre.api.asked import Paged, checked, expected, part, sent, text_of
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import file_of
from namsai_centre.api.schemas.common import ListOf, Word
from namsai_centre.api.schemas.visits import ReviewOut, VisitOut
from namsai_centre.api.schemas.visits_in import (
    BroughtRow,
    EntryIn,
    EntryReceived,
    PhotoOut,
    ReleasedOut,
    SettleIn,
    SheetsIn,
    SheetsOut,
    TimeIn,
    VisitChange,
    VisitIn,
)
from namsai_centre.api.visits import room, waiting
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.fieldwork import choose, queries
from namsai_centre.fieldwork.actions.bring import NotAnExport
from namsai_centre.fieldwork.actions.bring import bring as bring_it
from namsai_centre.fieldwork.actions.keep_photo import MOST_BYTES, BadPhoto, keep_photo
from namsai_centre.fieldwork.actions.prepare import change_plan, change_visit, prepare
from namsai_centre.fieldwork.actions.receive import Reused, receive
from namsai_centre.fieldwork.actions.receive import release as release_held
from namsai_centre.fieldwork.actions.settle import confirm_forced, set_time
from namsai_centre.fieldwork.actions.settle import settle as settle_it
from namsai_centre.fieldwork.forms import MOST_FILE, NewForm, PlanForm, VisitForm
from namsai_centre.fieldwork.plan import COLUMNS, TABLES, first_plan, offers
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.fieldwork.told import read
from namsai_centre.fieldwork.views_send import photo as photo_page
from namsai_centre.files.store import NoRoom, digest_of
from namsai_centre.rights import who_of
from namsai_centre.ui.words import language
from namsai_centre.who import Who

_VISIT = ("on", "title", "basis", "per_period", "notes")


def whole(who: Who, visit: Any) -> Any:
    """Return a visit as its list counts it."""
    return queries.for_list(who).get(pk=visit.pk)


@room.post("/", VISITS, "make", gives=VisitOut, status=201, made=VISITS, shown=whole)
def make(request: Any, body: VisitIn) -> Any:
    """Prepare a visit in an engagement; it begins with the general walk and the machines and meters of the case."""
    who = who_of(request)
    try:
        engagement = ENGAGEMENTS.find(who, body.engagement)
    except Http404:
        raise Wrong([found("api.not_found", "engagement")]) from None
    cases = queries.assessments_of(who, engagement)
    data = checked(lambda: NewForm(cases, sent(body.model_dump(exclude={"engagement"}))))
    case = data.pop("assessment")
    return prepare(who, engagement, case, plan=first_plan(queries.newest_case(case)), **data)


@room.patch("/{uuid:pk}/", VISITS, "edit", "pk", gives=VisitOut, shown=whole)
def edit(request: Any, visit: Any, body: VisitChange) -> Any:
    """Change day, title, notes and what amounts are per."""
    version = expected(request, body.version)
    now = {n: getattr(visit, n) for n in _VISIT}
    if visit.per_period is not None:
        now["per_period"] = Decimal(repr(visit.per_period))
    data = checked(lambda: VisitForm(sent(now | body.wanted())))
    return change_visit(who_of(request), visit, version, **{n: data[n] for n in _VISIT})


def _sheets(who: Who, visit: Any) -> dict[str, Any]:
    offered = offers(queries.case_of(visit), language())
    shown = {key: [{"id": i, "name": n} for i, n in words] for key, words in offered.items()}
    return {"version": visit.version, "plan": visit.plan} | shown


@room.get("/{uuid:pk}/sheets/", VISITS, "edit", "pk", gives=SheetsOut)
def sheets(request: Any, visit: Any) -> Any:
    """Show which sheets go along, and which may."""
    return _sheets(who_of(request), visit)


@room.patch("/{uuid:pk}/sheets/", VISITS, "edit", "pk", gives=SheetsOut, shown=_sheets)
def choose_sheets(request: Any, visit: Any, body: SheetsIn) -> Any:
    """Choose which sheets go along."""
    version, wanted, plan = expected(request, body.version), body.wanted(), visit.plan
    document = queries.case_of(visit)
    known = {key: {i for i, _ in words} for key, words in offers(document, language()).items()}
    told: dict[str, Any] = {}
    wrong = []
    for key in ("checklists", *TABLES):
        chosen = wanted.get(key)
        if chosen is None:
            chosen = [x for x in plan.get(key, []) if x in known[key]]
        wrong += [found("api.wrong_value", key, said=x) for x in chosen if x not in known[key]]
        told[key] = chosen
    if wrong:
        raise Wrong(wrong)
    added = wanted.get("added")
    rows = plan.get("added", {}) if added is None else added
    for table in TABLES:
        told[f"added_{table}"] = "\n".join(_line(table, row) for row in rows.get(table, []))
    rename = {f"added_{table}": f"added/{table}" for table in TABLES}
    checked(lambda: PlanForm(plan, document, sent(told)), rename)
    form = PlanForm(plan, document, sent(told))
    form.full_clean()
    return change_plan(who_of(request), visit, version, plan=form.plan())


def _line(table: str, row: dict[str, Any]) -> str:
    """Return an added row as the page's form reads it."""
    cells = [row.get(c) for c in COLUMNS[table]]
    return "; ".join(text_of(Decimal(repr(v)) if isinstance(v, float) else v) for v in cells)


@room.put("/{uuid:pk}/entries/{uuid:entry}/", VISITS, "record", "pk", gives=EntryReceived)
def record(request: Any, visit: Any, entry: UUID, body: EntryIn) -> Any:
    """Take one change of one entry by the rules of offline entry: merged, in conflict, or held for one before it."""
    told, wrong = read(entry, body.model_dump(mode="json"))
    if told is None:
        raise Wrong(found("api.not_of_kind", name.replace(".", "/"), kind=body.kind) for name in wrong)
    try:
        change, there = receive(who_of(request), visit, told)
    except Reused:
        raise Wrong([found("api.change_used", "change")], 409) from None
    return {"outcome": change.outcome, "clash": list(change.clash), "entry": there}


@room.get("/{uuid:pk}/photos/", VISITS, "record", "pk", gives=ListOf[PhotoOut])
def photos(request: Any, visit: Any, asked: Query[Paged]) -> Any:
    """List the photos of a visit."""
    return part(queries.photos_of(visit), asked)


@room.post("/{uuid:pk}/photos/", VISITS, "record", "pk", gives=PhotoOut, status=201)
def bring_photo(request: Any, visit: Any, file: File[UploadedFile], subject: Form[Word] = "note") -> Any:
    """Bring a photo (JPEG, PNG or WebP) of something in the plant; the same one is kept once."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    try:
        return keep_photo(who_of(request), visit, digest_of(content), content, subject=subject, device_time="")
    except BadPhoto as bad:
        raise Wrong([found(f"api.photo_{bad.why}", "file")]) from None
    except NoRoom:
        raise Wrong([found("api.no_room", "file")]) from None


@room.get("/{uuid:pk}/photos/{slug:digest}/", VISITS, "record", "pk",
          extra=file_of("image/jpeg", "image/png", "image/webp", "image/gif"))  # fmt: skip
def photo(request: Any, visit: Any, digest: str) -> HttpResponseBase:
    """Give a photo."""
    return photo_page.__wrapped__.__wrapped__(request, visit, digest)  # type: ignore[attr-defined,no-any-return]


@room.post("/import/", VISITS, "bring", gives=list[BroughtRow])
def bring(request: Any, file: File[UploadedFile]) -> Any:
    """Bring what a device exported as a file; of each thing in it is told what became of it."""
    file.seek(0)
    if (file.size or 0) > MOST_FILE:
        raise Wrong([found("fieldwork.file_too_large", "file")])
    try:
        rows = bring_it(who_of(request), file.read())
    except NotAnExport:
        raise Wrong([found("fieldwork.not_an_export", "file")]) from None
    return [{"visit": r.visit and r.visit.pk, "subject": r.subject, "became": r.became} for r in rows]


@room.post("/{uuid:pk}/entries/{uuid:entry}/settle/", VISITS, "settle", "pk", gives=ReviewOut)
def settle(request: Any, visit: Any, entry: UUID, body: SettleIn) -> Any:
    """Say which value stands where two devices differ; without choices: a forced change was looked at."""
    version, there, who = expected(request, body.version), queries.entry_of(visit, entry), who_of(request)
    if there.mark == "forced":
        confirm_forced(who, there, version)
        return waiting(visit)
    chosen = choose.chosen(visit, there, {f"choice_{name}": key for name, key in body.choices.items()})
    wrong = [n for n in body.choices if n not in chosen]
    if wrong or not chosen:
        raise Wrong([found("api.choose", f"choices/{n}" if n else "choices") for n in (wrong or [""])])
    settle_it(who, there, version, chosen)
    return waiting(visit)


@room.post("/{uuid:pk}/entries/{uuid:entry}/time/", VISITS, "settle", "pk", gives=ReviewOut)
def say_time(request: Any, visit: Any, entry: UUID, body: TimeIn) -> Any:
    """Say when something was taken whose time nobody believes."""
    version, there = expected(request, body.version), queries.entry_of(visit, entry)
    at = body.at if timezone.is_aware(body.at) else timezone.make_aware(body.at)
    set_time(who_of(request), there, version, at=at)
    return waiting(visit)


@room.post("/{uuid:pk}/release/", VISITS, "settle", "pk", gives=ReleasedOut)
def release(request: Any, visit: Any) -> Any:
    """Let changes go that wait for one that may never come."""
    return {"released": release_held(who_of(request), visit)}
