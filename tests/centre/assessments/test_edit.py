"""The case is edited section by section: what is typed is kept, every save is a version, parallel edits are merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from namsai_centre.assessments import sections
from namsai_centre.assessments.models import Assessment, CaseVersion, Run
from namsai_centre.audit.models import Entry
from tests.centre.cast import Cast
from tests.centre.reading import page_of

Save = Callable[..., Any]
Newest = Callable[[], CaseVersion]


def page(browser: Callable[[str], Client], assessment: Assessment, section: str, query: str = "") -> str:
    response = browser("expert").get(reverse("assessments_section", args=[assessment.pk, section]) + query)
    assert response.status_code == 200
    return page_of(response)


def test_every_section_shows_its_fields_with_the_words_of_the_form(
    assessment: Assessment, browser: Callable[[str], Client]
) -> None:
    for name in sections.names():
        said = page(browser, assessment, name)
        assert f"<h1>{sections.title(name, 'en')}</h1>" in said
    streams = page(browser, assessment, "streams")
    assert 'name="r0.amount.value" value="45000"' in streams or 'name="r0.amount.value"' in streams
    assert '<option value="weighed"' in streams
    assert "list-units" in streams


def test_a_save_makes_a_new_version_and_leaves_the_old_one(save: Save, newest: Newest, kiln: dict[str, Any]) -> None:
    response = save("streams", {"r0.amount.value": "777", "note": "from the bill"})
    assert response.status_code == 302
    now = newest()
    assert (now.number, now.note, now.document["streams"][0]["amount"]["value"]) == (2, "from the bill", 777)
    old = now.assessment.cases.get(number=1)
    assert old.document == kiln
    assert now.complete
    entry = Entry.objects.filter(action="assessments.save").latest("id")
    assert entry.after is not None
    assert "777" in entry.after.values()
    assert entry.reason == "from the bill"


def test_a_page_sent_back_as_it_was_changes_nothing(
    save: Save, newest: Newest, assessment: Assessment, browser: Callable[[str], Client]
) -> None:
    said = page(browser, assessment, "streams")
    import re

    fields = dict(re.findall(r'<input id="[^"]+" name="(r[^"]+)" value="([^"]*)"', said))
    assert len(fields) > 30
    save("streams", fields)
    assert newest().number == 1


def test_a_kept_decimal_sent_back_in_either_language_is_not_asked_back(save: Save, newest: Newest) -> None:
    save("streams", {"r0.amount.value": "1.25"})
    assert newest().document["streams"][0]["amount"]["value"] == 1.25
    save("streams", {"r0.amount.value": "1.234.567,5"}, base=2)
    assert newest().document["streams"][0]["amount"]["value"] == 1234567.5
    save("streams", {"r0.amount.value": "1234567,5", "r1.amount.uncertainty": "7"}, base=3)
    assert newest().document["streams"][0]["amount"]["value"] == 1234567.5
    assert newest().number == 4


@pytest.mark.parametrize("shown", ["1.234", "1,234"])  # how 1.234 stands in its field in English and in Lao
def test_a_kept_value_that_would_have_two_readings_is_left_alone(shown: str, save: Save, newest: Newest) -> None:
    save("streams", {"r0.amount.value": "1.2340"})
    save("streams", {"r0.amount.value": shown, "r1.amount.uncertainty": "7"}, base=2)
    assert newest().number == 3
    assert newest().document["streams"][0]["amount"]["value"] == 1.234


def test_a_number_with_two_readings_is_kept_as_typed_and_asked_back(
    save: Save, newest: Newest, assessment: Assessment, browser: Callable[[str], Client]
) -> None:
    save("streams", {"r0.amount.value": "1.234"})
    now = newest()
    assert now.document["streams"][0]["amount"]["value"] == "1.234"
    assert not now.complete
    said = page(browser, assessment, "streams")
    assert "has two readings: 1,234 (Lao way of writing) or 1.234 (English way)" in said
    assert 'aria-describedby="r0.amount.value-found"' in said
    assert 'value="1.234"' in said


def test_lao_digits_are_read(save: Save, newest: Newest) -> None:
    save("streams", {"r0.amount.value": "໑.໒໓໔,໕"})
    assert newest().document["streams"][0]["amount"]["value"] == 1234.5


def test_a_wrong_draft_is_kept_but_does_not_run(
    save: Save, newest: Newest, assessment: Assessment, browser: Callable[[str], Client]
) -> None:
    save("streams", {"r0.material": "nothing-like-it", "r1.amount.unit": "", "r2.amount.value": "many"})
    now = newest()
    assert now.document["streams"][0]["material"] == "nothing-like-it"
    assert now.document["streams"][2]["amount"]["value"] == "many"
    said = page(browser, assessment, "streams")
    assert said.count('aria-invalid="true"') == 3  # all at once, each beside its field
    before = Run.objects.count()
    browser("expert").post(reverse("assessments_run", args=[assessment.pk]))
    assert Run.objects.count() == before


def test_rows_are_added_and_taken_out(save: Save, newest: Newest, kiln: dict[str, Any]) -> None:
    rows = len(kiln["streams"])
    new = {"n1.id": "extra", "n1.from": "purchase", "n1.to": kiln["processes"][0]["id"], "n1.material": "clay"}
    save("streams", {**new, "n2.id": ""})
    assert newest().document["streams"][-1] == {key[3:]: value for key, value in new.items()}
    assert len(newest().document["streams"]) == rows + 1
    save("streams", {"x0": "1"}, base=2)
    assert newest().document["streams"][0] == kiln["streams"][1]


def test_case_04_fields_that_are_not_of_the_section_are_not_written(save: Save, newest: Newest) -> None:
    save(
        "streams", {"r0.complete": "1", "r0.__class__": "x", "schema": "evil/1", "r0.amount": "9", "state": "released"}
    )
    assert newest().number == 1
    save("values", {"r0.schema": "evil/1", "r0.streams": "x", "n1.id": "other", "x0": "1"})
    assert newest().number == 1


def test_control_characters_never_reach_the_database(save: Save, newest: Newest) -> None:
    save("streams", {"r0.note.en": "a\x00b\x07c"})
    assert newest().document["streams"][0]["note"]["en"] == "abc"


def test_three_hundred_streams_come_in_pages_and_each_is_found(
    assessment: Assessment, kiln: dict[str, Any], browser: Callable[[str], Client], django_assert_max_num_queries: Any
) -> None:
    many = [{**kiln["streams"][0], "id": f"s{n}"} for n in range(300)]
    CaseVersion.objects.create(
        assessment=assessment, number=2, document={**kiln, "streams": many}, by=assessment.by, complete=True
    )
    said = page(browser, assessment, "streams", "?page=15")
    assert said.count("case-row") == 20
    assert 'value="s299"' in said
    assert "Page 15 of 15" in said
    assert 'value="s123"' in page(browser, assessment, "streams", "?q=s123")
    client = browser("expert")
    with django_assert_max_num_queries(14):
        client.get(reverse("assessments_section", args=[assessment.pk, "streams"]))


def test_a_row_can_be_added_without_and_with_script(assessment: Assessment, browser: Callable[[str], Client]) -> None:
    assert 'name="n1.material"' in page(browser, assessment, "streams", "?add=1")
    piece = page(browser, assessment, "streams", "?blank=1")
    assert "<html" not in piece
    assert '.amount.value"' in piece


def test_two_people_in_different_fields_are_merged(save: Save, newest: Newest) -> None:
    save("streams", {"r0.amount.value": "10"}, person="officer")
    save("streams", {"r0.amount.uncertainty": "9", "r1.amount.value": "11"}, person="expert", base=1)
    now = newest()
    assert now.number == 3
    first, second = now.document["streams"][:2]
    assert (first["amount"]["value"], first["amount"]["uncertainty"], second["amount"]["value"]) == (10, 9, 11)


def test_a_row_put_in_before_does_not_shift_the_other_persons_change(save: Save, newest: Newest, kiln: Any) -> None:
    save("streams", {"x0": "1"}, person="officer")
    save("streams", {"r3.amount.value": "55"}, base=1)
    found = {row["id"]: row for row in newest().document["streams"]}
    assert found[kiln["streams"][3]["id"]]["amount"]["value"] == 55
    assert kiln["streams"][0]["id"] not in found


def test_case_12_two_editors_of_the_same_field_get_a_comparison_never_a_silent_overwrite(
    save: Save, newest: Newest, assessment: Assessment
) -> None:
    save("streams", {"r0.amount.value": "10"}, person="officer")
    response = save("streams", {"r0.amount.value": "20"}, person="expert", base=1)
    assert response.status_code == 409
    said = response.content.decode()
    assert newest().document["streams"][0]["amount"]["value"] == 10
    assert ">10</td>" in said
    assert ">20</td>" in said
    assert 'name="over" value="2"' in said
    again = save("streams", {"r0.amount.value": "20", "over": "2"}, base=1)
    assert again.status_code == 302
    assert newest().document["streams"][0]["amount"]["value"] == 20


def test_seeing_an_older_conflict_does_not_allow_to_write_over_a_newer_one(save: Save, newest: Newest) -> None:
    save("streams", {"r0.amount.value": "10"}, person="officer")
    save("streams", {"r0.amount.value": "12"}, person="officer", base=2)
    assert save("streams", {"r0.amount.value": "20", "over": "2"}, base=1).status_code == 409
    assert newest().document["streams"][0]["amount"]["value"] == 12


def test_taking_out_a_row_that_another_changed_is_a_conflict(save: Save, newest: Newest, kiln: Any) -> None:
    save("streams", {"r0.amount.value": "10"}, person="officer")
    assert save("streams", {"x0": "1"}, base=1).status_code == 409
    assert newest().document["streams"][0]["id"] == kiln["streams"][0]["id"]


def test_changing_a_row_that_another_took_out_is_a_conflict(save: Save, newest: Newest, kiln: Any) -> None:
    save("streams", {"x0": "1"}, person="officer")
    response = save("streams", {"r0.amount.value": "10"}, base=1)
    assert response.status_code == 409
    assert "the row was taken out" in response.content.decode()
    assert save("streams", {"r0.amount.value": "10", "over": "2"}, base=1).status_code == 302
    back = newest().document["streams"][-1]
    assert (back["id"], back["amount"]["value"]) == (kiln["streams"][0]["id"], 10)


@pytest.mark.parametrize("state", ["in_review", "released"])
def test_nobody_edits_what_is_in_review_or_released(
    state: str, save: Save, newest: Newest, assessment: Assessment
) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(state=state)
    assert save("streams", {"r0.amount.value": "10"}, person="director").status_code == 404
    assert newest().number == 1


def test_an_unknown_section_and_an_unknown_base_are_not_found(
    save: Save, assessment: Assessment, browser: Callable[[str], Client], cast: Cast
) -> None:
    assert browser("expert").get(reverse("assessments_section", args=[assessment.pk, "nothing"])).status_code == 404
    for base in (0, 99, 10**30):
        assert save("streams", {"r0.amount.value": "1"}, base=base).status_code == 404


@pytest.mark.parametrize("typed", ["1e999", "-1e999", "9" * 299, "²", "٣"])
def test_strange_numbers_are_kept_and_shown_again(
    typed: str, save: Save, newest: Newest, assessment: Assessment, browser: Callable[[str], Client]
) -> None:
    assert save("streams", {"r0.amount.value": typed}).status_code == 302
    assert newest().number == 2
    assert page(browser, assessment, "streams")
    data = reverse("assessments_data", args=[assessment.pk, 2, "streams"])
    assert browser("expert").get(data).status_code == 200
