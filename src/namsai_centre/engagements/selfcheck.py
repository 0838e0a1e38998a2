"""The self-check: its questions, and what follows from the answers. A pure function of answers and know-how; no score.

"Don't know" is never counted as good: it comes after "no" and "partly" among the things to look at, and is listed to be
found out. Nothing is added up to a mark, and no number is made that the know-how does not hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from namsai.knowhow import KnowHow, load
from namsai.knowhow.model import Option

ANSWERS = ("yes", "partly", "no", "unknown")
LACKING = "lacking"  # "we do not have this": only where the question says so
_URGENCY = {"no": 0, "partly": 1, "unknown": 2}
FIRST = 3


@dataclass(frozen=True, slots=True)
class Question:
    """One question: where it belongs, the options behind it, and whether the firm may not have such a thing."""

    id: str
    area: str
    options: tuple[str, ...]
    may_lack: bool = False
    by_sector: Mapping[str, tuple[str, ...]] | None = None

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the answers one may give."""
        return (*ANSWERS, LACKING) if self.may_lack else ANSWERS

    def options_for(self, sector: str) -> tuple[str, ...]:
        """Return the ids of the options, those of the sector first."""
        return (*(self.by_sector or {}).get(sector, ()), *self.options)


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to look at: the question, the answer given, and the know-how's options."""

    question: Question
    answer: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What follows: the first things to look at, what else was answered no or partly, what is to be found out."""

    first: tuple[Thing, ...]
    further: tuple[Thing, ...]
    find_out: tuple[Question, ...]
    good: tuple[Question, ...]
    unanswered: tuple[Question, ...]
    counts: Mapping[str, int]
    asked: int


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions in the order of urgency."""
    place = files("namsai_centre.engagements") / "data" / "selfcheck.toml"
    rows = tomllib.loads(place.read_text(encoding="utf-8"))["question"]
    return tuple(
        Question(
            r["id"],
            r["area"],
            tuple(r["options"]),
            r.get("may_lack", False),
            {k: tuple(v) for k, v in r.get("by_sector", {}).items()},
        )
        for r in rows
    )


def areas() -> tuple[tuple[str, tuple[Question, ...]], ...]:
    """Return the questions grouped by area, in the order in which the areas first occur."""
    names = tuple(dict.fromkeys(q.area for q in questions()))
    return tuple((name, tuple(q for q in questions() if q.area == name)) for name in names)


def result(answers: Mapping[str, str], sector: str, knowhow: KnowHow | None = None) -> Result:
    """Return what follows from the answers, with the options of a know-how that are in use (None: the library's).

    >>> r = result({"tidy": "no", "ideas": "partly", "water_leaks": "unknown", "switch_off": "yes"}, "garment")
    >>> [t.question.id for t in r.first], [q.id for q in r.find_out], r.counts["yes"]
    (['tidy', 'ideas', 'water_leaks'], ['water_leaks'], 1)
    """
    asked = questions()
    held = knowhow or load()
    open_ = sorted((q for q in asked if answers.get(q.id) in _URGENCY), key=lambda q: _URGENCY[answers[q.id]])
    things = [Thing(q, answers[q.id], _in_use(held, q.options_for(sector))) for q in open_]
    return Result(
        first=tuple(things[:FIRST]),
        further=tuple(t for t in things[FIRST:] if t.answer != "unknown"),
        find_out=tuple(q for q in asked if answers.get(q.id) == "unknown"),
        good=tuple(q for q in asked if answers.get(q.id) == "yes"),
        unanswered=tuple(q for q in asked if q.id not in answers),
        counts={a: sum(1 for q in asked if answers.get(q.id) == a) for a in (*ANSWERS, LACKING)},
        asked=len(asked),
    )


def _in_use(knowhow: KnowHow, ids: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(option for option in map(knowhow.option, ids) if option.in_use)
