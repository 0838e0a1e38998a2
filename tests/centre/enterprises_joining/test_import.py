"""Bringing lists in: guards, columns, what it would do, errors back in the sheet, all or nothing, once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from namsai.workbook.lists import write_list
from namsai.workbook.table import read_tables
from namsai_centre.audit.chain import breaks
from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.actions import check_import
from namsai_centre.enterprises.actions.apply_import import NotReady, apply_import
from namsai_centre.enterprises.importing.fields import guess
from namsai_centre.enterprises.importing.runs import Unreadable
from namsai_centre.enterprises.models import Contact, Enterprise, Identifier, ImportRun
from namsai_centre.who import Who
from tests.centre.cast import Cast

WhoOf = Callable[[str], Who]
HEAD = ["ຊື່ວິສາຫະກິດ", "Name", "Tax No.", "ແຂວງ", "Workers", "Women", "Men", "Counted on", "Phone"]
ROWS: list[list[Any]] = [
    ["ໂຮງງານນ້ຳດື່ມ ພູຄຳ", "Phoukham Water", "111222333", "ຫຼວງພະບາງ", 14, 8, 6, "2025-12-31", "020 5551 7001"],
    ["ໂຮງງານເກືອ ບໍ່ແຕນ", "", "444555666", "ຫລວງນ້ຳທາ", 30, None, None, None, None],
    ["ຮ້ານຊັກລີດ ແສງຈັນ", "", None, "Vientiane Capital", 3, 2, 1, None, None],
]


def sheet(rows: list[list[Any]], head: list[str] | None = None) -> bytes:
    return write_list(head or HEAD, rows)


def taken(who: Who, content: bytes, numbers: str = "") -> ImportRun:
    run, _ = check_import.upload(who, content, "list.xlsx")
    return check_import.set_columns(who, run, run.version, columns=run.mapping["columns"], numbers=numbers)


def states(run: ImportRun) -> dict[str, int]:
    return {k: v for k, v in run.counts.items() if k != "notes" and v}


def problems(run: ImportRun) -> list[str]:
    return [code for row in run.rows for _, code, _ in row["problems"]]


def registry() -> list[Any]:
    return list(Enterprise.objects.order_by("pk").values()) + list(Identifier.objects.order_by("pk").values())


def test_headings_are_understood_in_both_languages_and_many_spellings() -> None:
    heads = ["ລຳດັບ", "ຊື່ໂຮງງານ / Factory", "TIN", "ແຂວງ:", "Total workers *", "ຍິງ", "ເບີໂທ", "Turnover (kip)"]
    assert guess(heads) == {
        "1": "name_lo", "2": "tax", "3": "province", "4": "workers", "5": "women", "6": "phone", "7": "income_kip",
    }  # fmt: skip


def test_a_check_changes_nothing_and_bringing_in_writes_it_with_its_log(cast: Cast, who: WhoOf) -> None:
    before = registry()
    run = taken(who("officer"), sheet(ROWS))
    assert registry() == before
    assert states(run) == {"new": 3}
    apply_import(who("officer"), run, run.version)
    firm = Enterprise.objects.get(name_en="Phoukham Water")
    assert (firm.workers, firm.women, firm.province.name_en if firm.province else "") == (14, 8, "Luang Prabang")
    assert Enterprise.objects.get(name_lo="ໂຮງງານເກືອ ບໍ່ແຕນ").women is None, "missing is not zero"
    assert Contact.objects.get(enterprise=firm).phone == "020 5551 7001"
    assert Entry.objects.filter(action="enterprises.import_new").count() == 3
    assert Entry.objects.filter(action="enterprises.import").count() == 1
    assert list(breaks()) == []
    from namsai_centre.enterprises.search import found

    assert [e.pk for e in found(Enterprise.objects.all(), "111222333")] == [firm.pk], "found like any other"
    assert firm.sorting
    assert firm.looks_lo


def test_case_10_the_same_file_twice_adds_nothing_and_says_so(
    cast: Cast, who: WhoOf, browser: Callable[[str], Client]
) -> None:
    content = sheet(ROWS)
    run = taken(who("officer"), content)
    apply_import(who("officer"), run, run.version)
    before = registry()
    again, new = check_import.upload(who("officer"), content, "other-name.xlsx")
    assert (again.pk, new) == (run.pk, False)
    page = browser("officer").post(
        reverse("enterprises_import"), {"file": SimpleUploadedFile("x.xlsx", content)}, follow=True
    )
    assert "This very file was brought in before" in page.content.decode()
    assert registry() == before
    assert ImportRun.objects.filter(state="done").count() == 1


def test_case_10_the_same_list_with_one_row_changed_shows_that_row(cast: Cast, who: WhoOf) -> None:
    run = taken(who("officer"), sheet(ROWS))
    apply_import(who("officer"), run, run.version)
    count = Enterprise.objects.count()
    rows = [list(r) for r in ROWS]
    rows[2][4:7] = [4, 3, 1]
    run = taken(who("officer"), sheet(rows))
    assert states(run) == {"same": 2, "changed": 1}, "the row without a number is known again too"
    changed = next(r for r in run.rows if r["state"] == "changed")
    assert [c[:3] for c in changed["changes"]] == [["workers", 3, 4], ["women", 2, 3]]
    apply_import(who("officer"), run, run.version)
    assert Enterprise.objects.count() == count
    assert Enterprise.objects.get(name_lo="ຮ້ານຊັກລີດ ແສງຈັນ").workers == 4
    assert Entry.objects.filter(action="enterprises.import_change").count() == 1


def test_an_empty_cell_erases_nothing(cast: Cast, who: WhoOf) -> None:
    run = taken(who("officer"), sheet(ROWS))
    apply_import(who("officer"), run, run.version)
    run = taken(who("officer"), sheet([["", "", "111222333", "", 15, 9, 6, "", ""]]))
    apply_import(who("officer"), run, run.version)
    firm = Enterprise.objects.get(name_en="Phoukham Water")
    assert (firm.name_lo, firm.workers, str(firm.workers_on)) == ("ໂຮງງານນ້ຳດື່ມ ພູຄຳ", 15, "2025-12-31")


def test_all_errors_of_all_rows_are_told_at_once_and_nothing_is_brought_in(cast: Cast, who: WhoOf) -> None:
    bad: list[list[Any]] = [
        ["", "", "", "", 1, None, None, None, None],
        ["ໂຮງງານ ກ", "", "1", "ແຂວງບໍ່ມີ", 5, 4, 4, "31/12/2568", "ບໍ່ຮູ້"],
        ["ໂຮງງານ ຂ", "", "999", "", -5, None, None, "2999-01-01", ""],
        ["ໂຮງງານ ຄ", "", "999", "", 1.5, None, None, None, ""],
        [";P'9ao", "", "", "", None, None, None, None, ""],
    ]
    run = taken(who("officer"), sheet(bad))
    assert sorted(problems(run)) == sorted(
        [
            "joining.no-name", "joining.no-such-place", "joining.workers-do-not-fit", "lao.buddhist-date",
            "joining.bad-phone", "joining.out-of-range", "lao.buddhist-date", "joining.number-in-file-twice",
            "joining.number-in-file-twice", "joining.not-whole", "joining.old-lao",
        ]
    )  # fmt: skip
    with pytest.raises(NotReady):
        apply_import(who("officer"), run, run.version)


def test_the_list_comes_back_with_what_is_wrong_in_the_first_column_and_can_be_sent_again(
    cast: Cast, who: WhoOf, browser: Callable[[str], Client]
) -> None:
    rows = [*ROWS, ["ໂຮງງານ ຜິດ", "", "", "ແຂວງບໍ່ມີ", 5, None, None, None, None]]
    run = taken(who("officer"), sheet(rows))
    answer = browser("officer").get(reverse("enterprises_marked", args=[run.pk]))
    assert "attachment" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert "What is wrong" in str(book["A1"].value)
    assert "ແຂວງບໍ່ມີ" in str(book["A5"].value)
    assert book["A2"].value is None
    assert [c.value for c in book[2]][1:6] == ROWS[0][:5]
    again = taken(who("officer"), answer.content)
    assert states(again) == {"new": 3, "wrong": 1}


def test_a_number_that_says_one_firm_and_a_name_that_says_another_is_asked(cast: Cast, who: WhoOf) -> None:
    firm = cast.records["enterprise"]
    Identifier.objects.create(enterprise=firm, issuer="tax", value="777888999")
    run = taken(who("officer"), sheet([["ຮ້ານກາເຟ ດາວເຮືອງ", "", "777888999", "", None, None, None, None, None]]))
    assert states(run) == {"possible": 1}
    with pytest.raises(NotReady):
        apply_import(who("officer"), run, run.version)
    run = check_import.answer(who("officer"), run, run.version, answers={"1": str(firm.pk)})
    assert states(run) == {"changed": 1}


def test_possible_duplicates_are_asked_and_never_joined_silently(
    cast: Cast, who: WhoOf, browser: Callable[[str], Client]
) -> None:
    firm = Enterprise.objects.create(name_lo="ໂຮງງານກາເຟ ປາກຊ່ອງ")
    run = taken(who("officer"), sheet([["ໂຮງງານກາເຟ ປາກຊອງ", "", "", "", 9, None, None, None, None]]))
    assert states(run) == {"possible": 1}
    page = browser("officer").get(reverse("enterprises_import_see", args=[run.pk])).content.decode()
    assert "ໂຮງງານກາເຟ ປາກຊ່ອງ" in page
    unknown = browser("officer").get(reverse("enterprises_import_see", args=[run.pk]), {"show": "nonsense"})
    assert unknown.status_code == 200
    assert "ໂຮງງານກາເຟ ປາກຊ່ອງ" in unknown.content.decode()
    for said, state in (("new", "new"), ("skip", "skipped"), (str(firm.pk), "changed")):
        run = ImportRun.objects.get(pk=run.pk)
        sent = {"version": run.version, "row_1": said}
        browser("officer").post(reverse("enterprises_answer", args=[run.pk]), sent)
        run = ImportRun.objects.get(pk=run.pk)
        assert states(run) == {state: 1}
    apply_import(who("officer"), run, run.version)
    firm.refresh_from_db()
    assert firm.workers == 9


def test_an_answer_that_was_not_offered_is_not_taken(cast: Cast, who: WhoOf) -> None:
    Enterprise.objects.create(name_lo="ໂຮງງານກາເຟ ປາກຊ່ອງ")
    run = taken(who("officer"), sheet([["ໂຮງງານກາເຟ ປາກຊອງ", "", "", "", 9, None, None, None, None]]))
    other = str(cast.records["enterprise"].pk)
    run = check_import.answer(who("officer"), run, run.version, answers={"1": other, "99": "new"})
    assert states(run) == {"possible": 1}


@pytest.mark.parametrize("blank", ["-", "0", "N/A", "ບໍ່ມີ"])
def test_a_blank_number_matches_nobody(blank: str, cast: Cast, who: WhoOf) -> None:
    Identifier.objects.create(enterprise=cast.records["enterprise"], issuer="tax", value=blank)
    rows = [["ໂຮງງານເກືອ", "", blank, *[None] * 6], ["ຮ້ານກາເຟ", "", blank, *[None] * 6]]
    assert states(taken(who("officer"), sheet(rows))) == {"new": 2}


def test_a_number_that_is_over_matches_nobody(cast: Cast, who: WhoOf) -> None:
    from datetime import date

    firm = cast.records["enterprise"]
    Identifier.objects.create(enterprise=firm, issuer="tax", value="555000111", valid_until=date(2020, 1, 1))
    run = taken(who("officer"), sheet([["ຮ້ານໃໝ່ ດີ", "", "555000111", *[None] * 6]]))
    assert states(run) == {"new": 1}


def test_case_16_figures_with_two_readings_are_asked_per_file_and_never_guessed(
    cast: Cast, who: WhoOf, browser: Callable[[str], Client]
) -> None:
    content = 'ຊື່,Workers,Assets\nໂຮງງານ ກກ,໑.໒໓໔,"1.000.000"\nໂຮງງານ ຂຂ,໑໒,"2,500,000"\n'.encode()
    run, _ = check_import.upload(who("officer"), content, "list.csv")
    url = reverse("enterprises_columns", args=[run.pk])
    sent = {"version": run.version} | {f"column_{at}": name for at, name in run.mapping["columns"].items()}
    page = browser("officer").post(url, sent)
    assert page.status_code == 422
    assert "can be 1,234 or 1.234" in page.content.decode()
    browser("officer").post(url, sent | {"numbers": "lo"})
    run = ImportRun.objects.get(pk=run.pk)
    assert "lao.not-a-number" in problems(run), "2,500,000 is no Lao figure"
    assert run.rows[0]["state"] == "new"
    run = taken(who("officer"), "ຊື່,Workers\nໂຮງງານ ກກ,໑.໒໓໔\n".encode(), numbers="en")
    assert problems(run) == ["joining.not-whole"]


def test_case_16_a_hundredfold_change_is_pointed_out(cast: Cast, who: WhoOf) -> None:
    run = taken(who("officer"), sheet(ROWS))
    apply_import(who("officer"), run, run.version)
    rows = [["", "", "444555666", "", 30_000, None, None, None, None]]
    run = taken(who("officer"), sheet(rows))
    assert run.rows[0]["notes"][0][0] == "note_far"


def parts(**more: bytes) -> bytes:
    """Return a small workbook with parts put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(ROWS))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in more:
                new.writestr(name, old.read(name))
        for name, data in more.items():
            new.writestr(name, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
XXE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd" [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
CELL = b'<c r="A1" t="inlineStr"><is><t>&e;</t></is></c>'
BODY = b'<worksheet><sheetData><row r="1">' + CELL + b"</row></sheetData></worksheet>"
FAR = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'


def refused(content: bytes) -> str:
    tables, findings = read_tables(content)
    assert tables == []
    return findings[0].code


def test_case_06_document_types_and_entities_are_refused() -> None:
    assert refused(parts(**{SHEET: DOCTYPE + BODY})) == "workbook.dtd"
    assert refused(parts(**{SHEET: XXE + BODY})) == "workbook.dtd"
    assert refused(parts(**{SHEET: (XXE + BODY).decode().encode("utf-16")})) == "workbook.dtd"
    assert refused(XXE + BODY) == "workbook.not-a-list"


def test_case_07_bombs_and_far_cells_are_refused_before_they_are_opened() -> None:
    assert refused(parts(**{SHEET: b" " * 120_000_000})) == "workbook.zip-bomb"
    assert refused(parts(**{SHEET: FAR})) == "workbook.too-far"
    assert refused(parts(**{f"xl/x{n}.xml": b"" for n in range(2_100)})) == "workbook.too-many-parts"
    assert read_tables(parts(**{"nested.zip": sheet(ROWS)}))[0][0].rows[1][2] == "111222333"


def test_case_08_macros_html_old_and_torn_files_are_refused_whatever_their_name() -> None:
    assert refused(parts(**{"xl/vbaProject.bin": b"\xd0\xcf"})) == "workbook.macros"
    assert refused(b"<html><table><tr><td>x</td></tr></table></html>") == "workbook.not-a-list"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600) == "workbook.old-or-encrypted"
    assert refused(sheet(ROWS)[:-200]).startswith("workbook.")
    assert refused(b"PK\x05\x00\x81binary") == "workbook.not-a-list"
    assert refused(b"ref,name\n1,\xcd\xc5\n") == "workbook.not-utf8"
    assert refused(b"") == "workbook.empty-list"


