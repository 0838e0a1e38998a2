"""What is no workbook, or one made to do harm, never reaches the reader."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from namsai.plant.case import Case
from namsai.texts import LANGS, finding_text
from namsai.workbook.form import form_bytes
from namsai.workbook.guards import MOST_DECLARED, MOST_PARTS, repack
from namsai.workbook.read import read_form
from tests.plant.cases import sound
from tests.workbook.packages import EMPTY_STRINGS, declare, package, sheet

ONE = sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>')


def codes(content: bytes) -> list[str]:
    clean, findings = repack(content)
    assert (clean is None) == any(f.severity == "error" for f in findings)
    for finding in findings:
        for lang in LANGS:
            assert all(finding_text(finding, lang))
    return [f.code for f in findings]


def test_an_ordinary_workbook_passes_with_all_its_cells() -> None:
    assert codes(package(ONE)) == []
    assert codes(form_bytes("garment", "both", Case.model_validate(sound()))) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hello, I am not a workbook", "workbook.not-a-workbook"),
        (b"PK\x03\x04 cut off", "workbook.not-a-workbook"),
        (b"%PDF-1.7", "workbook.not-a-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "workbook.old-or-encrypted"),
        (package(ONE)[:-30], "workbook.not-a-workbook"),
    ],
    ids=["text", "cut-head", "pdf", "old-excel", "cut-end"],
)
def test_what_is_no_workbook(content: bytes, code: str) -> None:
    assert codes(content) == [code]


def test_other_archives() -> None:
    for name, code in (
        ("word/document.xml", "workbook.other-format"),
        ("xl/workbook.bin", "workbook.other-format"),
        ("mimetype", "workbook.other-format"),
        ("readme.txt", "workbook.not-a-workbook"),
    ):
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, "x")
        assert codes(out.getvalue()) == [code]


def test_a_damaged_part() -> None:
    content = bytearray(package(sheet(b'<row r="1"><c r="A1"><v>12345</v></c></row>' * 500)))
    start = content.find(b"sheet1.xml") + 40
    content[start : start + 20] = b"\xff" * 20
    assert codes(bytes(content)) == ["workbook.damaged"]


def test_a_zip_bomb() -> None:
    assert codes(package(ONE, **{"xl/media/a.bin": b"\0" * (MOST_DECLARED + 1)})) == ["workbook.zip-bomb"]


def test_ten_gigabytes_declared() -> None:
    content = declare(package(ONE), 0xFFFFFFF0)
    for name in (b"xl/sharedStrings.xml", b"xl/workbook.xml"):
        content = declare(content, 0xFFFFFFF0, name=name)
    clean, findings = repack(content)
    assert clean is None
    (found,) = findings
    assert found.code == "workbook.zip-bomb"
    assert int(found.facts["size"] or 0) > 10 * 2**30


def test_a_size_declared_too_small_does_not_let_more_through() -> None:
    """The checksum of the declared beginning is right, too: only what was counted is handed on."""
    big = sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' + b" " * 60_000_000)
    content = declare(package(big), 200, zlib.crc32(big[:200]))
    clean, findings = repack(content)
    assert findings == [] or [f.code for f in findings] == ["workbook.damaged"]
    assert clean is None or len(clean) < 10_000
    assert codes(declare(package(big), 200)) == ["workbook.damaged"]


def test_too_many_parts() -> None:
    more = {f"x{number}": b"" for number in range(MOST_PARTS)}
    assert codes(package(ONE, **more)) == ["workbook.too-many-parts"]


def test_a_part_twice() -> None:
    out = BytesIO(package(ONE))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet1.xml", ONE)
    assert codes(out.getvalue()) == ["workbook.damaged"]


def test_an_encrypted_part() -> None:
    content = bytearray(package(ONE))
    for signature, flags, name_at in ((b"PK\x01\x02", 8, 46), (b"PK\x03\x04", 6, 30)):
        start = -1
        while (start := content.find(signature, start + 1)) >= 0:
            if content[start + name_at : start + name_at + 12] == b"xl/worksheet":
                content[start + flags] |= 1
    assert codes(bytes(content)) == ["workbook.old-or-encrypted"]


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="XFD1"><v>1</v></c></row>',
        b'<row r="99999"><c r="ZZ99999"><v>1</v></c></row>',
        b"<row r='1'><c r='XFD1'><v>1</v></c></row>",
        b'<row\nr="1"><c\tr = "XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r\n=\n'A1048576'><v>1</v></c></row>",
    ],
)
def test_cells_too_far_out(cell: bytes) -> None:
    assert codes(package(sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' + cell))) == ["workbook.too-far"]


def test_a_hundred_thousand_rows_of_few_columns_are_no_threat() -> None:
    assert codes(package(sheet(b'<row r="40000"><c r="H40000"><v>1</v></c></row>'))) == []


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    path = tmp_path / "x.xlsx"
    path.write_bytes(package(laughs + sheet(cell), EMPTY_STRINGS))
    case, findings = read_form(path)
    assert case is None
    assert findings
