"""What the schemas share. What is sent has no other fields than those named (`In`); days lie in this age."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

T = TypeVar("T")


def _of_this_age(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError("a day between 1900 and 2200")
    return day


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("no NUL")
    return text


Day = Annotated[date, AfterValidator(_of_this_age)]
Text = Annotated[str, AfterValidator(_no_nul), Field(max_length=5000)]
Word = Annotated[str, AfterValidator(_no_nul), Field(max_length=300)]
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Whole = Annotated[int, Field(ge=0, le=10**16)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


class In(Schema):
    """Something sent: an unknown field is refused by its name."""

    model_config = ConfigDict(extra="forbid")


class Change(In):
    """A change: `version` is the record's version it began from (or the header If-Match)."""

    version: Version | None = None

    def wanted(self) -> dict[str, Any]:
        """Return the fields that were sent."""
        return self.model_dump(exclude_unset=True, exclude={"version"})


class Versioned(Change):
    """Nothing but the version."""


class Reason(Change):
    """Why."""

    reason: Text


class ListOf(Schema, Generic[T]):
    """A page of a list and the number of all."""

    total: int
    page: int
    size: int
    items: list[T]


class PersonRef(Schema):
    """Somebody, by name."""

    id: UUID
    name_lo: str
    name_en: str


class FirmRef(Schema):
    """An enterprise, by name."""

    id: UUID
    name_lo: str
    name_en: str
