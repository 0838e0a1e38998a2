"""The case file: canonical text, guarded reading, whole writing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.plant.case import Case
from namsai.plant.case_file import MOST_BYTES, read_case, to_json, write_case
from tests.plant.cases import sound
from tests.workbook.strategies import cases


def written(folder: Path, content: bytes) -> Path:
    path = folder / "case.json"
    path.write_bytes(content)
    return path


def test_canonical_text() -> None:
    text = to_json(Case.model_validate(sound()))
    assert text.startswith('{\n "schema": "namsai.case/1",\n "id": "tiny-2025",')
    assert text.endswith("}\n")
    assert '"value": 1000,' in text
    assert "ໂຮງງານນ້ອຍ" in text
    assert "assumption" not in text
    assert json.loads(text)["materials"][0] | {"ref": "bills"} == json.loads(text)["materials"][0]
    assert list(json.loads(text)["materials"][0])[-1] == "ref"


def test_the_same_case_is_the_same_text_whatever_the_order_of_keys() -> None:
    raw = sound()
    other = {key: raw[key] for key in reversed(raw)}
    other["streams"] = [dict(reversed(list(row.items()))) for row in raw["streams"]]
    assert to_json(Case.model_validate(raw)) == to_json(Case.model_validate(other))


@given(cases())
def test_text_and_case_go_round(case: Case) -> None:
    text = to_json(case)
    again = Case.model_validate(json.loads(text))
    assert again == case
    assert to_json(again) == text


@given(st.floats(0, allow_nan=False, allow_infinity=False))
def test_every_number_survives(value: float) -> None:
    raw = sound()
    raw["streams"][0]["amount"]["value"] = value
    again = Case.model_validate(json.loads(to_json(Case.model_validate(raw))))
    assert again.streams[0].amount is not None
    assert again.streams[0].amount.value == value


def test_write_and_read(tmp_path: Path) -> None:
    case = Case.model_validate(sound())
    path = tmp_path / "case.json"
    write_case(path, case)
    assert read_case(path) == (case, [])
    assert os.listdir(tmp_path) == ["case.json"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.json"
    path.write_text("old", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_case(path, Case.model_validate(sound()))
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["case.json"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "plant.empty-file"),
        (b"  \n", "plant.empty-file"),
        (b"{", "plant.not-json"),
        (b"not json", "plant.not-json"),
        (b'{"id": 1,}', "plant.not-json"),
        (b"\xff\xfe{\x00}\x00", "plant.not-utf8"),
        (b"[" * 100_000, "plant.too-deep"),
        (b'{"id": ' + b"9" * 5000 + b"}", "plant.not-json"),
        (b"[]", "plant.not-a-case"),
        (b"null", "plant.not-a-case"),
    ],
)
def test_bad_files(tmp_path: Path, content: bytes, code: str) -> None:
    case, findings = read_case(written(tmp_path, content))
    assert case is None
    assert [f.code for f in findings] == [code]
    assert findings[0].where.file == "case.json"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert [f.code for f in read_case(tmp_path / "no.json")[1]] == ["plant.no-file"]
    assert [f.code for f in read_case(tmp_path)[1]] == ["plant.no-file"]


def test_a_file_of_ten_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as out:
        out.truncate(10 * 2**30)  # sparse: takes no room
    case, findings = read_case(path)
    assert case is None
    assert [(f.code, f.facts["most"]) for f in findings] == [("plant.file-too-large", MOST_BYTES)]


def test_a_key_given_twice_is_not_lost_silently(tmp_path: Path) -> None:
    text = to_json(Case.model_validate(sound())).replace('"id": "s1"', '"id": "s0", "id": "s1"')
    case, findings = read_case(written(tmp_path, text.encode()))
    assert case is None
    assert [(f.code, f.facts["name"]) for f in findings] == [("plant.duplicate-key", "id")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none(tmp_path: Path, number: str) -> None:
    text = to_json(Case.model_validate(sound())).replace('"value": 1000', f'"value": {number}')
    case, findings = read_case(written(tmp_path, text.encode()))
    assert case is None
    assert "streams/0/amount/value" in {f.where.path for f in findings}


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    text = to_json(Case.model_validate(sound()))
    case, findings = read_case(written(tmp_path, b"\xef\xbb\xbf" + text.encode()))
    assert case is not None
    assert findings == []
