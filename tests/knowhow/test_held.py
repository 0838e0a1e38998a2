"""The data files held in memory: read, changed record by record, written out byte for byte."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from namsai.findings import NamsaiError
from namsai.knowhow import Held, KnowHow, check, load, next_version, row_of, rows_of, texts_of, with_row, write_release
from namsai.knowhow.schema import shapes

TEXTS = texts_of()
WITH_KEY = [name for name, shape in shapes().items() if shape.id]


@pytest.mark.parametrize("table", WITH_KEY)
def test_putting_a_row_back_changes_no_byte(table: str) -> None:
    for row in rows_of(TEXTS, table)[::17]:
        assert with_row(TEXTS, table, row) == TEXTS


def test_changing_one_cell_changes_one_line_only() -> None:
    row = row_of(TEXTS, "options", "GAR-001") or {}
    changed = with_row(TEXTS, "options", {**row, "tradeoffs": 'Wider tables, "long" lays'})
    old, new = TEXTS["options.csv"].splitlines(), changed["options.csv"].splitlines()
    assert [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b] == [1]
    assert KnowHow(Held(changed)).option("GAR-001").tradeoffs == 'Wider tables, "long" lays'
    assert {name for name in TEXTS if TEXTS[name] != changed[name]} == {"options.csv"}


def test_a_new_row_goes_to_the_end() -> None:
    new = {
        "key": "CPC-2026",
        "title": "Centre, 2026",
        "licence": "own",
        "reuse": "free",
        "how_used": "read",
        "locator": "p. 3",
    }
    changed = with_row(TEXTS, "sources", new)
    assert changed["sources.csv"].startswith(TEXTS["sources.csv"])
    assert KnowHow(Held(changed)).sources["CPC-2026"].locator == "p. 3"


def test_a_cell_may_hold_line_ends() -> None:
    row = row_of(TEXTS, "sources", "EFDB") or {}
    once = with_row(TEXTS, "sources", {**row, "note": "two\nlines"})
    again = with_row(once, "sources", row_of(once, "sources", "EFDB") or {})
    assert again == once
    assert (row_of(once, "sources", "EFDB") or {})["note"] == "two\nlines"


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(NamsaiError) as problem:
        with_row(TEXTS, "flows", {"key": "coal", "colour": "black"})
    assert problem.value.findings[0].code == "knowhow.unknown-column"


def test_the_checks_are_the_same_in_memory_as_in_a_folder(tmp_path: Path) -> None:
    row = row_of(TEXTS, "options", "GAR-001") or {}
    broken = with_row(TEXTS, "options", {**row, "source": ""})
    for name, text in broken.items():
        (tmp_path / name).write_bytes(text.encode())
    assert check(Held(broken)) == check(tmp_path) != ()


def test_a_release_is_written_byte_for_byte_and_read_back(tmp_path: Path) -> None:
    write_release(TEXTS, tmp_path)
    home = files("namsai.knowhow") / "data"
    for name in TEXTS:
        assert (tmp_path / name).read_bytes() == (home / name).read_bytes()
    assert texts_of(tmp_path) == TEXTS
    assert load(tmp_path).version == load().version
    assert write_release(TEXTS, tmp_path) == []


def test_an_unsound_release_is_not_written(tmp_path: Path) -> None:
    row = row_of(TEXTS, "options", "GAR-001") or {}
    with pytest.raises(NamsaiError):
        write_release(with_row(TEXTS, "options", {**row, "source": ""}), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_next_version_is_always_higher() -> None:
    assert next_version("2026.11.9", "2026-11-30") == "2026.11.10"
    assert next_version("2026.11.9", "2025-01-01") == "2026.11.10"
