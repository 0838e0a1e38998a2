"""The case section by section, as its pages edit it; differences, and what second persons said."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from django.http import Http404
from ninja import Query

from namsai.workbook.columns import Column
from namsai_centre.api.asked import Paged, part
from namsai_centre.api.assessments import room, saved
from namsai_centre.api.problems import Wrong, found, of_data, of_finding
from namsai_centre.api.schemas.assessments import CaseSaved
from namsai_centre.api.schemas.common import ListOf
from namsai_centre.api.schemas.sections import (
    AgainstAsked,
    Cells,
    SecondOpinion,
    SectionIn,
    SectionLine,
    SectionOut,
    UploadSeen,
    VersionsCompared,
)
from namsai_centre.assessments import queries, sections
from namsai_centre.assessments.actions.save import Conflicting, save_section
from namsai_centre.assessments.differences import differences
from namsai_centre.assessments.judge import judged, tell, tell_all
from namsai_centre.assessments.merge import Edit
from namsai_centre.assessments.models import CaseVersion
from namsai_centre.assessments.outgoing import canonical
from namsai_centre.assessments.policies import ASSESSMENTS, UPLOADS
from namsai_centre.assessments.section_form import fullness
from namsai_centre.assessments.typed import MEANT, NUMBERS, said, take
from namsai_centre.rights import who_of
from namsai_centre.ui.words import language
from namsai_centre.who import Who


@room.get("/{uuid:pk}/sections/", ASSESSMENTS, "see", "pk", gives=list[SectionLine])
def sections_of(request: Any, assessment: Any) -> Any:
    """List the sections of the case, how full they are and what was found in each."""
    lang, newest = language(), _newest(assessment)
    told = tell_all(judged(newest).findings, newest.document, lang)
    lines = []
    for name in sections.names():
        rows, filled, needed = fullness(newest.document, name)
        own = [t.severity for t in told if t.section == name]
        line = {"name": name, "title": sections.title(name, lang), "about": sections.about(name, lang)}
        line |= {"rows": rows, "filled": filled, "needed": needed}  # type: ignore[dict-item]
        lines.append(line | {"errors": own.count("error"), "warnings": own.count("warning")})
    return lines


@room.get("/{uuid:pk}/sections/{slug:name}/", ASSESSMENTS, "see", "pk", gives=SectionOut)
def section(request: Any, assessment: Any, name: str) -> Any:
    """Show a section of the newest version: its fields, its rows and what was found in them."""
    columns, newest, lang = _columns(name), _newest(assessment), language()
    document = newest.document
    shown = []
    for c in columns.values():
        offered = sections.words_for(document, name, c, assessment.sector, lang)
        few = offered is not None and offered.closed and len(offered.words) <= sections.MOST_CHOICES
        shown.append(
            {"key": c.key, "title": sections.label(name, c, lang), "help": sections.help_of(name, c, lang)}
            | {"kind": c.kind, "required": c.required}
            | {"words": [{"value": v, "title": t} for v, t in (offered.words if few and offered else ())]}
        )
    rows = [
        {
            "row": number,
            "title": sections.row_title(document, name, row, lang),
            "fields": {c.key: v for c in columns.values() if (v := sections.value_of(row, c)) is not None},
        }
        for number, row in enumerate(sections.rows_of(document, name))
    ]
    own = [of_finding(f) for f in judged(newest).findings if tell(f, document, lang).section == name]
    head = {"base": newest.number, "name": name, "title": sections.title(name, lang)}
    return head | {"columns": shown, "rows": rows, "findings": own}


class _Versions:
    """Finds again the version that a first sending made."""

    def find(self, who: Who, key: object) -> Any:
        """Return a version of a case one may see; Http404 for any other."""
        there = CaseVersion.objects.filter(pk=str(key), assessment__in=ASSESSMENTS.visible(who)).first()
        if there is None:
            raise Http404
        return there


def _saved(who: Who, version: Any) -> dict[str, Any]:
    return saved(version.assessment, getattr(version, "made_now", False))


@room.patch(
    "/{uuid:pk}/sections/{slug:name}/", ASSESSMENTS, "edit", "pk", gives=CaseSaved, made=_Versions(), shown=_saved
)
def edit_section(request: Any, assessment: Any, name: str, body: SectionIn) -> Any:
    """Change, add and take out rows of a section; what others changed meanwhile is merged, or told field by field."""
    columns = _columns(name)
    try:
        base = queries.version(assessment, body.base)
    except Http404:
        raise Wrong([found("api.no_version", "base", version=body.base)]) from None
    edit = _edit_of(name, columns, base.document, body)
    who, lang = who_of(request), language()
    try:
        made = save_section(who, assessment, name, edit, base=base.number, over=body.over, note=body.note)
    except Conflicting as problem:
        rows = sections.rows_of(base.document, name)
        told = [found("api.stale", "base", version=problem.latest.number)]
        for c in problem.conflicts:
            path = f"{name}/{rows.index(c.row)}"
            if c.column is None:
                told.append(found("api.row_gone", path))
                continue
            words = {"there": said(c.column, c.there, lang), "wanted": said(c.column, c.wanted, lang)}
            told.append(found("api.stale_field", f"{path}/{c.column.key}", **words))
        raise Wrong(told, 409) from None
    version = made or queries.latest(assessment)
    version.made_now = made is not None  # type: ignore[union-attr]
    return version


@room.get("/{uuid:pk}/versions/{int:number}/changes/", ASSESSMENTS, "see", "pk", gives=VersionsCompared)
def changes(request: Any, assessment: Any, number: int, asked: Query[AgainstAsked]) -> Any:
    """Show what a version changed against the one before it, or against another one."""
    after, lang = queries.version(assessment, number), language()
    other = asked.against if asked.against is not None else number - 1
    before = queries.version(assessment, other) if asked.against is not None or other else None
    if before is not None and before.number > after.number:
        before, after = after, before
    rows = differences(before.document, after.document, lang) if before else []
    return {"before": before and before.number, "after": after.number, "changes": [d.words(lang) for d in rows]}


@room.get("/{uuid:pk}/reviews/", ASSESSMENTS, "see", "pk", gives=ListOf[SecondOpinion])
def reviews(request: Any, assessment: Any, asked: Query[Paged]) -> Any:
    """List what second persons said, newest first."""
    return part(queries.reviews_of(assessment), asked)


@room.get("/uploads/{uuid:pk}/", UPLOADS, "take", "pk", gives=UploadSeen)
def upload_see(request: Any, kept: Any) -> Any:
    """Show what a form that was brought back would change, field by field."""
    newest, lang = _newest(kept.assessment), language()
    rows = differences(canonical(newest.document), canonical(kept.document or {}), lang)
    own = {n: getattr(kept, n) for n in ("id", "assessment_id", "base", "name")}
    own |= {"newest": newest.number, "taken": kept.taken_id is not None}
    return own | {"changes": [d.words(lang) for d in rows], "findings": [of_data(f) for f in kept.findings]}


def _newest(assessment: Any) -> Any:
    newest = queries.latest(assessment)
    if newest is None:
        raise Http404
    return newest


def _columns(name: str) -> dict[str, Column]:
    if name not in sections.names():
        raise Http404
    return {c.key: c for c in sections.columns_of(name)}


def _edit_of(name: str, columns: Mapping[str, Column], document: Cells, body: SectionIn) -> Edit:
    """Return what was sent as the page's edit; every row and field that does not exist is named."""
    wrong: list[dict[str, Any]] = []
    rows, edit = sections.rows_of(document, name), Edit()
    single = name == sections.VALUES

    def read(sent: Mapping[str, Any], path: str) -> dict[str, Any]:
        wrong.extend(found("api.unknown_field", f"{path}/{key}") for key in sent if key not in columns)
        return {key: _value(columns[key], value) for key, value in sent.items() if key in columns}

    for place, one in enumerate(body.changed):
        fields = read(one.fields, f"changed/{place}/fields")
        if one.row >= len(rows):
            wrong.append(found("api.no_row", f"changed/{place}/row", row=one.row))
        else:
            now = {key: sections.value_of(rows[one.row], columns[key]) for key in fields}
            differing = {key: value for key, value in fields.items() if value != now[key]}
            if differing:
                edit.changed.setdefault(one.row, {}).update(differing)
    for place, number in enumerate(body.removed):
        if single or number >= len(rows):
            wrong.append(found("api.no_row", f"removed/{place}", row=number))
        edit.removed.add(number)
        edit.changed.pop(number, None)
    for place, sent in enumerate(body.added):
        row: Cells = {}
        for key, value in read(sent, f"added/{place}").items():
            sections.put(row, columns[key], value)
        if single:
            wrong.append(found("api.no_row", f"added/{place}", row=place))
        elif row:
            edit.added.append(row)
    if wrong:
        raise Wrong(wrong)
    return edit


def _value(c: Column, value: Any) -> Any:
    """Return what is kept of a JSON value: numbers and yes or no as they are, texts as if somebody typed them."""
    if value is None:
        return None
    if isinstance(value, list):
        return take(c, ", ".join(value) if value else "-")
    if isinstance(value, bool):
        if c.kind != "yes_no":
            return "yes" if value else "no"
        return value if value or c.key.rpartition(".")[2] in MEANT else None
    if isinstance(value, int | float) and c.kind in NUMBERS:
        return value if isfinite(value) else str(value)
    return take(c, str(value))
