"""A plain list as an Excel file: one sheet, headings in sight, numbers as numbers, text never as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from namsai.workbook.sheets import FONT, new_book, put

Value = str | int | float | date | None
MOST_LETTERS = 32_767  # of one cell of Excel
_WIDEST = 44


def write_list(
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    sheet: str = "Namsai",
    foot: Sequence[Sequence[Value]] = (),
) -> bytes:
    """Return an .xlsx file of a list: headings, the rows, an empty row and the foot (counts, when and by whom).

    Args: columns - the headings; rows - as many values each as there are columns (None: an empty cell); sheet - name
    of the sheet; foot - rows below the list. Errors: ValueError for a row of another length or a text longer than a
    cell holds.
    """
    book, out, formats = new_book()
    page = book.add_worksheet(sheet[:31])
    plain = formats["plain"], book.add_format({"num_format": "yyyy-mm-dd", "font_name": FONT})
    widths = [len(name) for name in columns]
    for at, name in enumerate(columns):
        page.write_string(0, at, name, formats["head"])
    line = 0
    for line, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise ValueError(f"row {line} has {len(row)} values, not {len(columns)}")
        for at, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str) and len(value) > MOST_LETTERS:
                raise ValueError(f"row {line}: the text of “{columns[at]}” is longer than a cell holds")
            put(page, line, at, value, plain)
            widths[at] = max(widths[at], len(str(value)))
    for below, cells in enumerate(foot, start=line + 2):
        for at, value in enumerate(cells):
            if value is not None:
                put(page, below, at, value, (formats["bold"], plain[1]))
    for at, width in enumerate(widths):
        page.set_column(at, at, min(width + 2, _WIDEST))
    page.freeze_panes(1, 1)
    if line:
        page.autofilter(0, 0, line, len(columns) - 1)
    book.close()
    return out.getvalue()
