"""Whose turn it is is told to them, once, and never to who took the step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import override

from namsai_centre import clock
from namsai_centre.accounts.models import Notice
from namsai_centre.accounts.templatetags.people import notice_words
from namsai_centre.engagements.models import Assignment
from namsai_centre.savings import actions
from namsai_centre.savings.actions.identify import identify, propose
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.ledger import bring_to, line, told

Know = Callable[[str], Who]


def told_to(cast: Cast, slug: str) -> set[str]:
    ids = Notice.objects.filter(key=f"savings.told_{slug}").values_list("person_id", flat=True)
    assert len(ids) == len(set(ids))
    return {name for name, person in cast.people.items() if person.pk in ids}


def test_each_step_is_told_to_who_comes_next(cast: Cast, who: Know) -> None:
    saving = bring_to("verified", cast.records["saving"], who)
    assert told_to(cast, "agree") == told_to(cast, "implement") == {"expert"}
    assert told_to(cast, "measure") == {"verifier", "proposer"}  # the verifiers of the engagement
    assert told_to(cast, "verify") == {"owner"}
    notice = Notice.objects.get(key="savings.told_verify")
    assert notice.url == reverse("savings_see", args=[saving.measure_id])
    for lang, title in (("lo", "ຊ່ອມທໍ່ລົມ"), ("en", "Mend air leaks")):
        with override(lang):
            assert title in notice_words(notice)


def test_what_was_given_back_is_told_with_the_reason(cast: Cast, who: Know) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    actions.give_back(who("verifier"), saving.measure, [line(saving)], told(note="the photo is blurred"))
    with override("en"):
        assert "the photo is blurred" in notice_words(Notice.objects.get(key="savings.told_give_back"))


def test_without_a_verifier_the_officers_are_told(cast: Cast, who: Know) -> None:
    Assignment.objects.filter(role="verifier").update(ends=clock.today() - timedelta(days=1))
    bring_to("measured", cast.records["saving"], who)
    assert told_to(cast, "measure") == {"officer"}


def test_a_new_measure_is_told_to_the_owner_but_not_their_own(cast: Cast, who: Know) -> None:
    engagement = cast.records["engagement"]
    propose(who("owner"), engagement, {"title_lo": "ຂອງຕົນເອງ"})
    assert told_to(cast, "new") == set()
    propose(who("expert"), engagement, {"title_lo": "ໃໝ່"})
    assert told_to(cast, "new") == {"owner"}


def test_options_taken_over_together_are_told_once_and_again_only_if_new(cast: Cast, who: Know) -> None:
    options = [{"id": f"x{n}", "title_lo": f"ມ {n}"} for n in range(3)]
    for _ in range(2):
        identify(who("officer"), cast.records["assessment"], options)
    notice = Notice.objects.get(key="savings.told_new_some")
    assert (notice.person, notice.facts["count"]) == (cast.people["owner"], 3)
