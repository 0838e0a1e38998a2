"""Fields that nothing read are logged, those that something read are not, and none is lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from namsai_centre.ui.unread import UnreadFieldsMiddleware, Watched
from namsai_centre.who import nobody


def _send(status: int = 200, **fields: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        watching.process_view(request, view)
        return HttpResponse(request.POST.get("title", ""), status=status)

    watching = UnreadFieldsMiddleware(view)
    request = RequestFactory().post("/somewhere/", fields)
    request.who = nobody(date(2026, 1, 1))  # type: ignore[attr-defined]
    return watching(request)


def test_a_field_that_no_view_read_is_logged_by_name(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        answer = _send(title="ນ້ຳ", role="director", csrfmiddlewaretoken="x")
    assert answer.content.decode() == "ນ້ຳ"
    assert [r.getMessage() for r in caplog.records] == ["ignored fields role sent to /somewhere/ by None"]


def test_a_refused_page_says_nothing_about_its_fields(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        _send(status=409, title="x", role="director")
    assert not caplog.records


@pytest.mark.parametrize("look", [lambda d: d["a"], lambda d: d.getlist("a"), lambda d: "a" in d, lambda d: d.get("a")])
def test_every_way_of_reading_counts_also_on_a_copy(look: Callable[[Any], object]) -> None:
    watched = Watched.of(QueryDict("a=1&a=2&b=3"))
    look(watched.copy())
    assert watched.read == {"a"}
    assert watched.getlist("b") == ["3"]
    with pytest.raises(AttributeError):
        watched["c"] = "4"
