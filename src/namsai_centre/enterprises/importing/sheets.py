"""The files people get: an empty list to be filled, and their own list with what is wrong in the first column."""

from __future__ import annotations

from namsai.texts import text
from namsai.workbook.marked import ListColumn, write_empty, write_marked
from namsai_centre.enterprises import queries_bring
from namsai_centre.enterprises.importing.fields import FIELDS, Field, heading
from namsai_centre.enterprises.models import KINDS, RISKS, ImportRun, Place
from namsai_centre.enterprises.words import SECTORS


def empty_list() -> bytes:
    """Return an .xlsx file with the headings in both languages, drop-downs and one example row."""
    places = list(Place.objects.filter(valid_until__isnull=True).select_related("parent").order_by("code"))
    provinces = [p.name_lo for p in places if p.kind == "province"]
    first = next((p for p in places if p.kind == "district" and p.parent and p.parent.name_lo == provinces[0]), None)
    choices = {
        "sector": [text(f"terms.sector-{s}", "lo") for s in SECTORS],
        "economic_kind": [text(f"enterprises.kind_{k}", "lo") for k in KINDS],
        "risk_class": [text(f"enterprises.risk_{r}", "lo") for r in RISKS],
        "province": provinces,
        "district": [first.name_lo] if first else [],
    }
    columns = [_column(f, choices.get(f.name, [])) for f in FIELDS if f.name != "record"]
    return write_empty(columns, text("joining.list_sheet", "lo"), f"{text('joining.example', 'lo')} / example")


def _column(field: Field, choices: list[str]) -> ListColumn:
    """Return a column of the empty list; a district is typed (its province's list would be too long to choose from)."""
    example = field.example
    if example == "*":
        example = choices[0] if choices else None
    listed = () if field.name == "district" else tuple(choices)
    is_text = field.kind not in ("whole", "kip")
    note = f"{text(f'joining.note_{field.kind}', 'lo')}\n{text(f'joining.note_{field.kind}', 'en')}"
    return ListColumn(heading(field), example, listed, note, is_text)


def marked_list(run: ImportRun) -> bytes:
    """Return the list of a run with a first column for what is wrong."""
    title = f"{text('joining.what_is_wrong', 'lo')} / {text('joining.what_is_wrong', 'en')}"
    table = run.table
    return write_marked(table["rows"], table["head"], title, queries_bring.marked_problems(run), table["sheet"])
