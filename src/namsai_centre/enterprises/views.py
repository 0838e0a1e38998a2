"""The list of enterprises, the page of one, choosing one, and taking the list along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from namsai_centre.enterprises import queries
from namsai_centre.enterprises.counts import counts
from namsai_centre.enterprises.facets import chosen, facets
from namsai_centre.enterprises.parts import shown_parts
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.enterprises.size import size_class
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.paging import page_of


@guard(ENTERPRISES, "browse")
@require_GET
def browse(request: HttpRequest) -> HttpResponse:
    """List the enterprises that exist for the reader, by search text and filters, in Lao order."""
    who, filters = who_of(request), queries.Filters.of(request.GET)
    part = request.headers.get("HX-Request") == "true"
    counted = counts(who, filters) if part or request.GET.get("counts") else None
    found = facets(who.day, filters, counted)
    facts: dict[str, Any] = {"filters": filters, "facets": found, "counted": counted}
    if part:  # somebody opened the filters
        return render(request, "enterprises/_filters.html", facts)
    page = page_of(request, queries.with_row(who, queries.listed(who, filters)))
    facts |= {"page": page, "chosen": chosen(found, request.GET)}
    if filters.q and not page.paginator.count:
        facts["near"] = queries.near(who, filters)
    return render(request, "enterprises/browse.html", facts)


@guard(ENTERPRISES, "see", "pk")
@require_GET
def see(request: HttpRequest, enterprise: Any) -> HttpResponse:
    """Show one enterprise: who and where it is, its numbers, people, consents, and what is done with it."""
    who, whole = who_of(request), queries.whole(enterprise)
    facts = {
        "enterprise": whole,
        "size": size_class(whole, who.day),
        "around": queries.around(who, whole),
        "glass": queries.open_glass(whole),
        "parts": shown_parts(whole, who),
        "consents": queries.consents(whole),
        "alike": queries.alike(who, whole.name_lo, whole.name_en, whole.pk) if who.staff else [],
    }
    return render(request, "enterprises/see.html", facts)


@guard(ENTERPRISES, "pick")
@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """Answer the pickers of other pages: the enterprises a text may mean, of those that exist for the reader.

    `?as=options`: only the options of a list of proposals; `of` names the field that holds the text (else `q`).
    """
    text = request.GET.get(request.GET.get("of", "q"), "")
    facts = {"found": queries.picked(who_of(request), text), "q": text}
    page = "_options" if request.GET.get("as") == "options" else "pick"
    return render(request, f"enterprises/{page}.html", facts)
