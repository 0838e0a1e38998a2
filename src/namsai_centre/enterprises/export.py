"""The list of enterprises as a file: everything the person may see of what was asked for, counted at the foot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from namsai.texts import text
from namsai.workbook.lists import Value, write_list
from namsai_centre import clock
from namsai_centre.enterprises import queries
from namsai_centre.enterprises.models import ISSUERS, Enterprise
from namsai_centre.enterprises.queries import Filters
from namsai_centre.enterprises.words import SECTORS
from namsai_centre.ui.templatetags.words import moment
from namsai_centre.ui.words import language, say
from namsai_centre.who import Who

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "export_id", "name_lo", "name_en", "part_alias", "sector", "economic_kind", "province", "district", "village",
    "workers", "women", "men", "workers_on", "assets_kip", "income_kip", "figures_on", "factory_class", "risk_class",
    "group", "status", "closed_on", *(f"issuer_{i}" for i in ISSUERS), "export_activities", "part_contact", "stage",
)  # fmt: skip


def headings() -> list[str]:
    """Return the headings, each in Lao and English."""
    return [f"{text(f'enterprises.{c}', 'lo')} / {text(f'enterprises.{c}', 'en')}" for c in _COLUMNS]


def rows(who: Who, firms: QuerySet[Enterprise]) -> Iterator[list[Value]]:
    """Yield one row for each enterprise; a thing that is not known is None."""
    parts = [Prefetch(name, to_attr=f"all_{name}") for name in ("identifiers", "aliases", "activities", "contacts")]
    found = queries.with_row(who, firms).select_related("group").prefetch_related(*parts)
    today = clock.today()
    e: Any
    for e in found.iterator(chunk_size=1000):
        held: dict[str, list[str]] = {}
        for i in e.all_identifiers:
            if i.valid_until is None or i.valid_until >= today:
                held.setdefault(i.issuer, []).append(i.value)
        people = [c for c in e.all_contacts if c.ends is None or c.ends >= today]
        yield [
            str(e.pk), e.name_lo, e.name_en, _joined(a.name for a in e.all_aliases), _sector(e.sector),
            _word("kind", e.economic_kind), _named(e.province), _named(e.district), e.village,
            e.all_workers, e.women, e.men, e.workers_on, e.assets_kip, e.income_kip, e.figures_on,
            e.factory_class, _word("risk", e.risk_class), _named(e.group), _word("status", e.status), e.closed_on,
            *(_joined(held.get(i, ())) for i in ISSUERS),
            _joined(str(a) for a in e.all_activities if a.ends is None or a.ends >= today),
            _joined(" ".join(filter(None, (_named(c), c.phone, c.email))) for c in people),
            _joined(_word("stage", w.stage) for w in e.works),
        ]  # fmt: skip


def as_xlsx(who: Who, filters: Filters) -> tuple[bytes, int]:
    """Return the list as an Excel file, and how many enterprises it has."""
    firms = queries.listed(who, filters)
    made = list(rows(who, firms))
    return write_list(headings(), made, sheet=say("enterprises.export_sheet"), foot=_foot(who, len(made))), len(made)


def as_csv(who: Who, filters: Filters) -> tuple[bytes, int]:
    """Return the list as a text file (UTF-8 with its mark, for Excel), and how many enterprises it has.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings())
    count = 0
    for row in rows(who, queries.listed(who, filters)):
        writer.writerow([inert(v) for v in row])
        count += 1
    writer.writerow([])
    for cells in _foot(who, count):
        writer.writerow([inert(v) for v in cells])
    return ("\ufeff" + out.getvalue()).encode(), count


def inert(value: Value) -> str:
    """Return a value as it stands in a text file: no text is a formula, numbers and days as they are.

    >>> inert("=1+1"), inert(-5), inert("- note"), inert(None)
    ("'=1+1", '-5', "'- note", '')
    """
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else str(value)


def _foot(who: Who, count: int) -> list[list[Value]]:
    made = say("enterprises.export_made", moment=moment(clock.now()), person=who.name)
    return [[say("enterprises.export_foot"), count], [made]]


def _joined(texts: Any) -> str:
    return "; ".join(texts)


def _named(record: Any) -> str:
    if record is None:
        return ""
    first, second = (record.name_en, record.name_lo) if language() == "en" else (record.name_lo, record.name_en)
    return str(first or second)


def _word(group: str, value: str) -> str:
    return say(f"enterprises.{group}_{value}") if value else ""


def _sector(value: str) -> str:
    return say(f"terms.sector-{value}") if value in SECTORS else value
