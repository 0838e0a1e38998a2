"""Take the list of enterprises along as a file."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from namsai_centre import clock
from namsai_centre.accounts.fresh import reauthenticated
from namsai_centre.enterprises import queries
from namsai_centre.enterprises.actions.export import note_export
from namsai_centre.enterprises.export import as_csv, as_xlsx
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.rights import guard, who_of

_TYPES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@guard(ENTERPRISES, "export")
@reauthenticated
def export(request: HttpRequest) -> HttpResponse:
    """Say how many enterprises the file will have; on POST give the file (and keep in the log who took it)."""
    who, filters = who_of(request), queries.Filters.of(request.GET)
    form = request.POST.get("form", "")
    if request.method == "POST" and form in _TYPES:
        make, kind = _TYPES[form]
        content, count = make(who, filters)
        note_export(who, form=form, count=count, asked={k: v for k, v in asdict(filters).items() if v})
        response = HttpResponse(content, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="enterprises-{clock.today().isoformat()}.{form}"'
        return response
    facts = {"count": queries.listed(who, filters).count(), "filters": filters}
    return render(request, "enterprises/export.html", facts)
