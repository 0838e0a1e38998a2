"""The savings ledger: measures, steps, evidence, interests, checks and totals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404
from django.http.response import HttpResponseBase
from ninja import File, Query
from ninja.files import UploadedFile
from ninja.responses import Status

from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room, file_of
from namsai_centre.api.schemas.common import ListOf
from namsai_centre.api.schemas.savings import (
    AnswerIn,
    CheckOut,
    EvidenceOut,
    InterestIn,
    MeasureAsked,
    MeasureChange,
    MeasureIn,
    MeasureLine,
    MeasureOut,
    SavingIn,
    SavingLine,
    StepIn,
    TotalOut,
)
from namsai_centre.rights import who_of
from namsai_centre.savings import queries
from namsai_centre.savings.actions import STEPS, Line, Told, identify
from namsai_centre.savings.actions import declare as declare_action
from namsai_centre.savings.actions import edit as edit_action
from namsai_centre.savings.actions.answer_check import answer_check
from namsai_centre.savings.actions.bring_evidence import bring_evidence
from namsai_centre.savings.files import TYPES
from namsai_centre.savings.forms import FilterForm, InterestForm, MeasureForm, SavingForm
from namsai_centre.savings.policies import CHECKS, EVIDENCE, MEASURES
from namsai_centre.savings.states import VERBS
from namsai_centre.savings.views_checks import SOON
from namsai_centre.savings.views_evidence import download as download_file
from namsai_centre.ui.words import say
from namsai_centre.who import Who

room = Room("measures")
_FIELDS = ("title_lo", "title_en", "technique", "investment", "currency", "prices_on", "due")
_FILE = file_of(*sorted(set(TYPES.values())))


def whole(who: Who, measure: Any) -> Any:
    """Return a measure with everything its page shows."""
    page = queries.measure_page(who, measure)
    own = {n: getattr(measure, n) for n in MeasureLine.model_fields if n != "savings"}
    savings = [
        {n: getattr(line.saving, n) for n in SavingLine.model_fields} | {"steps": line.steps} for line in page.lines
    ]
    return own | {
        "savings": savings,
        "evidence": page.evidence,
        "interests": page.interests,
        "checks": page.checks,
        "open_steps": page.verbs,
    }


def _asked(asked: MeasureAsked) -> dict[str, Any]:
    return {n: v for n, v in checked(lambda: FilterForm(sent(asked.filters()))).items() if v}


@room.get("/", MEASURES, "browse", gives=ListOf[MeasureLine])
def browse(request: Any, asked: Query[MeasureAsked]) -> Any:
    """List the measures one may see, with their savings."""
    return part(queries.ledger(who_of(request), _asked(asked)), asked)


@room.get("/totals/", MEASURES, "browse", gives=list[TotalOut])
def totals(request: Any, asked: Query[MeasureAsked]) -> Any:
    """Return the totals by kind, unit, year of prices and state (never over states)."""
    table = queries.totals_of(who_of(request), _asked(asked))
    return [
        {"kind": line.kind, "carrier": line.carrier, "unit": line.unit, "prices": line.prices, "state": state}
        | {"amount": cell.amount, "savings": cell.savings, "enterprises": cell.enterprises}
        for line, cells in table.rows()
        for state, cell in cells
        if cell is not None
    ]


@room.get("/to-verify/", MEASURES, "to_verify", gives=ListOf[SavingLine])
def to_verify(request: Any, asked: Query[Paged]) -> Any:
    """List the measured savings that wait for the verifier."""
    return part(queries.to_verify(who_of(request)), asked)


@room.get("/checks/", MEASURES, "browse", gives=ListOf[CheckOut])
def checks(request: Any, asked: Query[Paged]) -> Any:
    """List the persistence checks due until three months from now."""
    who = who_of(request)
    return part(queries.checks_for(who, who.day + SOON), asked)


@room.post("/checks/{uuid:pk}/answer/", CHECKS, "finish", "pk", gives=CheckOut)
def answer(request: Any, check: Any, body: AnswerIn) -> Any:
    """Say whether a measure is still in place."""
    version = expected(request, body.version)
    amounts = {a.saving: a.amount for a in body.amounts}
    with _placed():
        return answer_check(who_of(request), check, body.answer, version, on=body.on, note=body.note, amounts=amounts)


@room.get("/files/{uuid:pk}/", EVIDENCE, "see", "pk", extra=_FILE)
def download(request: Any, evidence: Any) -> HttpResponseBase:
    """Give a file as it was brought."""
    return download_file.__wrapped__(request, evidence)  # type: ignore[attr-defined,no-any-return]


@room.post("/", MEASURES, "make", gives=MeasureOut, status=201, made=MEASURES, shown=whole)
def make(request: Any, body: MeasureIn) -> Any:
    """Write a measure by hand, with its savings, into an engagement."""
    return _make(request, body, None)


@room.get("/{uuid:pk}/", MEASURES, "see", "pk", gives=MeasureOut)
def see(request: Any, measure: Any) -> Any:
    """Show one measure."""
    return whole(who_of(request), measure)


@room.put("/{uuid:pk}/", MEASURES, "browse", gives=MeasureOut)
def put(request: Any, pk: UUID, body: MeasureIn) -> Any:
    """Write a measure under an id of the client's own; the same again changes nothing."""
    who = who_of(request)
    there = MEASURES.visible(who).filter(pk=pk).first()
    if there is None:
        if not MEASURES.allows("make", who):
            raise Http404
        return Status(201, whole(who, _make(request, body, pk)))
    if there.engagement_id != body.engagement or any(
        getattr(there, n) != getattr(body, n) for n in ("title_en", "technique", "investment", "currency", "due")
    ):
        raise Wrong([found("api.id_taken", "id")], 409)
    return whole(who, there)


