"""Rights over the know-how: who proposes, who reviews (a second person), who releases, and who speaks for a firm."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from namsai_centre.engagements.models import Assignment
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.knowhow.models import Feedback, Proposal, Release
from namsai_centre.rights import Policy
from namsai_centre.who import Who


class ProposalPolicy(Policy[Proposal]):
    """Staff and experts see and make proposals; only a second person of the staff reviews."""

    model = Proposal

    def visible(self, who: Who) -> QuerySet[Proposal]:
        """Return all for staff and experts; none for others."""
        found = Proposal.objects.select_related("by", "release")
        return found if self.browse(who) else found.none()

    def browse(self, who: Who) -> bool:
        """Staff and experts."""
        return who.staff or who.has("expert")

    def make(self, who: Who) -> bool:
        """Staff and experts."""
        return self.browse(who)

    def edit(self, who: Who, proposal: Proposal) -> bool:
        """Who made it, until it is accepted (or again once it was given back)."""
        return proposal.by_id == who.person_id and proposal.state in ("proposed", "returned")

    def withdraw(self, who: Who, proposal: Proposal) -> bool:
        """Who made it, until it is accepted."""
        return self.edit(who, proposal)

    def review(self, who: Who, proposal: Proposal) -> bool:
        """Director and officers, a waiting one, never their own."""
        return who.staff and proposal.state == "proposed" and proposal.by_id != who.person_id


class ReleasePolicy(Policy[Release]):
    """Everybody reads releases; staff make them from what was accepted."""

    model = Release

    def visible(self, who: Who) -> QuerySet[Release]:
        """Return all."""
        return Release.objects.select_related("by")

    def make(self, who: Who) -> bool:
        """Director and officers (each change in it was seen by two people before)."""
        return who.staff

    def bring(self, who: Who) -> bool:
        """The director brings a folder of data files in as a release."""
        return who.director


class FeedbackPolicy(Policy[Feedback]):
    """Staff: all. Firm, expert, verifier: of their firms. Experts on it and owners write."""

    model = Feedback

    def visible(self, who: Who) -> QuerySet[Feedback]:
        """Return what firms said, as far as these firms exist for this person; withdrawn ones are gone."""
        found = Feedback.objects.filter(withdrawn_at__isnull=True).select_related("enterprise", "by")
        if who.staff:
            return found
        return found.filter(enterprise__in=who.firms | who.served | who.glass)

    def browse(self, who: Who) -> bool:
        """Whoever may see some."""
        return who.staff or who.has("owner", "member", "expert", "verifier")

    def make(self, who: Who) -> bool:
        """Staff, experts and owners, each for their firms (`firms`)."""
        return who.staff or who.has("expert") or bool(who.owned)

    def firms(self, who: Who) -> QuerySet[Enterprise]:
        """Return the enterprises for which somebody may speak: staff all, owners theirs, experts those assigned."""
        found = Enterprise.objects.filter(forgotten_at__isnull=True).exclude(status="merged")
        if who.staff:
            return found
        given = Assignment.objects.filter(engagement__in=who.assigned, role="expert", person=who.person_id)
        return found.filter(Q(pk__in=who.owned) | Q(engagements__in=given.values("engagement"))).distinct()

    def edit(self, who: Who, feedback: Feedback) -> bool:
        """Whoever may speak for the firm, while it stands."""
        return feedback.withdrawn_at is None and self.firms(who).filter(pk=feedback.enterprise_id).exists()

    def withdraw(self, who: Who, feedback: Feedback) -> bool:
        """Whoever may speak for the firm, while it stands."""
        return self.edit(who, feedback)


PROPOSALS = ProposalPolicy()
RELEASES = ReleasePolicy()
FEEDBACK = FeedbackPolicy()
