"""What waits for somebody when they log in: read through the policies, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Prefetch, Q

from namsai_centre.accounts.policies import NOTICES
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.engagements.clubs import module, usual_size
from namsai_centre.engagements.models import ClubModule
from namsai_centre.engagements.policies import CLUBS, ENGAGEMENTS, SELF_CHECKS, TASKS
from namsai_centre.engagements.queries import mark_waiting
from namsai_centre.engagements.stages import ORDER, rank
from namsai_centre.engagements.stuck import stuck_on
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.savings.models import STATES
from namsai_centre.savings.policies import MEASURES, SAVINGS
from namsai_centre.savings.queries import checks_for, to_verify
from namsai_centre.ui.health import health
from namsai_centre.who import Who

MOST = 5  # of each kind on the page; the rest is behind its link
MOST_TASKS = 20  # tasks have no list of their own: those after the first five fold out
# What ministry, donor and trainer may use (they see no firm), each with a sentence of its own.
DOORS = ("knowhow_browse", "knowhow_sources", "knowhow_releases", "me")
RUNNING = ~Q(stage__in=("dropped", "alumni"))


@dataclass(frozen=True, slots=True)
class Some:
    """The first few of something, and how many there are in all."""

    rows: list[Any]
    count: int

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.rows)

    @property
    def first(self) -> list[Any]:
        """Return what stands on the page at once."""
        return self.rows[:MOST]

    @property
    def rest(self) -> list[Any]:
        """Return what folds out."""
        return self.rows[MOST:]

    @property
    def beyond(self) -> int:
        """Return how many are not on the page at once."""
        return self.count - len(self.first)


@dataclass(slots=True)
class Home:
    """What a person sees first; what does not concern their roles is None and not asked for."""

    notices: Some
    tasks: Some
    late_of_others: int | None = None
    stuck: Some | None = None
    reviews: Some | None = None
    verify: Some | None = None
    checks: Some | None = None
    working: Some | None = None  # an expert's or verifier's engagements
    firms: list[FirmHome] = field(default_factory=list)
    clubs: list[ClubHome] | None = None
    counts: Counts | None = None
    unwell: list[str] = field(default_factory=list)  # parts of the machine that need care: `<part>_<state>`
    overseer: bool = False
    doors: tuple[str, ...] = ()

    @property
    def _boxes(self) -> list[tuple[str, Some]]:
        named = ("reviews", "verify", "checks", "stuck")
        return [(f"home.{name}", box) for name in named if (box := getattr(self, name)) is not None]

    @property
    def waiting(self) -> bool:
        """Whether a box has something in it."""
        return any(box.count for _, box in self._boxes)

    @property
    def quiet(self) -> list[str]:
        """Return the heads of the boxes in which nothing waits."""
        return [key for key, box in self._boxes if not box.count]


@dataclass(frozen=True, slots=True)
class FirmHome:
    """The own firm of an owner or member: where it stands, what to agree to, the plan, the self-check."""

    enterprise: Any
    engagement: Any | None
    line: list[tuple[str, str]]
    to_agree: list[Any]
    plan: list[Any]
    done: int
    last_check: Any | None
    owner: bool

    @property
    def nothing_to_decide(self) -> bool:
        """Whether nothing is left to agree to, and the firm has looked at itself once."""
        return not self.to_agree and self.last_check is not None


@dataclass(frozen=True, slots=True)
class ClubHome:
    """A club with its number of firms and its next module."""

    club: Any
    firms: int
    unusual: bool
    next: Any | None
    next_id: str


@dataclass(frozen=True, slots=True)
class Counts:
    """A few counts for the director: each of one kind, none added to another."""

    enterprises: int
    stages: list[tuple[str, int]]
    released: int
    savings: list[tuple[str, int]]


def home_of(who: Who) -> Home:
    """Read what waits for the person."""
    found = Home(notices=_notices(who), tasks=_tasks(who))
    if who.staff:
        late = TASKS.visible(who).filter(_open_task(), due__lt=who.day).exclude(person=who.person_id)
        found.late_of_others = late.count()
        found.reviews = _first(
            ASSESSMENTS.visible(who)
            .filter(state="in_review")
            .exclude(by=who.person_id)
            .select_related("engagement__enterprise")
            .order_by("changed_at")
        )
    if who.staff or who.assigned:
        stuck = ENGAGEMENTS.visible(who).filter(stuck_on(who.day)).select_related("enterprise")
        if not who.staff:
            stuck = stuck.filter(pk__in=who.assigned)
        found.stuck = _first(stuck.order_by("stage_since", "pk"))
        mark_waiting(found.stuck.rows, who.day)
    if who.staff or who.verifying:
        found.verify = _first(to_verify(who))
        found.checks = _first(checks_for(who, who.day))
    if (who.assigned or who.verifying) and not who.staff:
        mine = ENGAGEMENTS.visible(who).filter(pk__in=who.assigned | who.verifying)
        found.working = _first(mine.select_related("enterprise").order_by("stage_since", "pk"), 20)
        mark_waiting(found.working.rows, who.day)
    if who.firms:
        found.firms = _firms(who)
    if who.has("trainer") or (who.firms and not who.staff):
        found.clubs = _clubs(who)
    if who.director:
        found.counts = _counts(who)
        found.unwell = [f"{part}_{state}" for part, state in health().items() if state != "ok"]
    found.overseer = who.has("ministry", "donor") and not who.staff
    if not (who.staff or who.firms or who.has("expert", "verifier")):
        found.doors = ("clubs_browse", *DOORS) if who.has("trainer") else DOORS
    return found


def _first(found: Any, most: int = MOST) -> Some:
    return Some(list(found[:most]), found.count())


def _open_task() -> Q:
    return Q(done_on__isnull=True) & ~Q(engagement__stage__in=("dropped", "alumni"))


def _notices(who: Who) -> Some:
    return _first(NOTICES.visible(who).filter(read_at__isnull=True).order_by("-at", "-pk"))


def _tasks(who: Who) -> Some:
    """Return the open tasks given to the person, and those of an expert's engagements that nobody was given."""
    mine = Q(person=who.person_id) | Q(person__isnull=True, engagement__in=who.assigned)
    found = TASKS.visible(who).filter(_open_task(), mine).select_related("engagement__enterprise", "person")
    return _first(found.order_by(F("due").asc(nulls_last=True), "created_at"), MOST_TASKS)


