"""Rights over the registry: who sees which enterprise, and who may change, join or bring in."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from namsai_centre.enterprises.models import Enterprise, Group, ImportRun, Lookalike, Merge
from namsai_centre.rights import Policy
from namsai_centre.who import Who


class EnterprisePolicy(Policy[Enterprise]):
    """Staff: all. Owner, member: own firms. Expert, verifier: firms of their engagements, in their dates."""

    model = Enterprise

    def visible(self, who: Who) -> QuerySet[Enterprise]:
        """Return the enterprises that exist for this person."""
        if who.staff:
            return Enterprise.objects.all()
        firms = who.firms | who.served | who.glass
        if not firms:
            return Enterprise.objects.none()
        # a record that was joined into one of them too: its old address leads on (twice joined: two steps)
        joined = Q(merged_into__in=firms) | Q(merged_into__merged_into__in=firms)
        return Enterprise.objects.filter(Q(pk__in=firms) | joined)

    def browse(self, who: Who) -> bool:
        """Whoever may see some."""
        return who.staff or who.has("owner", "member", "expert", "verifier")

    def make(self, who: Who) -> bool:
        """Staff."""
        return who.staff

    def edit(self, who: Who, enterprise: Enterprise) -> bool:
        """Staff and the firm's owner."""
        return self._alive(enterprise) and (who.staff or enterprise.pk in who.owned)

    def consent(self, who: Who, enterprise: Enterprise) -> bool:
        """Staff (on paper given) and the firm's owner."""
        return self._alive(enterprise) and (who.staff or enterprise.pk in who.owned)

    def identify(self, who: Who, enterprise: Enterprise) -> bool:
        """Staff: numbers of other offices, risk class, factory class, group, notes."""
        return self._alive(enterprise) and who.staff

    def close(self, who: Who, enterprise: Enterprise) -> bool:
        """Staff, while it works."""
        return who.staff and enterprise.status == "active"

    def reopen(self, who: Who, enterprise: Enterprise) -> bool:
        """Staff, once it is closed."""
        return who.staff and enterprise.status == "closed" and enterprise.forgotten_at is None

    def forget(self, who: Who, enterprise: Enterprise) -> bool:
        """The director takes the names away; once."""
        return who.director and self._alive(enterprise)

    def pick(self, who: Who) -> bool:
        """Whoever may see some, exactly those."""
        return self.browse(who)

    def group(self, who: Who) -> bool:
        """Staff make groups."""
        return who.staff

    def _alive(self, enterprise: Enterprise) -> bool:
        return enterprise.status != "merged" and enterprise.forgotten_at is None

    def join(self, who: Who) -> bool:
        """Staff find and join duplicates."""
        return who.staff

    def merge(self, who: Who, enterprise: Enterprise) -> bool:
        """Staff; never one that is joined already or has no names any more."""
        return who.staff and self._alive(enterprise)

    def bring(self, who: Who) -> bool:
        """Staff bring lists in."""
        return who.staff

    def export(self, who: Who) -> bool:
        """Whoever may see some, exactly those."""
        return self.browse(who)


class MergePolicy(Policy[Merge]):
    """Staff."""

    model = Merge

    def visible(self, who: Who) -> QuerySet[Merge]:
        """Return all for staff."""
        return Merge.objects.all() if who.staff else Merge.objects.none()

    def undo(self, who: Who, merge: Merge) -> bool:
        """Staff, once."""
        return who.staff and merge.undone_at is None


class ImportPolicy(Policy[ImportRun]):
    """Staff."""

    model = ImportRun

    def visible(self, who: Who) -> QuerySet[ImportRun]:
        """Return all for staff."""
        return ImportRun.objects.all() if who.staff else ImportRun.objects.none()

    def set_columns(self, who: Who, run: ImportRun) -> bool:
        """Staff, until it is brought in."""
        return who.staff and run.state in ("uploaded", "checked")

    def answer(self, who: Who, run: ImportRun) -> bool:
        """Staff, a checked one."""
        return who.staff and run.state == "checked"

    def apply(self, who: Who, run: ImportRun) -> bool:
        """Staff, a checked one."""
        return who.staff and run.state == "checked"

    def refuse(self, who: Who, run: ImportRun) -> bool:
        """Staff, until it is brought in."""
        return who.staff and run.state in ("uploaded", "checked")


class LookalikePolicy(Policy[Lookalike]):
    """Staff."""

    model = Lookalike

    def visible(self, who: Who) -> QuerySet[Lookalike]:
        """Return all for staff."""
        return Lookalike.objects.all() if who.staff else Lookalike.objects.none()

    def dismiss(self, who: Who, pair: Lookalike) -> bool:
        """Staff say that the two are not one, or take that back."""
        return who.staff


class GroupPolicy(Policy[Group]):
    """Staff."""

    model = Group

    def visible(self, who: Who) -> QuerySet[Group]:
        """Return all for staff."""
        return Group.objects.all() if who.staff else Group.objects.none()

    def edit(self, who: Who, group: Group) -> bool:
        """Staff change its names."""
        return who.staff


ENTERPRISES = EnterprisePolicy()
GROUPS = GroupPolicy()
MERGES = MergePolicy()
IMPORTS = ImportPolicy()
LOOKALIKES = LookalikePolicy()
