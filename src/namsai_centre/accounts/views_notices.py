"""What I was told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from namsai_centre.accounts import queries
from namsai_centre.accounts.actions import read_notices
from namsai_centre.accounts.policies import NOTICES
from namsai_centre.rights import for_known, guard, who_of
from namsai_centre.ui.paging import page_of


@for_known
def browse(request: HttpRequest) -> HttpResponse:
    """List my notices, newest first."""
    who = who_of(request)
    facts = {"page": page_of(request, queries.notices_of(who)), "unread": queries.unread(who)}
    return render(request, "accounts/notices.html", facts)


@guard(NOTICES, "read", "pk")
def go(request: HttpRequest, notice: Any) -> HttpResponse:
    """Mark one as read and go where it leads."""
    if request.method == "POST":
        read_notices.read_notice(who_of(request), notice)
        if notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
            return redirect(notice.url)
    return redirect("me_notices")


@for_known
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    if request.method == "POST":
        read_notices.read_all(who_of(request))
    return redirect("me_notices")