def _firms(who: Who) -> list[FirmHome]:
    firms = list(ENTERPRISES.visible(who).filter(pk__in=who.firms).order_by("sorting"))
    running: dict[Any, Any] = {}
    for e in ENGAGEMENTS.visible(who).filter(RUNNING, enterprise__in=who.firms).order_by("stage_since"):
        running[e.enterprise_id] = e  # the newest stands last
    measures = MEASURES.visible(who).filter(enterprise__in=who.firms).prefetch_related("savings")
    by_firm: dict[Any, list[Any]] = {}
    for m in measures.order_by(F("due").asc(nulls_last=True), "created_at"):
        by_firm.setdefault(m.enterprise_id, []).append(m)
    checks: dict[Any, Any] = {}
    for c in SELF_CHECKS.visible(who).filter(enterprise__in=who.firms).defer("answers").order_by("on", "created_at"):
        checks[c.enterprise_id] = c
    return [_firm(f, running.get(f.pk), by_firm.get(f.pk, []), checks.get(f.pk), f.pk in who.owned) for f in firms]


def _firm(firm: Any, engagement: Any, measures: list[Any], check: Any, owner: bool) -> FirmHome:
    states = {m.pk: {s.state for s in m.savings.all()} for m in measures}
    return FirmHome(
        enterprise=firm,
        engagement=engagement,
        line=_line(engagement),
        to_agree=[m for m in measures if "identified" in states[m.pk]],
        plan=[m for m in measures if "agreed" in states[m.pk]],
        done=sum(1 for m in measures if states[m.pk] & {"implemented", "measured", "verified"}),
        last_check=check,
        owner=owner,
    )


def _line(engagement: Any) -> list[tuple[str, str]]:
    if engagement is None:
        return []
    here = rank(engagement.stage)
    return [(s, "past" if rank(s) < here else "now" if rank(s) == here else "ahead") for s in ORDER]


def _clubs(who: Who) -> list[ClubHome]:
    to_come = ClubModule.objects.filter(on__gte=who.day).order_by("on")
    found = CLUBS.visible(who).annotate(firms=Count("engagements", distinct=True)).order_by("-starts", "name_lo", "id")
    fewest, most = usual_size()
    shown = []
    for club in found.prefetch_related(Prefetch("modules", queryset=to_come, to_attr="to_come"))[:20]:
        ahead = club.to_come[0] if club.to_come else None
        firms = club.firms
        kind = module(ahead.number).id if ahead else ""
        shown.append(ClubHome(club, firms, not fewest <= firms <= most, ahead, kind))
    return shown


def _counts(who: Who) -> Counts:
    stages = dict(ENGAGEMENTS.visible(who).order_by().values_list("stage").annotate(n=Count("pk")))
    savings = dict(SAVINGS.visible(who).order_by().values_list("state").annotate(n=Count("pk")))
    return Counts(
        enterprises=ENTERPRISES.visible(who).filter(status="active").count(),
        stages=[(s, stages.get(s, 0)) for s in (*ORDER, "dropped")],
        released=ASSESSMENTS.visible(who).filter(state="released").count(),
        savings=[(s, savings.get(s, 0)) for s in STATES],
    )
