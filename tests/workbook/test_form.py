"""The form itself: sheets, headings, notes, drop-downs, the grey example row, print set-up."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest

from namsai.knowhow import load
from namsai.plant.case import Case, Sector
from namsai.texts import has, room_texts
from namsai.workbook.columns import columns, tables, value_columns
from namsai.workbook.examples import examples
from namsai.workbook.form import form_bytes, write_form
from namsai.workbook.labels import heading, notes, word_list
from namsai.workbook.sheets import text_columns, text_lines
from tests.plant.cases import sound

SECTORS = get_args(Sector)


def opened(lang: str = "both", sector: str = "garment", case: Case | None = None) -> Any:
    return openpyxl.load_workbook(BytesIO(form_bytes(sector, lang, case, load())))  # type: ignore[arg-type]


def sheet(book: Any, name: str) -> Any:
    return next(s for s in book if s["A1"].value == f"namsai:{name}")


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_has_a_form_with_a_sheet_per_table(sector: str) -> None:
    marks = [s["A1"].value for s in opened(sector=sector)]
    assert marks[0] == "namsai:instructions"
    assert set(marks[1:]) == {f"namsai:{name}" for name in (*tables(), "values", "lists")}


def test_every_column_has_a_heading_and_a_note_in_both_languages() -> None:
    entries = room_texts("form")
    fields = [(t, c) for t, model in tables().items() for c in columns(model)] + [
        ("values", c) for c in value_columns()
    ]
    for table, column in fields:
        if table == "values" and len(column.parts) > 1:
            inner = column.parts[1:]
        else:
            inner = column.parts
        for name, owner in inner:
            slugs = (f"part-{owner}-{name}", f"col-{table}-{name}", f"col-{name}")
            found = next((s for s in slugs if s in entries), None)
            assert found, (table, column.key)
            assert entries[found]["lo"] != entries[found]["en"] or name == "isic"
        assert notes(table, column, "lo"), (table, column.key)
        assert notes(table, column, "en"), (table, column.key)


def test_a_lao_form_has_no_english_heading() -> None:
    for table, model in tables().items():
        for column in columns(model):
            words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"\[[^\]]*\]", "", heading(table, column, "lo"))))
            assert words <= {"ISIC"}, (table, column.key)


def test_units_stand_in_the_heading() -> None:
    book = opened("en")
    heads = {c.value for c in sheet(book, "equipment")[2]}
    assert {"Power [kW]", "Load [%]", "Hours [h in the period]"} <= heads


def test_headings_are_frozen_and_repeated_in_print_and_carry_notes() -> None:
    page = sheet(opened(), "streams")
    assert page.freeze_panes == "C3"
    assert page.row_dimensions[1].hidden
    assert page.print_title_rows == "$2:$2"
    assert page.page_setup.orientation == "landscape"
    assert page["B2"].comment is not None
    assert "ລະຫັດ" in page["B2"].value
    assert "Id" in page["B2"].value


def test_drop_downs_come_from_the_hidden_lists() -> None:
    book = opened()
    assert sheet(book, "lists").sheet_state == "hidden"
    page = sheet(book, "materials")
    sources = {str(v.sqref).split(":")[0]: v.formula1 for v in page.data_validations.dataValidation}
    keys = [c.value for c in page[1]]
    for key, name in (("kind", "flow_kinds"), ("price.per", "units"), ("price.currency", "currencies")):
        cell = page.cell(4, keys.index(key) + 1).coordinate
        assert sources[cell] == f"list_{name}"
        assert f"list_{name}" in book.defined_names
    names = set(book.defined_names)
    used = {v.formula1 for s in book for v in s.data_validations.dataValidation if v.type == "list"}
    assert used <= names


def test_the_kinds_of_the_sector_stand_first() -> None:
    kind = next(c for c in columns(tables()["processes"]) if c.key == "kind")
    for sector in ("garment", "wood", "food_beverage"):
        words = word_list("processes", kind, sector, load())
        assert words is not None
        first = load().processes[words.words[0][0]]
        assert first.sector == sector
        assert {w[0] for w in words.words} == set(load().processes)


def test_every_choice_has_a_word_in_both_languages() -> None:
    for table, model in tables().items():
        for column in columns(model):
            if column.kind in ("choice", "yes_no"):
                words = word_list(table, column, "garment", None)
                assert words is not None
                assert [w for w in words.words if w[1] == w[0] and w[0] != w[2]] == []
                assert all(re.search(r"[ກ-ໝ]", lao) for _, lao, _ in words.words), (table, column.key)


@pytest.mark.parametrize("sector", SECTORS)
def test_the_examples_use_columns_that_are_there_and_words_of_the_lists(sector: str) -> None:
    knowhow = load()
    for table, row in examples(sector).items():
        fields = {c.key: c for c in (value_columns() if table == "values" else columns(tables()[table]))}
        assert set(row) <= set(fields), table
        for key, value in row.items():
            words = word_list(table, fields[key], sector, knowhow)
            if words is not None and not words.ids_of:
                assert value in {w[0] for w in words.words}, (table, key, value)


def test_a_filled_form_shows_the_label_and_the_key() -> None:
    page = sheet(opened("lo", case=Case.model_validate(sound())), "materials")
    keys = [c.value for c in page[1]]
    assert page.cell(4, keys.index("category") + 1).value == "ວັດຖຸດິບ | raw_material"
    page = sheet(opened("en", case=Case.model_validate(sound())), "materials")
    assert page.cell(4, keys.index("category") + 1).value == "raw material | raw_material"


def test_the_first_sheet_tells_in_both_languages_side_by_side_what_to_do() -> None:
    page = sheet(opened(), "instructions")
    assert (page["B2"].value, page["D2"].value) == ("ນ້ຳໃສ: ແບບຟອມສຳລັບ ຕັດຫຍິບ", "Namsai: form for garment")
    assert page["B3"].value.startswith("1. ")
    assert page["D3"].value.startswith("1. Fill in the sheet “Plant” first")
    said = [row[3].value for row in page.iter_rows() if row[3].value]
    for name in (*tables(), "values"):
        assert any(line.startswith(room_texts("form")[f"sheet-{name}"]["en"]) for line in said), name
    assert not any("{" in c.value for row in page.iter_rows() for c in row if c.value)


def test_the_example_row_says_that_it_is_one() -> None:
    page = sheet(opened(), "streams")
    assert page["A3"].value.startswith("#example:")
    assert page["A3"].number_format == ';;;"ຕົວຢ່າງ · Example"'
    assert page.column_dimensions["A"].width > 12
    stop = [v for v in page.data_validations.dataValidation if str(v.sqref).startswith("A4:")]
    assert [(v.type, v.formula1, v.errorStyle) for v in stop] == [("custom", "FALSE", None)]


def test_large_numbers_show_a_thousands_mark_and_days_do_not() -> None:
    book = opened(case=Case.model_validate(sound()))
    for table, model in tables().items():
        page = sheet(book, table)
        marked = {str(area.sqref).split(":")[0] for area in page.conditional_formatting}
        wanted = {
            f"{page.cell(1, place).column_letter}3"
            for place, column in enumerate(columns(model), 2)
            if column.kind in ("number", "whole") and column.key != "year"
        }
        assert marked == wanted, table


def test_headings_are_not_cut() -> None:
    """Each word fits into its column, and the row is high enough for the words one under the other."""
    for lang in ("both", "lo", "en"):
        book = opened(lang)
        for table, model in tables().items():
            page = sheet(book, table)
            for place in range(2, len(columns(model)) + 2):
                cell = page.cell(2, place)
                wide = next(d.width for d in page.column_dimensions.values() if d.min <= place <= d.max)
                lines = sum(text_lines(part, int(wide), bold=True) for part in cell.value.split("\n"))
                assert page.row_dimensions[2].height >= lines * 18, (table, cell.value)
                latin = [w for w in cell.value.split() if w.isascii()]
                assert max((text_columns(w, bold=True) for w in latin), default=0) < wide, (table, cell.value)


def test_the_sheets_every_plant_needs_have_a_colour_of_their_own() -> None:
    book = opened()
    needed = {name for name in tables() if sheet(book, name).sheet_properties.tabColor.rgb == "FF0B4F6C"}
    assert needed == {"processes", "materials", "streams"}


def test_texts_never_become_formulas_or_links(tmp_path: Path) -> None:
    raw = sound()
    raw["processes"][0]["name"] = {"en": "=1+1", "lo": "http://x.la"}
    path = tmp_path / "f.xlsx"
    write_form(path, "garment", "both", Case.model_validate(raw))
    page = sheet(openpyxl.load_workbook(path), "processes")
    assert [(c.data_type, c.value, c.hyperlink) for c in page[4][2:4]] == [
        ("s", "http://x.la", None),
        ("s", "=1+1", None),
    ]


def test_every_word_of_the_form_is_in_both_languages() -> None:
    for slug, entry in room_texts("form").items():
        if slug == "_":
            continue
        assert has(f"form.{slug}")
        assert {"en", "lo"} <= set(entry), slug
        assert ("note_en" in entry) == ("note_lo" in entry), slug
        assert "\u0ecd\u0eb2" not in "".join(entry.values()), slug
