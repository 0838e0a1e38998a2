"""The self-check: plain questions, three things to look at, nothing invented, "don't know" never counted as good."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from namsai.knowhow import load
from namsai.texts import has, text
from namsai_centre.engagements.actions.answer_selfcheck import answer_selfcheck
from namsai_centre.engagements.models import SelfCheck
from namsai_centre.engagements.refusal import Refused
from namsai_centre.engagements.selfcheck import ANSWERS, LACKING, questions, result
from namsai_centre.who import Who
from tests.centre.cast import Cast

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]
GOOD = {q.id: "yes" for q in questions()}
answers = st.fixed_dictionaries({q.id: st.sampled_from(q.answers) for q in questions()})


def test_every_question_has_words_and_options_of_the_know_how() -> None:
    knowhow = load()
    assert 12 <= len(questions()) <= 15
    assert {q.area for q in questions()} == {
        "housekeeping", "water", "energy", "materials", "chemicals", "waste", "work",
    }  # fmt: skip
    for q in questions():
        assert has(f"engagements.ask_{q.id}")
        asked = text(f"engagements.ask_{q.id}", "lo")
        assert "ບໍ່" in asked
        assert asked.endswith("?")
        for option in (*q.options, *(o for many in (q.by_sector or {}).values() for o in many)):
            assert knowhow.option(option).title_lo, option


@given(answers)
def test_what_is_not_known_is_never_good_and_nothing_is_lost(given_answers: dict[str, str]) -> None:
    r = result(given_answers, "garment")
    unknown = {k for k, v in given_answers.items() if v == "unknown"}
    assert unknown == {q.id for q in r.find_out}
    assert not unknown & {q.id for q in r.good}
    wrong = {k for k, v in given_answers.items() if v in ("no", "partly")}
    shown = {t.question.id for t in (*r.first, *r.further)}
    assert wrong <= shown
    assert len(r.first) == min(3, len(wrong) + len(unknown))
    assert sum(r.counts.values()) == r.asked


@given(answers)
def test_no_comes_before_partly_and_partly_before_not_known(given_answers: dict[str, str]) -> None:
    order = [("no", "partly", "unknown").index(t.answer) for t in result(given_answers, "").first]
    assert order == sorted(order)


def test_all_unknown_gives_three_things_to_look_at_and_no_praise() -> None:
    r = result({q.id: "unknown" for q in questions()}, "")
    assert (len(r.first), r.good, r.counts["yes"]) == (3, (), 0)


def test_the_options_of_the_sector_come_first() -> None:
    thing = result({**GOOD, "switch_off": "no"}, "garment").first[0]
    assert [o.id for o in thing.options] == ["GAR-012", "UTI-034", "UTI-039"]
    thing = result({**GOOD, "switch_off": "no"}, "wood").first[0]
    assert [o.id for o in thing.options] == ["UTI-034", "UTI-039"]


def test_only_what_a_firm_may_lack_can_be_lacking(cast: Cast, who: AsWho) -> None:
    for q in questions():
        assert (LACKING in q.answers) == q.may_lack
    with pytest.raises(Refused):
        answer_selfcheck(who("owner"), cast.records["enterprise"], answers={**GOOD, "tidy": LACKING})
    with pytest.raises(Refused):
        answer_selfcheck(who("owner"), cast.records["enterprise"], answers={"tidy": "yes"})


def test_an_owner_answers_on_one_page_and_sees_what_to_look_at(cast: Cast, browser: Browser) -> None:
    client = browser("owner")
    url = reverse("engagements_selfcheck", args=[cast.records["enterprise"].pk])
    page = client.get(url).content.decode()
    assert page.count('type="radio"') == sum(len(q.answers) for q in questions())
    assert "checked" not in re.sub(r"<header.*?</header>", "", page, flags=re.S)  # no answer is given for them
    response = client.post(url, {**GOOD, "tidy": "no", "ideas": "unknown"}, follow=True)
    text_ = response.content.decode()
    assert "5S" in text_
    assert "UTI-067" in text_
    check = SelfCheck.objects.latest("created_at")
    assert (check.by, check.engagement, check.answers["ideas"]) == (
        cast.people["owner"], cast.records["engagement"], "unknown",
    )  # fmt: skip


def test_a_missing_answer_keeps_the_others(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_selfcheck", args=[cast.records["enterprise"].pk])
    sent = {k: v for k, v in GOOD.items() if k not in ("tidy", "ideas")}
    response = browser("owner").post(url, sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"tidy", "ideas"}
    assert response.content.decode().count("checked") == len(sent)


def test_a_self_check_is_read_by_the_firm_and_who_works_with_it(cast: Cast, who: AsWho) -> None:
    for name in ("rival", "former", "verifier", "trainer", "donor"):
        with pytest.raises(PermissionDenied):
            answer_selfcheck(who(name), cast.records["enterprise"], answers=GOOD)


def test_the_result_prints_no_number_that_the_know_how_does_not_hold(cast: Cast, browser: Browser) -> None:
    client = browser("owner")
    url = reverse("engagements_selfcheck", args=[cast.records["enterprise"].pk])
    page = client.post(url, dict.fromkeys(GOOD, "no"), follow=True).content.decode()
    body = re.sub(r"<[^>]+>", " ", page[page.index("<h2>") : page.index("</main>")])
    titles = " ".join(
        o.title_en + " " + o.id for t in result(dict.fromkeys(GOOD, "no"), "garment").first for o in t.options
    )
    body = re.sub(r"(Your answers:|We do not|\d\. )[^.]*", " ", body)
    for number in re.findall(r"\d+(?:[.,]\d+)?", body):
        assert number in titles, number


def test_the_answers_in_both_languages_have_words() -> None:
    for answer in (*ANSWERS, LACKING):
        assert has(f"engagements.answer_{answer}")
