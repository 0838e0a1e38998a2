"""The list and its search: every spelling, any part of a name, nothing of others, no query per row."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai_centre.enterprises.keys import looks
from namsai_centre.enterprises.models import Alias, Enterprise, Identifier, Place
from namsai_centre.enterprises.queries import Filters, listed, near, picked
from namsai_centre.enterprises.search import found, similar
from namsai_centre.enterprises.search_index import ensure
from namsai_centre.who import Who
from tests.centre.cast import Cast

# Reference 3.3 #8: what looks the same (or is written both ways) is one word.
PAIRS = (
    ("ນ\u0ec9\u0eb3", "ນ\u0ecd\u0ec9າ"),  # tone + am, nikhahit + tone + aa
    ("ນ\u0ec9\u0eb3", "ນ\u0ec9\u0ecdາ"),  # tone + nikhahit + aa
    ("ຄ\u0eb3", "ຄ\u0ecdາ"),
    ("ໜອງ", "ຫນອງ"),
    ("ໝາກ", "ຫມາກ"),
    ("ຫຼວງ", "ຫລວງ"),
    ("ແກ້ວ", "ເເກ້ວ"),
)


def names(enterprises: object) -> set[str]:
    return {str(e) for e in enterprises}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.django_db
def test_both_spellings_find_the_enterprise(one: str, other: str) -> None:
    for stored, typed in ((one, other), (other, one)):
        made = Enterprise.objects.create(name_lo=f"ໂຮງງານ{stored}ຈັນ")
        assert found(Enterprise.objects.all(), typed).filter(pk=made.pk).exists()
        made.delete()


@pytest.mark.django_db
def test_a_part_of_an_unspaced_lao_name_is_found_and_a_scrambled_one_is_not() -> None:
    Enterprise.objects.create(name_lo="ໂຮງງານນ້ຳດື່ມຫຼວງພະບາງ", name_en="Phôngsali Water")
    everywhere = Enterprise.objects.all()
    for text in ("ພະບາງ", "ດື່ມ", "ດື", "ຫລວງພະບາງ ນ້ຳ", "ນ້ຳ ຫຼວງ", "phongsali", "PHÔNG", "ໂຮງງານ\u200bນ້ຳ"):
        assert found(everywhere, text).count() == 1, text
    for text in ("ບາງພະ", "phongsalix", "ນ້ຳເສຍ"):
        assert not found(everywhere, text).exists(), text


@pytest.mark.django_db
def test_spaces_in_the_name_or_in_the_search_do_not_matter() -> None:
    Enterprise.objects.create(name_lo="ໂຮງງານ ນ້ຳ ດື່ມ")
    Enterprise.objects.create(name_lo="ໂຮງງານນ້ຳກ້ອນ")
    assert names(found(Enterprise.objects.all(), "ງານນ້ຳດື່ມ")) == {"ໂຮງງານ ນ້ຳ ດື່ມ"}
    assert names(found(Enterprise.objects.all(), "ກ້ອນ ໂຮງງານ")) == {"ໂຮງງານນ້ຳກ້ອນ"}


@pytest.mark.django_db
def test_other_names_and_numbers_find_it_and_no_longer_once_they_are_removed() -> None:
    firm = Enterprise.objects.create(name_lo="ໂຮງງານ ກ")
    alias = Alias.objects.create(enterprise=firm, name="Old Mill")
    number = Identifier.objects.create(enterprise=firm, issuer="tax", value="12-345 678")
    for text in ("old mill", "mill", "12345678", "12-345", "໑໒-໓໔໕"):
        assert found(Enterprise.objects.all(), text).get() == firm, text
    Enterprise.objects.get(pk=firm.pk).save()  # a later change of the firm keeps them
    assert found(Enterprise.objects.all(), "old mill").exists()
    alias.delete()
    number.delete()
    assert not found(Enterprise.objects.all(), "mill").exists()
    assert not found(Enterprise.objects.all(), "12345678").exists()


@pytest.mark.django_db
def test_typing_errors_are_forgiven_but_not_everything_is_similar() -> None:
    Enterprise.objects.create(name_lo="ໂຮງງານຕັດຫຍິບ ວຽງຈັນ", name_en="Vientiane Garment")
    Enterprise.objects.create(name_lo="ໂຮງງານເບຍ", name_en="Tha Ngon Brewery")
    everywhere = Enterprise.objects.all()
    for text in ("vientian garmet", "Vietiane", "garmnet vientiane", "ຕັດຫຍີບ"):
        assert [e.name_en for e in similar(everywhere, text)][:1] == ["Vientiane Garment"], text
    assert similar(everywhere, "cement works") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ['"', "'; DROP TABLE", "a OR b", "NEAR(x)", "*", "%", "_", "|", "\\", "(", "\x00", "ກ" * 5000]
)
def test_no_text_breaks_the_search(text: str, client: Client) -> None:
    Enterprise.objects.create(name_lo="ໂຮງງານ", name_en="Mill")
    assert not found(Enterprise.objects.all(), text).exists() or text in ("|", "\x00")
    similar(Enterprise.objects.all(), text)


def test_case_01_search_count_near_misses_and_picker_tell_nothing_of_others(
    cast: Cast, who: Callable[[str], Who], browser: Callable[[str], Client]
) -> None:
    rival = who("rival")
    assert listed(rival, Filters(q="garment")).count() == 0
    assert near(rival, Filters(q="garmnt a")) == []
    assert picked(rival, "garment") == []
    page = browser("rival").get(reverse("enterprises_browse"), {"q": "Garment"})
    assert page.context["page"].paginator.count == 0
    assert "Garment A" not in page.content.decode()
    pick = browser("rival").get(reverse("enterprises_pick"), {"q": "Garment"}).content.decode()
    assert "Garment A" not in pick
    assert "Garment A" in browser("owner").get(reverse("enterprises_pick"), {"q": "garmet"}).content.decode()


def test_stage_filter_uses_only_engagements_the_reader_may_see(cast: Cast, who: Callable[[str], Who]) -> None:
    firm, other_work = cast.records["enterprise"], cast.records["engagement_b"]
    other_work.enterprise = firm  # a second engagement of firm A, not given to the expert
    other_work.save()
    assert set(listed(who("officer"), Filters(stage="signed"))) == {firm}
    assert not listed(who("expert"), Filters(stage="signed")).exists()
    assert set(listed(who("expert"), Filters(stage="implementing"))) == {firm}


def test_filters_narrow_and_an_unknown_value_finds_nothing(cast: Cast, who: Callable[[str], Who]) -> None:
    officer = who("officer")
    Enterprise.objects.create(name_lo="ກ", sector="wood", women=3, men=2, risk_class="low")
    Enterprise.objects.create(name_lo="ຂ", sector="wood", workers=51)
    assert names(listed(officer, Filters(sector="wood"))) == {"ກ", "ຂ"}
    assert names(listed(officer, Filters(band="1-5"))) == {"ກ"}
    assert names(listed(officer, Filters(band="51-99"))) == {"ຂ"}
    assert names(listed(officer, Filters(risk="low"))) == {"ກ"}
    assert "ກ" not in names(listed(officer, Filters(risk="none")))
    assert names(listed(officer, Filters(status="closed"))) == {"ໂຮງງານປິດ"}
    for nothing in (
        Filters(sector="x"),
        Filters(band="x"),
        Filters(risk="x"),
        Filters(province="x"),
        Filters(stage="x"),
    ):
        assert not listed(officer, nothing).exists(), nothing


@pytest.mark.parametrize("name", ["q", "sector", "province", "band", "stage", "risk", "status"])
def test_control_characters_in_an_address_break_nothing(
    name: str, cast: Cast, browser: Callable[[str], Client]
) -> None:
    answer = browser("officer").get(reverse("enterprises_browse"), {name: "x\x00y"})
    assert answer.status_code == 200
    assert answer.context["page"].paginator.count == 0
    pick = browser("officer").get(reverse("enterprises_pick"), {"q": "x\x00y"})
    assert pick.status_code == 200


def test_the_list_stands_in_lao_order(who: Callable[[str], Who], cast: Cast) -> None:
    Enterprise.objects.all().exclude(pk__in=[cast.records["enterprise"].pk]).update(status="merged")
    for name in ("ຂາຍ", "ແກ້ວ", "ກາ", "ເຂົ້າ"):
        Enterprise.objects.create(name_lo=name)
    order = [str(e) for e in listed(who("officer"), Filters())]
    assert [n for n in order if n in ("ຂາຍ", "ແກ້ວ", "ກາ", "ເຂົ້າ")] == ["ກາ", "ແກ້ວ", "ຂາຍ", "ເຂົ້າ"]


@pytest.mark.parametrize("asked", ["", "?q=mill", "?stage=none&sector=wood"])
def test_the_list_asks_the_database_as_often_for_20_rows_as_for_5(
    asked: str, cast: Cast, browser: Callable[[str], Client]
) -> None:
    client, counts = browser("officer"), []
    for more in (5, 15):
        for i in range(more):
            district = Place.objects.filter(kind="district")[i]
            facts = {"sector": "wood", "district": district, "province": district.parent}
            Enterprise.objects.create(name_lo=f"ໂຮງ {more} {i}", name_en=f"Mill {more} {i}", **facts)
        client.get(reverse("enterprises_browse") + asked)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(reverse("enterprises_browse") + asked)
        assert len(page.context["page"]) >= more
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12, counts


def test_a_firm_page_asks_as_often_with_one_part_as_with_many(cast: Cast, browser: Callable[[str], Client]) -> None:
    firm, client, counts = cast.records["enterprise"], browser("officer"), []
    for more in (1, 6):
        for i in range(more):
            Identifier.objects.create(enterprise=firm, issuer="tax", value=f"{more}{i}")
            Alias.objects.create(enterprise=firm, name=f"x{more}{i}")
        client.get(reverse("enterprises_see", args=[firm.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("enterprises_see", args=[firm.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


@pytest.mark.django_db
def test_the_index_heals_what_was_written_without_its_triggers() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own index")
    Enterprise.objects.create(name_lo="ໂຮງງານ ກ")
    with connection.cursor() as cursor:
        for name in ("new", "changed", "gone"):
            cursor.execute(f"DROP TRIGGER enterprises_words_{name}")
    Enterprise.objects.all().delete()
    Enterprise.objects.create(name_lo="ໂຮງສີ ຂ")
    assert not found(Enterprise.objects.all(), "ໂຮງສີ").exists()
    ensure(connection)
    assert names(found(Enterprise.objects.all(), "ໂຮງສີ")) == {"ໂຮງສີ ຂ"}
    assert not found(Enterprise.objects.all(), "ໂຮງງານ").exists()
    Enterprise.objects.create(name_lo="ໂຮງເລື່ອຍ ຄ")
    assert names(found(Enterprise.objects.all(), "ເລື່ອຍ")) == {"ໂຮງເລື່ອຍ ຄ"}


def test_letters_of_other_scripts_look_the_same() -> None:
    assert looks("Вeеr Lаo") == looks("Beer Lao")  # Cyrillic В, е, а
    assert looks("Beer Lao") != looks("Bear Lao")
    assert looks("ໂຮງງານ ນ້ຳ") == looks("ໂຮງງານນໍ້າ")
