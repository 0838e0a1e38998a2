"""Bring a list of enterprises in: the file, its columns, what it would do, and doing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from namsai.workbook.guards import MOST_BYTES
from namsai_centre.enterprises import queries_bring
from namsai_centre.enterprises.actions import check_import
from namsai_centre.enterprises.actions.apply_import import NotReady, apply_import
from namsai_centre.enterprises.forms_bring import ColumnsForm, UploadForm
from namsai_centre.enterprises.forms_join import told
from namsai_centre.enterprises.importing.runs import Unreadable, questions
from namsai_centre.enterprises.importing.sheets import empty_list, marked_list
from namsai_centre.enterprises.policies import ENTERPRISES, IMPORTS
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import say

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@guard(ENTERPRISES, "bring")
@once
def bring(request: HttpRequest) -> HttpResponse:
    """List what was brought in; take a file in."""
    form = UploadForm(request.POST or None, request.FILES or None)
    status, wrong = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read() if file.size <= MOST_BYTES else file.read(MOST_BYTES + 1)
            try:
                run, new = check_import.upload(who_of(request), content, file.name)
            except Unreadable as problem:
                wrong = queries_bring.finding_texts(problem.findings)
            else:
                if not new:
                    messages.warning(request, say(f"joining.same_file_{run.state}"))
                return redirect("enterprises_import_see" if run.state != "uploaded" else "enterprises_columns", run.pk)
    page = page_of(request, queries_bring.runs(who_of(request)))
    return render(request, "enterprises/import_list.html", {"form": form, "page": page, "wrong": wrong}, status=status)


@guard(ENTERPRISES, "bring")
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty list to be filled."""
    return _file(empty_list(), "namsai-enterprises.xlsx")


@guard(IMPORTS, "set_columns", "pk")
def columns(request: HttpRequest, run: Any) -> HttpResponse:
    """Show which column is which field; keep it and check every row."""
    asked = questions(run.table, run.mapping["columns"])
    status = 200
    form = ColumnsForm(run=run, asked=asked)
    if request.method == "POST":
        status = 422
        wanted = {str(at): request.POST.get(f"column_{at}", "") for at in range(len(run.table["headers"]))}
        known = {name for name in wanted.values() if name}
        asked = questions(run.table, {at: n for at, n in wanted.items() if n}) if known <= _fields() else asked
        form = ColumnsForm(request.POST, run=run, asked=asked)
        if form.is_valid():
            version = form.cleaned_data["version"] or 0
            try:
                numbers = form.cleaned_data.get("numbers", "")
                check_import.set_columns(who_of(request), run, version, columns=form.columns(), numbers=numbers)
                return redirect("enterprises_import_see", run.pk)
            except check_import.Undecided as problem:
                form.add_error("numbers" if problem.slug == "say_numbers" else None, told(problem.slug, problem.facts))
            except Stale:
                return _meanwhile(request, run)
    facts = {
        "run": run,
        "form": form,
        "rows": form.rows(run.table),
        "notes": queries_bring.file_notes(run),
        "remembered": run.mapping.get("remembered"),
        "known": bool(run.mapping.get("columns")),
    }
    return render(request, "enterprises/import_columns.html", facts, status=status)


def _fields() -> set[str]:
    from namsai_centre.enterprises.importing.fields import BY_NAME

    return set(BY_NAME)


@guard(IMPORTS, "see", "pk")
@require_GET
def see(request: HttpRequest, run: Any) -> HttpResponse:
    """Show what the list would do (or did), row by row."""
    if run.state == "uploaded":
        return redirect("enterprises_columns", run.pk)
    counts = queries_bring.counts(run)
    asked = request.GET.get("show")
    state = asked if asked in dict(counts) else next((s for s, n in counts if n), "new")
    page = page_of(request, [r for r in run.rows if r["state"] == state])
    page.object_list = queries_bring.shown_rows(run, list(page.object_list))
    facts = {
        "run": run,
        "counts": counts,
        "show": state,
        "page": page,
        "notes": queries_bring.file_notes(run),
        "ready": IMPORTS.allows("apply", who_of(request), run)
        and not run.counts.get("wrong")
        and not run.counts.get("possible")
        and (run.counts.get("new") or run.counts.get("changed")),
    }
    return render(request, "enterprises/import_see.html", facts)


@guard(IMPORTS, "answer", "pk")
@require_POST
def answer(request: HttpRequest, run: Any) -> HttpResponse:
    """Keep what rows are that may be an enterprise of the registry."""
    answers = {k.removeprefix("row_"): str(v) for k, v in request.POST.items() if k.startswith("row_") and v}
    if everything := request.POST.get("all"):
        answers = {str(r["place"]): everything for r in run.rows if r["state"] == "possible"}
    try:
        check_import.answer(who_of(request), run, _version(request), answers=answers)
    except Stale:
        return _meanwhile(request, run)
    messages.success(request, say("joining.answers_kept", count=len(answers)))
    return redirect("enterprises_import_see", run.pk)


@guard(IMPORTS, "apply", "pk")
@require_POST
@once
def apply(request: HttpRequest, run: Any) -> HttpResponse:
    """Bring the list in."""
    try:
        done = apply_import(who_of(request), run, _version(request))
    except NotReady as problem:
        if problem.slug == "moved":
            again = IMPORTS.find(who_of(request), run.pk)
            check_import.check_again(who_of(request), again, again.version)
        messages.warning(request, say(f"joining.{problem.slug}", **problem.facts))
        return redirect("enterprises_import_see", run.pk)
    except Stale:
        return _meanwhile(request, run)
    new, changed = done.counts.get("new", 0), done.counts.get("changed", 0)
    messages.success(request, say("joining.brought", new=new, changed=changed))
    return redirect("enterprises_import_see", run.pk)


@guard(IMPORTS, "refuse", "pk")
@require_POST
def refuse(request: HttpRequest, run: Any) -> HttpResponse:
    """Set the list aside."""
    try:
        check_import.refuse(who_of(request), run, _version(request))
    except Stale:
        return _meanwhile(request, run)
    messages.success(request, say("joining.set_aside"))
    return redirect("enterprises_import")


@guard(IMPORTS, "see", "pk")
@require_GET
def marked(request: HttpRequest, run: Any) -> HttpResponse:
    """Give the list back with what is wrong in the first column."""
    return _file(marked_list(run), f"{run.file_name.rsplit('.', 1)[0] or 'list'}-checked.xlsx")


def _version(request: HttpRequest) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isdigit() and len(said) < 9 else 0


def _meanwhile(request: HttpRequest, run: Any) -> HttpResponse:
    messages.warning(request, say("joining.changed_meanwhile"))
    return redirect("enterprises_import_see", run.pk)


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    from django.utils.http import content_disposition_header

    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
