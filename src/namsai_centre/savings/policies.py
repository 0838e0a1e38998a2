"""Rights over the savings ledger; who proposed a measure or was paid for it never verifies it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q, QuerySet

from namsai_centre.rights import Policy
from namsai_centre.savings.models import Evidence, Measure, PersistenceCheck, Saving, StateStep
from namsai_centre.who import Who


class MeasurePolicy(Policy[Measure]):
    """Staff: all. Expert, verifier: of their engagements. Firm: its own. Verbs of `states.TABLE` are rights here."""

    model = Measure

    def visible(self, who: Who) -> QuerySet[Measure]:
        """Return the measures that exist for this person."""
        if who.staff:
            return Measure.objects.all()
        own = Q(engagement__in=who.assigned | who.verifying) | Q(enterprise__in=who.firms | who.glass)
        return Measure.objects.filter(own)

    def browse(self, who: Who) -> bool:
        """Whoever may see some."""
        return who.staff or who.has("expert", "verifier", "owner", "member")

    def make(self, who: Who) -> bool:
        """Staff, experts, and owners in their firms."""
        return who.staff or who.has("expert", "owner")

    def make_in(self, who: Who, engagement: UUID, enterprise: UUID) -> bool:
        """Tell whether somebody may write a measure into this engagement: staff, expert on it, firm's owner."""
        return who.staff or engagement in who.assigned or enterprise in who.owned

    def work(self, who: Who, measure: Measure) -> bool:
        """Staff, the expert on it, the firm's owner: report as done, bring evidence."""
        return who.staff or measure.engagement_id in who.assigned or measure.enterprise_id in who.owned

    def evidence(self, who: Who, measure: Measure) -> bool:
        """Whoever works on it, the firm's people, and the verifier given to it bring files."""
        return self.work(who, measure) or measure.enterprise_id in who.firms or measure.engagement_id in who.verifying

    def edit(self, who: Who, measure: Measure) -> bool:
        """Staff and the expert on it."""
        return who.staff or measure.engagement_id in who.assigned

    def agree(self, who: Who, measure: Measure) -> bool:
        """The firm's owner, or staff with the owner's word."""
        return who.staff or measure.enterprise_id in who.owned

    implement = work
    discontinue = work
    measured = edit
    measure = edit
    restate = edit
    declare = edit

    def reject(self, who: Who, measure: Measure) -> bool:
        """Whoever works on it."""
        return self.work(who, measure)

    def correct(self, who: Who, measure: Measure) -> bool:
        """Staff."""
        return who.staff

    def verify(self, who: Who, measure: Measure) -> bool:
        """A verifier given to the engagement today who neither proposed it nor was paid for it."""
        if measure.engagement_id not in who.verifying:
            return False
        return not self.interested(who, measure)

    give_back = verify

    def to_verify(self, who: Who) -> bool:
        """Verifiers, and staff who want to know what waits."""
        return who.staff or who.has("verifier")

    def interested(self, who: Who, measure: Measure) -> bool:
        """Tell whether the person has an interest (see `interests`)."""
        return next(self.interests(who, measure), "") != ""

    def interests(self, who: Who, measure: Measure) -> Iterator[str]:
        """Yield why the person never verifies the measure; nothing for somebody without a part in it.

        firm (works in it), proposed, paid (for the measure), worked (ever was a paid expert on the engagement),
        stated (the measured amount).
        """
        from namsai_centre.engagements.models import Assignment

        if measure.enterprise_id in who.firms:
            yield "firm"
        yield from measure.interests.filter(person=who.person_id).order_by("-kind").values_list("kind", flat=True)
        if Assignment.objects.filter(
            engagement=measure.engagement_id, person=who.person_id, role="expert", paid=True
        ).exists():
            yield "worked"
        if StateStep.objects.filter(saving__measure=measure.pk, by=who.person_id, verb="measure").exists():
            yield "stated"


class SavingPolicy(Policy[Saving]):
    """Savings of the measures somebody may see."""

    model = Saving

    def visible(self, who: Who) -> QuerySet[Saving]:
        """Return the savings that exist for this person."""
        return Saving.objects.filter(measure__in=MEASURES.visible(who)).select_related("measure")


class EvidencePolicy(Policy[Evidence]):
    """Files of the measures somebody may see."""

    model = Evidence

    def visible(self, who: Who) -> QuerySet[Evidence]:
        """Return the files that exist for this person."""
        return Evidence.objects.filter(measure__in=MEASURES.visible(who)).select_related("measure")


class CheckPolicy(Policy[PersistenceCheck]):
    """Persistence checks of the measures somebody may see."""

    model = PersistenceCheck

    def visible(self, who: Who) -> QuerySet[PersistenceCheck]:
        """Return the checks that exist for this person."""
        return PersistenceCheck.objects.filter(measure__in=MEASURES.visible(who)).select_related("measure")

    def finish(self, who: Who, check: PersistenceCheck) -> bool:
        """Staff, and the verifier on the engagement."""
        return who.staff or check.measure.engagement_id in who.verifying


MEASURES = MeasurePolicy()
SAVINGS = SavingPolicy()
EVIDENCE = EvidencePolicy()
CHECKS = CheckPolicy()
