"""Read the audit log."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from namsai_centre.audit import queries
from namsai_centre.audit.chain import holds
from namsai_centre.audit.differences import differences
from namsai_centre.audit.forms import FilterForm
from namsai_centre.audit.policies import ENTRIES, as_seen
from namsai_centre.rights import guard, who_of


@guard(ENTRIES, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List entries, newest first: who did what, on what, when."""
    who = who_of(request)
    form = FilterForm(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    older, newer = asked.pop("older", None), asked.pop("newer", None)
    page = queries.sliced(queries.filtered(ENTRIES.visible(who), asked), older, newer)
    kept = request.GET.copy()
    for name in ("older", "newer"):
        kept.pop(name, None)
    facts = {
        "form": form,
        "asked": asked,
        "narrowed": {"person", "enterprise", "subject"} & asked.keys(),
        "page": page,
        "query": kept.urlencode(),
        "chain": queries.chain() if who.staff else None,
    }
    return render(request, "audit/browse.html", facts, status=422 if form.errors else 200)


@guard(ENTRIES, "see", "pk")
def see(request: HttpRequest, entry: Any) -> HttpResponse:
    """Show one entry: what stood there before and after."""
    intact = holds(entry)  # before anything is taken out of it
    entry = as_seen(who_of(request), entry)
    rows = differences(entry)
    facts = {
        "told": queries.told([entry])[0],
        "entry": entry,
        "intact": intact,
        "made": entry.before is None,
        "caption": "audit.changed" if entry.before is not None else queries.caption(entry.action),
        "rows": [row for row in rows if not row.inner],
        "inner": [row for row in rows if row.inner],
    }
    return render(request, "audit/see.html", facts)
