"""The filters of the list: how many each choice leaves, taken off one by one, and what a page without a hit says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from namsai_centre.enterprises.counts import counts
from namsai_centre.enterprises.models import STATUSES, Enterprise, Place
from namsai_centre.enterprises.queries import BANDS, UNKNOWN, Filters, listed
from namsai_centre.who import Who
from tests.centre.cast import Cast

LIST = "enterprises_browse"
Browser = Callable[[str], Client]


@pytest.fixture
def firms(cast: Cast) -> Cast:
    """Thirty firms more, of several sectors, places, sizes and classes."""
    places = list(Place.objects.filter(kind="province")[:3])
    for n in range(30):
        Enterprise.objects.create(
            name_lo=f"ໂຮງງານ {n}", sector=("garment", "food", "")[n % 3], province=(*places, None)[n % 4],
            workers=(None, 3, 20, 70, 400)[n % 5], risk_class=("low", "high", "")[n % 3],
            status=("active", "active", "closed")[n % 3],
        )  # fmt: skip
    return cast


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(q="ໂຮງງານ 1"),
        Filters(sector="garment", band="6-50"),
        Filters(status="closed", risk=UNKNOWN),
        Filters(stage="signed"),
        Filters(stage=UNKNOWN, province=UNKNOWN),
    ],
)
def test_every_count_is_the_length_of_the_list_that_the_choice_would_show(
    firms: Cast, who: Callable[[str], Who], filters: Filters
) -> None:
    one = who("officer")
    found = counts(one, filters)
    choices = {
        "sector": ["garment", "food", UNKNOWN],
        "band": [*BANDS, UNKNOWN],
        "risk": ["low", "high", UNKNOWN],
        "status": STATUSES,
        "stage": ["aware", "signed", UNKNOWN],
        "province": [*Place.objects.filter(kind="province").values_list("code", flat=True)[:3], UNKNOWN],
    }
    for name, values in choices.items():
        for value in values:
            shown = listed(one, replace(filters, **{name: value})).count()
            assert found[name][value] == shown, (name, value)


def test_counts_go_over_the_readers_own_firms_only(firms: Cast, who: Callable[[str], Who]) -> None:
    assert sum(counts(who("owner"), Filters())["sector"].values()) == 1


def test_the_counts_take_the_same_queries_however_many_firms(
    firms: Cast, who: Callable[[str], Who], django_assert_num_queries: Any
) -> None:
    officer = who("officer")
    for size in (0, 60):
        Enterprise.objects.bulk_create([Enterprise(name_lo=f"ອື່ນ {n}") for n in range(size)])
        with django_assert_num_queries(4):
            counts(officer, Filters())


def test_the_list_counts_only_when_the_filters_are_opened(firms: Cast, browser: Browser) -> None:
    client = browser("officer")
    plain = client.get(reverse(LIST)).content.decode()
    assert 'hx-trigger="toggle once"' in plain
    assert "garment</option>" in plain
    part = client.get(reverse(LIST), headers={"HX-Request": "true"}).content.decode()
    assert "garment (11)</option>" in part
    assert "<html" not in part
    without_script = client.get(reverse(LIST), {"counts": "1"}).content.decode()
    assert "garment (11)</option>" in without_script


def test_a_filter_is_taken_off_alone(firms: Cast, browser: Browser) -> None:
    page = browser("officer").get(reverse(LIST), {"q": "ໂຮງງານ", "sector": "garment", "risk": "low", "page": "1"})
    chosen = {one.label: one.url for one in page.context["chosen"]}
    assert set(chosen) == {"Sector", "Risk class"}
    assert "sector" not in chosen["Sector"]
    assert "risk=low" in chosen["Sector"]
    assert "page" not in chosen["Sector"]
    strange = browser("officer").get(reverse(LIST), {"sector": "no-such"})
    assert strange.context["page"].paginator.count == 0
    assert [one.words for one in strange.context["chosen"]] == ["no-such"]


def test_without_a_hit_the_name_can_be_added_and_stands_in_the_form(firms: Cast, browser: Browser) -> None:
    client = browser("officer")
    page = client.get(reverse(LIST), {"q": "ໂຮງສີບໍ່ມີ"}).content.decode()
    assert "Add “ໂຮງສີບໍ່ມີ” to the registry" in page
    new = client.get(reverse("enterprises_new"), {"name": "ໂຮງສີບໍ່ມີ"})
    assert new.context["form"]["name_lo"].value() == "ໂຮງສີບໍ່ມີ"
    assert (
        client.get(reverse("enterprises_new"), {"name": "Rice Mill"}).context["form"]["name_en"].value() == "Rice Mill"
    )
    assert "to the registry" not in browser("owner").get(reverse(LIST), {"q": "ໂຮງສີບໍ່ມີ"}).content.decode()


def test_an_empty_registry_says_how_to_begin(cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Enterprise.objects.none()
    monkeypatch.setattr("namsai_centre.enterprises.queries.listed", lambda who, filters: nothing)
    page = browser("officer").get(reverse(LIST)).content.decode()
    assert "There is no enterprise in the registry yet." in page
    assert reverse("enterprises_import") in page
    own = browser("owner").get(reverse(LIST)).content.decode()
    assert "Ask the centre to link you with yours." in own
    assert 'role="search"' not in own, "nothing to search in"


def test_the_owner_of_one_firm_is_not_asked_to_search(cast: Cast, browser: Browser) -> None:
    assert 'type="search"' not in browser("owner").get(reverse(LIST)).content.decode()
    assert 'type="search"' in browser("officer").get(reverse(LIST)).content.decode()
