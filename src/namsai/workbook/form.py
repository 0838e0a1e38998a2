"""The Excel form of a sector, empty or filled with a case: one sheet per table of the case, made from its models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from namsai.plant.case import SCHEMA, Case
from namsai.plant.case_file import write_whole
from namsai.texts import text
from namsai.workbook.columns import Column, cell_values, columns, tables, value_columns
from namsai.workbook.examples import examples
from namsai.workbook.labels import FormLang, WordList, both, headings, langs, notes, word_list
from namsai.workbook.sheets import (
    FONT,
    as_cell,
    as_day,
    new_book,
    page,
    put,
    row_height,
    row_mark,
    text_columns,
    text_lines,
    width,
)

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow

MARK = "namsai:"
_STEPS = 9  # sentences on the first sheet
HEAD_ROWS = 3  # machine keys (hidden), headings, example
_ROWS = {"readings": 25_000}  # rows with drop-downs; further rows are read as well
_FIRST = ("values", "processes", "materials", "streams")  # what every form needs
_TABS = {"instructions": "#2E7D32"} | dict.fromkeys(_FIRST, "#0B4F6C")
_ORDER = ("processes", "materials", "streams", "costs", "equipment", "lines", "measures", "rates", "sources")


_NOTE = {"x_scale": 2.4, "y_scale": 1.8, "author": "Namsai", "font_name": FONT, "font_size": 10}
_EXAMPLE = {"font_name": FONT, "font_size": 11, "font_color": "#7F8C92", "bg_color": "#F1F4F5", "valign": "top"}


class _Form:
    """The workbook while it is written."""

    def __init__(self, sector: str, lang: FormLang, knowhow: KnowHow | None) -> None:
        self.sector, self.lang, self.knowhow = sector, lang, knowhow
        self.book, self.out, self.formats = new_book()
        self.lists: dict[str, WordList] = {}
        self.examples = examples(sector)
        self.titles = {
            name: both(f"sheet-{name}", lang, " · ") for name in (*tables(), "values", "instructions", "lists")
        }

    def words(self, table: str, column: Column) -> WordList | None:
        """Return the drop-down of a column and remember it for the hidden sheet."""
        found = word_list(table, column, self.sector, self.knowhow)
        if found is not None:
            self.lists.setdefault(found.name, found)
        return found

    def validate(self, sheet: Any, area: tuple[int, int, int, int], table: str, column: Column) -> dict[str, str]:
        """Put the drop-down or number check on cells; return what its words look like."""
        words = self.words(table, column)
        says: dict[str, Any] = {"error_title": both("check", self.lang)[:32], "error_type": "warning"}
        if words is not None:
            rule = {
                "validate": "list",
                "source": f"=list_{words.name}",
                "error_message": both("not-in-list", self.lang),
            }
            sheet.data_validation(*area, says | rule)
            return words.shown(self.lang)
        if column.kind in ("number", "whole"):
            signed = column.parts[-1][1] in ("money", "claim")
            says["error_message"] = both("not-a-number", self.lang)
            says |= {"validate": "decimal", "criteria": ">=", "value": -1_000_000_000_000_000 if signed else 0}
            sheet.data_validation(*area, says)
        return {}


def form_bytes(sector: str, lang: FormLang = "both", case: Case | None = None, knowhow: KnowHow | None = None) -> bytes:
    """Return the form of a sector as the bytes of an .xlsx file (the same input gives the same bytes).

    Args: sector - of the case model; lang - lo, en or both; case - fills the form; knowhow - gives the lists of kinds.
    """
    form = _Form(sector, lang, knowhow)
    order = [name for name in _ORDER if name in tables()] + [name for name in tables() if name not in _ORDER]
    sheets = {name: form.book.add_worksheet(form.titles[name]) for name in ("instructions", "values", *order, "lists")}
    for name, sheet in sheets.items():
        sheet.set_tab_color(_TABS.get(name, "#C9D6DC"))
    _instructions(form, sheets["instructions"], order)
    _values(form, sheets["values"], case)
    for name in order:
        _table(form, sheets[name], name, case)
    _lists(form, sheets["lists"])
    form.book.close()
    return form.out.getvalue()


def write_form(
    path: Path | str,
    sector: str,
    lang: FormLang = "both",
    case: Case | None = None,
    knowhow: KnowHow | None = None,
) -> None:
    """Write the form of a sector to a file, whole or not at all. Errors: OSError when the folder cannot be written.

    Args as `form_bytes`. Read a filled form with `namsai.workbook.read.read_form`.
    """
    write_whole(Path(path), form_bytes(sector, lang, case, knowhow))


def _instructions(form: _Form, sheet: Any, order: list[str]) -> None:
    """Write the first sheet: what to do, and what each sheet is for; each language in its own column."""
    wide = 74 if len(langs(form.lang)) == 2 else 110
    sheet.set_column(0, 0, 1.5)
    sheet.write_string(0, 0, f"{MARK}instructions", form.formats["key"])
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.hide_gridlines(2)
    heights: dict[int, int] = {}
    sheet.set_column(2, 2, 2)
    for place, lang in zip((1, 3), langs(form.lang), strict=False):
        facts = {name: text(f"form.sheet-{name}", lang) for name in ("processes", "materials", "streams")}
        facts |= {"plant": text("form.sheet-values", lang), "assumption": text("form.col-assumption", lang)}
        facts |= {"sector": text(f"terms.sector-{form.sector}", lang), "file": "my-plant.xlsx"}
        facts |= {"yes": text("form.word-yes", lang), "example": text("form.head-example", lang)}
        sheet.set_column(place, place, wide)
        sheet.write_string(1, place, text("form.title", lang, **facts), form.formats["title"])
        for number in range(1, _STEPS + 1):
            says = f"{number}. " if number < _STEPS else ""
            says += text(f"form.step-{number}", lang, **facts)
            sheet.write_string(1 + number, place, says, form.formats["text"])
            heights[1 + number] = max(heights.get(1 + number, 1), text_lines(says, wide))
        for row, name in enumerate(("values", *order), _STEPS + 2):
            title, about = text(f"form.sheet-{name}", lang), text(f"form.about-{name}", lang)
            bold = form.formats["bold" if name in _FIRST else "plain"]
            sheet.write_rich_string(row, place, bold, title, form.formats["plain"], f" – {about}", form.formats["help"])
            heights[row] = max(heights.get(row, 1), text_lines(f"{title} – {about}", wide))
    sheet.set_row(1, 34)
    for row, lines in heights.items():
        sheet.set_row(row, row_height(lines) + (8 if row <= 1 + _STEPS else 2))
    page(sheet, None, both("page", form.lang))
    sheet.fit_to_pages(1, 1)


def _values(form: _Form, sheet: Any, case: Case | None) -> None:
    """Write the sheet of single values: hidden key, label, value, example, explanation."""
    formats = form.formats
    sheet.set_column(0, 0, 1.5, None, {"hidden": True})
    sheet.set_column(1, 1, 46)
    sheet.set_column(2, 3, 34)
    sheet.set_column(4, 4, 76)
    sheet.write_string(0, 0, f"{MARK}values", formats["key"])
    sheet.write_string(0, 1, SCHEMA, formats["key"])
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, 0, "#", formats["key"])
    sheet.set_row(1, row_height(1) + 4)
    for place, slug in enumerate(("head-field", "head-value", "head-example", "head-help"), 1):
        sheet.write_string(1, place, both(slug, form.lang), formats["head"])
    fields = value_columns()
    filled = {c.key: v for c, v in cell_values(case, fields)} if case else {}
    row, section = 2, ""
    for column in fields:
        if column.parts[0][0] != section and len(column.parts) > 1:
            section = column.parts[0][0]
            sheet.write_string(row, 0, "#", formats["key"])
            title = both(f"col-values-{section}", form.lang)
            sheet.merge_range(row, 1, row, 4, title, formats["section"])
            sheet.set_row(row, row_height(1) + 2)
            row += 1
        sheet.write_string(row, 0, column.key, formats["key"])
        inner = Column(column.key, column.kind, column.parts[1:] or column.parts, column.choices, column.required)
        sheet.write_string(row, 1, headings("values", inner, form.lang), formats["label"])
        shown = form.validate(sheet, (row, 2, row, 2), "values", column)
        blank = _cell_formats(form, column)
        value = as_cell(column, filled[column.key], shown) if column.key in filled else None
        if value is not None:
            put(sheet, row, 2, value, blank)
        else:
            sheet.write_blank(row, 2, None, blank[1] if column.kind == "date" else blank[0])
        example = form.examples["values"].get(column.key, "")
        put(sheet, row, 3, _example_cell(column, example, shown), (formats["example"], formats["example_date"]))
        note = notes("values", column, form.lang)
        sheet.write_string(row, 4, note, formats["help"])
        head = headings("values", inner, form.lang)
        lines = (text_lines(head, 46, bold=True), text_lines(value, 34), text_lines(note, 76))
        sheet.set_row(row, row_height(max(lines)) + 2)
        _thousands(form, sheet, column, (row, 2, row, 3))
        row += 1
    sheet.freeze_panes(2, 3)
    page(sheet, 1, both("page", form.lang))
    sheet.fit_to_pages(1, 2)


def _thousands(form: _Form, sheet: Any, column: Column, area: tuple[int, int, int, int]) -> None:
    """Show a mark between the thousands of large whole numbers (what is in the cell stays as it is)."""
    if column.kind not in ("number", "whole") or column.key == "year":
        return
    cell = f"{_letter(area[1])}{area[0] + 1}"
    rule = f"=AND(ISNUMBER({cell}),ABS(N({cell}))>=1000,N({cell})=INT(N({cell})))"
    sheet.conditional_format(*area, {"type": "formula", "criteria": rule, "format": form.formats["thousands"]})


def _cell_formats(form: _Form, column: Column) -> tuple[Any, Any]:
    """Return the formats of an input cell: plain and dated."""
    name = "cell_number" if column.kind in ("number", "whole") else "cell_text" if column.kind == "text" else "cell"
    return form.formats[name], form.formats["cell_date"]


def _example_cell(column: Column, value: object, shown: dict[str, str]) -> object:
    """Return an example as it would be typed."""
    if column.kind == "date" and value:
        return as_day(str(value))
    return shown.get(str(value), value) if isinstance(value, str) else value


def _table(form: _Form, sheet: Any, name: str, case: Case | None) -> None:
    """Write the sheet of one table: hidden keys, headings with notes, a grey example row, the rows of the case."""
    formats = form.formats
    fields = columns(tables()[name])
    rows = getattr(case, name) if case else ()
    last = HEAD_ROWS - 1 + max(_ROWS.get(name, 500), len(rows) + 100)
    label = both("head-example", form.lang, " · ")
    mark = form.book.add_format({"num_format": f';;;"{label}"', "bold": True} | _EXAMPLE)
    aside = max(9, round(text_columns(label, bold=True)) + 2)
    sheet.set_column(0, 0, aside, formats["side"])
    sheet.write_string(0, 0, f"{MARK}{name}", formats["key"])
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.write_string(1, 0, "#", formats["side"])
    example: list[object] = []
    spots: dict[str, tuple[int, tuple[Any, Any], dict[str, str]]] = {}
    heads: list[str] = []
    for place, column in enumerate(fields, 1):
        heads.append(headings(name, column, form.lang, "\n"))
        sheet.write_string(0, place, column.key, formats["key"])
        sheet.write_string(1, place, heads[-1], formats["head"])
        sheet.write_comment(1, place, notes(name, column, form.lang), _NOTE)
        shown = form.validate(sheet, (HEAD_ROWS, place, last, place), name, column)
        example.append(_example_cell(column, form.examples.get(name, {}).get(column.key, ""), shown))
        spots[column.key] = (place, _cell_formats(form, column), shown)
        _thousands(form, sheet, column, (HEAD_ROWS - 1, place, last, place))
    sheet.write_string(2, 0, row_mark(example), mark)
    for place, value in enumerate(example, 1):
        put(sheet, 2, place, value, (formats["example"], formats["example_date"]))
    said = [[value] if isinstance(value, str) else [] for value in example]
    written: list[dict[int, object]] = []
    for row, record in enumerate(rows, HEAD_ROWS):
        written.append({})
        for column, value in cell_values(record, fields):
            place, styles, shown = spots[column.key]
            cell = as_cell(column, value, shown)
            put(sheet, row, place, cell, styles)
            if isinstance(cell, str):
                said[place - 1].append(cell)
                written[-1][place] = cell
    _widths(form, sheet, fields, heads, said, written)
    stop = {"validate": "custom", "value": "=FALSE", "error_title": both("check", form.lang)[:32]}
    sheet.data_validation(HEAD_ROWS, 0, last, 0, stop | {"error_message": both("not-here", form.lang)})
    sheet.freeze_panes(2, 2)


def _widths(
    form: _Form,
    sheet: Any,
    fields: tuple[Column, ...],
    heads: list[str],
    said: list[list[str]],
    written: list[dict[int, object]],
) -> None:
    """Set widths and heights so that headings and rows can be read, and the pages to print."""
    wide = {}
    for place, (column, head) in enumerate(zip(fields, heads, strict=True), 1):
        plain, dated = _cell_formats(form, column)
        wide[place] = width(column, said[place - 1], head)
        sheet.set_column(place, place, wide[place], dated if column.kind == "date" else plain)
    lines = max(text_lines(head, wide[place], bold=True) for place, head in enumerate(heads, 1))
    sheet.set_row(1, row_height(lines) + 4)
    wrapped = {place for place, column in enumerate(fields, 1) if column.kind == "text"}
    for row, cells in enumerate(written, HEAD_ROWS):
        lines = max((text_lines(cell, wide[p]) for p, cell in cells.items() if p in wrapped), default=1)
        sheet.set_row(row, row_height(lines))
    page(sheet, 1, both("page", form.lang), sum(wide.values()))
    sheet.repeat_columns(0, 1)


def _lists(form: _Form, sheet: Any) -> None:
    """Write the hidden sheet of lists; a list of ids typed in the form grows with them."""
    sheet.write_string(0, 0, f"{MARK}lists")
    quoted = {name: f"'{title}'" for name, title in form.titles.items()}
    for place, words in enumerate(form.lists.values(), 1):
        letter = _letter(place)
        sheet.write_string(0, place, words.name)
        entries = list(words.shown(form.lang).values())
        for row, entry in enumerate(entries, 1):
            sheet.write_string(row, place, entry)
        lists = quoted["lists"]
        if not words.ids_of:
            area = f"={lists}!${letter}$2:${letter}${max(len(entries), 1) + 1}"
        else:
            ids = f"{quoted[words.ids_of]}!$B${HEAD_ROWS + 1}:$B${HEAD_ROWS + 500}"
            if not entries:
                first = f"{quoted[words.ids_of]}!$B${HEAD_ROWS + 1}"
                area = f"=OFFSET({first},0,0,MAX(COUNTA({ids}),1),1)"
            else:
                for row in range(len(entries) + 1, len(entries) + 201):
                    source = f"{quoted[words.ids_of]}!$B${HEAD_ROWS + row - len(entries)}"
                    sheet.write_formula(row, place, f'=IF({source}="","",{source})', None, "")
                area = f"=OFFSET({lists}!${letter}$2,0,0,{len(entries)}+COUNTA({ids}),1)"
        form.book.define_name(f"list_{words.name}", area)
    sheet.hide()


def _letter(place: int) -> str:
    """Return the letters of a column.

    >>> _letter(1), _letter(27)
    ('B', 'AB')
    """
    out = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        out = chr(65 + rest) + out
    return out
