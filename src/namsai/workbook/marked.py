"""A list given back with a first column that says what is wrong in each row; and an empty list to be filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from namsai.workbook.sheets import FONT, new_book, put
from namsai.workbook.table import Cell

EXAMPLE = "#example"
_LAST = 20_000


_LETTERS = 55  # of a line in the first column (Lao marks counted too: a row rather too high than cut off)


def write_marked(
    rows: Sequence[Sequence[Cell]], head: int, title: str, problems: Mapping[int, tuple[str, Sequence[int]]], sheet: str
) -> bytes:
    """Return an .xlsx file of the rows as they came, with a first column for what is wrong.

    Args: rows - all rows; head - place of the row of headings (0 = first); title - heading of the new column;
    problems - place of a row: (what is wrong, places of its wrong cells); sheet - the sheet's name.
    """
    book, out, formats = new_book()
    page = book.add_worksheet(_sheet_name(sheet))
    wrong = book.add_format({"font_name": FONT, "bg_color": "#FBE0DE", "text_wrap": True, "valign": "top"})
    said = book.add_format({"font_name": FONT, "font_color": "#A3211F", "text_wrap": True, "valign": "top"})
    for at, row in enumerate(rows):
        text, cells = problems.get(at, ("", ()))
        if at == head:
            page.write_string(at, 0, title, formats["head"])
        elif text:
            page.write_string(at, 0, text[:32_000], said)
            page.set_row(at, min(400, 18 * sum(1 + len(line) // _LETTERS for line in text.split("\n"))))
        for column in range(max(len(row), max(cells, default=-1) + 1)):
            value = row[column] if column < len(row) else None
            style = formats["head"] if at == head else wrong if column in cells else formats["plain"]
            if value is None or value == "":
                page.write_blank(at, column + 1, None, style)
            else:
                put(page, at, column + 1, value, (style, style))
    page.set_column(0, 0, 60)
    page.set_column(1, max((len(r) for r in rows), default=1), 20)
    page.freeze_panes(head + 1, 1)
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of an empty list: heading, an example, what may be chosen (none: anything), a note, text or number."""

    heading: str
    example: Cell = None
    choices: tuple[str, ...] = ()
    note: str = ""
    text: bool = True


def write_empty(columns: Sequence[ListColumn], sheet: str, example_word: str) -> bytes:
    """Return an .xlsx file to be filled: headings with notes, drop-downs, one grey example row marked as such."""
    book, out, formats = new_book()
    page = book.add_worksheet(_sheet_name(sheet))
    lists = book.add_worksheet("lists")
    as_text = book.add_format({"font_name": FONT, "num_format": "@"})
    as_any = book.add_format({"font_name": FONT})
    page.write_string(0, 0, "#", formats["head"])
    page.write_string(1, 0, f"{EXAMPLE} {example_word}", formats["example"])
    page.set_column(0, 0, 12)
    for at, column in enumerate(columns, start=1):
        page.write_string(0, at, column.heading, formats["head"])
        if column.note:
            page.write_comment(0, at, column.note, {"x_scale": 2, "visible": False})
        if column.example is not None:
            put(page, 1, at, column.example, (formats["example"], formats["example"]))
        page.set_column(at, at, max(14, min(30, len(column.heading) // 2 + 4)), as_text if column.text else as_any)
        if column.choices:
            for line, word in enumerate(column.choices):
                lists.write_string(line, at, word)
            letters = _letters(at)
            source = f"=lists!${letters}$1:${letters}${len(column.choices)}"
            page.data_validation(1, at, _LAST, at, {"validate": "list", "source": source, "error_type": "warning"})
    page.set_row(0, 48)
    page.freeze_panes(1, 1)
    lists.hide()
    book.close()
    return out.getvalue()


def _letters(column: int) -> str:
    """Return the letters of a column.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_name(name: str) -> str:
    """Return a name Excel accepts for a sheet."""
    return "".join(c for c in name if c not in "[]:*?/\\'")[:31].strip() or "Namsai"