def test_what_is_refused_leaves_nothing_behind_and_says_what_to_do(
    cast: Cast, who: WhoOf, browser: Callable[[str], Client]
) -> None:
    count = ImportRun.objects.count()
    file = SimpleUploadedFile("list.xlsx", b"<html></html>")
    page = browser("officer").post(reverse("enterprises_import"), {"file": file})
    assert page.status_code == 422
    assert "save it as Excel workbook" in page.content.decode()
    with pytest.raises(Unreadable):
        check_import.upload(who("officer"), b"", "x")
    assert ImportRun.objects.count() == count


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_case_05_formula_text_stays_text_through_import_and_export(form: str, cast: Cast, who: WhoOf) -> None:
    from namsai_centre.enterprises.export import as_csv, as_xlsx
    from namsai_centre.enterprises.queries import Filters

    name, note = '=HYPERLINK("http://x","ກົດ")', "-5"
    head = [*HEAD[:4], "Village", "Remarks", "x"]
    run = taken(who("officer"), sheet([[name, "+1+1", "=1", "", None, note, None]], head))
    apply_import(who("officer"), run, run.version)
    firm = Enterprise.objects.get(name_lo=name)
    assert (firm.name_en, firm.note) == ("+1+1", "-5")
    make = as_csv if form == "csv" else as_xlsx
    content, _ = make(who("officer"), Filters(q="HYPERLINK"))
    if form == "xlsx":
        cells = [c for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for c in row]
        assert {c.data_type for c in cells} <= {"s", "n", "inlineStr"}
    run = taken(who("officer"), content)
    assert states(run) == {"same": 1}, [r["changes"] + r["problems"] for r in run.rows]
    figure = read_tables(sheet([["x", "", "", "", -5, None, None, None, None]]))[0][0].rows[1][4]
    assert figure == -5


