"""The Excel form: download it filled, bring it back, see the differences, take them over."""

from __future__ import annotations

import json
import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai.plant.case_file import to_json
from namsai.workbook.form import form_bytes
from namsai_centre.assessments import queries
from namsai_centre.assessments.actions.save import Conflicting, take_over
from namsai_centre.assessments.actions.upload import receive
from namsai_centre.assessments.differences import differences, lines
from namsai_centre.assessments.forms import SECTORS, UploadForm
from namsai_centre.assessments.incoming import read
from namsai_centre.assessments.judge import judged, tell_all
from namsai_centre.assessments.outgoing import canonical, loose
from namsai_centre.assessments.policies import ASSESSMENTS, UPLOADS
from namsai_centre.assessments.reports import TYPES
from namsai_centre.assessments.stored import findings_of
from namsai_centre.assessments.views_results import attachment
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language, say


@guard(ASSESSMENTS, "see", "pk")
def form(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Send the form filled with the newest version as it stands, right or wrong."""
    newest = queries.latest(assessment)
    case = loose(newest.document) if newest else None
    sector = assessment.sector if assessment.sector in SECTORS else "general"
    content = form_bytes(sector, "both", case, current_knowhow())
    number = newest.number if newest else 0
    return attachment(content, TYPES["xlsx"], f"{_name(newest)}-form-{number}.xlsx")


@guard(ASSESSMENTS, "see", "pk")
def case_file(request: HttpRequest, assessment: Any, number: int) -> HttpResponse:
    """Send a version as a case file (JSON)."""
    found = queries.version(assessment, number)
    case = judged(found).case
    text = to_json(case) if case else json.dumps(found.document, ensure_ascii=False, indent=1) + "\n"
    return attachment(text.encode(), "application/json", f"{_name(found)}-{number}.json")


def _name(version: Any) -> str:
    found = str(version.document.get("id") or "namsai") if version else "namsai"
    return re.sub(r"[^A-Za-z0-9_-]+", "-", found).strip("-")[:60] or "namsai"


@guard(ASSESSMENTS, "edit", "pk")
def upload(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Bring a filled form back; it is kept until its differences were seen."""
    page = UploadForm(request.POST or None, request.FILES or None)
    told: list[Any] = []
    if request.method == "POST" and page.is_valid():
        file = page.cleaned_data["file"]
        incoming = read(file.read())
        if incoming.document is not None:
            kept = receive(who_of(request), assessment, incoming, name=file.name)
            if kept is None:
                messages.info(request, say("assessments.same_as_newest"))
                return redirect("assessments_see", assessment.pk)
            return redirect("assessments_incoming", kept.pk)
        told = tell_all(incoming.findings, {}, language())
    facts = {"form": page, "told": told, "assessment": assessment}
    return render(request, "assessments/upload.html", facts, status=422 if request.method == "POST" else 200)


@guard(UPLOADS, "take", "pk")
def incoming(request: HttpRequest, upload: Any) -> HttpResponse:
    """Show row by row what a form would change, and what was found in it; take it over on demand."""
    assessment, lang = upload.assessment, language()
    newest = queries.latest(assessment)
    status = 200
    if request.method == "POST":
        try:
            made = take_over(who_of(request), upload)
        except Conflicting:
            status = 409
        else:
            messages.success(request, say("assessments.saved", number=made.number if made else upload.base))
            return redirect("assessments_see", assessment.pk)
    before = newest.document if newest else {}
    changed = differences(canonical(before), canonical(upload.document or {}), lang)
    told = tell_all(findings_of(upload.findings), upload.document or {}, lang)
    facts = {
        "assessment": assessment,
        "upload": upload,
        "newest": newest,
        "later": newest is not None and newest.number != upload.base and upload.taken_id is None,
        "since": differences(queries.version(assessment, upload.base).document, before, lang) if status == 409 else [],
        "page": page_of(request, lines(changed, lang), 100),
        "count": len(changed),
        "removed": len({(d.section, d.row) for d in changed if d.how == "removed"}),
        "told": told[:100],
        "errors": sum(t.severity == "error" for t in told),
    }
    return render(request, "assessments/incoming.html", facts, status=status)
