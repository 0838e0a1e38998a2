"""Every bad input of the list gives findings - all of them -, needs under 300 MB, and leaves existing results alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from namsai.findings import has_errors
from namsai.knowhow.base import load
from namsai.plant.case import Case
from namsai.texts import LANGS, finding_text
from namsai.workbook.form import form_bytes
from namsai.workbook.read import read_any
from tests.plant.cases import sound, told
from tests.workbook.packages import declare, package, sheet, strings

LIMIT = 300  # MB


def all_at_once() -> dict[str, Any]:
    """Return a case with every bad value of the list."""
    raw = sound()
    raw["period"] = {"start": "2568-01-01", "end": "2568-12-31"}
    raw["enterprise"]["name"] = {"lo": "¦½®¾¨©ó"}
    raw["processes"][0]["name"] = {"en": "=cmd|'/c calc'!A0"}
    raw["streams"][0]["amount"] = {"value": -1000, "unit": "kWh", "source": "bill"}
    raw["streams"][1]["id"] = "s1"
    raw["streams"][2]["from"] = "nowhere"
    del raw["materials"][0]["price"]
    return raw


EXPECTED = {
    ("plant.buddhist-date", "period/start"),
    ("plant.buddhist-date", "period/end"),
    ("plant.old-font", "enterprise/name/lo"),
    ("plant.formula-text", "processes/0/name/en"),
    ("plant.negative", "streams/0/amount/value"),
    ("plant.unit-does-not-fit", "streams/0/amount/unit"),
    ("plant.duplicate-id", "streams/0/id"),
    ("plant.duplicate-id", "streams/1/id"),
    ("plant.unknown-from", "streams/2/from"),
    ("plant.missing-price", "materials/0/price"),
}


def test_all_bad_values_of_a_case_file_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(all_at_once()), encoding="utf-8")
    case, findings = read_any(path, load())
    assert case is None
    assert told(findings) >= EXPECTED
    for finding in findings:
        assert finding.where.file == "case.json"
        for lang in LANGS:
            assert all(finding_text(finding, lang))


def test_all_bad_values_of_a_form_are_told_together_with_their_cells(tmp_path: Path) -> None:
    raw = all_at_once()
    raw["streams"][0]["amount"]["value"] = 1000
    content = form_bytes("garment", "both", Case.model_validate(raw), load())
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    import openpyxl

    book = openpyxl.load_workbook(path)
    page = next(s for s in book if s["A1"].value == "namsai:streams")
    page.cell(4, [c.value for c in page[1]].index("amount.value") + 1).value = -1000
    book.save(path)
    case, findings = read_any(path, load())
    assert case is None
    as_cells = {("lao.buddhist-date" if c == "plant.buddhist-date" else c, p) for c, p in EXPECTED}
    assert {p for _, p in told(findings)} >= {p for _, p in EXPECTED}
    assert told(findings) >= as_cells or told(findings) >= EXPECTED
    assert all(f.where.sheet and f.where.cell for f in findings)


def one(change: str) -> bytes:
    """Return a case file with one bad value."""
    raw, bad = sound(), all_at_once()
    pick: dict[str, Callable[[], object]] = {
        "wrong unit": lambda: raw["streams"][0].update(amount={"value": 5, "unit": "kWh", "source": "bill"}),
        "negative mass": lambda: raw["streams"][0]["amount"].update(value=-1),
        "two streams with one id": lambda: raw["streams"][1].update(id="s1"),
        "a stream from nowhere": lambda: raw["streams"][2].update({"from": "nowhere"}),
        "missing price": lambda: raw["materials"][0].pop("price"),
        "Buddhist date": lambda: raw.update(period=bad["period"]),
        "formula": lambda: raw.update(processes=bad["processes"]),
        "old Lao font": lambda: raw.update(enterprise=bad["enterprise"]),
    }
    pick[change]()
    return json.dumps(raw).encode()


@cache
def bombs() -> dict[str, tuple[bytes, str]]:
    """Return bad files by name with the code they must give; also the largest that pass the guards."""
    cell = sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>')
    dense = b"".join(
        b'<row r="%d">' % row + b"".join(b'<c r="%c%d"><v>1</v></c>' % (65 + c, row) for c in range(24)) + b"</row>"
        for row in range(1, 45_000)
    )
    ten_gb = declare(
        declare(declare(package(cell), 0xFFFFFFF0), 0xFFFFFFF0, name=b"xl/sharedStrings.xml"),
        0xFFFFFFF0,
        name=b"xl/workbook.xml",
    )
    return {
        "wrong-unit.json": (one("wrong unit"), "plant.unit-does-not-fit"),
        "negative.json": (one("negative mass"), "plant.negative"),
        "twice.json": (one("two streams with one id"), "plant.duplicate-id"),
        "nowhere.json": (one("a stream from nowhere"), "plant.unknown-from"),
        "price.json": (one("missing price"), "plant.missing-price"),
        "buddhist.json": (one("Buddhist date"), "plant.buddhist-date"),
        "formula.json": (one("formula"), "plant.formula-text"),
        "font.json": (one("old Lao font"), "plant.old-font"),
        "bomb.xlsx": (package(cell, **{"xl/media/a.bin": b"\0" * 150_000_000}), "workbook.zip-bomb"),
        "sheet-bomb.xlsx": (package(sheet(b" " * 60_000_000)), "workbook.zip-bomb"),
        "ten-gb.xlsx": (ten_gb, "workbook.zip-bomb"),
        "far.xlsx": (package(sheet(b'<row r="1"><c r="A1"/><c r="XFD1048576"><v>1</v></c></row>')), "workbook.too-far"),
        "dense.xlsx": (package(sheet(dense)), "workbook.not-a-form"),
        "strings.xlsx": (package(cell, strings(b"<si><t>a</t></si>" * 1_700_000)), "workbook.not-a-form"),
        "not.xlsx": (b"I am text", "workbook.not-a-workbook"),
        "empty.xlsx": (b"", "plant.empty-file"),
        "empty.json": (b"", "plant.empty-file"),
        "lists.json": (b'{"x":[' + b"[]," * 1_300_000 + b"1]}", "plant.too-many-rows"),
        "keys.json": (b"{" + b",".join(b'"k%d":1' % n for n in range(300_000)) + b"}", "plant.too-many-keys"),
        "rows.json": (json.dumps({"streams": [{"a": 1, "b": 2}] * 49_000}).encode(), "plant.more-errors"),
    }


READ = """
import json, re, sys
from pathlib import Path
from namsai.knowhow.base import load
from namsai.workbook.read import read_any
knowhow, out = load(), {}
for name in sys.argv[1:]:
    case, findings = read_any(name, knowhow)
    out[name.rsplit("/", 1)[-1]] = [case is not None, sorted({f.code for f in findings}), len(findings)]