def test_an_export_comes_back_as_the_same(cast: Cast, who: WhoOf) -> None:
    from namsai_centre.enterprises.export import as_xlsx
    from namsai_centre.enterprises.queries import Filters

    run = taken(who("officer"), sheet(ROWS))
    apply_import(who("officer"), run, run.version)
    content, count = as_xlsx(who("officer"), Filters())
    run = taken(who("officer"), content)
    wrong = [(r["name"], r["changes"], r["problems"]) for r in run.rows if r["state"] != "same"]
    assert wrong == []
    assert states(run) == {"same": count}


def test_the_empty_list_can_be_sent_back_as_it_is(cast: Cast, who: WhoOf, browser: Callable[[str], Client]) -> None:
    content = browser("officer").get(reverse("enterprises_import_template")).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets[0].data_validations.dataValidation) >= 4
    run = taken(who("officer"), content)
    assert states(run) == {}
    assert run.counts["notes"][0][0] == "note_example"
    page = book.worksheets[0]
    for at, cell in enumerate(page[2], start=1):
        page.cell(row=3, column=at, value=None if at == 1 else cell.value)
    out = io.BytesIO()
    book.save(out)
    run = taken(who("officer"), out.getvalue())
    assert states(run) == {"new": 1}, problems(run)


def test_the_columns_a_person_sets_are_remembered_for_the_same_headings(cast: Cast, who: WhoOf) -> None:
    head = ["A", "ຊື່", "B"]
    run, _ = check_import.upload(who("officer"), sheet([["x", "ໂຮງງານ ກກ", 7]], head), "1.xlsx")
    assert run.mapping["columns"] == {"1": "name_lo"}
    check_import.set_columns(who("officer"), run, run.version, columns={"1": "name_lo", "2": "workers"}, numbers="")
    other = sheet([[9, "ໂຮງງານ ຂຂ", "y"]], ["B", "ຊື່", "A"])
    run, _ = check_import.upload(who("officer"), other, "2.xlsx")
    assert run.mapping["columns"] == {"1": "name_lo", "0": "workers"}


