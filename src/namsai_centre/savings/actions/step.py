"""Take one step with savings of a measure: the common work of the verbs (each demands its right itself)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from namsai_centre.action import changing
from namsai_centre.records import Stale
from namsai_centre.savings.actions.tell import tell_step
from namsai_centre.savings.kinds import CONFIDENCES, METHODS
from namsai_centre.savings.models import Evidence, Measure, PersistenceCheck, Saving, StateStep
from namsai_centre.savings.states import LIVE, Step, target
from namsai_centre.ui.templatetags.words import day
from namsai_centre.ui.words import say
from namsai_centre.who import Who

CHECK_YEARS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Line:
    """One saving that takes the step: its version when the reader saw it; amount None keeps what stands there."""

    saving: UUID
    version: int
    amount: Decimal | None = None
    uncertainty: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a step once for all its lines. `note` is the reason, or the verifier's statement."""

    on: date
    note: str = ""
    method: str = ""
    confidence: int | None = None
    evidence: UUID | None = None
    period_from: date | None = None
    period_until: date | None = None


def known(who: Who) -> UUID:
    """Return the id of the person; nobody takes no step."""
    if who.person_id is None:
        raise PermissionDenied
    return who.person_id


def take(who: Who, verb: str, measure: Measure, lines: Sequence[Line], told: Told) -> list[Saving]:
    """Move the savings in one transaction and log each; ValidationError with all that is missing, Stale on old ones."""
    with transaction.atomic():
        wanted = {line.saving: line for line in lines}
        savings = {s.pk: s for s in measure.savings.select_for_update().filter(pk__in=wanted)}
        if not wanted or set(savings) != set(wanted):
            raise ValidationError(say("savings.no_saving_chosen"))
        steps: dict[UUID, Step] = {}
        problems: list[str] = []
        for pk, saving in savings.items():
            if saving.version != wanted[pk].version:
                raise Stale(saving, {"amount": wanted[pk].amount, "uncertainty": wanted[pk].uncertainty})
            step = target(verb, saving.state)
            if step is None:
                problems.append(say("savings.no_such_step", state=say(f"savings.state_{saving.state}")))
                continue
            steps[pk] = step
            last = saving.steps.order_by("-on").first()
            problems += _missing(step, wanted[pk], told, last.on if last else None, who.day)
        evidence = _evidence(measure, told, problems)
        if problems:
            raise ValidationError(list(dict.fromkeys(problems)))
        moved = [_move(who, savings[pk], steps[pk], line, told, evidence) for pk, line in wanted.items()]
        if verb == "implement":
            _plan_checks(measure, moved, told.on)
        tell_step(who, verb, measure, told.note)
    return moved


def _missing(step: Step, line: Line, told: Told, earliest: date | None, today: date) -> list[str]:
    problems = []
    if told.on > today:
        problems.append(say("savings.not_in_future"))
    if earliest and told.on < earliest:
        problems.append(say("savings.not_before_last_step", day=day(earliest)))
    if "reason" in step.needs and len(told.note.strip()) < 3:
        problems.append(say("savings.reason_needed"))
    if "statement" in step.needs and len(told.note.strip()) < 3:
        problems.append(say("savings.statement_needed"))
    if "method" in step.needs and told.method not in METHODS:
        problems.append(say("savings.method_needed"))
    if "uncertainty" in step.needs and (line.uncertainty is None or line.uncertainty < 0):
        problems.append(say("savings.uncertainty_needed"))
    if "uncertainty" in step.needs and told.confidence not in CONFIDENCES:
        problems.append(say("savings.confidence_needed"))
    if "evidence" in step.needs and told.evidence is None:
        problems.append(say("savings.evidence_needed"))
    if told.period_from and told.period_until and told.period_from > told.period_until:
        problems.append(say("savings.period_turned"))
    if told.period_until and told.period_until > told.on:
        problems.append(say("savings.period_after_day"))
    return problems


def _evidence(measure: Measure, told: Told, problems: list[str]) -> Evidence | None:
    if told.evidence is None:
        return None
    found = measure.evidence.filter(pk=told.evidence).first()
    if found is None:
        problems.append(say("savings.evidence_of_other"))
    return found


def _move(who: Who, saving: Saving, step: Step, line: Line, told: Told, evidence: Evidence | None) -> Saving:
    amount = saving.amount if line.amount is None else line.amount
    proven = bool(step.needs & {"method"})
    with changing(who, f"savings.{step.verb}", saving, told.note):
        saving.change(line.version, state=step.to, state_since=told.on, amount=amount)
        StateStep.objects.create(
            saving=saving,
            verb=step.verb,
            state=step.to,
            on=told.on,
            by_id=known(who),
            amount=amount,
            uncertainty=line.uncertainty if proven else None,
            confidence=told.confidence if proven else None,
            method=told.method if proven else "",
            evidence=evidence,
            period_from=told.period_from if proven else None,
            period_until=told.period_until if proven else None,
            note=told.note.strip(),
        )
    return saving


def _plan_checks(measure: Measure, moved: Sequence[Saving], on: date) -> None:
    """Plan the persistence checks from the day the first saving was in place; an answered one stays as it is."""
    first = not measure.savings.filter(state__in=LIVE).exclude(pk__in=[s.pk for s in moved]).exists()
    for years in CHECK_YEARS:
        due = years_after(on, years)
        check, new = PersistenceCheck.objects.get_or_create(measure=measure, years=years, defaults={"due": due})
        if first and not new and check.done_on is None and check.due != due:
            check.change(check.version, due=due)


def years_after(day: date, years: int) -> date:
    """Return the same day years later (29 February: the 28th where there is none).

    >>> years_after(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
