"""Options of a firm become measures with identified savings: from an assessment, or written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from namsai_centre.accounts.models import Person
from namsai_centre.action import made
from namsai_centre.assessments.models import Assessment
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.engagements.models import Engagement
from namsai_centre.savings.actions.step import known
from namsai_centre.savings.actions.tell import tell_new
from namsai_centre.savings.kinds import CURRENCIES, KINDS, TECHNIQUES, UNITS
from namsai_centre.savings.models import Interest, Measure, Saving, StateStep
from namsai_centre.savings.policies import MEASURES
from namsai_centre.ui.words import say
from namsai_centre.who import Who

_MOST = Decimal(10) ** 15


def identify(
    who: Who, assessment: Assessment, options: Sequence[Mapping[str, Any]], proposed_by: Person | None = None
) -> list[Measure]:
    """Make a measure of each option of an assessment; one that was taken over before is given back as it stands.

    options: id, title_lo, title_en, technique, investment, currency, savings [{kind, carrier, amount, unit}]; optional
    prices_on (day of the prices; default today). proposed_by: default who asks. All or nothing.
    """
    ASSESSMENTS.demand("run", who, assessment)
    with transaction.atomic():
        known = {m.option_id: m for m in Measure.objects.select_for_update().filter(assessment=assessment)}
        problems = [problem for option in options for problem in option_problems(option)]
        if problems:
            raise ValidationError(problems)
        proposer = proposed_by.pk if proposed_by else who.person_id
        found, new = [], []
        for option in options:
            measure = known.get(str(option["id"]))
            if measure is None:
                measure = _make(who, assessment.engagement, option, assessment, proposer)
                new.append(measure)
            found.append(measure)
        tell_new(who, new)
    return found


def propose(who: Who, engagement: Engagement, option: Mapping[str, Any], id: UUID | None = None) -> Measure:
    """Write a measure by hand into an engagement; who writes it is noted as having proposed it."""
    MEASURES.demand("make", who)
    if not MEASURES.make_in(who, engagement.pk, engagement.enterprise_id):
        raise PermissionDenied("MeasurePolicy.make_in")
    problems = option_problems(option)
    if problems:
        raise ValidationError(problems)
    with transaction.atomic():
        measure = _make(who, engagement, option, None, who.person_id, id)
        tell_new(who, [measure])
    return measure


def add_saving(who: Who, measure: Measure, line: Mapping[str, Any]) -> Saving:
    """Add a further identified saving to a measure; a second one of the same kind and carrier is refused."""
    MEASURES.demand("edit", who, measure)
    problems = saving_problems([line])
    if measure.savings.filter(kind=line.get("kind"), carrier=line.get("carrier") or "").exists():
        problems.append(say("savings.counted_twice"))
    if problems:
        raise ValidationError(problems)
    with transaction.atomic():
        return _saving(who, measure, line)


def option_problems(option: Mapping[str, Any]) -> list[str]:
    """Return everything that is wrong with an option, in words."""
    problems = []
    if not str(option.get("title_lo") or option.get("title_en") or "").strip():
        problems.append(say("savings.title_needed"))
    if (option.get("technique") or "") not in ("", *TECHNIQUES):
        problems.append(say("savings.unknown_technique", name=str(option["technique"])))
    investment = _decimal(option["investment"]) if option.get("investment") is not None else Decimal(0)
    if investment is None or not investment.is_finite() or not 0 <= investment < _MOST:
        problems.append(say("savings.investment_wrong"))
    if (option.get("currency") or "LAK") not in CURRENCIES:
        problems.append(say("savings.unknown_unit", name=str(option["currency"]), units=", ".join(CURRENCIES)))
    return problems + saving_problems(option.get("savings") or [])


def saving_problems(lines: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return everything that is wrong with the savings of one measure, in words."""
    problems, seen = [], set()
    for line in lines:
        kind, unit = str(line.get("kind")), str(line.get("unit"))
        if kind not in KINDS:
            problems.append(say("savings.unknown_kind", name=kind))
        elif unit not in UNITS[kind]:
            problems.append(say("savings.unknown_unit", name=unit, units=", ".join(UNITS[kind])))
        if (kind, line.get("carrier") or "") in seen:
            problems.append(say("savings.counted_twice"))
        seen.add((kind, line.get("carrier") or ""))
        amount = _decimal(line.get("amount"))
        if amount is None or not amount.is_finite() or abs(amount) >= _MOST:
            problems.append(say("savings.amount_needed"))
    return problems


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _make(
    who: Who, engagement: Engagement, option: Mapping[str, Any], assessment: Assessment | None, proposer: Any,
    id: UUID | None = None,
) -> Measure:  # fmt: skip
    investment = option.get("investment")
    measure = Measure.objects.create(
        **({"id": id} if id else {}),
        enterprise_id=engagement.enterprise_id,
        engagement=engagement,
        assessment=assessment,
        option_id=str(option.get("id") or "")[:80],
        title_lo=str(option.get("title_lo") or option.get("title_en")),
        title_en=str(option.get("title_en") or ""),
        technique=option.get("technique") or "",
        investment=None if investment is None else round(investment),
        currency=option.get("currency") or "LAK",
        prices_on=None if investment is None else (option.get("prices_on") or who.day),
        due=option.get("due"),
    )
    made(who, "savings.identify", measure)
    if proposer is not None:
        Interest.objects.create(measure=measure, person_id=proposer, kind="proposed", on=who.day)
    for line in option.get("savings") or []:
        _saving(who, measure, line)
    return measure


def _saving(who: Who, measure: Measure, line: Mapping[str, Any]) -> Saving:
    amount = Decimal(str(line["amount"])).quantize(Decimal("0.0001"))
    prices_on: date | None = (line.get("prices_on") or who.day) if line["kind"] == "money" else None
    saving = Saving.objects.create(
        measure=measure,
        kind=line["kind"],
        carrier=line.get("carrier") or "",
        amount=amount,
        unit=line["unit"],
        prices_on=prices_on,
        state_since=who.day,
    )
    StateStep.objects.create(
        saving=saving, verb="identify", state="identified", on=who.day, by_id=known(who), amount=amount
    )
    made(who, "savings.add_saving", saving)
    return saving
