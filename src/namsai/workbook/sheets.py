"""How the pages of form and results look: formats, widths and heights for Lao, cells, marks, print set-up."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import Any
from zlib import crc32

from namsai.charts.width import text_width
from namsai.workbook.columns import Column

CREATED = datetime(2026, 1, 1)
FONT = "Phetsarath OT"
FIRST_DAY = date(1954, 10, 4)  # day number 20,001; a smaller number in a date cell is a mistyped year
LINE = 18  # height of a line of Lao at 11 points
MOST_HEIGHT = 409  # of a row of Excel
PAGE_WIDTH = 240  # characters across a page of A4 that can still be read
_POINTS = 5.6  # width of one character of a column, at 11 points
_WIDTH = {  # of a column of the form: least, most
    "id": (14, 46),
    "text": (30, 44),
    "number": (13, 22),
    "whole": (11, 16),
    "yes_no": (12, 16),
    "unit": (10, 16),
    "date": (13, 13),
    "choice": (16, 46),
    "ids": (22, 36),
}


class Exact(float):
    """A float that is written with all its digits (xlsxwriter writes 16, which loses the last bit)."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def new_book() -> tuple[Any, BytesIO, dict[str, Any]]:
    """Return a workbook in memory (texts never become formulas or links), its bytes and its formats."""
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": "Namsai", "author": "Namsai", "created": CREATED})
    book.formats[0].set_font_name(FONT)
    book.formats[0].set_font_size(11)
    base = {"font_name": FONT, "font_size": 11, "valign": "top"}

    def made(**more: Any) -> Any:
        return book.add_format(base | more)

    line = {"border": 1, "border_color": "#C9D6DC"}
    gray = {"font_color": "#7F8C92", "italic": True, "bg_color": "#F1F4F5"} | line
    formats = {
        "title": made(bold=True, font_size=16, font_color="#0B4F6C"),
        "text": made(text_wrap=True),
        "plain": made(),
        "bold": made(bold=True, font_color="#0B4F6C"),
        "head": made(bold=True, font_color="#FFFFFF", bg_color="#0B4F6C", text_wrap=True, locked=True, **line),
        "section": made(bold=True, font_color="#0B4F6C", bg_color="#DCEBF1", **line),
        "label": made(bold=True, text_wrap=True, **line),
        "help": made(font_color="#5B6A70", text_wrap=True, **line),
        "cell": made(locked=False, num_format="@", align="left", indent=1, **line),
        "cell_text": made(locked=False, num_format="@", text_wrap=True, align="left", indent=1, **line),
        "cell_number": made(locked=False, num_format="General", **line),
        "cell_date": made(locked=False, num_format="yyyy-mm-dd", align="left", **line),
        "example": made(text_wrap=True, **gray),
        "example_date": made(num_format="yyyy-mm-dd", align="left", **gray),
        "thousands": book.add_format({"num_format": "#,##0"}),
        "key": made(font_color="#9AA7AC", font_size=8),
        "side": made(font_color="#9AA7AC", font_size=8, bg_color="#F1F4F5"),
    }
    return book, out, formats


def page(sheet: Any, repeat: int | None, footer: str, wide: int = 0) -> None:
    """Set up a sheet for print: A4 landscape, as few pages across as can be read, headings repeated, page numbers."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_across()
    sheet.fit_to_pages(max(1, ceil(wide / PAGE_WIDTH)), 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&C{footer}")
    if repeat is not None:
        sheet.repeat_rows(repeat)


def put(sheet: Any, row: int, column: int, value: object, formats: tuple[Any, Any]) -> None:
    """Write one value: numbers as numbers with all digits, days as days, texts always as texts."""
    plain, dated = formats
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no", plain)
    elif isinstance(value, float):
        sheet.write_number(row, column, Exact(value), plain)
    elif isinstance(value, int):
        sheet.write_number(row, column, value, plain)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, dated)
    else:
        sheet.write_string(row, column, str(value), plain)


def as_cell(column: Column, value: Any, shown: dict[str, str]) -> object:
    """Return what a value of the case looks like in its cell."""
    if column.kind == "ids":
        return ", ".join(value) if value else "-"
    if column.kind == "yes_no":
        word = "yes" if value else "no"
        return shown.get(word, word)
    if column.kind == "date":
        return as_day(str(value))
    if column.kind in ("choice", "id"):
        return shown.get(str(value), str(value))
    return value


def as_day(text: str) -> object:
    """Return a date for Excel, or the text where a cell could not be told from a mistyped number."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= FIRST_DAY else text


def width(column: Column, said: list[str], head: str) -> int:
    """Return the width of a column of the form in characters: for what stands in it and the words of its heading."""
    least, most = _WIDTH.get("id" if column.key == "ref" else column.kind, (14, 24))
    longest = max((text_columns(x) for x in said), default=0.0)
    word = max(text_columns(x, bold=True) for x in head.split())
    return round(max(least, min(longest + 2, most), min(word + 2, 24)))


@lru_cache(4096)
def text_columns(said: str, bold: bool = False) -> float:
    """Return the width of a text in characters of a column."""
    return text_width(said, 11, bold) / _POINTS


def text_lines(said: object, wide: int, bold: bool = False) -> int:
    """Return how many lines a cell needs in a column of that width."""
    return sum(_wrapped(part, wide - 2, bold) for part in said.split("\n")) if isinstance(said, str) else 1


@lru_cache(4096)
def _wrapped(said: str, room: float, bold: bool) -> int:
    """Return the lines of one paragraph: Lao is broken inside a run of words too, which loses some of each line."""
    lines, used = 1, 0.0
    for piece in said.split(" "):
        size = text_columns(piece, bold)
        if used + size <= room:
            used += size + 0.5
        elif size > room / 2 and any(letter >= "\u0e80" for letter in piece):
            rest = size - 0.7 * (room - used)
            more = ceil(rest / (0.85 * room))
            lines, used = lines + more, rest - (more - 1) * 0.85 * room
        else:
            more = ceil(size / room)
            lines, used = lines + more - (used == 0), size - (more - 1) * room + 0.5
    return lines


def row_height(lines: int) -> int:
    """Return the height of a row of so many lines."""
    return min(LINE * lines, MOST_HEIGHT)


def row_mark(values: list[object]) -> str:
    """Return the mark of an example row: a changed one is then seen, not silently skipped."""
    told = "\x1f".join(sorted(word for value in values if (word := _told(value))))
    return f"#example:{crc32(told.encode()):08x}"


def _told(value: object) -> str:
    """Return a cell as text, the same before writing and after reading."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{float(value):.15g}"
    return str(value).strip()
