"""Files: bring one, get one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from namsai_centre.files.store import is_there, pieces
from namsai_centre.rights import guard, who_of
from namsai_centre.savings.actions.bring_evidence import bring_evidence
from namsai_centre.savings.files import TYPES
from namsai_centre.savings.forms import EvidenceForm
from namsai_centre.savings.policies import EVIDENCE, MEASURES
from namsai_centre.ui.once import once
from namsai_centre.ui.words import say


@guard(MEASURES, "evidence", "pk")
@once
def bring(request: HttpRequest, measure: Any) -> HttpResponse:
    """Bring a file that shows something about a measure."""
    form = EvidenceForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        form = EvidenceForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            file = form.cleaned_data["upload"]
            try:
                brought = bring_evidence(who_of(request), measure, file.read(), file.name)
            except ValidationError as problem:
                form.add_error("upload", problem)
            else:
                if brought.cut:
                    messages.warning(request, say("savings.file_cut"))
                said = "savings.file_known" if brought.known else "savings.file_brought"
                messages.success(request, say(said, name=brought.evidence.name))
                return redirect("savings_see", pk=measure.pk)
    return render(request, "savings/bring.html", {"form": form, "measure": measure}, status=status)


@guard(EVIDENCE, "see", "pk")
def download(request: HttpRequest, evidence: Any) -> HttpResponseBase:
    """Give a file: as a download, with its own name, never run by the browser."""
    if not is_there(evidence.file.name):
        raise Http404
    answer = StreamingHttpResponse(pieces(evidence.file.name), content_type=TYPES[evidence.kind])
    answer["Content-Disposition"] = content_disposition_header(True, evidence.name) or "attachment"
    answer["Content-Length"] = str(evidence.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