def test_what_changed_since_the_check_is_seen_before_anything_is_written(
    cast: Cast, who: WhoOf, browser: Callable[[str], Client]
) -> None:
    run = taken(who("officer"), sheet(ROWS))
    firm = Enterprise.objects.create(name_lo="ໂຮງງານນ້ຳດື່ມ ພູຄຳ")
    Identifier.objects.create(enterprise=firm, issuer="tax", value="111222333")
    count = Enterprise.objects.count()
    with pytest.raises(NotReady):
        apply_import(who("officer"), ImportRun.objects.get(pk=run.pk), run.version)
    page = browser("officer").post(reverse("enterprises_apply", args=[run.pk]), {"version": run.version}, follow=True)
    assert "looked" in page.content.decode() or "checked again" in page.content.decode()
    assert Enterprise.objects.count() == count
    assert states(ImportRun.objects.get(pk=run.pk)) == {"changed": 1, "new": 2}


def test_the_pages_take_a_file_from_sending_to_bringing_in(cast: Cast, browser: Callable[[str], Client]) -> None:
    client, count = browser("officer"), Enterprise.objects.count()
    sent = client.post(reverse("enterprises_import"), {"file": SimpleUploadedFile("ລາຍການ.xlsx", sheet(ROWS))})
    run = ImportRun.objects.get(file_name="ລາຍການ.xlsx")
    assert sent["Location"] == reverse("enterprises_columns", args=[run.pk])
    columns = client.get(sent["Location"]).content.decode()
    assert "Phoukham Water" in columns
    fields = {f"column_{at}": name for at, name in run.mapping["columns"].items()}
    checked = client.post(sent["Location"], fields | {"version": run.version})
    assert checked.status_code == 302
    shown = client.get(checked["Location"]).content.decode()
    assert "Bring it in: 3 new, 0 changed" in shown
    run.refresh_from_db()
    key = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    for _ in range(2):  # a double click
        done = client.post(reverse("enterprises_apply", args=[run.pk]), {"version": run.version, "once": key})
        assert done.status_code in (302, 404)
    assert Enterprise.objects.count() == count + 3
    assert "Brought in" in client.get(reverse("enterprises_import")).content.decode()


@pytest.mark.parametrize("name", ["expert", "owner", "member", "ministry", "trainer"])
def test_case_01_only_staff_bring_lists_in(name: str, cast: Cast, who: WhoOf) -> None:
    with pytest.raises(PermissionDenied):
        check_import.upload(who(name), sheet(ROWS), "x.xlsx")
    run = taken(who("officer"), sheet(ROWS))
    with pytest.raises(PermissionDenied):
        apply_import(who(name), run, run.version)


def test_the_list_of_rows_asks_no_more_of_the_database_for_more_rows(
    cast: Cast, who: WhoOf, browser: Callable[[str], Client]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = browser("officer"), []
    for n in (3, 20):
        rows = [[f"ໂຮງງານ {'ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມ'[i]}ດີ{n}ຄຳ", "", f"9{n}{i:06d}", *[None] * 6] for i in range(n)]
        run = taken(who("officer"), sheet(rows))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("enterprises_import_see", args=[run.pk]))
        counts.append(len(asked))
    assert counts[0] == counts[1]