@room.patch("/{uuid:pk}/", MEASURES, "edit", "pk", gives=MeasureOut)
def edit(request: Any, measure: Any, body: MeasureChange) -> Any:
    """Change what a measure is called, costs, and until when it is due."""
    who, version = who_of(request), expected(request, body.version)
    values = {n: getattr(measure, n) for n in _FIELDS} | body.wanted()
    fields = checked(lambda: MeasureForm(sent(values)))
    fields["investment"] = None if fields["investment"] is None else int(fields["investment"])
    return whole(who, edit_action.edit(who, measure, version, **{n: fields[n] for n in _FIELDS}))


@room.post("/{uuid:pk}/savings/", MEASURES, "edit", "pk", gives=MeasureOut, status=201, made=MEASURES, shown=whole)
def add(request: Any, measure: Any, body: SavingIn) -> Any:
    """Add a saving to a measure."""
    who = who_of(request)
    fields = checked(lambda: SavingForm(sent(body.model_dump())))
    identify.add_saving(who, measure, fields)
    return measure


@room.post("/{uuid:pk}/interests/", MEASURES, "declare", "pk", gives=MeasureOut, status=201, made=MEASURES, shown=whole)
def declare(request: Any, measure: Any, body: InterestIn) -> Any:
    """Note who proposed the measure or was paid for it."""
    who = who_of(request)
    people = {str(p.pk): p for p in queries.people_around(measure)}
    choices = [(key, str(p)) for key, p in people.items()]
    fields = checked(lambda: InterestForm(sent(body.model_dump()), people=choices))
    declare_action.declare(who, measure, people[fields["person"]], fields["interest"])
    return measure


@room.post("/{uuid:pk}/files/", MEASURES, "evidence", "pk", gives=EvidenceOut, status=201, made=EVIDENCE)
def bring(request: Any, measure: Any, file: File[UploadedFile]) -> Any:
    """Bring a file that shows something; the same one is kept once."""
    file.seek(0)
    return bring_evidence(who_of(request), measure, file.read(), file.name or "file").evidence


_PLACES = {  # what a step lacks, by the key of its words
    "method_needed": "method", "confidence_needed": "confidence", "uncertainty_needed": "lines/uncertainty",
    "evidence_needed": "evidence", "evidence_of_other": "evidence", "reason_needed": "note", "statement_needed": "note",
    "not_in_future": "on", "period_turned": "period_until", "period_after_day": "period_until",
    "no_saving_chosen": "lines", "new_amount_needed": "lines",
}  # fmt: skip


@contextmanager
def _placed() -> Iterator[None]:
    """Put each thing that a step lacks to the field that holds it (the action tells the words alone)."""
    try:
        yield
    except ValidationError as problem:
        if hasattr(problem, "error_dict"):
            raise
        places = {say(f"savings.{key}"): place for key, place in _PLACES.items()}
        found_: dict[str, list[str]] = {}
        for words in problem.messages:
            found_.setdefault(places.get(words, NON_FIELD_ERRORS), []).append(words)
        raise ValidationError(found_) from None


def _step(verb: str) -> None:
    def take(request: Any, measure: Any, body: StepIn) -> Any:
        who = who_of(request)
        lines = [Line(x.saving, x.version, x.amount, x.uncertainty) for x in body.lines]
        told = Told(**body.model_dump(exclude={"lines"}))
        if verb == "restate" and any(x.amount is None for x in body.lines):
            raise Wrong([found("savings.new_amount_needed", "lines")])
        with _placed():
            STEPS[verb](who, measure, lines, told)
        return whole(who, measure)

    take.__name__ = verb
    take.__doc__ = f"Take the step {verb} with savings of a measure."
    room.post(f"/{{uuid:pk}}/{verb.replace('_', '-')}/", MEASURES, verb, "pk", gives=MeasureOut)(take)


for _verb in VERBS:
    _step(_verb)


def _make(request: Any, body: MeasureIn, pk: UUID | None) -> Any:
    who = who_of(request)
    engagement = queries.engagement_for_new(who, str(body.engagement))
    if engagement is None:
        raise Wrong([found("api.not_found", "engagement")])
    fields = checked(lambda: MeasureForm(sent(body.model_dump(exclude={"engagement", "savings"}))))
    wrong: list[dict[str, Any]] = []
    savings = []
    for number, line in enumerate(body.savings):
        try:
            savings.append(checked(lambda line=line: SavingForm(sent(line.model_dump()))))  # type: ignore[misc]
        except Wrong as problem:
            for f in problem.findings:
                wrong.append({**f, "where": {"path": f"savings/{number}/{f['where'].get('path', '')}".rstrip("/")}})
    if wrong:
        raise Wrong(wrong)
    if not MEASURES.make_in(who, engagement.pk, engagement.enterprise_id):
        raise PermissionDenied
    option = {n: fields[n] for n in _FIELDS} | {"savings": savings}
    return identify.propose(who, engagement, option, id=pk)
