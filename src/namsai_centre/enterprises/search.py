"""Find enterprises by any part of a name or number, Lao or Latin: the one door to the databases' two ways."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from namsai_centre.enterprises.keys import folded, likeness, trigrams
from namsai_centre.enterprises.models import Enterprise

LIKE_ENOUGH = 0.45  # share of the wanted trigrams that must be in a name (typing errors); ours, by trial
_MOST_WORDS = 12
_CANDIDATES = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f|]")


def found(enterprises: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """Return the enterprises whose names or numbers hold every word of the text (or the text without spaces)."""
    words = _words(text)
    if not words:
        return enterprises
    joined = re.sub(r"[\s\-./]", "", "".join(words))
    every = Q()
    for word in words:
        every &= _holds(word)
    return enterprises.filter(every | _holds(joined) if joined and [joined] != words else every)


def similar(enterprises: QuerySet[Enterprise], text: str, most: int = 10) -> list[Enterprise]:
    """Return those of the enterprises that come nearest to the text (typing errors), best first; never others."""
    wanted = " ".join(_words(text))
    if len(wanted) < 4:
        return []
    scored = [(likeness(wanted, one.search), one) for one in _candidates(enterprises, wanted)]
    near = sorted((pair for pair in scored if pair[0] >= LIKE_ENOUGH), key=lambda p: (-p[0], p[1].sorting))
    return [one for _, one in near[:most]]


def _words(text: str) -> list[str]:
    return folded(_CONTROL.sub(" ", text[:200])).split()[:_MOST_WORDS]


def _holds(word: str) -> Q:
    if connection.vendor == "sqlite" and len(word) >= 3:
        return Q(pk__in=RawSQL(_MATCH, [_quoted(word)]))
    return Q(search__contains=word)


_MATCH = (
    "SELECT f.enterprise FROM enterprises_words w JOIN enterprises_found f ON f.number = w.rowid "
    "WHERE enterprises_words MATCH %s"
)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _candidates(enterprises: QuerySet[Enterprise], wanted: str) -> list[Enterprise]:
    """Return the enterprises (of those given) that share most trigrams with the text."""
    inner = sorted({t for t in trigrams(wanted) if " " not in t})[:40]
    if not inner:
        return []
    if connection.vendor == "sqlite":
        any_of = " OR ".join(_quoted(t) for t in inner)
        best = RawSQL(f"{_MATCH} ORDER BY w.rank LIMIT {_CANDIDATES}", [any_of])
        near = list(enterprises.filter(pk__in=best))
        return near or list(enterprises.order_by("sorting")[:_CANDIDATES])
    shared = sum(
        (Case(When(search__contains=t, then=Value(1)), default=Value(0), output_field=IntegerField()) for t in inner),
        Value(0),
    )
    return list(enterprises.annotate(shared=shared).filter(shared__gte=1).order_by("-shared", "sorting")[:_CANDIDATES])
