"""Every saving is in exactly one state; the table of steps is the only way, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.records import Stale
from namsai_centre.savings import actions
from namsai_centre.savings.actions import STEPS, Line, Told
from namsai_centre.savings.models import STATES, Measure, PersistenceCheck, Saving, StateStep
from namsai_centre.savings.states import TABLE, VERBS, target
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.ledger import bring_to, evidence_of, line, told

Know = Callable[[str], Who]
PERSON = {"agree": "owner", "implement": "owner", "measure": "expert", "verify": "verifier", "give_back": "verifier"}


def test_a_saving_goes_the_whole_way_and_each_step_keeps_day_person_method_and_amount(cast: Cast, who: Know) -> None:
    saving, measure = cast.records["saving"], cast.records["measure"]
    file = evidence_of(who("expert"), measure)
    days = [clock.today() - timedelta(days=n) for n in (30, 20, 10, 0)]
    actions.agree(who("owner"), measure, [line(saving)], told(days[0]))
    actions.implement(who("owner"), measure, [line(saving)], told(days[1]))
    actions.measure(who("expert"), measure, [line(saving, 950, 60)], told(days[2], file))
    actions.verify(who("verifier"), measure, [line(saving, 940, 55)], told(days[3], file))
    saving.refresh_from_db()
    assert (saving.state, saving.amount, saving.state_since) == ("verified", Decimal(940), days[3])
    steps = list(saving.steps.values_list("state", "on", "amount", "by__name_en", "uncertainty", "method"))
    assert steps == [
        ("agreed", days[0], Decimal(1200), "Owner", None, ""),
        ("implemented", days[1], Decimal(1200), "Owner", None, ""),
        ("measured", days[2], Decimal(950), "Expert", Decimal(60), "ipmvp_b"),
        ("verified", days[3], Decimal(940), "Verifier", Decimal(55), "ipmvp_b"),
    ]
    did = list(Entry.objects.filter(subject_id=str(saving.pk)).order_by("pk").values_list("action", flat=True))
    assert did == ["savings.agree", "savings.implement", "savings.measure", "savings.verify"]


@pytest.mark.parametrize(("state", "verb"), list(product(STATES, VERBS)))
def test_only_the_steps_of_the_table_can_be_taken(cast: Cast, who: Know, state: str, verb: str) -> None:
    saving, measure = cast.records["saving"], cast.records["measure"]
    file = evidence_of(who("expert"), measure)
    Saving.objects.filter(pk=saving.pk).update(state=state)
    step = target(verb, state)
    person = PERSON.get(verb, "officer")
    if step is None:
        with pytest.raises(ValidationError):
            STEPS[verb](who(person), measure, [line(saving, 7)], told(evidence=file))
        saving.refresh_from_db()
        assert (saving.state, saving.steps.count()) == (state, 0)
    else:
        STEPS[verb](who(person), measure, [line(saving, 7)], told(evidence=file))
        saving.refresh_from_db()
        assert saving.state == step.to
        assert saving.steps.get().state == step.to


def test_no_step_leads_back_without_a_reason() -> None:
    order = {state: n for n, state in enumerate(STATES)}
    for step in TABLE:
        if order[step.to] <= order[step.frm] and step.verb != "measure":
            assert "reason" in step.needs, step
        if step.to in ("measured", "verified"):
            assert {"method", "uncertainty", "evidence"} <= step.needs, step


def test_the_database_knows_no_other_state(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Saving.objects.filter(pk=cast.records["saving"].pk).update(state="half")


def test_the_database_keeps_no_measured_step_without_proof(cast: Cast) -> None:
    saving = cast.records["saving"]
    with pytest.raises(IntegrityError), transaction.atomic():
        StateStep.objects.create(saving=saving, state="verified", by=cast.people["verifier"], amount=1)


def test_one_measure_has_one_saving_of_a_kind_and_carrier(cast: Cast, who: Know) -> None:
    measure = cast.records["measure"]
    from namsai_centre.savings.actions.identify import add_saving

    row = {"kind": "energy", "carrier": "electricity", "amount": 5, "unit": "kWh"}
    with pytest.raises(ValidationError):
        add_saving(who("officer"), measure, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Saving.objects.create(measure=measure, kind="energy", carrier="electricity", amount=5, unit="kWh")


def test_everything_missing_is_said_at_once_and_nothing_is_changed(cast: Cast, who: Know) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    bare = Told(on=clock.today() + timedelta(days=2))
    with pytest.raises(ValidationError) as refused:
        actions.measure(who("expert"), saving.measure, [Line(saving.pk, saving.version)], bare)
    assert len(refused.value.messages) == 5  # day, method, uncertainty, confidence, evidence
    saving.refresh_from_db()
    assert saving.state == "implemented"


def test_a_day_before_the_last_step_is_refused(cast: Cast, who: Know) -> None:
    saving = bring_to("agreed", cast.records["saving"], who, clock.today() - timedelta(days=10))
    early = told(clock.today() - timedelta(days=20))
    with pytest.raises(ValidationError):
        actions.implement(who("owner"), saving.measure, [line(saving)], early)


def test_case_12_two_people_take_a_step_and_the_second_is_told(cast: Cast, who: Know) -> None:
    saving, measure = cast.records["saving"], cast.records["measure"]
    seen = line(saving)
    actions.restate(who("expert"), measure, [line(saving, 1100)], told())
    with pytest.raises(Stale):
        actions.agree(who("owner"), measure, [seen], told())
    saving.refresh_from_db()
    assert (saving.state, saving.amount) == ("identified", Decimal(1100))


def test_one_wrong_saving_stops_the_whole_step(cast: Cast, who: Know) -> None:
    measure, first = cast.records["measure"], cast.records["saving"]
    second = Saving.objects.create(measure=measure, kind="water", amount=3, unit="m3", state="rejected")
    with pytest.raises(ValidationError):
        actions.agree(who("owner"), measure, [line(first), line(second)], told())
    first.refresh_from_db()
    assert (first.state, StateStep.objects.count()) == ("identified", 0)


def test_a_file_of_another_measure_proves_nothing(cast: Cast, who: Know) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    other = Measure.objects.create(
        enterprise=cast.records["enterprise"], engagement=cast.records["engagement"], title_lo="ອື່ນ"
    )
    file = evidence_of(who("expert"), other)
    with pytest.raises(ValidationError):
        actions.measure(who("expert"), saving.measure, [line(saving)], told(evidence=file))


def test_a_saving_of_another_measure_is_not_moved(cast: Cast, who: Know) -> None:
    other = Measure.objects.create(enterprise=cast.records["enterprise_b"], title_lo="ອື່ນ")
    theirs = Saving.objects.create(measure=other, kind="water", amount=3, unit="m3")
    with pytest.raises(ValidationError):
        actions.agree(who("owner"), cast.records["measure"], [line(theirs)], told())
    theirs.refresh_from_db()
    assert theirs.state == "identified"


def test_checks_after_1_2_and_4_years_are_planned_when_it_is_in_place(cast: Cast, who: Know) -> None:
    PersistenceCheck.objects.all().delete()
    day = clock.today() - timedelta(days=10)
    saving = bring_to("implemented", cast.records["saving"], who, day)
    planned = list(PersistenceCheck.objects.filter(measure=saving.measure).values_list("years", "due__year"))
    year = (day + timedelta(days=2)).year
    assert planned == [(1, year + 1), (2, year + 2), (4, year + 4)]


def test_a_member_and_a_rival_cannot_agree(cast: Cast, who: Know) -> None:
    saving, measure = cast.records["saving"], cast.records["measure"]
    for name in ("member", "rival", "expert", "verifier", "former"):
        with pytest.raises(PermissionDenied):
            actions.agree(who(name), measure, [line(saving)], told())
