"""Bad input: all findings, exit code 1, under 300 MB of memory, nothing written over existing results."""

import copy
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOOD: dict[str, Any] = json.loads((ROOT / "examples" / "brick-kiln" / "case.json").read_text(encoding="utf-8"))
RUN = """
import re, sys
from pathlib import Path
from namsai.cli.main import main
try:
    main()
finally:  # the peak of this process alone (ru_maxrss would count what the parent had)
    status = Path("/proc/self/status")
    peak = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()).group(1) if status.exists() else 0
    print(peak, file=sys.stderr)
"""


def assess(file: Path, folder: Path) -> tuple[int, str, str, float]:
    """Run `namsai assess` in a process of its own; return exit code, both outputs and the largest memory in MB."""
    words = ["assess", str(file), "-o", str(folder), "--no-pdf", "--json"]
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False)
    *errors, memory = done.stderr.strip().splitlines()
    return done.returncode, done.stdout, "\n".join(errors), int(memory) / 1024


def refused(file: Path, tmp_path: Path) -> list[str]:
    """Assert that the file is refused as it must be; return the codes of the findings."""
    kept = tmp_path / "results" / "brick-kiln.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("results of last year", encoding="utf-8")
    code, out, errors, memory = assess(file, kept.parent)
    assert code == 1, errors
    assert "Traceback" not in errors
    assert memory < 300
    assert [p.name for p in kept.parent.iterdir()] == [kept.name]
    assert kept.read_text(encoding="utf-8") == "results of last year"
    return [f["code"] for f in json.loads(out)["findings"] if f["severity"] == "error"]


def negative_mass(case: dict[str, Any]) -> None:
    case["streams"][0]["amount"]["value"] = -18300


def wrong_unit(case: dict[str, Any]) -> None:
    case["streams"][0]["amount"]["unit"] = "kWh"


def unknown_unit(case: dict[str, Any]) -> None:
    case["streams"][0]["amount"]["unit"] = "buffalo loads"


def one_id_twice(case: dict[str, Any]) -> None:
    case["streams"][1]["id"] = case["streams"][0]["id"]


def from_nowhere(case: dict[str, Any]) -> None:
    case["streams"][0]["from"] = "nowhere"


def buddhist_era(case: dict[str, Any]) -> None:
    case["period"] = {"start": "2567-01-01", "end": "2567-12-31"}


def formula(case: dict[str, Any]) -> None:
    case["processes"][0]["name"]["en"] = '=HYPERLINK("http://example.org","x")'


def old_lao_font(case: dict[str, Any]) -> None:
    case["processes"][0]["name"]["lo"] = "²½ªøö ÁìÑ ¡¾­¹ıô®"


BAD: list[Callable[[dict[str, Any]], None]] = [
    negative_mass,
    wrong_unit,
    unknown_unit,
    one_id_twice,
    from_nowhere,
    buddhist_era,
    formula,
    old_lao_font,
]


def written(tmp_path: Path, *mistakes: Callable[[dict[str, Any]], None]) -> Path:
    case = copy.deepcopy(GOOD)
    for mistake in mistakes:
        mistake(case)
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("mistake", BAD, ids=lambda m: m.__name__)
def test_a_bad_case_is_refused(tmp_path: Path, mistake: Callable[[dict[str, Any]], None]) -> None:
    assert refused(written(tmp_path, mistake), tmp_path)


def test_all_mistakes_of_one_file_are_shown_together(tmp_path: Path) -> None:
    mistakes = (one_id_twice, from_nowhere, formula, old_lao_font)
    single = {code for m in mistakes for code in refused(written(tmp_path, m), tmp_path)}
    assert single <= set(refused(written(tmp_path, *mistakes), tmp_path))


def test_a_missing_price_is_said_and_is_not_zero(tmp_path: Path) -> None:
    def no_price(case: dict[str, Any]) -> None:
        del case["materials"][0]["price"]

    code, out, _, _ = assess(written(tmp_path, no_price), tmp_path / "out")
    assert code == 0
    result = json.loads(out)
    assert "clay-in" in result["costs"]["unpriced"]
    assert any("price" in f["code"] for f in result["findings"])


def not_a_workbook(path: Path) -> None:
    path.write_bytes(b"this is no workbook at all " * 100)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book, book.open("xl/worksheets/sheet1.xml", "w") as sheet:
        for _ in range(400):
            sheet.write(b"\0" * 1_000_000)


def ten_gigabytes_declared(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 0xFFFFFFF0)  # declared size of the last entry: 4 GiB
    first = data.find(b"PK\x01\x02")
    struct.pack_into("<I", data, first + 24, 0xFFFFFFF0)
    path.write_bytes(bytes(data))


def a_picture(path: Path) -> None:
    path.write_bytes((ROOT / "docs" / "picture.png").read_bytes())


@pytest.mark.parametrize(
    "make", [not_a_workbook, empty, zip_bomb, ten_gigabytes_declared, a_picture], ids=lambda m: m.__name__
)
@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_a_bad_file_is_refused(tmp_path: Path, make: Callable[[Path], None], ending: str) -> None:
    path = tmp_path / f"form.{ending}"
    make(path)
    assert refused(path, tmp_path)
