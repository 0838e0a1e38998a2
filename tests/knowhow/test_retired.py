"""An option that is retired: still readable, no longer suggested, and the files say since when, why, what instead."""

from pathlib import Path

import pytest

from namsai.knowhow import Held, KnowHow, check, load, row_of, texts_of, with_row, without_row
from tests.knowhow import broken

ROW = {"id": "GAR-001", "since": "2026-11-26", "why": "the trial failed", "instead": "GAR-002;GAR-003"}


def retired(**cells: str) -> dict[str, str]:
    option = row_of(texts_of(), "options", "GAR-001") or {}
    return with_row(with_row(texts_of(), "options", {**option, "review_status": "retired"}), "retired", ROW | cells)


def test_a_retired_option_stays_readable_and_is_found_only_where_asked_for() -> None:
    know = KnowHow(Held(retired()))
    option = know.option("GAR-001")
    assert not option.in_use
    assert know.retired["GAR-001"].instead == ("GAR-002", "GAR-003")
    words = option.title_en
    assert "GAR-001" not in [o.id for o in know.search(words)]
    assert know.search(words, retired=True)[0].id == "GAR-001"
    assert check(Held(retired())) == ()


def test_taking_the_row_away_again_gives_back_the_same_bytes() -> None:
    assert without_row(retired(), "retired", "GAR-001")["retired.csv"] == texts_of()["retired.csv"]
    assert without_row(retired(), "retired", "GAR-999") == retired()
    assert without_row({}, "retired", "GAR-001") == {}


def test_data_without_the_file_of_retired_options_is_sound(tmp_path: Path) -> None:
    (broken.copy_to(tmp_path) / "retired.csv").unlink()
    assert check(tmp_path) == ()
    assert load(tmp_path).retired == {}


@pytest.mark.parametrize(
    ("texts", "code", "file"),
    [
        (without_row(retired(), "retired", "GAR-001"), "retired-unsaid", "options.csv"),
        (with_row(texts_of(), "retired", ROW), "retired-in-use", "retired.csv"),
        (retired(instead="GAR-001"), "retired-instead", "retired.csv"),
        (retired(instead="GAR-999"), "unknown-key", "retired.csv"),
        (retired(why=""), "empty-cell", "retired.csv"),
    ],
)
def test_the_two_files_must_agree(texts: dict[str, str], code: str, file: str) -> None:
    assert [(f.code, f.where.file) for f in check(Held(texts))] == [(f"knowhow.{code}", file)]
