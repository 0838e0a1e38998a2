"""The list, a new assessment, and versions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai_centre.assessments.models import Assessment, CaseVersion
from namsai_centre.demo.assessments import PLANTS, document
from namsai_centre.engagements.models import Engagement
from namsai_centre.enterprises.models import Enterprise
from tests.centre.cast import Cast

Browser = Callable[[str], Client]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_list_asks_as_many_questions_for_many_as_for_few(cast: Cast, browser: Browser) -> None:
    client, url = browser("director"), reverse("assessments_browse")
    few = queries(client, url)
    for n in range(20):
        firm = Enterprise.objects.create(name_lo=f"ໂຮງງານ {n}")
        work = Engagement.objects.create(enterprise=firm)
        made = Assessment.objects.create(engagement=work, title=str(n), sector="general", by=cast.people["officer"])
        CaseVersion.objects.create(assessment=made, number=1, document={}, by=cast.people["officer"])
    assert queries(client, url) == few


def test_each_sees_only_their_own(cast: Cast, browser: Browser) -> None:
    url = reverse("assessments_browse")
    for person, count in (("director", 2), ("expert", 2), ("owner", 2), ("former", 0), ("rival", 0)):
        assert f"Assessments: {count}" in browser(person).get(url).content.decode(), person


def test_the_list_is_searched_and_filtered(cast: Cast, browser: Browser) -> None:
    client, url = browser("director"), reverse("assessments_browse")
    assert "Assessments: 1" in client.get(url, {"state": "in_review"}).content.decode()
    assert "Assessments: 2" in client.get(url, {"q": "garment a"}).content.decode()
    assert "Assessments: 0" in client.get(url, {"q": "Food B"}).content.decode()


def new(browser: Browser, cast: Cast, person: str = "expert", **fields: Any) -> Any:
    data = {"engagement": cast.records["engagement"].pk, "title": "2027", "sector": "garment", **fields}
    return browser(person).post(reverse("assessments_new"), data)


def test_a_blank_one_knows_the_firm_and_leaves_the_rest_empty(cast: Cast, browser: Browser) -> None:
    response = new(browser, cast)
    made = Assessment.objects.get(title="2027")
    assert response["Location"] == reverse("assessments_see", args=[made.pk])
    first = made.cases.get()
    assert first.document["enterprise"] == {
        "name": {"lo": "ໂຮງງານຕັດຫຍິບ ກ", "en": "Garment A"}, "sector": "garment",
    }  # fmt: skip
    assert not first.complete
    assert "streams" not in first.document
    assert browser("expert").get(response["Location"]).status_code == 200


def test_an_earlier_one_gives_the_plant_but_not_its_amounts(cast: Cast, browser: Browser, kiln: dict[str, Any]) -> None:
    new(browser, cast, earlier=cast.records["assessment"].pk)
    found = Assessment.objects.get(title="2027").cases.get().document
    assert [row["id"] for row in found["streams"]] == [row["id"] for row in kiln["streams"]]
    assert not any("amount" in row for row in found["streams"])
    assert "period" not in found


def test_a_file_begins_one_and_a_bad_one_is_refused_with_its_findings(
    cast: Cast, browser: Browser, kiln: dict[str, Any]
) -> None:
    bad = new(browser, cast, file=SimpleUploadedFile("x.xlsx", b"PK\x03\x04nonsense"))
    assert bad.status_code == 422
    assert not Assessment.objects.filter(title="2027").exists()
    new(browser, cast, file=SimpleUploadedFile("x.json", json.dumps(kiln).encode()))
    assert Assessment.objects.get(title="2027").cases.get().document == kiln


def test_case_11_the_same_form_sent_twice_makes_one(cast: Cast, browser: Browser) -> None:
    key = str(uuid4())
    first, second = new(browser, cast, once=key), new(browser, cast, once=key)
    assert first["Location"] == second["Location"]
    assert Assessment.objects.filter(title="2027").count() == 1


def test_an_engagement_of_others_cannot_be_chosen(cast: Cast, browser: Browser) -> None:
    other = cast.records["engagement_b"].pk
    assert new(browser, cast, engagement=other).status_code == 422
    assert new(browser, cast, person="former").status_code == 422
    assert new(browser, cast, person="officer", engagement=other).status_code == 302


def test_nothing_filled_in_says_all_that_is_missing_at_once(cast: Cast, browser: Browser) -> None:
    said = new(browser, cast, engagement="", title="", sector="").content.decode()
    assert said.count('class="error"') >= 3


def test_a_version_is_compared_read_and_restored_as_a_new_one(
    cast: Cast, browser: Browser, assessment: Assessment, kiln: dict[str, Any]
) -> None:
    first = kiln["streams"][0]["amount"]["value"]
    other = json.loads(json.dumps(kiln))
    other["streams"][0]["amount"]["value"] = 99
    other["streams"].pop()
    CaseVersion.objects.create(assessment=assessment, number=2, document=other, by=assessment.by)
    client = browser("expert")
    said = client.get(reverse("assessments_version", args=[assessment.pk, 2])).content.decode()
    assert f">{first:,}</td>" in said
    assert ">99</td>" in said
    assert "taken out" in said
    data = client.get(reverse("assessments_data", args=[assessment.pk, 2, "streams"])).content.decode()
    assert ">99 " in data
    client.post(reverse("assessments_restore", args=[assessment.pk, 1]))
    assert assessment.cases.get(number=3).document == kiln
    assert assessment.cases.get(number=2).document == other
    client.post(reverse("assessments_restore", args=[assessment.pk, 1]))
    assert assessment.cases.count() == 3  # the same again changes nothing
    assert client.get(reverse("assessments_version", args=[assessment.pk, 9])).status_code == 404


def test_the_demo_has_the_example_plants_as_they_are() -> None:
    examples = Path(__file__).parents[3] / "examples"
    assert {p.parent.name for p in examples.glob("*/case.json")} == {name for name, *_ in PLANTS}
    for name, *_ in PLANTS:
        assert document(name) == json.loads((examples / name / "case.json").read_text(encoding="utf-8"))
