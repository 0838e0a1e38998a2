"""Edit the case section by section; every save is a new version."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from namsai_centre.assessments import queries, sections
from namsai_centre.assessments.actions.save import Conflicting, save_section
from namsai_centre.assessments.judge import judged, tell_all
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.assessments.section_form import ROWS, SectionPage, edit_of
from namsai_centre.assessments.spoken import spoken
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.words import language, say


@guard(ASSESSMENTS, "edit", "pk")
def section(request: HttpRequest, assessment: Any, name: str) -> HttpResponse:
    """Show a section's rows as cards, 20 a page; save what was changed as a new version."""
    if name not in sections.names():
        raise Http404
    if request.method == "POST":
        return _save(request, assessment, name)
    newest = queries.latest(assessment)
    if newest is None:
        raise Http404
    lang = language()
    found = judged(newest)
    told = [t for t in tell_all(found.findings, newest.document, lang) if t.section == name]
    page = SectionPage(newest.document, name, assessment.sector, lang, told, current_knowhow())
    if "blank" in request.GET:  # a comfort: htmx puts one more card at the end
        card = page.blank(f"n{uuid4().hex[:8]}")
        return render(request, "assessments/card.html", {"card": card, "offers": page.offers, "single": False})
    indexes = _indexes(newest.document, name, request.GET.get("q", ""), told if request.GET.get("wrong") else None)
    part = Paginator(indexes, ROWS).get_page(request.GET.get("page"))
    single = name == sections.VALUES
    cards = page.cards(list(part), opened=single or len(part) <= 2)
    add = not single and ("add" in request.GET or not indexes)
    blanks = [page.blank("n1")] if add else []
    order = sections.names()
    place = order.index(name)
    facts = {
        "assessment": assessment,
        "section": name,
        "title": sections.title(name, lang),
        "about": sections.about(name, lang),
        "number": newest.number,
        "page": part,
        "cards": cards,
        "blanks": blanks,
        "single": single,
        "general": [t for t in told if t.row is None],
        "wrong": sum(t.severity == "error" for t in told),
        "offers": page.offers,
        "first": [_link(x, lang) for x in _NEEDS.get(name, ()) if not sections.rows_of(newest.document, x)],
        "helps": [] if single else _helps(name, lang),
        "before": _link(order[place - 1], lang) if place else None,
        "after": _link(order[place + 1], lang) if place + 1 < len(order) else None,
    }
    return render(request, "assessments/section.html", facts)


def _helps(name: str, lang: Any) -> list[tuple[str, str]]:
    """Return what belongs into each column that needs a word of explanation."""
    all_of = ((sections.label(name, c, lang), sections.help_of(name, c, lang)) for c in sections.columns_of(name))
    return [(label, text) for label, text in all_of if text]


_NEEDS = {  # sections whose rows are chosen here
    "streams": ("processes", "materials"),
    "compositions": ("materials",),
    "equipment": ("processes",),
    "readings": ("meters",),
}


def _link(name: str, lang: Any) -> tuple[str, str]:
    return name, sections.title(name, lang)


def _indexes(document: Any, name: str, text: str, told: Any) -> list[int]:
    """Return the rows to be shown: all, those that hold a text, or those with something to look at."""
    rows = sections.rows_of(document, name)
    found = range(len(rows))
    if told is not None:
        wanted = {t.row for t in told}
        return [i for i in found if i in wanted]
    if text:
        lang = language()
        low = text.casefold()
        return [i for i in found if low in f"{sections.row_title(document, name, rows[i], lang)} {rows[i]}".casefold()]
    return list(found)


def _save(request: HttpRequest, assessment: Any, name: str) -> HttpResponse:
    base = queries.version(assessment, request.POST.get("base"))
    edit = edit_of(name, base.document, request.POST.dict(), current_knowhow())
    here = reverse("assessments_section", args=[assessment.pk, name])
    back = redirect(f"{here}?{request.GET.urlencode()}" if request.GET else here)
    if not edit:
        messages.info(request, say("assessments.nothing_changed"))
        return back
    over = request.POST.get("over", "")
    try:
        made = save_section(
            who_of(request),
            assessment,
            name,
            edit,
            base=base.number,
            over=int(over) if over.isdigit() else None,
            note=request.POST.get("note", "")[:300],
        )
    except Conflicting as problem:
        return _conflict(request, assessment, name, problem)
    if made is None:
        messages.info(request, say("assessments.nothing_changed"))
        return back
    found = judged(made)
    wrong = sum(t.section == name for t in tell_all(found.findings, made.document, language()) if t.severity == "error")
    if made.number > base.number + 1 and not over:
        messages.info(request, say("assessments.merged"))
    if wrong:
        messages.warning(request, say("assessments.saved_wrong", number=made.number, wrong=wrong))
    else:
        messages.success(request, say("assessments.saved", number=made.number))
    if edit.added and not request.GET:
        last = (len(sections.rows_of(made.document, name)) - 1) // ROWS + 1
        return redirect(f"{here}?page={last}")
    return back


def _conflict(request: HttpRequest, assessment: Any, name: str, problem: Conflicting) -> HttpResponse:
    """409: field by field, what stands there now and what was wanted."""
    lang = language()
    document, knowhow = problem.latest.document, current_knowhow()
    rows = [
        {
            "row": sections.row_title(document, name, c.row, lang),
            "name": sections.label(name, c.column, lang) if c.column else say("assessments.row_gone"),
            "there": spoken(document, name, c.column, c.there, lang, knowhow) if c.column else "–",
            "wanted": spoken(document, name, c.column, c.wanted, lang, knowhow) if c.column else "–",
        }
        for c in problem.conflicts
    ]
    skip = ("csrfmiddlewaretoken", "over")
    facts = {
        "assessment": assessment,
        "title": sections.title(name, lang),
        "rows": rows,
        "by": problem.latest.by,
        "at": problem.latest.at,
        "over": problem.latest.number,
        "sent": [(k, v) for k, v in request.POST.items() if k not in skip],
        "here": reverse("assessments_section", args=[assessment.pk, name]),
    }
    return render(request, "assessments/conflict.html", facts, status=409)
