"""Take records along: every one that exists for the person, a line at a time, counted at the foot."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, QuerySet

from namsai.texts import LANGS, has, text
from namsai.workbook.lists import write_list
from namsai_centre import clock
from namsai_centre.api.exported_kinds import KINDS
from namsai_centre.audit.policies import readable
from namsai_centre.enterprises.export import inert
from namsai_centre.who import Who

_CHUNK = 1000


def count(who: Who, kind: str) -> int:
    """Return how many there are for the person."""
    found = KINDS[kind].seen(who)
    return found.order_by().count() if isinstance(found, QuerySet) else len(found)


def rows(who: Who, kind: str) -> Iterator[dict[str, Any]]:
    """Yield every record of a kind, a thousand at a time from the database."""
    found = KINDS[kind].seen(who)
    paths = KINDS[kind].paths(who)
    if not isinstance(found, QuerySet):
        yield from ({name: one.get(name) for name in paths} for one in found)
        return
    plain = [name for name, path in paths.items() if name == path]
    other = {name: F(path) for name, path in paths.items() if name != path}
    for row in found.order_by("pk").values(*plain, **other).iterator(chunk_size=_CHUNK):
        if kind == "audit":
            row |= {side: readable(who, row["kind"], row[side]) for side in ("before", "after")}
        yield {name: row[name] for name in paths}


def _foot(who: Who, number: int) -> dict[str, Any]:
    return {"count": number, "made_at": clock.now().isoformat(timespec="seconds"), "person": who.name}


def _line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder).encode("utf-8", "replace") + b"\n"


def as_jsonl(who: Who, kind: str) -> Iterator[bytes]:
    """Yield a line of JSON for each record, and at the end one with the count: without it the file is not whole."""
    number = 0
    for row in rows(who, kind):
        number += 1
        yield _line(row)
    yield _line({"footer": {"kind": kind, **_foot(who, number)}})


def everything(who: Who) -> Iterator[bytes]:
    """Yield every record of every kind, each line with its kind, and at the end the counts."""
    counts = dict.fromkeys(KINDS, 0)
    for kind in KINDS:
        for row in rows(who, kind):
            counts[kind] += 1
            yield _line({"record": kind, **row})
    yield _line({"footer": {"counts": counts, **_foot(who, sum(counts.values()))}})


def as_csv(who: Who, kind: str) -> Iterator[bytes]:
    """Yield a text file for spreadsheets: no cell is a formula; at the foot the count."""
    out = io.StringIO()
    writer = csv.writer(out)

    def taken() -> bytes:
        text = out.getvalue()
        out.seek(0)
        out.truncate()
        return text.encode("utf-8", "replace")

    yield "\ufeff".encode()
    writer.writerow(KINDS[kind].names(who))
    number = 0
    for row in rows(who, kind):
        number += 1
        writer.writerow([_cell(value) for value in row.values()])
        if number % _CHUNK == 0:
            yield taken()
    writer.writerow([])
    for name, value in _foot(who, number).items():
        writer.writerow([name, inert(value)])
    yield taken()


def _cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return inert(json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return inert(value)


MOST_ROWS = 100_000  # of an Excel file: it is made in memory


def as_xlsx(who: Who, kind: str) -> bytes:
    """Return an Excel file, headings in both languages. Errors: ValueError where a text is longer than a cell holds."""
    names = KINDS[kind].names(who)
    made = [[_value(row[name]) for name in names] for row in rows(who, kind)]
    foot: list[list[Any]] = [[heading(name), value] for name, value in _foot(who, len(made)).items()]
    return write_list([heading(name) for name in names], made, sheet=kind, foot=foot)


def heading(name: str) -> str:
    """Return what a field is called in Lao and English: `by_lo` is the Lao name, `by_id` the id of what `by` names.

    >>> heading("stage"), heading("by_id"), heading("enterprise_en")
    ('ຂັ້ນຕອນ / Stage', 'ໂດຍ (id) / By (id)', 'ວິສາຫະກິດ (ອັງກິດ) / Enterprise (English)')
    """
    ends = {"_id": ("id", "id"), "_lo": ("ລາວ", "Lao"), "_en": ("ອັງກິດ", "English")}
    end = "" if has(f"columns.{name}") else name[-3:]
    base = name.removesuffix(end) if end in ends else name
    more = [f" ({word})" for word in ends[end]] if end in ends else ["", ""]
    return " / ".join(f"{text(f'columns.{base}', lang)}{word}" for lang, word in zip(LANGS, more, strict=True))


def _value(value: Any) -> Any:
    """Return a value as it stands in a cell of Excel."""
    if isinstance(value, bool | dict | list) or hasattr(value, "tzinfo"):
        return _cell(value)
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, int | float | date | str) else str(value)
