"""Fields that were sent and that nothing read: they change nothing, and who sends them is logged (mass assignment).

Every page is watched alike, so no form has to think of it: what a view did not ask for stays unread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from namsai_centre.rights import who_of

log = logging.getLogger("namsai_centre.unread")
_FRAME = frozenset({"csrfmiddlewaretoken", "once", "next"})


class Watched(QueryDict):
    """What was sent, remembering which fields were asked for (also from a copy of it)."""

    read: set[str]

    @classmethod
    def of(cls, sent: QueryDict) -> Watched:
        """Return what was sent, with nothing read yet."""
        watched = cls("", mutable=True, encoding=sent.encoding)
        for name, values in sent.lists():
            watched.setlist(name, values)
        watched._mutable = False
        watched.read = set()
        return watched

    def __deepcopy__(self, memo: Any) -> Watched:
        twin: Watched = super().__deepcopy__(memo)
        twin.read = self.read
        return twin

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)

    def _getlist(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self.read.add(name)
        return super()._getlist(name, *args, **kwargs)  # type: ignore[misc]


class UnreadFieldsMiddleware:
    """Log the fields of a form that was taken in and that no view read. After Django's CSRF check (it reads POST)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Watch one request."""
        answer = self.get_response(request)
        sent = request.POST
        if isinstance(sent, Watched) and answer.status_code < 400:
            unread = sorted(set(sent) - sent.read - _FRAME)
            if unread:
                names = ", ".join(unread)[:300]
                log.warning("ignored fields %s sent to %s by %s", names, request.path, who_of(request).person_id)
        return answer

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """Put the watched fields in place of the sent ones; what is not a form of ours (the API) is left alone."""
        if request.method == "POST" and not getattr(view, "csrf_exempt", False) and request.POST:
            request.POST = Watched.of(request.POST)  # type: ignore[assignment]
