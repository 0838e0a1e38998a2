"""Pages of the break-glass: open a firm in an emergency, see who did."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre import clock
from namsai_centre.accounts import forms, queries
from namsai_centre.accounts.actions import break_glass as glasses
from namsai_centre.accounts.policies import GLASSES
from namsai_centre.accounts.views import sheet
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.forms import add_errors
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import say


@guard(GLASSES, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List the times a firm was opened: staff all, others their own."""
    found = queries.glasses_for(GLASSES.visible(who_of(request)))
    return render(request, "accounts/glasses.html", {"page": page_of(request, found), "now": clock.now()})


@guard(GLASSES, "open")
@once
def open_glass(request: HttpRequest) -> HttpResponse:
    """Open a firm with a reason."""
    form = forms.GlassForm(request.POST or None, initial={"firm": request.GET.get("firm", "")})
    if request.method == "POST" and form.is_valid():
        try:
            glass = glasses.break_glass(who_of(request), form.cleaned_data["enterprise"], form.cleaned_data["reason"])
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, say("accounts.glass_opened", firm=str(glass.enterprise), hours=hours()))
            return redirect("people_glasses")
    return sheet(request, "accounts/break_glass.html", form, hours=hours(), least=glasses.SHORTEST_REASON)


@guard(GLASSES, "close", "pk")
def close(request: HttpRequest, glass: Any) -> HttpResponse:
    """End the access before its time."""
    if request.method == "POST":
        glasses.close_glass(who_of(request), glass)
        messages.success(request, say("accounts.glass_closed"))
    return redirect("people_glasses")


def hours() -> int:
    """Return for how many hours a glass stays open."""
    return int(glasses.OPEN_FOR.total_seconds() // 3600)
