"""Read the savings ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from namsai.lao.normalise import search_key
from namsai_centre.accounts.models import Person
from namsai_centre.engagements.models import Assignment, Engagement
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.savings.models import Evidence, Interest, Measure, PersistenceCheck, Saving, StateStep
from namsai_centre.savings.origin import Origin, origin_of
from namsai_centre.savings.policies import CHECKS, EVIDENCE, MEASURES, SAVINGS
from namsai_centre.savings.states import FORWARD, LIVE, VERBS, WAY, Step, steps_from, target
from namsai_centre.savings.totals import Totals, totals
from namsai_centre.who import STAFF, Who


def ledger(who: Who, asked: Mapping[str, Any]) -> QuerySet[Measure]:
    """Return the measures somebody may see, with savings; asked: q, state, kind, enterprise, engagement, due."""
    found = MEASURES.visible(who).select_related("enterprise", "engagement")
    return _asked(found, asked, who.day).prefetch_related("savings")


def mark_late(measures: Iterable[Measure], day: date) -> list[Measure]:
    """Put on each measure whether it was agreed and its day is over (`late`)."""
    found: list[Any] = list(measures)
    for m in found:
        m.late = m.due is not None and m.due < day and any(s.state == "agreed" for s in m.savings.all())
    return found


def one_firm(who: Who) -> bool:
    """Tell whether everything somebody may see is of one firm (its name then need not stand in every row)."""
    return len(who.firms) == 1 and not (who.staff or who.glass or who.has("expert", "verifier"))


def totals_of(who: Who, asked: Mapping[str, Any]) -> Totals:
    """Return the totals over the measures asked for; state and kind choose savings, never add them."""
    rest = {name: value for name, value in asked.items() if name not in ("state", "kind")}
    savings = Saving.objects.filter(measure__in=_asked(MEASURES.visible(who), rest, who.day).order_by())
    for name in ("state", "kind"):
        if asked.get(name):
            savings = savings.filter(**{name: asked[name]})
    return totals(savings)


def _asked(found: QuerySet[Measure], asked: Mapping[str, Any], today: date) -> QuerySet[Measure]:
    some = {name: asked[name] for name in ("state", "kind") if asked.get(name)}
    if some:
        found = found.filter(Exists(Saving.objects.filter(measure=OuterRef("pk"), **some)))
    for name in ("enterprise", "engagement", "assessment"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("due") == "over":
        waiting = Saving.objects.filter(measure=OuterRef("pk"), state="agreed")
        found = found.filter(Exists(waiting), due__lt=today)
    if asked.get("q"):
        text = asked["q"].strip()
        found = found.filter(
            Q(title_lo__icontains=text) | Q(title_en__icontains=text) | Q(enterprise__search__contains=search_key(text))
        )
    return found


@dataclass(frozen=True, slots=True)
class SavingLine:
    """One saving as the page shows it: with its steps."""

    saving: Saving
    steps: list[StateStep]

    @property
    def last(self) -> StateStep | None:
        """Return its last step."""
        return self.steps[-1] if self.steps else None

    @property
    def line(self) -> list[tuple[str, date | None, str]]:
        """Return the states on the way with the day each was reached and its look (past, now, ahead)."""
        reached = {step.state: step.on for step in self.steps}
        state = self.saving.state
        if state not in WAY:
            return [*((s, reached[s], "past") for s in WAY if s in reached), (state, self.saving.state_since, "now")]
        at = WAY.index(state)
        found = [(s, reached.get(s), "past") for s in WAY[:at]] + [(state, self.saving.state_since, "now")]
        return [*found, *((s, None, "ahead") for s in WAY[at + 1 :])]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything the page of a measure shows."""

    measure: Measure
    lines: list[SavingLine]
    verbs: list[str]
    evidence: list[Evidence]
    interests: list[Interest]
    checks: list[PersistenceCheck]
    why_not: list[str]  # why a verifier who reads it cannot verify it
    verifier_missing: bool  # it waits for a verifier, and none is given to the engagement
    origin: Origin
    owned: bool  # the reader owns the firm

    @property
    def waiting(self) -> list[tuple[str, bool]]:
        """Return the states in which savings wait, each once and in order, and whether the reader takes the step."""
        there = {line.saving.state for line in self.lines}
        mine = {state for state in WAY[:-1] if FORWARD[state] in self.verbs}
        if not self.owned:
            mine -= {"identified", "agreed"}  # whoever else may take these steps takes them for the owner
        return [(state, state in mine) for state in WAY[:-1] if state in there]

    @property
    def main(self) -> list[str]:
        """Return the verbs that answer what the measure waits for (a refusal beside an agreement)."""
        first = [FORWARD[state] for state, _ in self.waiting]
        beside = {"agree": "reject", "verify": "give_back"}
        asked = {*first, *(beside[v] for v in first if v in beside and v in self.verbs)}
        return [verb for verb in self.verbs if verb in asked]

    @property
    def other(self) -> list[str]:
        """Return the verbs that are rarely needed."""
        return [verb for verb in self.verbs if verb not in self.main]

    @property
    def groups(self) -> list[tuple[list[tuple[str, date | None, str]], list[SavingLine]]]:
        """Return the savings that went the same way on the same days together, with that way."""
        found: list[tuple[list[tuple[str, date | None, str]], list[SavingLine]]] = []
        for line in self.lines:
            same = next((lines for way, lines in found if way == line.line), None)
            if same is None:
                found.append((line.line, [line]))
            else:
                same.append(line)
        return found


