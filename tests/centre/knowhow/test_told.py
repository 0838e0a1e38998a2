"""Who is told of a proposal: those who may review it, then who proposed it; nobody of their own deed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from namsai_centre.accounts.models import Notice
from namsai_centre.knowhow.actions import propose as actions
from namsai_centre.knowhow.actions.review import review
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.knowhow.test_workflow import suggest

People = Callable[[str], Who]


def told(cast: Cast, key: str) -> set[str]:
    found = Notice.objects.filter(key=f"knowbase.{key}").values_list("person_id", flat=True)
    return {name for name, person in cast.people.items() if person.pk in set(found)}


def test_a_proposal_is_told_to_the_staff_who_may_review_it_not_to_who_made_it(cast: Cast, who: People) -> None:
    suggest(who("officer"))
    assert told(cast, "told_change") == {"director"}
    actions.approve(who("expert"), option="TEX-034", why="x")
    assert told(cast, "told_approve") == {"director", "officer"}


@pytest.mark.parametrize("decision", ["accepted", "returned"])
def test_the_decision_is_told_to_who_proposed_it_with_the_words(cast: Cast, who: People, decision: str) -> None:
    one = suggest(who("expert"))
    review(who("director"), one, one.version, decision=decision, note="which tables?")
    assert told(cast, f"told_{decision}") == {"expert"}
    notice = Notice.objects.get(key=f"knowbase.told_{decision}")
    assert (notice.facts["note"], notice.url) == ("which tables?", f"/knowhow/proposals/{one.pk}/")


def test_a_proposal_that_was_given_back_and_changed_is_told_anew_another_change_is_not(cast: Cast, who: People) -> None:
    one = suggest(who("officer"))
    actions.change(who("officer"), one, one.version, wanted={"options": {"tradeoffs": "B"}}, why="b")
    assert Notice.objects.filter(key="knowbase.told_change").count() == 1
    review(who("director"), one, one.version, decision="returned", note="why?")
    actions.change(who("officer"), one, one.version, wanted={"options": {"tradeoffs": "C"}}, why="c")
    assert Notice.objects.filter(key="knowbase.told_change").count() == 2


def test_the_notice_names_the_option_in_the_readers_language(
    cast: Cast, who: People, browser: Callable[[str], Client]
) -> None:
    actions.retire(who("expert"), option="GAR-001", why="x")
    notice = Notice.objects.filter(key="knowbase.told_retire").first()
    assert notice is not None
    assert notice.facts["title"]["en"].startswith("CAD marker making")
    assert "CAD" in notice.facts["title"]["lo"] != notice.facts["title"]["en"]
    assert (
        "proposes to suggest an option no longer: CAD marker"
        in browser("director").get("/people/me/notices/").content.decode()
    )
