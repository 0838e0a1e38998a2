"""The saved versions of a case: read one, compare two, restore an old one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.assessments import queries, sections
from namsai_centre.assessments.actions.save import restore
from namsai_centre.assessments.differences import differences, lines
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.assessments.reading import cell, reads
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language, say


@guard(ASSESSMENTS, "see", "pk")
def versions(request: HttpRequest, assessment: Any) -> HttpResponse:
    """List all versions with who, when and why."""
    page = page_of(request, queries.versions_of(assessment), 50)
    return render(request, "assessments/versions.html", {"assessment": assessment, "page": page})


@guard(ASSESSMENTS, "see", "pk")
def version(request: HttpRequest, assessment: Any, number: int) -> HttpResponse:
    """Show what a version changed against the one before it, or against another one (`?with=`)."""
    found = queries.version(assessment, number)
    newest = queries.latest(assessment)
    other_number = request.GET.get("with", "")
    other = None
    if other_number.isdigit():
        other = queries.version(assessment, other_number)
    elif number > 1:
        other = queries.version(assessment, number - 1)
    before, after = (other, found)
    if other is not None and other.number > found.number:
        before, after = found, other
    lang = language()
    changed = differences(before.document, after.document, lang) if before is not None and after is not None else []
    facts = {
        "assessment": assessment,
        "version": found,
        "before": before,
        "after": after,
        "newest": newest,
        "numbers": list(queries.versions_of(assessment).values_list("number", flat=True)[:200]),
        "page": page_of(request, lines(changed, lang), 100),
        "sections": [
            (name, sections.title(name, lang)) for name in sections.names() if sections.rows_of(found.document, name)
        ],
    }
    return render(request, "assessments/version.html", facts)


@guard(ASSESSMENTS, "edit", "pk")
def restore_version(request: HttpRequest, assessment: Any, number: int) -> HttpResponse:
    """Make an old version the newest (as a new one)."""
    old = queries.version(assessment, number)
    if request.method != "POST":
        return redirect("assessments_version", assessment.pk, number)
    made = restore(who_of(request), assessment, old)
    if made is None:
        messages.info(request, say("assessments.nothing_changed"))
    else:
        messages.success(request, say("assessments.restored", old=old.number, number=made.number))
    return redirect("assessments_see", assessment.pk)


@guard(ASSESSMENTS, "see", "pk")
def data(request: HttpRequest, assessment: Any, number: int, name: str) -> HttpResponse:
    """Show a section of a version for reading: columns that hold something, a row each."""
    if name not in sections.names():
        raise Http404
    found, lang = queries.version(assessment, number), language()
    rows = sections.rows_of(found.document, name)
    used = reads(name, rows, lang)
    page, knowhow = page_of(request, rows, 50), current_knowhow()
    facts = {
        "assessment": assessment,
        "version": found,
        "title": sections.title(name, lang),
        "about": sections.about(name, lang),
        "single": name == sections.VALUES,
        "heads": [c.head for c in used],
        "page": page,
        "rows": [
            (
                sections.row_title(found.document, name, r, lang),
                [(c.head, cell(found.document, name, r, c, lang, knowhow), c.column.kind) for c in used],
            )
            for r in page
        ],
    }
    return render(request, "assessments/data.html", facts)
