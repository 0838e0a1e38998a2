"""What the schemas share. What is sent has no other fields than those named (`In`); days lie in this age."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")


def _of_this_age(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise PydanticCustomError("age", "a day between 1900 and 2200")
    return day


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise PydanticCustomError("string_pattern_mismatch", "no NUL")
    return text


class OneOf:
    """One of these words: any other is refused (and the description lists them)."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Look at the word after the text itself."""
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """List the words."""
        return {**handler(schema), "enum": list(self.words)}

    def _check(self, word: str) -> str:
        if word not in self.words:
            named = ", ".join(w for w in self.words if w)
            raise PydanticCustomError("one_of", "one of {words}", {"words": named})
        return word


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
