"""Answer a persistence check: is the measure still in place?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from namsai_centre.action import changing
from namsai_centre.savings.actions.step import Line, Told, take
from namsai_centre.savings.models import PersistenceCheck
from namsai_centre.savings.policies import CHECKS
from namsai_centre.savings.states import LIVE
from namsai_centre.ui.words import say
from namsai_centre.who import Who

ANSWERS = ("in_place", "partly", "gone")


def answer_check(
    who: Who,
    check: PersistenceCheck,
    answer: str,
    expected: int,
    *,
    on: date,
    note: str = "",
    amounts: Mapping[UUID, Decimal] | None = None,
) -> PersistenceCheck:
    """Keep the answer; partly and gone need a reason.

    gone: every saving in place is discontinued. partly: the new amounts hold, and since nobody measured them yet the
    savings go back to implemented.
    """
    CHECKS.demand("finish", who, check)
    problems = []
    if check.done_on is not None:
        problems.append(say("savings.check_answered"))
    if answer not in ANSWERS:
        problems.append(say("savings.answer_needed"))
    if on > who.day:
        problems.append(say("savings.not_in_future"))
    if answer in ("partly", "gone") and len(note.strip()) < 3:
        problems.append(say("savings.reason_needed"))
    if answer == "partly" and not amounts:
        problems.append(say("savings.new_amount_needed"))
    if problems:
        raise ValidationError(problems)
    with transaction.atomic():
        with changing(who, "savings.answer_check", check, note):
            check.change(expected, answer=answer, in_place=answer != "gone", done_on=on, by_id=who.person_id, note=note)
        live = list(check.measure.savings.filter(state__in=LIVE))
        told = Told(on=on, note=note)
        if answer == "gone" and live:
            take(who, "discontinue", check.measure, [Line(s.pk, s.version) for s in live], told)
        if answer == "partly":
            for saving in live:
                if amounts and saving.pk in amounts and amounts[saving.pk] != saving.amount:
                    verb = "restate" if saving.state == "implemented" else "correct"
                    take(who, verb, check.measure, [Line(saving.pk, saving.version, amounts[saving.pk])], told)
    return check
