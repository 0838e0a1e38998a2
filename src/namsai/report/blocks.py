"""The document as data: what a report says, in one language, without saying how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from namsai.charts.scene import Scene

ColumnKind = Literal["text", "number", "badge"]
Tone = Literal["normal", "lead", "small", "note", "warning"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 opens a chapter, level 2 a part of it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `lead` is larger, `small` smaller, `note` and `warning` stand in a box."""

    text: str
    tone: Tone = "normal"


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One question of an owner with its answer in large type and what must be said about it."""

    question: str
    answer: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """The questions an owner asks first."""

    items: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: numbers at the right, badges in the middle; `share` is its part of the width (0: as needed)."""

    title: str
    kind: ColumnKind = "text"
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table; cells are written in the language of the document. `strong` are the rows set in bold (totals)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    strong: tuple[int, ...] = ()
    small: bool = False  # set in small type: lists to look something up in


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what it shows; the table beside it says the same in numbers."""

    scene: Scene
    caption: str = ""


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One kind of finding: severity (error, warning, note) with its word, what is wrong (each time), where, the fix."""

    severity: str
    word: str
    says: tuple[str, ...]
    where: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class FindingList:
    """Findings, the most severe first."""

    items: tuple[FoundItem, ...]


@dataclass(frozen=True, slots=True)
class Badges:
    """The legend of the evidence letters: (letter, meaning)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""


Block = Heading | Paragraph | KeyNumbers | Table | Chart | FindingList | Badges | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report: head and foot of the pages, title, blocks. `made_on` is an ISO date of the caller, or ""."""

    lang: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]  # shown under the title: (word, value)
    header: str
    header_right: str
    footer: str
    page_word: str
    blocks: tuple[Block, ...]
    made_on: str = ""