def measure_page(who: Who, measure: Measure) -> MeasurePage:
    """Return a measure with its savings, steps, files, interests and checks, and the verbs open to the reader."""
    steps = StateStep.objects.select_related("by", "evidence")
    savings = list(measure.savings.prefetch_related(Prefetch("steps", steps)))
    rights = {verb: MEASURES.allows(verb, who, measure) for verb in VERBS}
    waits = any(s.state == "measured" for s in savings)
    verifies = waits and measure.engagement_id in who.verifying
    open_ = {step.verb for s in savings for step in steps_from(s.state) if rights[step.verb]}
    return MeasurePage(
        measure=measure,
        lines=[SavingLine(s, list(s.steps.all())) for s in savings],
        verbs=[verb for verb in VERBS if verb in open_],
        evidence=list(measure.evidence.select_related("by")),
        interests=list(measure.interests.select_related("person").order_by("on")),
        checks=list(measure.checks.select_related("by")),
        why_not=[] if rights["verify"] or not verifies else list(MEASURES.interests(who, measure)),
        verifier_missing=waits and who.staff and not _has_verifier(measure, who.day),
        origin=origin_of(who, measure),
        owned=measure.enterprise_id in who.owned,
    )


def _has_verifier(measure: Measure, day: date) -> bool:
    given = Assignment.objects.filter(engagement=measure.engagement_id, role="verifier", starts__lte=day)
    return given.filter(Q(ends__isnull=True) | Q(ends__gte=day)).exists()


def takers(measure: Measure, verb: str) -> list[tuple[Saving, Step]]:
    """Return the savings of a measure that can take a step, each with the step."""
    savings = measure.savings.prefetch_related(Prefetch("steps", StateStep.objects.select_related("by", "evidence")))
    found = ((saving, target(verb, saving.state)) for saving in savings)
    return [(saving, step) for saving, step in found if step is not None]


def to_verify(who: Who) -> QuerySet[Saving]:
    """Return the measured savings that wait for this verifier (never their own); for staff all that wait."""
    waiting = SAVINGS.visible(who).filter(state="measured").select_related("measure__enterprise")
    if not who.has("verifier"):
        return waiting.order_by("state_since") if who.staff else waiting.none()
    own = Interest.objects.filter(measure=OuterRef("measure"), person=who.person_id)
    worked = Assignment.objects.filter(
        engagement=OuterRef("measure__engagement"), person=who.person_id, role="expert", paid=True
    )
    stated = StateStep.objects.filter(saving__measure=OuterRef("measure"), by=who.person_id, verb="measure")
    mine = waiting.filter(measure__engagement__in=who.verifying).exclude(measure__enterprise__in=who.firms)
    return mine.filter(~Exists(own), ~Exists(worked), ~Exists(stated)).order_by("state_since")


def due_checks(day: date) -> QuerySet[PersistenceCheck]:
    """Return the checks due until a day and not answered, of measures in place (for the reminders)."""
    live = Saving.objects.filter(measure=OuterRef("measure"), state__in=LIVE)
    found = PersistenceCheck.objects.filter(Exists(live), due__lte=day, done_on__isnull=True)
    return found.select_related("measure__enterprise", "measure__engagement")


def checks_for(who: Who, until: date) -> QuerySet[PersistenceCheck]:
    """Return the checks due until a day on measures somebody may see."""
    return due_checks(until).filter(pk__in=CHECKS.visible(who).order_by().values("pk")).order_by("due")


def engagements_for_new(who: Who, text: str = "") -> QuerySet[Engagement]:
    """Return the engagements somebody may write a measure into, by the enterprise's name."""
    found = ENGAGEMENTS.visible(who).select_related("enterprise").exclude(stage="dropped")
    if not who.staff:
        found = found.filter(Q(pk__in=who.assigned) | Q(enterprise__in=who.owned))
    return found.filter(enterprise__search__contains=search_key(text)) if text.strip() else found


def only_engagement_for_new(who: Who) -> Engagement | None:
    """Return the engagement of somebody who has exactly one to write into (an owner, mostly); None to be asked."""
    if who.staff:
        return None
    found = list(engagements_for_new(who)[:2])
    return found[0] if len(found) == 1 else None


def engagement_for_new(who: Who, key: str) -> Engagement | None:
    """Return one of them; None for any other."""
    try:
        return engagements_for_new(who).filter(pk=UUID(key)).first()
    except ValueError:
        return None


def files_of(who: Who, measure: Measure) -> QuerySet[Evidence]:
    """Return the files of a measure."""
    return EVIDENCE.visible(who).filter(measure=measure)


def live_savings(measure: Measure) -> list[Saving]:
    """Return the savings of a measure that are in place."""
    return list(measure.savings.filter(state__in=LIVE))


def people_around(measure: Measure) -> list[Person]:
    """Return who may have an interest in a measure: given to its engagement, of the firm, staff, experts."""
    given = Q(assignments__engagement=measure.engagement_id) if measure.engagement_id else Q(pk__in=[])
    firm = Q(grants__enterprise=measure.enterprise_id)
    staff = Q(grants__role__in=sorted({*STAFF, "expert", "verifier"}))
    return list(Person.objects.filter(given | firm | staff).distinct().order_by("name_lo", "name_en"))
