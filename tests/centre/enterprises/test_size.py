"""The legal size class: from dated thresholds, and not known where the table or a figure is missing."""

from __future__ import annotations

from datetime import date

import pytest

from namsai_centre.enterprises.models import Enterprise, Place, SizeThreshold
from namsai_centre.enterprises.places import division, load_places, load_thresholds, rows
from namsai_centre.enterprises.size import of_size, size_class

BEFORE, AFTER = date(2022, 6, 1), date(2026, 11, 25)


def firm(**facts: object) -> Enterprise:
    return Enterprise(name_lo="ກ", economic_kind="production", **facts)


@pytest.mark.django_db
def test_five_workers_were_micro_and_six_are_over_what_is_known() -> None:
    assert size_class(firm(workers=5), BEFORE).size == "micro"
    over = size_class(firm(workers=6), BEFORE)
    assert (over.size, over.why) == (None, "over_known")


@pytest.mark.django_db
def test_one_of_the_conditions_is_enough() -> None:
    assert size_class(firm(workers=40, assets_kip=99_999_999), BEFORE).size == "micro"
    assert size_class(firm(workers=40, assets_kip=100_000_000), BEFORE).size is None


@pytest.mark.django_db
def test_since_the_decree_of_2023_the_class_is_not_known_but_never_guessed() -> None:
    assert size_class(firm(workers=5), date(2023, 2, 27)).size == "micro"
    for day in (date(2023, 2, 28), AFTER, date(2016, 1, 1)):
        found = size_class(firm(workers=5), day)
        assert (found.size, found.why) == (None, "no_table"), day


@pytest.mark.django_db
def test_missing_figures_are_not_zero() -> None:
    assert size_class(firm(), BEFORE).why == "no_figures"
    assert size_class(firm(women=3), BEFORE).why == "no_figures"  # men unknown: the sum is unknown
    assert size_class(firm(women=3, men=0), BEFORE).size == "micro"
    assert size_class(Enterprise(name_lo="ກ", workers=3), BEFORE).why == "no_kind"


def test_a_whole_table_gives_every_class() -> None:
    table = [
        SizeThreshold(economic_kind="production", size=s, most_workers=w, valid_from=AFTER, source="test")
        for s, w in (("micro", 5), ("small", 50), ("medium", 99))
    ]
    sizes = [size_class(firm(workers=n), AFTER, table).size for n in (1, 5, 6, 50, 51, 99, 100)]
    assert sizes == ["micro", "micro", "small", "small", "medium", "medium", "large"]


@pytest.mark.django_db
def test_the_filter_of_the_list_says_the_same_as_the_page() -> None:
    for size, workers, assets in (("micro", 5, 100), ("small", 50, None), ("medium", 99, 4000)):
        SizeThreshold.objects.create(
            economic_kind="production",
            size=size,
            most_workers=workers,
            most_assets_kip=assets,
            valid_from=AFTER,
            source="t",
        )
    SizeThreshold.objects.create(economic_kind="trade", size="micro", most_workers=3, valid_from=AFTER, source="t")
    counts = (None, 1, 3, 5, 6, 50, 51, 99, 100)
    for kind in ("production", "trade", "services", ""):
        for hands in counts:
            for assets in (None, 0, 100, 101, 4001):
                Enterprise.objects.create(name_lo="ກ", economic_kind=kind, workers=hands, assets_kip=assets)
        Enterprise.objects.create(name_lo="ກ", economic_kind=kind, women=2, men=3)
        Enterprise.objects.create(name_lo="ກ", economic_kind=kind, women=2)
    told = {e.pk: size_class(e, AFTER).size for e in Enterprise.objects.all()}
    for size in ("micro", "small", "medium", "large", "household"):
        expected = {key for key, found in told.items() if found == size}
        assert set(of_size(Enterprise.objects.all(), size, AFTER).values_list("pk", flat=True)) == expected, size
    assert {"micro", "small", "medium", "large", None} == set(told.values())


@pytest.mark.django_db
def test_the_data_files_load_twice_without_a_change() -> None:
    before = list(Place.objects.values_list("pk", "code", "name_lo").order_by("pk"))
    assert load_places(Place) == len(before) == Place.objects.count()
    assert list(Place.objects.values_list("pk", "code", "name_lo").order_by("pk")) == before
    load_thresholds(SizeThreshold)
    assert SizeThreshold.objects.count() == len(rows("size_thresholds"))


@pytest.mark.django_db
def test_there_are_18_provinces_each_with_districts_and_every_row_has_both_names() -> None:
    provinces = Place.objects.filter(kind="province")
    assert set(provinces.values_list("code", flat=True)) == {
        f"LA-{c}"
        for c in [
            "AT",
            "BK",
            "BL",
            "CH",
            "HO",
            "KH",
            "LM",
            "LP",
            "OU",
            "PH",
            "SL",
            "SV",
            "VI",
            "VT",
            "XA",
            "XE",
            "XI",
            "XS",
        ]
    }
    assert all(p.districts.exists() for p in provinces)
    assert Place.objects.filter(kind="district").count() == 148
    assert not Place.objects.filter(name_lo="").exists()
    assert not Place.objects.filter(name_en="").exists()
    assert not Place.objects.filter(source="").exists()


def test_activities_have_a_title_only_in_the_revision_that_is_in_the_data() -> None:
    title = division("1410", "4")
    assert title is not None
    assert title.name_en == "Manufacture of wearing apparel"
    assert division("1410", "5") is None
    assert division("9900", "4") is None
