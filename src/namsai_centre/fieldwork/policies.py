"""Rights over visits: staff, and the expert on the engagement while given to it. Asked again at every sending."""

from __future__ import annotations

from django.db.models import QuerySet

from namsai_centre.fieldwork.models import Visit
from namsai_centre.rights import Policy
from namsai_centre.who import Who


class VisitPolicy(Policy[Visit]):
    """Staff: all. Expert: visits of the engagements given to them today. Nobody else."""

    model = Visit

    def visible(self, who: Who) -> QuerySet[Visit]:
        """Return the visits that exist for this person."""
        found = Visit.objects.select_related("engagement__enterprise", "assessment", "by")
        return found if who.staff else found.filter(engagement__in=who.assigned)

    def browse(self, who: Who) -> bool:
        """Staff and experts."""
        return who.staff or who.has("expert")

    def make(self, who: Who) -> bool:
        """Staff and experts (in engagements given to them)."""
        return who.staff or who.has("expert")

    def bring(self, who: Who) -> bool:
        """Staff and experts bring a file that a device exported (each visit in it is looked at by itself)."""
        return who.staff or who.has("expert")

    def edit(self, who: Who, visit: Visit) -> bool:
        """Staff and the expert on it."""
        return who.staff or visit.engagement_id in who.assigned

    def record(self, who: Who, visit: Visit) -> bool:
        """Staff and the expert on it take readings."""
        return self.edit(who, visit)

    def settle(self, who: Who, visit: Visit) -> bool:
        """Staff and the expert on it decide what two devices said differently."""
        return self.edit(who, visit)

    def take(self, who: Who, visit: Visit) -> bool:
        """Staff and the expert on it take the readings over into the assessment."""
        return self.edit(who, visit)


VISITS = VisitPolicy()
