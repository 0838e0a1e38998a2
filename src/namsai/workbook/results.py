"""The results workbook while it is written: its sheets as data, and how cells, heads, totals and pages look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from namsai.quantity.units import base_factor
from namsai.report.view import View
from namsai.texts import text
from namsai.workbook.labels import FormLang, both, langs
from namsai.workbook.sheets import FONT, LINE, new_book, page, row_height, text_columns, text_lines

if TYPE_CHECKING:
    from namsai.assessment import Assessment
    from namsai.knowhow import KnowHow

Kind = Literal["text", "amount", "money", "share", "count", "year", "years"]
Cell = str | int | float | None
MOST_LETTERS = 32_767  # of one cell of Excel


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `name` of its heading (``results.col-...``), what its cells are, whether its sum stands at the end.

    Kinds: text; amount (any number); money (whole); share (0.1 shown as 10 %); count; year (no thousands mark);
    years (a time).
    `marked`: an empty cell means "not known" and is shaded (else it only means that there is nothing to say).
    """

    name: str
    kind: Kind = "text"
    total: bool = False
    marked: bool = True
    widest: int = 44


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of another kind than its column."""

    value: Cell
    kind: Kind


@dataclass(frozen=True, slots=True)
class Section:
    """A row that opens a part of a sheet."""

    title: str


Row = Section | Sequence[Cell | Shown]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its key (``results.sheet-...``), columns and rows; `fixed` columns stay in sight and on every page."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    fixed: int = 1


class Reader:
    """An assessment seen by readers of the languages asked for: words in all of them, numbers as they are."""

    def __init__(self, assessment: Assessment, knowhow: KnowHow, lang: FormLang) -> None:
        self.assessment, self.knowhow, self.lang = assessment, knowhow, lang
        self.views = tuple(View(assessment, knowhow, one) for one in langs(lang))
        self.plant = self.views[0].plant
        self.currency = assessment.costs.currency
        self._names: dict[tuple[str, str], str] = {}

    def _named(self, group: str, id: str, get: Callable[[View], str]) -> str:
        """Return a name that stands in many rows; it is looked up once."""
        if (group, id) not in self._names:
            self._names[group, id] = self.say(get)
        return self._names[group, id]

    def say(self, get: Callable[[View], str], between: str = " / ") -> str:
        """Return what a view says, in all languages, each wording once."""
        return between.join(dict.fromkeys(word for view in self.views if (word := get(view))))

    def t(self, slug: str, between: str = " / ", **facts: str) -> str:
        """Return a text of the results."""
        return between.join(dict.fromkeys(text(f"results.{slug}", one, **facts) for one in langs(self.lang)))

    def word(self, key: str) -> str:
        """Return the text of a catalogue key."""
        return self._named("word", key, lambda view: view.word(key))

    def process(self, id: str) -> str:
        """Return the name of a process or place."""
        return self._named("process", id, lambda view: view.process(id))

    def stream(self, id: str) -> str:
        """Return the name of a stream, recycle or unexplained loss."""
        return self._named("stream", id, lambda view: view.stream(id))

    def unit(self, unit: str) -> str:
        """Return a unit as it is written; CO2 equivalents are named."""
        base, gas, _ = unit.partition(" CO2")
        return self._named("unit", base, lambda view: view.unit(base)) + (" CO₂e" if gas else "")

    def amount(self, value: float | None, unit: str, material: str = "") -> tuple[float | None, str]:
        """Return an amount and its unit: electricity in kWh, other energy in MJ, all else as it is."""
        if unit != "J":
            return value, self.unit(unit)
        found = self.plant.materials.get(material)
        wanted = "kWh" if found is not None and found.kind == "electricity" else "MJ"
        return (None if value is None else value / base_factor(wanted)[1]), self.unit(wanted)

    def mark(self, is_so: bool) -> str:
        """Return "yes" for what is so, and nothing for what is not."""
        return self.t("yes") if is_so else ""


class Book:
    """The workbook in memory; the same sheets give the same bytes."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.book, self.out, self.formats = new_book()
        line = {"font_name": FONT, "font_size": 11, "valign": "top", "border": 1, "border_color": "#C9D6DC"}
        bold = line | {"bold": True, "bg_color": "#EDF3F6", "top": 2, "top_color": "#0B4F6C"}
        patterns = {"money": "#,##0", "share": "0.0%", "count": "0", "year": "0", "years": "0.00"}
        patterns |= {"amount0": "#,##0", "amount2": "#,##0.00", "amount4": "0.0000", "amount9": "0.00E+00"}
        self.cells = {name: self.book.add_format(line | {"num_format": p}) for name, p in patterns.items()}
        self.totals = {name: self.book.add_format(bold | {"num_format": p}) for name, p in patterns.items()}
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B4F6C", "text_wrap": True}
        self.head = self.book.add_format(line | head | {"align": "left", "indent": 1})
        self.cells["text"] = self.book.add_format(line | {"text_wrap": True, "align": "left", "indent": 1})
        self.totals["text"] = self.book.add_format(bold | {"align": "left", "indent": 1})
        self.unknown = self.book.add_format(line | {"pattern": 14, "fg_color": "#AEB9BE", "bg_color": "#FFFFFF"})
        self.none = self.book.add_format(line | {"italic": True, "font_color": "#5B6A70", "text_wrap": True})

    def add(self, sheet: Sheet) -> None:
        """Write one sheet: heading, rows, sums, filter, print set-up."""
        name = self.reader.t(f"sheet-{sheet.key}", " · ")
        target = self.book.add_worksheet(name)
        wide = self._heads(target, sheet)
        for place, row in enumerate(sheet.rows, 1):
            if isinstance(row, Section):
                target.merge_range(place, 0, place, len(sheet.columns) - 1, "", self.formats["section"])
                target.write_string(place, 0, row.title, self.formats["section"])
                target.set_row(place, LINE)
            else:
                said = (cell.value if isinstance(cell, Shown) else cell for cell in row)
                lines = max(text_lines(x, w) for x, w in zip(said, wide, strict=True))
                target.set_row(place, row_height(lines))
                for spot, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
                    self._cell(target, place, spot, cell, column)
        last = len(sheet.rows)
        if not sheet.rows:
            target.write_string(1, 0, self.reader.t("nothing"), self.none)
        elif not any(isinstance(row, Section) for row in sheet.rows):
            target.autofilter(0, 0, last, len(sheet.columns) - 1)
            if any(column.total for column in sheet.columns):
                self._sums(target, sheet, last + 1)
        target.freeze_panes(1, sheet.fixed)
        self._paper(target, sheet, sum(wide))

    def _heads(self, target: Any, sheet: Sheet) -> list[int]:
        """Write the headings and set the widths by what stands in the columns; return the widths."""
        heads = [self.reader.t(f"col-{column.name}", "\n") for column in sheet.columns]
        wide = []
        for spot, (column, head) in enumerate(zip(sheet.columns, heads, strict=True)):
            said = [self._told(row[spot], column.kind) for row in sheet.rows if not isinstance(row, Section)]
            longest = max((text_columns(part) for line in said for part in line.split("\n")), default=0)
            word = max(text_columns(word, bold=True) for word in head.split())
            wide.append(round(min(max(longest + 3, min(word + 3, 22), 9), column.widest)))
            target.set_column(spot, spot, wide[-1])
            target.write_string(0, spot, head, self.head)
        lines = max(text_lines(head, w, bold=True) for head, w in zip(heads, wide, strict=True))
        target.set_row(0, row_height(lines) + 10)
        return wide

    @staticmethod
    def _told(cell: Cell | Shown, kind: Kind) -> str:
        """Return about what a cell shows, to know how wide it is."""
        value, kind = (cell.value, cell.kind) if isinstance(cell, Shown) else (cell, kind)
        if value is None or isinstance(value, str):
            return value or ""
        return f"{value:,.2f}" if kind == "amount" and abs(value) < 1000 else f"{value:,.0f}"

    def _cell(self, target: Any, place: int, spot: int, cell: Cell | Shown, column: Column) -> None:
        """Write one cell: a number as a number, a text as a text, nothing as an empty cell."""
        value, kind = (cell.value, cell.kind) if isinstance(cell, Shown) else (cell, column.kind)
        if value is None:
            unknown = column.marked and kind != "text"
            done = target.write_blank(place, spot, None, self.unknown if unknown else self.cells["text"])
        elif isinstance(value, str):
            done = target.write_string(place, spot, _fitting(value), self.cells["text"])
        else:
            done = target.write_number(place, spot, value, self.cells[_pattern(value, kind)])
        if done != 0:
            raise ValueError(f"sheet {column.name}: no room for a cell in row {place + 1}")

    def _sums(self, target: Any, sheet: Sheet, place: int) -> None:
        """Write the sums of the rows in sight (they follow the filter), with their values of today."""
        label = self.reader.t("sum")
        for spot, column in enumerate(sheet.columns):
            if column.total:
                rows = [row[spot] for row in sheet.rows if not isinstance(row, Section)]
                known = [value for value in rows if isinstance(value, int | float)]
                letter = _letter(spot)
                formula = f"=SUBTOTAL(109,{letter}2:{letter}{place})"
                target.write_formula(place, spot, formula, self.totals[_pattern(sum(known), column.kind)], sum(known))
            else:
                target.write_string(place, spot, label if spot == 0 else "", self.totals["text"])

    def _paper(self, target: Any, sheet: Sheet, width: int) -> None:
        """Set up the pages: across, as few pages wide as can be read, heading and first columns on each."""
        case = self.reader.assessment.case
        page(target, 0, both("page", self.reader.lang), width)
        if sheet.fixed:
            target.repeat_columns(0, sheet.fixed - 1)
        plant = self.reader.say(lambda view: case.enterprise.name.show(view.lang)).replace("&", "&&")
        target.set_header(f"&L{plant[:100]}&R{case.period.start} – {case.period.end}")

    def content(self) -> bytes:
        """Close the book and return its bytes."""
        self.book.close()
        return self.out.getvalue()


def _pattern(value: float, kind: Kind) -> str:
    """Return the format of a number: an amount shows about four digits, whatever its size."""
    if kind != "amount":
        return "money" if kind == "text" else kind
    size = abs(value)
    if size >= 1000 or float(value).is_integer():
        return "amount0"
    return "amount2" if size >= 1 else "amount4" if size >= 0.001 else "amount9"


def _fitting(value: str) -> str:
    """Return a text that Excel takes whole; a longer one is cut where everybody sees it."""
    return value if len(value) <= MOST_LETTERS else f"{value[: MOST_LETTERS - 20]}… [+{len(value) - MOST_LETTERS + 20}]"


def _letter(spot: int) -> str:
    """Return the letters of a column.

    >>> _letter(0), _letter(26)
    ('A', 'AA')
    """
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(spot))
