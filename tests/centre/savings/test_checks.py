"""Is it still in place after 1, 2 and 4 years? What is due, what an answer does, who may answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.savings import actions
from namsai_centre.savings.actions.answer_check import answer_check
from namsai_centre.savings.models import PersistenceCheck, Saving
from namsai_centre.savings.queries import checks_for, due_checks
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.ledger import bring_to, line, told

Know = Callable[[str], Who]


@pytest.fixture
def check(cast: Cast, who: Know) -> PersistenceCheck:
    """A check due today of a measure whose saving is verified."""
    bring_to("verified", cast.records["saving"], who)
    found = PersistenceCheck.objects.get(measure=cast.records["measure"], years=1)
    PersistenceCheck.objects.filter(pk=found.pk).update(due=clock.today())
    found.refresh_from_db()
    return found


def test_due_are_only_open_checks_until_the_day_of_measures_in_place(
    cast: Cast, who: Know, check: PersistenceCheck
) -> None:
    today = clock.today()
    assert list(due_checks(today)) == [check]
    assert list(due_checks(today - timedelta(days=1))) == []
    saving = Saving.objects.get(pk=cast.records["saving"].pk)
    actions.discontinue(who("owner"), saving.measure, [line(saving)], told())
    assert list(due_checks(today)) == []


def test_a_firm_sees_its_own_due_checks_only(who: Know, check: PersistenceCheck) -> None:
    assert list(checks_for(who("owner"), clock.today())) == [check]
    assert list(checks_for(who("rival"), clock.today())) == []
    assert list(checks_for(who("former"), clock.today())) == []


def test_in_place_is_kept_and_changes_no_saving(who: Know, check: PersistenceCheck) -> None:
    answer_check(who("officer"), check, "in_place", check.version, on=clock.today())
    check.refresh_from_db()
    assert (check.in_place, check.answer, check.by and check.by.name_en) == (True, "in_place", "Officer")
    assert check.measure.savings.get().state == "verified"
    with pytest.raises(ValidationError):
        answer_check(who("officer"), check, "gone", check.version, on=clock.today(), note="ຖອດອອກ")


def test_gone_discontinues_the_savings_with_the_reason(who: Know, check: PersistenceCheck) -> None:
    with pytest.raises(ValidationError):
        answer_check(who("verifier"), check, "gone", check.version, on=clock.today())
    answer_check(who("verifier"), check, "gone", check.version, on=clock.today(), note="ຖອດອອກ")
    saving = check.measure.savings.get()
    step = saving.steps.last()
    assert step is not None
    assert (saving.state, step.note, saving.amount) == ("discontinued", "ຖອດອອກ", Decimal(1200))


def test_partly_changes_the_amount_which_is_then_no_longer_verified(who: Know, check: PersistenceCheck) -> None:
    saving = check.measure.savings.get()
    with pytest.raises(ValidationError):
        answer_check(who("officer"), check, "partly", check.version, on=clock.today(), note="ເຄິ່ງດຽວ")
    answer_check(
        who("officer"),
        check,
        "partly",
        check.version,
        on=clock.today(),
        note="ເຄິ່ງດຽວ",
        amounts={saving.pk: Decimal(600)},
    )
    saving.refresh_from_db()
    assert (saving.state, saving.amount) == ("implemented", Decimal(600))
    assert list(saving.steps.values_list("amount", flat=True))[-2:] == [Decimal(1200), Decimal(600)]


def test_the_firm_does_not_answer_for_itself(who: Know, check: PersistenceCheck) -> None:
    for name in ("owner", "member", "expert", "rival"):
        with pytest.raises(PermissionDenied):
            answer_check(who(name), check, "in_place", check.version, on=clock.today())


def test_a_check_is_answered_in_the_browser(check: PersistenceCheck, browser: Callable[[str], Client]) -> None:
    client, url = browser("officer"), reverse("savings_answer", args=[check.pk])
    assert url in client.get(reverse("savings_checks")).content.decode()
    sent = {"answer": "gone", "on": clock.today().isoformat(), "version": check.version}
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"note": "ຖອດອອກ"}).status_code == 302
    assert check.measure.savings.get().state == "discontinued"
    assert url not in client.get(reverse("savings_checks")).content.decode()


def test_case_12_a_check_answered_meanwhile_is_not_written_over(
    who: Know, check: PersistenceCheck, browser: Callable[[str], Client]
) -> None:
    sent = {"answer": "gone", "on": clock.today().isoformat(), "version": check.version, "note": "ຖອດອອກ"}
    answer_check(who("officer"), check, "in_place", check.version, on=clock.today())
    assert browser("verifier").post(reverse("savings_answer", args=[check.pk]), sent).status_code in (409, 422)
    assert check.measure.savings.get().state == "verified"
