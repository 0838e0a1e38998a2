"""The Excel form goes out filled and comes back: differences first, nothing taken from a hostile file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from namsai_centre.assessments.models import Assessment, CaseVersion, Upload

Browser = Callable[[str], Client]


def form_of(browser: Browser, assessment: Assessment) -> bytes:
    response = browser("expert").get(reverse("assessments_form", args=[assessment.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    return bytes(response.content)


def bring(browser: Browser, assessment: Assessment, content: bytes, name: str = "form.xlsx") -> Any:
    url = reverse("assessments_upload", args=[assessment.pk])
    return browser("expert").post(url, {"file": SimpleUploadedFile(name, content)})


def changed(content: bytes, value: Any, field: str = "amount.value", row: int = 4, sheet: str = "streams") -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = next(s for s in book if s["A1"].value == f"namsai:{sheet}")
    column = next(c.column for c in page[1] if c.value == field)
    page.cell(row, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_case_10_the_same_form_again_says_that_nothing_changed(assessment: Assessment, browser: Browser) -> None:
    response = bring(browser, assessment, form_of(browser, assessment))
    assert response.status_code == 302
    assert Upload.objects.filter(assessment=assessment).count() == 1  # the one of the cast
    assert assessment.cases.count() == 1
    page = browser("expert").get(response["Location"])
    assert page.status_code == 200


def test_one_changed_cell_is_shown_before_it_is_taken_over(assessment: Assessment, browser: Browser) -> None:
    response = bring(browser, assessment, changed(form_of(browser, assessment), 4242))
    said = browser("expert").get(response["Location"]).content.decode()
    assert "Fields that differ from version 1: 1." in said
    assert ">4,242</td>" in said
    assert assessment.cases.count() == 1  # not yet
    browser("expert").post(response["Location"])
    now = assessment.cases.get(number=2)
    assert now.document["streams"][0]["amount"]["value"] == 4242
    assert now.origin == "form"
    assert now.complete


def test_case_11_taking_over_twice_makes_one_version(assessment: Assessment, browser: Browser) -> None:
    response = bring(browser, assessment, changed(form_of(browser, assessment), 4242))
    for _ in range(2):
        assert browser("expert").post(response["Location"]).status_code == 302
    assert assessment.cases.count() == 2


def test_findings_name_sheet_and_cell_and_what_was_typed_stays(assessment: Assessment, browser: Browser) -> None:
    response = bring(browser, assessment, changed(form_of(browser, assessment), "1.234"))
    said = browser("expert").get(response["Location"]).content.decode()
    assert "two readings" in said
    column = _letter(form_of(browser, assessment))
    assert f"{column}4" in said
    browser("expert").post(response["Location"])
    now = assessment.cases.get(number=2)
    assert now.document["streams"][0]["amount"]["value"] == "1.234"
    assert not now.complete


def _letter(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = next(s for s in book if s["A1"].value == "namsai:streams")
    return str(next(c.column_letter for c in page[1] if c.value == "amount.value"))


def test_a_form_is_not_taken_over_a_version_saved_meanwhile(
    assessment: Assessment, browser: Browser, kiln: dict[str, Any]
) -> None:
    response = bring(browser, assessment, changed(form_of(browser, assessment), 4242))
    kiln["streams"][1]["amount"]["value"] = 5
    CaseVersion.objects.create(assessment=assessment, number=2, document=kiln, by=assessment.by, complete=True)
    late = browser("expert").post(response["Location"])
    assert late.status_code == 409
    assert "newer version" in late.content.decode()
    assert assessment.cases.count() == 2


def test_rows_that_are_not_in_the_form_are_announced(assessment: Assessment, browser: Browser) -> None:
    content = form_of(browser, assessment)
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = next(s for s in book if s["A1"].value == "namsai:measures")
    page.delete_rows(4)
    out = io.BytesIO()
    book.save(out)
    response = bring(browser, assessment, out.getvalue())
    assert "not in the form and go out: 1." in browser("expert").get(response["Location"]).content.decode()


def test_a_case_file_comes_back_too(assessment: Assessment, browser: Browser, kiln: dict[str, Any]) -> None:
    got = browser("expert").get(reverse("assessments_case", args=[assessment.pk, 1]))
    assert json.loads(got.content) == kiln
    kiln["streams"][0]["amount"]["value"] = "1.234"
    response = bring(browser, assessment, json.dumps(kiln).encode(), "case.json")
    assert "two readings" in browser("expert").get(response["Location"]).content.decode()
    browser("expert").post(response["Location"])
    assert assessment.cases.get(number=2).document["streams"][0]["amount"]["value"] == "1.234"
    assert not assessment.cases.get(number=2).complete


def book_with(part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(part, content)
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize("content", [LAUGHS, XXE])
def test_case_06_entities_in_a_workbook_are_refused_at_once(
    content: bytes, assessment: Assessment, browser: Browser
) -> None:
    response = bring(browser, assessment, book_with("xl/worksheets/sheet1.xml", content))
    assert response.status_code == 422
    assert "root:" not in response.content.decode()


def test_case_07_a_zip_bomb_is_refused_before_it_is_opened(assessment: Assessment, browser: Browser) -> None:
    bomb = book_with("xl/worksheets/sheet1.xml", b"<x>" + b"0" * 120_000_000)
    response = bring(browser, assessment, bomb)
    assert response.status_code == 422
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for n in range(3000):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", "<x/>")
    assert bring(browser, assessment, many.getvalue()).status_code == 422
    assert assessment.cases.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04nonsense",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"[1]",
    ],
)
def test_case_08_what_is_not_a_form_is_refused_in_words(
    content: bytes, assessment: Assessment, browser: Browser
) -> None:
    response = bring(browser, assessment, content)
    assert response.status_code == 422
    assert "Nothing could be taken from this file" in response.content.decode()


def test_a_file_that_is_too_large_is_refused(assessment: Assessment, browser: Browser) -> None:
    response = bring(browser, assessment, b"x" * 20_000_001)
    assert response.status_code == 422
    assert "larger than 20 MB" in response.content.decode()


def test_case_05_a_formula_in_a_name_stays_text(assessment: Assessment, browser: Browser, kiln: dict[str, Any]) -> None:
    kiln["streams"][0]["note"] = {"en": "=1+1"}
    CaseVersion.objects.create(assessment=assessment, number=2, document=kiln, by=assessment.by, complete=True)
    book = openpyxl.load_workbook(io.BytesIO(form_of(browser, assessment)))
    page = next(s for s in book if s["A1"].value == "namsai:streams")
    column = next(c.column for c in page[1] if c.value == "note.en")
    assert (page.cell(4, column).value, page.cell(4, column).data_type) == ("=1+1", "s")


def test_a_draft_with_mistakes_goes_out_and_comes_back_as_it_is(
    assessment: Assessment, browser: Browser, kiln: dict[str, Any]
) -> None:
    kiln["streams"][0]["amount"]["value"] = "1.234"
    kiln["streams"][1]["material"] = "nothing-like-it"
    del kiln["period"]
    kiln["finance"] = {"horizon": 10, "budget": "much"}
    CaseVersion.objects.create(assessment=assessment, number=2, document=kiln, by=assessment.by)
    response = bring(browser, assessment, form_of(browser, assessment))
    assert response["Location"] == reverse("assessments_see", args=[assessment.pk])  # nothing changed
    assert Upload.objects.filter(assessment=assessment).count() == 1


def test_a_default_that_was_typed_is_no_difference(
    assessment: Assessment, browser: Browser, kiln: dict[str, Any]
) -> None:
    kiln["finance"]["horizon"] = 10
    CaseVersion.objects.create(assessment=assessment, number=2, document=kiln, by=assessment.by, complete=True)
    response = bring(browser, assessment, form_of(browser, assessment))
    assert response["Location"] == reverse("assessments_see", args=[assessment.pk])


@pytest.mark.parametrize(
    "text",
    [
        '{"schema": "namsai.case/1", "id": "a\\u0000b", "streams": [{"id": "\\ud800"}]}',
        '{"schema": "namsai.case/1", "finance": {"budget": NaN, "horizon": 1e999, "tax_rate": -Infinity}}',
        '{"schema": "namsai.case/1", "finance": {"budget": 1' + "0" * 400 + "}}",
        '{"schema": "namsai.case/1", "unknown": [1, {"x": "\\u0000"}]}',
    ],
)
def test_a_hostile_case_file_becomes_a_draft_that_every_page_can_show(
    text: str, assessment: Assessment, browser: Browser
) -> None:
    response = bring(browser, assessment, text.encode(), "case.json")
    assert response.status_code == 302
    client = browser("expert")
    assert client.get(response["Location"]).status_code == 200
    client.post(response["Location"])
    assert assessment.cases.count() == 2
    for name in ("values", "streams"):
        assert client.get(reverse("assessments_section", args=[assessment.pk, name])).status_code == 200
        assert client.get(reverse("assessments_data", args=[assessment.pk, 2, name])).status_code == 200
    for page in ("assessments_see", "assessments_findings", "assessments_form"):
        assert client.get(reverse(page, args=[assessment.pk])).status_code == 200


@pytest.mark.parametrize(
    "text", ['{"streams": 5}', '{"streams": [1]}', '{"enterprise": []}', '{"a":' * 900 + "1" + "}" * 900, "{]"]
)
def test_a_case_file_of_another_shape_is_refused(text: str, assessment: Assessment, browser: Browser) -> None:
    assert bring(browser, assessment, text.encode(), "case.json").status_code == 422
    assert assessment.cases.count() == 1
