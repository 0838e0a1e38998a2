"""Rights over engagements, tasks, clubs and self-checks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from namsai_centre.engagements.models import Assignment, Club, Engagement, SelfCheck, Task
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.rights import Policy
from namsai_centre.who import Who


class EngagementPolicy(Policy[Engagement]):
    """Staff: all. Expert and verifier: theirs, in their dates. Firm: its own."""

    model = Engagement

    def visible(self, who: Who) -> QuerySet[Engagement]:
        """Return the engagements that exist for this person."""
        if who.staff:
            return Engagement.objects.all()
        own = Q(pk__in=who.assigned | who.verifying) | Q(enterprise__in=who.firms | who.glass)
        return Engagement.objects.filter(own)

    def browse(self, who: Who) -> bool:
        """Whoever may see some."""
        return who.staff or who.has("expert", "verifier", "owner", "member")

    def make(self, who: Who) -> bool:
        """Staff."""
        return who.staff

    def edit(self, who: Who, engagement: Engagement) -> bool:
        """Staff."""
        return who.staff

    def advance(self, who: Who, engagement: Engagement) -> bool:
        """Staff, and the expert on it."""
        return who.staff or engagement.pk in who.assigned

    def assign(self, who: Who, engagement: Engagement) -> bool:
        """Staff give experts and verifiers."""
        return who.staff

    def work(self, who: Who, engagement: Engagement) -> bool:
        """Staff and the expert on it: tasks, assessments."""
        return who.staff or engagement.pk in who.assigned

    def funnel(self, who: Who) -> bool:
        """Staff."""
        return who.staff


class AssignmentPolicy(Policy[Assignment]):
    """Who is given to which engagement: read with the engagement, ended by staff."""

    model = Assignment

    def visible(self, who: Who) -> QuerySet[Assignment]:
        """Return the assignments of the engagements that exist for this person."""
        return Assignment.objects.filter(engagement__in=ENGAGEMENTS.visible(who)).select_related("engagement", "person")

    def end(self, who: Who, assignment: Assignment) -> bool:
        """Staff."""
        return who.staff


class TaskPolicy(Policy[Task]):
    """Tasks of the engagements somebody works on."""

    model = Task

    def visible(self, who: Who) -> QuerySet[Task]:
        """Staff: all; experts: of theirs; others: given to them."""
        if who.staff:
            return Task.objects.all()
        return Task.objects.filter(Q(engagement__in=who.assigned) | Q(person=who.person_id))

    def finish(self, who: Who, task: Task) -> bool:
        """Staff, the expert on it, and whom it was given to."""
        return who.staff or task.engagement_id in who.assigned or task.person_id == who.person_id

    def edit(self, who: Who, task: Task) -> bool:
        """Staff and the expert on it: what, until when, by whom."""
        return who.staff or task.engagement_id in who.assigned


class ClubPolicy(Policy[Club]):
    """Staff and trainers: all; experts those with an engagement of theirs; firms those they are in."""

    model = Club

    def visible(self, who: Who) -> QuerySet[Club]:
        """Return the clubs that exist for this person."""
        if who.staff or who.has("trainer"):
            return Club.objects.all()
        own = Q(engagements__in=who.assigned) | Q(engagements__enterprise__in=who.firms)
        return Club.objects.filter(own).distinct()

    def browse(self, who: Who) -> bool:
        """Whoever may see some."""
        return who.staff or who.has("trainer", "expert", "owner", "member")

    def make(self, who: Who) -> bool:
        """Staff."""
        return who.staff

    def edit(self, who: Who, club: Club) -> bool:
        """Staff and trainers (attendance)."""
        return who.staff or who.has("trainer")

    def arrange(self, who: Who, club: Club) -> bool:
        """Staff: name, leader and member firms."""
        return who.staff


class SelfCheckPolicy(Policy[SelfCheck]):
    """The firm's own answers; staff and the expert on it read them."""

    model = SelfCheck

    def visible(self, who: Who) -> QuerySet[SelfCheck]:
        """Return the self-checks that exist for this person."""
        if who.staff:
            return SelfCheck.objects.all()
        return SelfCheck.objects.filter(enterprise__in=who.firms | who.served | who.glass)

    def make(self, who: Who) -> bool:
        """Firms for themselves, staff and experts with them."""
        return who.staff or who.has("owner", "member", "expert")


class CheckedFirmPolicy(Policy[Enterprise]):
    """Enterprises for which somebody may fill in a self-check."""

    model = Enterprise

    def visible(self, who: Who) -> QuerySet[Enterprise]:
        """Return the enterprises that exist for this person."""
        return ENTERPRISES.visible(who)

    def check(self, who: Who, enterprise: Enterprise) -> bool:
        """Its own people, staff, and the expert on one of its engagements."""
        if enterprise.status == "merged":
            return False
        mine = who.staff or enterprise.pk in who.firms
        return mine or enterprise.engagements.filter(pk__in=who.assigned).exists()


ENGAGEMENTS = EngagementPolicy()
ASSIGNMENTS = AssignmentPolicy()
CHECKED_FIRMS = CheckedFirmPolicy()
TASKS = TaskPolicy()
CLUBS = ClubPolicy()
SELF_CHECKS = SelfCheckPolicy()