status = Path("/proc/self/status").read_text()  # the peak of this process alone; ru_maxrss counts the parent's too
print(json.dumps([out, int(re.search(r"VmHWM:\\s+(\\d+)", status).group(1)) / 1024]))
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float, dict[str, str]]:
    """Read all bad files in one process of its own; its peak is the largest of all."""
    folder = tmp_path_factory.mktemp("bad")
    wanted = {}
    for name, (content, code) in bombs().items():
        (folder / name).write_bytes(content)
        wanted[name] = code
    with (folder / "huge.xlsx").open("wb") as out:
        out.truncate(10 * 2**30)  # sparse: takes no room on the disk
    wanted["huge.xlsx"] = "plant.file-too-large"
    names = [str(folder / name) for name in wanted]
    done = subprocess.run([sys.executable, "-c", READ, *names], capture_output=True, text=True, check=True)
    told, peak = json.loads(done.stdout)
    assert done.stderr == ""
    return told, peak, wanted


def test_each_bad_file_gives_its_finding(outcome: tuple[dict[str, Any], float, dict[str, str]]) -> None:
    found, _, wanted = outcome
    missed = {name: (code, found[name]) for name, code in wanted.items() if code not in found[name][1]}
    assert missed == {}


def test_no_bad_file_needs_300_mb(outcome: tuple[dict[str, Any], float, dict[str, str]]) -> None:
    assert outcome[1] < LIMIT


def test_only_a_missing_price_lets_the_calculation_go_on(tmp_path: Path) -> None:
    for name, (content, _) in bombs().items():
        if not name.endswith(".json") or len(content) > 10_000:
            continue
        path = tmp_path / name
        path.write_bytes(content)
        _, findings = read_any(path, load())
        assert has_errors(findings) == (name != "price.json"), name


def test_reading_writes_nothing(tmp_path: Path) -> None:
    result = tmp_path / "report.xlsx"
    result.write_bytes(b"old result")
    for name in ("twice.json", "not.xlsx", "empty.xlsx"):
        (tmp_path / name).write_bytes(bombs()[name][0])
        read_any(tmp_path / name, load())
    assert result.read_bytes() == b"old result"
    assert {p.name for p in tmp_path.iterdir()} == {"report.xlsx", "twice.json", "not.xlsx", "empty.xlsx"}
