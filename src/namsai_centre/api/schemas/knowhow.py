"""What the know-how, its proposals and its versions send and take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from namsai_centre.api.asked import Paged
from namsai_centre.api.schemas.common import Change, In, OneOf, PersonRef, Text, Version, Word
from namsai_centre.knowhow import draft
from namsai_centre.knowhow.catalogue import PAYBACKS
from namsai_centre.knowhow.models import STATES

Cells = dict[str, dict[str, Text]]


class OptionLine(Schema):
    """An option in a list. Savings in percent of the named flow; null where there is no usable number."""

    id: str
    sector: str
    process: str
    technique: str
    title_lo: str
    title_en: str
    flows: list[str]
    saving_low: float | None
    saving_high: float | None
    saving_kind: str
    evidence_saving: str
    payback_low: float | None
    payback_high: float | None
    evidence_payback: str
    capex_class: str
    lao_fit: str
    review_status: str


class OptionsAsked(Paged):
    """Which options (values as in the facets); `payback`: within so many years."""

    q: Word = ""
    loss: Word = ""
    sector: Word = ""
    process: Word = ""
    flow: Word = ""
    technique: Word = ""
    capex: Word = ""
    payback: Annotated[Word, OneOf("", *PAYBACKS)] = ""
    evidence: Word = ""
    fit: Word = ""


class FacetOut(Schema):
    """A value one can narrow to, with its number of options."""

    value: str
    count: int


class OptionsOut(Schema):
    """A page of options, and by facet the values one can narrow to."""

    knowhow_version: str
    total: int
    page: int
    size: int
    items: list[OptionLine]
    facets: dict[str, list[FacetOut]]


class LossOut(Schema):
    """A loss as one sees it in a plant."""

    key: str
    lo: str
    en: str
    options: int


class LocalOut(Schema):
    """What at least three firms measured, protected."""

    firms: int
    middle: float
    low: int
    high: int


class CardOut(Schema):
    """The card of an option: the entry as data, its words in the reader's language, firms' measurements, its kin."""

    knowhow_version: str
    option: dict[str, Any]
    card: dict[str, Any]
    local: LocalOut | None
    related: list[str]


class CompareAsked(Schema):
    """Two to four options."""

    option: Annotated[list[Word], Field(min_length=2, max_length=4)]


class SourceLine(Schema):
    """Where a number was found."""

    key: str
    title: str
    locator: str
    licence: str
    how_used: str
    reuse: str
    note: str


class SourceOut(SourceLine):
    """A source, and the records that rest on it by table (ids)."""

    used_by: dict[str, list[str]]


class SourcesAsked(Paged):
    """Which sources."""

    q: Word = ""


class ReleaseLine(Schema):
    """A version of the know-how."""

    knowhow_version: str
    origin: str
    base: str
    by: PersonRef | None
    at: datetime
    note: str


class ReleaseOut(ReleaseLine):
    """A version with what changed against the one before."""

    log: list[dict[str, Any]]


class ReleaseIn(In):
    """A new version of what was accepted; `base`: the version one looked at."""

    base: Word
    note: Text


class ProposalLine(Schema):
    """A proposal in a list."""

    id: UUID
    version: int
    table: str
    key: str
    kind: str
    state: str
    base: str
    why: str
    by: PersonRef
    created_at: datetime


class ProposalStep(Schema):
    """One step of a proposal."""

    step: str
    by: PersonRef
    at: datetime
    note: str


class ProposalOut(ProposalLine):
    """A proposal with the cells wanted, what stood there, and its steps."""

    wanted: dict[str, dict[str, str]]
    before: dict[str, dict[str, str]]
    steps: list[ProposalStep]


class ProposalsAsked(Paged):
    """Which proposals."""

    state: Annotated[Word, OneOf("", *STATES)] = ""
    table: Annotated[Word, OneOf("", *draft.EDITABLE)] = ""


class ProposalIn(In):
    """A new entry or a change of one: the cells by table and column (cells not named stay as they are)."""

    table: Annotated[Word, OneOf(*draft.EDITABLE)]
    kind: Annotated[Word, OneOf("new", "change")]
    key: Word = ""
    wanted: Cells
    why: Text


class ApprovalIn(In):
    """That a recalled number may calculate, with one's own name."""

    option: Word
    why: Text


class RetireIn(ApprovalIn):
    """That an option is no longer suggested, and which one to use instead (none: empty)."""

    instead: Word = ""


class ProposalChange(In):
    """What of a proposal changes."""

    version: Version | None = None
    wanted: Cells | None = None
    why: Text | None = None


class ProposalReview(Change):
    """The second person's word: accepted, or returned with words."""

    decision: Word
    note: Text = ""


class WhyAsked(Schema):
    """The option, by its id in the run's proposals."""

    option: Annotated[Word, Field(min_length=1)]


class ShareOut(Schema):
    """A stream the saving was taken of."""

    stream: str
    share: str
    cost: str


class WhyOut(Schema):
    """Why a run proposed an option, in the reader's language; `entry`: the option of the know-how (empty: own)."""

    title: str
    reason: str
    entry: str
    matched: list[str]
    shares: list[ShareOut]
    saving: str
    badge: dict[str, Any]
    why_not: str
    missing: list[str]
    origins: list[dict[str, Any]]
    version: str
    newest: str


class ProposalColumn(Schema):
    """A column one may write: its table and name, heading, what it means, kind, and the words that may stand in it."""

    table: str
    name: str
    title: str
    means: str
    type: str
    required: bool
    words: list[str]


class FormAsked(Schema):
    """The record to be changed (none: a new one)."""

    key: Word = ""


class FormOut(Schema):
    """What a proposal may say of a record, and what stands there now."""

    table: str
    key: str
    knowhow_version: str
    columns: list[ProposalColumn]
    cells: Cells
