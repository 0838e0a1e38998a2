"""Saying what became of an option: by whom, for which firm, and what goes together."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.knowhow.actions import feedback as actions
from namsai_centre.knowhow.actions.feedback import Said
from namsai_centre.knowhow.models import Feedback
from namsai_centre.who import Who
from tests.centre.cast import Cast

URL = "/knowhow/option/GAR-007/feedback/"
DONE = {"outcome": "done", "done_on": "2026-01-15", "saving_percent": "42,5", "method": "meter"}
SAID: Said = {
    "outcome": "done",
    "reason": "",
    "note": "",
    "done_on": None,
    "saving_percent": None,
    "method": "",
    "saving_kip": None,
    "cost_kip": None,
}


def test_an_owner_speaks_for_the_own_firm(cast: Cast, browser: Callable[[str], Client]) -> None:
    response = browser("owner").post(URL, DONE)
    assert response.status_code == 302
    made = Feedback.objects.get(option="GAR-007")
    assert (made.enterprise, str(made.saving_percent), made.by) == (
        cast.records["enterprise"],
        "42.50",
        cast.people["owner"],
    )
    assert Entry.objects.filter(action="knowhow.tell", enterprise_id=made.enterprise_id).exists()


@pytest.mark.parametrize("name", ["rival", "former", "verifier", "member"])
def test_nobody_speaks_for_a_firm_that_is_not_theirs(name: str, cast: Cast, who: Callable[[str], Who]) -> None:
    with pytest.raises(PermissionDenied):
        actions.tell(who(name), cast.records["enterprise"], "GAR-007", SAID)


def test_another_firms_id_in_the_address_is_not_taken(cast: Cast, browser: Callable[[str], Client]) -> None:
    browser("rival").post(f"{URL}?enterprise={cast.records['enterprise'].pk}", DONE)
    assert not Feedback.objects.filter(option="GAR-007").exists()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"outcome": "not_applicable", "done_on": "", "saving_percent": "", "method": ""}, "reason"),
        ({"done_on": ""}, "done_on"),
        ({"done_on": "2099-01-01"}, "done_on"),
        ({"method": ""}, "method"),
        ({"saving_percent": "120"}, "saving_percent"),
        ({"outcome": "not_applicable", "reason": "quality"}, "saving_percent"),
        ({"reason": "quality"}, "reason"),
        ({"saving_kip": "-5"}, "saving_kip"),
    ],
)
def test_what_does_not_go_together_is_asked_back_with_the_input_kept(
    wrong: dict[str, str], named: str, browser: Callable[[str], Client]
) -> None:
    response = browser("owner").post(URL, {**DONE, **wrong})
    assert response.status_code == 422
    assert named in response.context["form"].errors
    assert not Feedback.objects.filter(option="GAR-007").exists()


def test_case_11_a_form_sent_twice_is_kept_once(browser: Callable[[str], Client]) -> None:
    sent = {**DONE, "once": str(uuid.uuid4())}
    client = browser("owner")
    assert [client.post(URL, sent).status_code for _ in range(2)] == [302, 302]
    assert Feedback.objects.filter(option="GAR-007").count() == 1


def test_a_second_word_on_the_same_option_is_led_to_the_first(browser: Callable[[str], Client]) -> None:
    client = browser("owner")
    client.post(URL, DONE)
    assert client.post(URL, DONE).status_code == 422
    assert Feedback.objects.filter(option="GAR-007").count() == 1


def test_case_12_a_stale_change_is_shown_and_not_written(cast: Cast, browser: Callable[[str], Client]) -> None:
    said = cast.records["feedback_a"]
    sent = {"outcome": "not_applicable", "reason": "quality", "version": said.version}
    assert browser("owner").post(f"/knowhow/feedback/{said.pk}/", sent).status_code == 302
    assert browser("expert").post(f"/knowhow/feedback/{said.pk}/", {**sent, "reason": "no_supplier"}).status_code == 409
    said.refresh_from_db()
    assert said.reason == "quality"


def test_case_04_other_fields_are_not_written(cast: Cast, browser: Callable[[str], Client]) -> None:
    said = cast.records["feedback_a"]
    sent = {
        "outcome": "not_applicable",
        "reason": "quality",
        "version": said.version,
        "option": "X",
        "by": str(cast.people["rival"].pk),
    }
    browser("owner").post(f"/knowhow/feedback/{said.pk}/", sent)
    said.refresh_from_db()
    assert (said.option, said.by) == ("UTI-038", cast.people["owner"])


def test_a_withdrawn_word_is_gone_and_may_be_said_anew(cast: Cast, browser: Callable[[str], Client]) -> None:
    said, client = cast.records["feedback_a"], browser("owner")
    assert client.post(f"/knowhow/feedback/{said.pk}/withdraw/", {"version": said.version}).status_code == 302
    assert client.get(f"/knowhow/feedback/{said.pk}/").status_code == 404
    assert client.post("/knowhow/option/UTI-038/feedback/", DONE).status_code == 302


def test_the_list_asks_the_database_as_often_for_many_as_for_few(cast: Cast, browser: Callable[[str], Client]) -> None:
    client, counts = browser("officer"), []
    for n in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/knowhow/feedback/").status_code == 200
        counts.append(len(seen))
        for option in ("GAR-001", "GAR-002", "GAR-003") if n == 0 else ():
            Feedback.objects.create(
                enterprise=cast.records["enterprise_b"],
                option=option,
                outcome="done",
                done_on=clock.today(),
                by=cast.people["rival"],
                knowhow_version="x",
            )
    assert counts[0] == counts[1]


def test_from_the_card_it_is_one_tap_to_a_form_that_asks_only_what_belongs_to_the_answer(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    client = browser("owner")
    card = client.get("/knowhow/option/GAR-007/").content.decode()
    assert f'href="{URL}?outcome=done"' in card
    assert f'href="{URL}?outcome=not_applicable"' in card
    done = client.get(f"{URL}?outcome=done").context["form"]
    assert "reason" not in done.fields
    not_us = client.get(f"{URL}?outcome=not_applicable").context["form"]
    assert set(not_us.fields) == {"outcome", "reason", "note", "version"}
    assert client.post(f"{URL}?outcome=not_applicable", {"outcome": "not_applicable"}).status_code == 422
    sent = {"outcome": "not_applicable", "reason": "quality"}
    assert client.post(f"{URL}?outcome=not_applicable", sent).status_code == 302
    made = Feedback.objects.get(option="GAR-007")
    assert (made.outcome, made.reason, made.saving_percent) == ("not_applicable", "quality", None)


def test_who_told_already_is_led_to_what_was_said_and_may_turn_it_round(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    client, said = browser("owner"), cast.records["feedback_a"]
    card = client.get(f"/knowhow/option/{said.option}/").content.decode()
    assert "?outcome=" not in card
    response = client.get(f"/knowhow/option/{said.option}/feedback/?outcome=done")
    assert response["Location"] == f"/knowhow/feedback/{said.pk}/?outcome=done"
    sent = {"outcome": "done", "done_on": "2026-01-15", "version": said.version}
    assert client.post(response["Location"], sent).status_code == 302
    said.refresh_from_db()
    assert (said.outcome, said.reason) == ("done", "")


def test_from_why_an_option_was_suggested_it_is_one_tap_for_the_firm_of_the_assessment(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    run = cast.records["run"]
    firm = run.assessment.engagement.enterprise_id
    page = browser("expert").get(f"/knowhow/why/{run.pk}/COM-001/").content.decode()
    assert f"/knowhow/option/COM-001/feedback/?outcome=done&amp;enterprise={firm}" in page
