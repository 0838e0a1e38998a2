"""What duplicates, merges and lists brought in send and take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from namsai_centre.api.asked import Paged
from namsai_centre.api.schemas.common import Change, FirmRef, In, PersonRef, Reason, Text, Version, Word


class PairOut(Schema):
    """Two enterprises that may be one (score of 100)."""

    id: UUID
    version: int
    first: FirmRef
    second: FirmRef
    score: int
    not_same: bool
    said_why: str


class PairsAsked(Paged):
    """Those to look at, or those said not to be the same."""

    not_same: bool = False


class NotSameIn(Change):
    """That the two are not the same (or, false, that this is taken back)."""

    not_same: bool = True
    why: Word = ""


class Looked(Schema):
    """What a search found."""

    enterprises: int
    pairs: int


class PreviewChoice(Schema):
    """A field in which the two differ."""

    field: str
    kept: str | None
    gone: str | None
    fills: bool


class Preview(Schema):
    """What joining would do."""

    kept_version: int
    gone_version: int
    choices: list[PreviewChoice]
    moving: dict[str, int]
    against: list[str]


class MergeIn(In):
    """Join `gone` into the record of the address; `take`: the fields whose value comes from `gone`."""

    kept_version: Version
    gone_version: Version
    take: Annotated[list[Word], Field(max_length=50)] = Field(default_factory=list)
    reason: Text


class MergeOut(Schema):
    """Two records joined."""

    id: UUID
    version: int
    kept: FirmRef
    gone: FirmRef
    reason: str
    by: PersonRef | None
    created_at: datetime
    undone_at: datetime | None


class UndoIn(Reason):
    """Why a merge is undone."""


class ImportLine(Schema):
    """A list brought in."""

    id: UUID
    version: int
    file_name: str
    state: str
    counts: dict[str, Any]
    created_at: datetime


class ImportOut(ImportLine):
    """The same with its columns, mapping and rows."""

    headers: list[Any]
    mapping: dict[str, Any]
    rows: list[dict[str, Any]]

    @staticmethod
    def resolve_headers(obj: Any) -> Any:
        """Return the headings of the file."""
        return obj.table["headers"]


class ColumnsIn(Change):
    """Place of a column -> field; `numbers` (lo or en) when figures have two readings."""

    columns: dict[str, Word]
    numbers: Word = ""


class AnswersIn(Change):
    """Row -> new, skip, or the id of an enterprise."""

    answers: dict[str, Word]
