"""Who is asking: one frozen value per request with the roles of the day; rights are decided on nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

STAFF = frozenset({"director", "officer"})
OVERSEERS = frozenset({"ministry", "donor"})


@dataclass(frozen=True, slots=True)
class Who:
    """A person (or nobody) on one day.

    roles: role names valid today. firms: enterprises owned or worked for. assigned, verifying: engagements
    given to this expert, verifier today. glass: enterprises opened by break-glass. scopes: of a token (None: a page).
    """

    person_id: UUID | None
    name: str
    day: date
    roles: frozenset[str] = frozenset()
    firms: frozenset[UUID] = frozenset()
    owned: frozenset[UUID] = frozenset()
    assigned: frozenset[UUID] = frozenset()
    verifying: frozenset[UUID] = frozenset()
    served: frozenset[UUID] = frozenset()  # enterprises of the engagements assigned or to verify
    glass: frozenset[UUID] = frozenset()
    scopes: frozenset[str] | None = None
    via: str = "web"
    language: str = field(default="lo", compare=False)

    @property
    def known(self) -> bool:
        """Whether somebody is logged in."""
        return self.person_id is not None

    @property
    def staff(self) -> bool:
        """Whether the person is of the centre (director or programme officer)."""
        return bool(self.roles & STAFF)

    @property
    def director(self) -> bool:
        """Whether the person is the director."""
        return "director" in self.roles

    def has(self, *roles: str) -> bool:
        """Tell whether the person has one of the roles today."""
        return bool(self.roles & set(roles))


def nobody(day: date) -> Who:
    """Return the stranger.

    >>> nobody(date(2026, 1, 1)).known
    False
    """
    return Who(None, "", day)
