"""The search for duplicates is a job of the worker: begun once, told where it stands, taken up again when it died."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.enterprises import duplicates, jobs
from namsai_centre.enterprises.actions.find_duplicates import find_duplicates, start_look
from namsai_centre.enterprises.models import Enterprise, Look, Lookalike
from namsai_centre.who import Who
from tests.centre.cast import Cast

PAGE = "enterprises_duplicates"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The searches handed to a worker (which does nothing until a test lets it)."""
    handed: list[str] = []
    monkeypatch.setattr("namsai_centre.enterprises.jobs.look_for_duplicates", _Queue(handed))
    return handed


class _Queue:
    def __init__(self, handed: list[str]) -> None:
        self.handed = handed

    def enqueue(self, look_id: str) -> None:
        self.handed.append(look_id)


def test_a_second_press_begins_no_second_search(
    cast: Cast, browser: Callable[[str], Client], asked: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    client = browser("officer")
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(reverse("enterprises_look"), follow=True).content.decode()
        second = client.post(reverse("enterprises_look"), follow=True).content.decode()
        browser("director").post(reverse("enterprises_look"))
    assert Look.objects.count() == 1
    assert len(asked) == 1
    assert "The search waits for its turn" in first
    assert "being searched already" in second
    assert reverse("enterprises_look") not in second, "no button while one is open"


def test_two_presses_at_the_same_moment_are_one_search_by_the_databases_own_rule(cast: Cast) -> None:
    Look.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Look.objects.create()


def test_the_page_tells_where_the_search_stands_and_then_shows_what_it_found(
    cast: Cast, browser: Callable[[str], Client], who: Callable[[str], Who], asked: list[str]
) -> None:
    Enterprise.objects.create(name_lo="ໂຮງງານເກືອ ບໍ່ແຕນ", name_en="Boten Salt")
    Enterprise.objects.create(name_lo="ໂຮງງານເກືອ ບໍ່ແຕນ", name_en="Boten Salt")
    client = browser("officer")
    look, new = start_look(who("officer"))
    assert new
    part = client.get(reverse(PAGE), headers={"HX-Request": "true"})
    assert "every 2s" in part.content.decode()
    assert "<html" not in part.content.decode()
    Look.objects.filter(pk=look.pk).update(state="running", started_at=clock.now())
    page = client.get(reverse(PAGE)).content.decode()
    assert "Looking through the registry, started at" in page
    assert "See whether it is done" in page  # the way without JavaScript
    Look.objects.filter(pk=look.pk).update(state="waiting")
    assert jobs.work_on(str(look.pk)) == "done"
    assert client.get(reverse(PAGE), headers={"HX-Request": "true"}).headers["HX-Redirect"] == reverse(PAGE)
    page = client.get(reverse(PAGE)).content.decode()
    assert "Boten Salt · Boten Salt" in page
    assert "Looking through" not in page
    assert start_look(who("officer"))[1], "the next one can be begun"


def test_a_search_whose_worker_died_is_taken_up_again_and_then_given_up(
    cast: Cast, browser: Callable[[str], Client], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Look.objects.create(state="running", started_at=clock.now() - 2 * jobs.STUCK, tries=1)
    client = browser("officer")
    client.get(reverse(PAGE))
    client.get(reverse(PAGE))
    assert asked == [str(look.pk)], "once, not with every reload"
    assert jobs.work_on(str(look.pk)) == "done"
    again = Look.objects.create(state="running", started_at=clock.now() - 2 * jobs.STUCK, tries=jobs.MOST_TRIES)
    assert jobs.work_on(str(again.pk)) == "failed"
    page = client.get(reverse(PAGE)).content.decode()
    assert "did not come to its end" in page
    assert reverse("enterprises_look") in page, "it can be begun again"


def test_a_search_that_breaks_leaves_the_pairs_as_they_were_and_says_so(
    cast: Cast, who: Callable[[str], Who], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(Lookalike.objects.values_list("pk", "score"))
    monkeypatch.setattr("namsai_centre.enterprises.duplicates.find", lambda firms: 1 / 0)
    find_duplicates(who("officer"))
    look = Look.objects.get()
    assert (look.state, look.is_open) == ("failed", None)
    assert list(Lookalike.objects.values_list("pk", "score")) == before


def test_a_worker_that_comes_back_late_writes_nothing_over_the_one_that_took_over(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Look.objects.create()
    Enterprise.objects.create(name_lo="ໂຮງງານເກືອ ບໍ່ແຕນ")
    Enterprise.objects.create(name_lo="ໂຮງງານເກືອ ບໍ່ແຕນ")
    real, before = duplicates.find, Lookalike.objects.count()

    def slow(firms: Any) -> Any:
        Look.objects.filter(pk=look.pk).update(tries=5)  # somebody else has it now
        return real(firms)

    monkeypatch.setattr("namsai_centre.enterprises.duplicates.find", slow)
    assert jobs.work_on(str(look.pk)) == "running"
    assert Lookalike.objects.count() == before


def test_only_staff_may_begin_a_search(cast: Cast, who: Callable[[str], Who]) -> None:
    for name in ("owner", "expert", "ministry"):
        with pytest.raises(PermissionDenied):
            start_look(who(name))
