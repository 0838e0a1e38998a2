"""A filled form with mistakes: all of them at once, each with sheet and cell; nothing dropped silently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from namsai.findings import Finding, Severity
from namsai.knowhow import load
from namsai.plant.case import Case
from namsai.plant.case_file import to_json, write_case
from namsai.texts import LANGS, finding_text
from namsai.workbook.form import form_bytes
from namsai.workbook.read import read_any, read_form
from tests.plant.cases import sound

Change = Callable[[Any], None]
_FORM = form_bytes("garment", "both", Case.model_validate(sound()), load())


def sheet(book: Any, name: str) -> Any:
    return next(s for s in book if s["A1"].value == f"namsai:{name}")


def at(page: Any, key: str, row: int = 4) -> Any:
    """Return the cell of a column in a row (4 = first data row)."""
    place = [c.value for c in page[1]].index(key) + 1
    return page.cell(row, place)


def value_cell(page: Any, key: str) -> Any:
    row = next(c.row for c in page["A"] if c.value == key)
    return page.cell(row, 3)


def read_changed(folder: Path, *changes: Change) -> tuple[Case | None, list[Finding]]:
    book = openpyxl.load_workbook(BytesIO(_FORM))
    for change in changes:
        change(book)
    path = folder / "form.xlsx"
    book.save(path)
    case, findings = read_form(path, load())
    for finding in findings:
        for lang in LANGS:
            assert all(finding_text(finding, lang))
    return case, findings


def put(table: str, key: str, value: Any, row: int = 4) -> Change:
    def change(book: Any) -> None:
        at(sheet(book, table), key, row).value = value

    return change


def spot(finding: Finding) -> tuple[str, str, str]:
    return finding.code, (finding.where.sheet or "").split(" · ")[-1], finding.where.cell or ""


def test_an_unchanged_form_is_the_case(tmp_path: Path) -> None:
    case, findings = read_changed(tmp_path)
    assert findings == []
    assert case == Case.model_validate(sound())


@pytest.mark.parametrize(
    ("typed", "value"),
    [("໑໒໐໐", 1200), ("1 200,5", 1200.5), ("1,200.5", 1200.5), ("12,5", 12.5), (7, 7), (7.25, 7.25), ("1200 ", 1200)],
)
def test_numbers_typed_as_text_are_read(tmp_path: Path, typed: Any, value: float) -> None:
    case, findings = read_changed(tmp_path, put("streams", "amount.value", typed))
    assert findings == []
    assert case is not None
    assert case.streams[0].amount is not None
    assert case.streams[0].amount.value == value


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("amount.value", "1.234", "lao.ambiguous-number"),
        ("amount.value", "12%", "lao.percent"),
        ("amount.value", "twelve", "lao.not-a-number"),
        ("amount.value", True, "workbook.not-a-number-cell"),
        ("amount.value", datetime(2025, 3, 1), "workbook.not-a-number-cell"),
        ("amount.value", -5, "plant.negative"),
        ("amount.unit", "kgs", "quantity.unknown-unit"),
        ("amount.unit", "kWh", "plant.unit-does-not-fit"),
        ("amount.unit", None, "plant.missing"),
        ("amount.source", "guess", "plant.wrong-choice"),
        ("from", "nowhere", "plant.unknown-from"),
        ("material", "silk", "plant.unknown-material"),
        ("assumption", "perhaps", "workbook.not-yes-no"),
        ("note.en", "=1+1 ", "plant.formula-text"),
        ("note.lo", "¦½®¾¨©ó", "plant.old-font"),
    ],
)
def test_one_wrong_cell_is_named(tmp_path: Path, key: str, typed: Any, code: str) -> None:
    book = openpyxl.load_workbook(BytesIO(_FORM))
    cell = at(sheet(book, "streams"), key)
    change: Change = put("streams", key, typed)
    if isinstance(typed, str) and typed.startswith("="):

        def change(book: Any) -> None:
            at(sheet(book, "streams"), key).value = typed
            at(sheet(book, "streams"), key).data_type = "s"

    _, findings = read_changed(tmp_path, change)
    assert (code, "Streams", cell.coordinate) in {spot(f) for f in findings}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/12/2568", "lao.buddhist-date"),
        (date(2568, 12, 31), "lao.buddhist-date"),
        ("31/12/25", "lao.two-digit-year"),
        ("31/31/2025", "lao.bad-date"),
        (2025, "lao.bad-date"),
        (None, "plant.missing"),
    ],
)
def test_dates(tmp_path: Path, typed: Any, code: str) -> None:
    def change(book: Any) -> None:
        value_cell(sheet(book, "values"), "period.end").value = typed

    case, findings = read_changed(tmp_path, change)
    assert case is None
    (found,) = [f for f in findings if f.where.path == "period/end"]
    assert found.code == code
    assert (found.where.sheet or "").endswith("Plant")
    assert (found.where.cell or "").startswith("C")


def test_a_day_typed_day_first_is_read(tmp_path: Path) -> None:
    case, findings = read_changed(tmp_path, put("materials", "price.date", "໓໐/໐໖/໒໐໒໕"))
    assert findings == []
    assert case is not None
    assert case.materials[0].price is not None
    assert case.materials[0].price.date == "2025-06-30"


def test_every_mistake_of_the_file_is_told_in_one_run(tmp_path: Path) -> None:
    case, findings = read_changed(
        tmp_path,
        put("streams", "amount.value", "1.234"),
        put("streams", "id", "s1", 5),
        put("streams", "to", "nowhere", 6),
        put("materials", "category", "thing"),
        put("materials", "price.date", "31/12/2568"),
        put("processes", "name.en", "+cmd|'/c calc'!A0", 5),
        put("measures", "saving_low", "5 %"),
    )
    assert case is None
    assert {(c, s) for c, s, _ in map(spot, findings)} == {
        ("lao.ambiguous-number", "Streams"),
        ("plant.duplicate-id", "Streams"),
        ("plant.unknown-to", "Streams"),
        ("plant.unknown-stream", "Measures"),
        ("plant.wrong-choice", "Materials"),
        ("lao.buddhist-date", "Materials"),
        ("plant.formula-text", "Processes"),
        ("lao.percent", "Measures"),
    }
    assert all(f.where.cell and f.where.file == "form.xlsx" for f in findings)
    pair = [f for f in findings if f.code == "plant.duplicate-id"]
    assert {f.where.cell for f in pair} == {"B4", "B5"}
    assert {str(f.facts["other"]).split("!")[1] for f in pair} == {"B4", "B5"}


def test_a_wrong_cell_is_told_once_not_again_as_missing(tmp_path: Path) -> None:
    _, findings = read_changed(tmp_path, put("streams", "amount.value", "many"))
    assert [f.code for f in findings] == ["lao.not-a-number"]


def test_the_example_row_is_not_read_but_writing_over_it_is_told(tmp_path: Path) -> None:
    _, findings = read_changed(tmp_path, put("streams", "amount.value", 999, row=3))
    assert [spot(f) for f in findings] == [("workbook.example-changed", "Streams", "B3")]


def test_the_example_row_may_be_deleted(tmp_path: Path) -> None:
    case, findings = read_changed(tmp_path, lambda book: sheet(book, "streams").delete_rows(3))
    assert findings == []
    assert case == Case.model_validate(sound())


def test_empty_rows_between_are_skipped_and_cells_stay_right(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet(book, "streams").insert_rows(5, 3)
        at(sheet(book, "streams"), "amount.unit", 8).value = "nix"

    _, findings = read_changed(tmp_path, change)
    assert [(f.where.path, f.where.cell) for f in findings] == [("streams/1/amount/unit", "G8")]


def test_columns_may_change_places_and_empty_ones_may_go(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        page = sheet(book, "streams")
        page.move_range("B1:B10", cols=30)
        page.delete_cols(2)

    case, findings = read_changed(tmp_path, change)
    assert findings == []
    assert case == Case.model_validate(sound())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (put("streams", "to", "x", 4), "plant.unknown-to"),
        (lambda b: sheet(b, "streams").__setitem__("B1", "nummer"), "workbook.unknown-column"),
        (lambda b: sheet(b, "streams").__setitem__("C1", "id"), "workbook.column-twice"),
        (lambda b: sheet(b, "streams").__setitem__("Z5", "my remark"), "workbook.unnamed-column"),
        (lambda b: sheet(b, "streams").__setitem__("A5", "note to self"), "workbook.first-column"),
        (lambda b: sheet(b, "values").__setitem__("C90", "lost"), "workbook.unknown-row"),
        (lambda b: b.copy_worksheet(sheet(b, "streams")), "workbook.sheet-twice"),
        (lambda b: sheet(b, "history").__setitem__("A1", "namsai:weather"), "workbook.unknown-table"),
        (lambda b: b.remove(sheet(b, "values")), "workbook.no-values-sheet"),
        (lambda b: sheet(b, "values").__setitem__("B1", "namsai.case/9"), "plant.other-schema"),
    ],
)
def test_what_is_not_read_is_told(tmp_path: Path, change: Change, code: str) -> None:
    case, findings = read_changed(tmp_path, change)
    assert code in {f.code for f in findings}
    assert case is None or code == "plant.unknown-to"


def test_a_foreign_sheet_warns_an_empty_one_does_not(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.create_sheet("Sheet1")
        book.create_sheet("My sums")["B2"] = 5

    case, findings = read_changed(tmp_path, change)
    assert case is not None
    assert [(f.code, f.severity, f.where.sheet) for f in findings] == [
        ("workbook.unknown-sheet", Severity.WARNING, "My sums")
    ]


def test_sheets_are_known_by_their_mark_not_their_name(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for number, page in enumerate(book):
            page.title = f"s{number}"

    case, findings = read_changed(tmp_path, change)
    assert findings == []
    assert case is not None


def test_a_label_of_the_list_or_its_key_alone(tmp_path: Path) -> None:
    for typed in ("purchase", "ຊື້ເຂົ້າ | purchase", "whatever | purchase"):
        case, findings = read_changed(tmp_path, put("streams", "from", typed))
        assert findings == []
        assert case is not None
        assert case.streams[0].from_ == "purchase"


def test_a_workbook_that_is_no_form(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "hello"
    path = tmp_path / "x.xlsx"
    book.save(path)
    case, findings = read_form(path)
    assert case is None
    assert [f.code for f in findings] == ["workbook.unknown-sheet", "workbook.not-a-form"]


def test_an_old_font_in_the_workbook_warns(tmp_path: Path) -> None:
    from openpyxl.styles import Font

    def change(book: Any) -> None:
        at(sheet(book, "streams"), "note.lo").font = Font(name="Saysettha Lao")

    _, findings = read_changed(tmp_path, change)
    assert [(f.code, f.facts["font"]) for f in findings] == [("workbook.old-font", "Saysettha Lao")]


def test_read_any_looks_at_the_content_not_at_the_name(tmp_path: Path) -> None:
    case = Case.model_validate(sound())
    write_case(tmp_path / "case.xlsx", case)
    (tmp_path / "form.json.bak").write_bytes(_FORM)
    for name in ("case.xlsx", "form.json.bak"):
        found, findings = read_any(tmp_path / name)
        assert findings == []
        assert found is not None
        assert to_json(found) == to_json(case)
