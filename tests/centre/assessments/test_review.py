"""A second person looks it over before release; what was released is fixed; history is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai_centre.accounts.models import Notice
from namsai_centre.assessments.actions import review as actions
from namsai_centre.assessments.models import Assessment, CaseVersion, Review, Run
from namsai_centre.audit.models import Entry
from namsai_centre.who import Who
from tests.centre.cast import Cast

Browser = Callable[[str], Client]


@pytest.fixture
def waiting(cast: Cast) -> Assessment:
    """An assessment of the expert that waits for a second person."""
    found: Assessment = cast.records["assessment_review"]
    return found


def send(browser: Browser, assessment: Assessment, person: str, **fields: Any) -> Any:
    assessment.refresh_from_db()
    data = {"version": assessment.version, "decision": "accept", "review_note": "", **fields}
    return browser(person).post(reverse("assessments_review", args=[assessment.pk]), data)


def test_a_draft_is_handed_in_with_a_finished_run_of_its_newest_version(
    assessment: Assessment, browser: Browser, kiln: dict[str, Any]
) -> None:
    kiln["streams"][0]["amount"]["value"] = 7
    later = CaseVersion.objects.create(assessment=assessment, number=2, document=kiln, by=assessment.by, complete=True)
    url = reverse("assessments_submit", args=[assessment.pk])
    browser("expert").post(url)
    assessment.refresh_from_db()
    assert assessment.state == "draft"
    later.delete()
    browser("expert").post(url)
    assessment.refresh_from_db()
    assert assessment.state == "in_review"


def test_a_second_person_releases_and_the_firm_sees_it(waiting: Assessment, browser: Browser, cast: Cast) -> None:
    assert send(browser, waiting, "officer", review_note="fine").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.released_run) == ("released", cast.records["run_review"])
    assert waiting.released_at is not None
    assert Review.objects.get().by == cast.people["officer"]
    assert browser("owner").get(reverse("assessments_results", args=[waiting.released_run_id])).status_code == 200
    assert Entry.objects.filter(action="assessments.accept").count() == 1


def test_who_made_it_never_reviews_it(waiting: Assessment, browser: Browser, cast: Cast) -> None:
    Assessment.objects.filter(pk=waiting.pk).update(by=cast.people["officer"])
    assert send(browser, waiting, "officer").status_code == 404
    assert send(browser, waiting, "director").status_code == 302


def test_who_wrote_a_version_of_the_case_never_reviews_it(waiting: Assessment, browser: Browser, cast: Cast) -> None:
    CaseVersion.objects.create(assessment=waiting, number=0, document={}, by=cast.people["director"])
    assert send(browser, waiting, "director").status_code == 404


def test_who_ran_it_never_reviews_it(waiting: Assessment, browser: Browser, cast: Cast) -> None:
    Run.objects.filter(assessment=waiting).update(by=cast.people["director"])
    assert send(browser, waiting, "director").status_code == 404
    assert send(browser, waiting, "officer").status_code == 302


def test_the_rule_holds_in_the_action_too(waiting: Assessment, who: Callable[[str], Who], cast: Cast) -> None:
    for person in ("expert", "owner", "verifier"):
        with pytest.raises(PermissionDenied):
            actions.review(who(person), waiting, cast.records["run_review"], accepted=True, note="", expected=1)
    assert not Review.objects.exists()


def test_a_return_needs_a_reason_and_makes_it_a_draft_again(waiting: Assessment, browser: Browser) -> None:
    refused = send(browser, waiting, "director", decision="return")
    assert refused.status_code == 422
    assert "Say why it is returned" in refused.content.decode()
    assert send(browser, waiting, "director", decision="return", review_note="water is missing").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.released_run) == ("draft", None)
    said = browser("expert").get(reverse("assessments_see", args=[waiting.pk])).content.decode()
    assert "water is missing" in said


def test_case_12_a_review_of_what_was_changed_meanwhile_is_stale(
    waiting: Assessment, browser: Browser, who: Callable[[str], Who]
) -> None:
    old = waiting.version
    actions.reopen(who("officer"), waiting, reason="x", expected=old)
    waiting.refresh_from_db()
    Assessment.objects.filter(pk=waiting.pk).update(state="in_review")
    response = send(browser, waiting, "director", version=old)
    assert response.status_code == 409
    waiting.refresh_from_db()
    assert waiting.state == "in_review"
    assert not Review.objects.exists()


def test_reopening_keeps_the_reviews_and_what_was_released(waiting: Assessment, browser: Browser, cast: Cast) -> None:
    send(browser, waiting, "officer", review_note="fine")
    waiting.refresh_from_db()
    url = reverse("assessments_reopen", args=[waiting.pk])
    assert browser("director").post(url, {"version": waiting.version}).status_code == 422  # a reason is needed
    browser("director").post(url, {"version": waiting.version, "reopen_reason": "new bill"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.released_run) == ("draft", cast.records["run_review"])
    assert Review.objects.count() == 1
    assert browser("owner").get(reverse("assessments_results", args=[waiting.released_run_id])).status_code == 200
    assert Entry.objects.get(action="assessments.reopen").reason == "new bill"


def test_a_released_run_stays_as_it_is_when_it_is_calculated_again(
    waiting: Assessment, browser: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    send(browser, waiting, "officer")
    waiting.refresh_from_db()
    assert waiting.released_run is not None
    before = waiting.released_run.result
    with django_capture_on_commit_callbacks(execute=True):
        browser("expert").post(reverse("assessments_run", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.runs.count() == 2
    assert waiting.released_run is not None
    assert waiting.released_run.result == before
    assert waiting.state == "released"


def told(cast: Cast, key: str) -> set[str]:
    people = {one.pk: name for name, one in cast.people.items()}
    return {people[n.person_id] for n in Notice.objects.filter(key=f"assessments.{key}")}


def test_those_concerned_are_told(waiting: Assessment, assessment: Assessment, browser: Browser, cast: Cast) -> None:
    browser("expert").post(reverse("assessments_submit", args=[assessment.pk]))
    assert told(cast, "told_waiting") == {"director", "officer"}
    send(browser, waiting, "director", decision="return", review_note="water is missing")
    assert told(cast, "told_returned") == {"expert"}
    assert "water is missing" in Notice.objects.get(key="assessments.told_returned").facts["note"]
    send(browser, assessment, "director")
    assert told(cast, "told_released") == {"expert", "owner"}
