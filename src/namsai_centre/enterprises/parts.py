"""What belongs to an enterprise, kind by kind: sites, numbers, other names, activities, people to talk to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from namsai_centre import clock
from namsai_centre.enterprises.models import Activity, Alias, Contact, Enterprise, Identifier, Site
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who

__all__ = ["KINDS", "Kind", "ShownKind", "shown_parts"]


@dataclass(frozen=True)
class Kind:
    """One kind of part: its model, the policy's verb that changes it, its first and last day."""

    name: str
    model: type[Any]
    related: str
    verb: str
    starts: str | None
    ends: str

    def of(self, enterprise: Enterprise, key: object) -> Any:
        """Return the part of this enterprise (never of another); the model's DoesNotExist if there is none."""
        return self.model.objects.get(pk=key, enterprise=enterprise)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("contact", Contact, "contacts", "edit", "starts", "ends"),
        Kind("site", Site, "sites", "edit", "starts", "ends"),
        Kind("activity", Activity, "activities", "edit", "starts", "ends"),
        Kind("identifier", Identifier, "identifiers", "identify", "valid_from", "valid_until"),
        Kind("alias", Alias, "aliases", "edit", None, "ends"),
    )
}


@dataclass(frozen=True)
class ShownKind:
    """A kind as a page shows it: what holds today, what is over, and whether the reader may change it."""

    kind: str
    now: list[Any]
    over: list[Any]
    may: bool


def shown_parts(enterprise: Enterprise, who: Who) -> dict[str, ShownKind]:
    """Return every kind with the enterprise's parts (they must be prefetched), those that are over apart."""
    today = clock.today()
    shown: dict[str, ShownKind] = {}
    for name, kind in KINDS.items():
        parts = sorted(getattr(enterprise, kind.related).all(), key=lambda p: p.created_at)
        over = [p for p in parts if (end := getattr(p, kind.ends)) is not None and end < today]
        now = [p for p in parts if p not in over]
        shown[name] = ShownKind(name, now, over, ENTERPRISES.allows(kind.verb, who, enterprise))
    return shown
