"""Every rule of the data fires on a broken copy, at the right file, line and column, and names nothing else."""

from pathlib import Path

import pytest

from namsai import texts
from namsai.findings import NamsaiError, Severity
from namsai.knowhow import check, load
from tests.knowhow import broken

# code, file, key of the row, cells to set, column named
CASES = [
    ("empty-cell", "options", "GAR-001", {"title_en": ""}, "title_en"),
    ("not-a-number", "options", "GAR-001", {"saving_low": "3,5"}, "saving_low"),
    ("not-a-number", "options", "GAR-001", {"saving_high": "nan"}, "saving_high"),
    ("not-a-number", "factors", "F-219", {"low": "8 - 18"}, "low"),
    ("not-an-integer", "statistics", "all_manufacturing", {"plants": "2.5"}, "plants"),
    ("not-a-date", "limits", "LIM-001", {"valid_from": "7/2/2017"}, "valid_from"),
    ("not-a-date", "limits", "LIM-001", {"valid_from": "2017-02-30"}, "valid_from"),
    ("not-a-flag", "options", "GAR-001", {"text_untraced": "ja"}, "text_untraced"),
    ("unknown-word", "options", "GAR-001", {"technique": "magic"}, "technique"),
    ("unknown-word", "options", "GAR-003", {"evidence_saving": "Q"}, "evidence_saving"),
    ("unknown-word", "options", "GAR-001", {"capex_class": "cheap"}, "capex_class"),
    ("spaces", "options", "GAR-001", {"tradeoffs": " none"}, "tradeoffs"),
    ("lao-spelling", "flows", "water", {"lo": "ນໍ້າ"}, "lo"),
    ("unknown-key", "options", "GAR-001", {"process": "levitation"}, "process"),
    ("unknown-key", "options", "GAR-004", {"flows": "solid_waste;phlogiston"}, "flows"),
    ("unknown-key", "benchmarks", "BM-001", {"flow": "aether"}, "flow"),
    ("unknown-key", "flows", "coal", {"parent": "fire"}, "parent"),
    ("unknown-key", "steps", "rasping", {"trade": "alchemy"}, "trade"),
    ("unknown-key", "twins", "GAR-008", {"twin": "UTI-999"}, "twin"),
    ("unknown-word", "related", "garment", {"other": "alchemy"}, "other"),
    ("unknown-key", "ranges", "price", {"flow": "aether"}, "flow"),
    ("bad-reference", "options", "GAR-001", {"source": "see page 3!"}, "source"),
    ("unknown-source", "factors", "F-001", {"source": "MY-UNCLE"}, "source"),
    ("unknown-formula", "options", "GAR-001", {"source": "CALC:C99"}, "source"),
    ("unknown-formula", "options", "GAR-001", {"source": "CALC"}, "source"),
    ("unknown-statistic", "options", "GAR-003", {"source": "IAC-DB[raw_material all n=2486]"}, "source"),
    ("unsourced", "options", "GAR-003", {"saving_high": "5", "saving_kind": "percentage_points"}, "saving_high"),
    ("unsourced", "factors", "F-109", {"value": "14"}, "value"),
    ("unsourced", "rates", "LAK", {"source": "GAP"}, "rate"),
    ("heuristic-number", "options", "GAR-001", {"evidence_saving": "X"}, "saving_low"),
    ("heuristic-number", "options", "GAR-001", {"evidence_payback": "X"}, "payback_low"),
    ("not-free", "options", "GAR-002", {"payback_high": "2"}, "payback_low"),
    ("unread-source", "options", "GAR-019", {"evidence_saving": "R"}, "saving_low"),
    ("unread-source", "benchmarks", "BM-003", {"evidence": "R"}, "best"),
    ("no-locator", "sources", "CAMPDEN-2012", {"locator": ""}, ""),
    ("low-above-high", "options", "GAR-001", {"saving_low": "99"}, "saving_low"),
    ("low-above-high", "ranges", "price", {"low": "5000"}, "low"),
    ("low-above-high", "statistics", "all_manufacturing", {"payback_p25": "9"}, "payback_p25"),
    ("ends-before-start", "limits", "LIM-003", {"valid_to": "2008"}, "valid_to"),
    ("flow-count", "options", "GAR-002", {"flows": "fabric;yarn;thread;trims;water"}, "flows"),
    ("flow-count", "options", "GAR-002", {"flows": "fabric;fabric"}, "flows"),
    ("flow-order", "options", "GAR-001", {"saving_flows": "water"}, "saving_flows"),
    ("no-scope", "options", "GAR-001", {"saving_scope": ""}, "saving_scope"),
    ("no-basis", "options", "GAR-001", {"saving_basis": ""}, "saving_basis"),
    ("no-value", "benchmarks", "BM-001", {"typical": ""}, "typical"),
    ("not-in-order", "benchmarks", "BM-003", {"typical": "9"}, "typical"),
    ("no-unit", "factors", "F-001", {"unit": ""}, "unit"),
    ("no-purpose", "factors", "F-158", {"purpose": ""}, "purpose"),
    ("cross-check-only", "factors", "F-157", {"use": "calculation"}, "use"),
    ("no-end-date", "limits", "LIM-075", {"valid_to": ""}, "valid_to"),
    ("gap-with-value", "limits", "LIM-009", {"value": "below detection"}, "value"),
    ("unknown-currency", "ranges", "exchange_rate", {"flow": "USD"}, "flow"),
]


@pytest.mark.parametrize(("code", "name", "key", "cells", "column"), CASES)
def test_a_rule_fires(tmp_path: Path, code: str, name: str, key: str, cells: dict[str, str], column: str) -> None:
    line = broken.set_cell(broken.copy_to(tmp_path), name, key, **cells)
    found = [f for f in check(tmp_path) if f.code == f"knowhow.{code}"]
    assert found
    if column:
        assert [(f.where.file, f.facts["line"], f.where.cell) for f in found] == [(f"{name}.csv", line, column)]
    for lang in texts.LANGS:
        says, do = texts.finding_text(found[0], lang)
        assert "–" not in says.replace("n=", "")
        assert do


def test_one_broken_cell_gives_no_other_finding(tmp_path: Path) -> None:
    broken.set_cell(broken.copy_to(tmp_path), "options", "GAR-001", technique="magic")
    assert [f.code for f in check(tmp_path)] == ["knowhow.unknown-word"]


def test_a_repeated_key_names_both_lines(tmp_path: Path) -> None:
    broken.set_cell(broken.copy_to(tmp_path), "benchmarks", "BM-002", id="BM-001")
    [found] = check(tmp_path)
    assert (found.code, found.facts["line"], found.facts["first"]) == ("knowhow.repeated-key", 3, 2)


def test_a_circle_of_flows_is_named(tmp_path: Path) -> None:
    broken.set_cell(broken.copy_to(tmp_path), "flows", "energy", parent="coal")
    named = {f.facts["value"] for f in check(tmp_path) if f.code == "knowhow.flow-circle"}
    assert named == {"energy", "fuel", "coal"}


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    broken.copy_to(tmp_path)
    broken.set_cell(tmp_path, "options", "GAR-001", technique="magic", saving_low="99", process="levitation")
    broken.set_cell(tmp_path, "options", "SER-025", title_en="")
    with pytest.raises(NamsaiError) as told:
        load(tmp_path).options  # noqa: B018
    codes = {f.code.removeprefix("knowhow.") for f in told.value.findings}
    assert codes == {"unknown-word", "low-above-high", "unknown-key", "empty-cell"}


def test_only_the_broken_file_is_refused(tmp_path: Path) -> None:
    broken.set_cell(broken.copy_to(tmp_path), "limits", "LIM-075", valid_to="")
    base = load(tmp_path)
    assert len(base.options) == 333
    with pytest.raises(NamsaiError, match="no-end-date"):
        base.limits  # noqa: B018


def test_spelling_is_warned_of_but_does_not_stop_the_work(tmp_path: Path) -> None:
    broken.set_cell(broken.copy_to(tmp_path), "options_lo", "GAR-001", title_lo="ນໍ້າ")
    [found] = check(tmp_path)
    assert (found.code, found.severity) == ("knowhow.lao-spelling", Severity.WARNING)
    assert load(tmp_path).option("GAR-001").title_lo == "ນໍ້າ"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"key,parent,en,lo\n\xff\xfe,,x,y\n", "not-utf8"),
        (b'key,parent,en,lo\n"water,,water\n', "not-csv"),
        (b"key,parent,en,lo\nwater,,water\n", "row-width"),
        (b"key,parent,en,lo,colour\nwater,,water,x,blue\n", "unknown-column"),
        (b"key,parent,en\nwater,,water\n", "missing-column"),
        (b"", "missing-column"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    broken.copy_to(tmp_path)
    (tmp_path / "flows.csv").write_bytes(content)
    with pytest.raises(NamsaiError) as told:
        load(tmp_path).flows  # noqa: B018
    assert f"knowhow.{code}" in {f.code for f in told.value.findings}


@pytest.mark.parametrize("name", ["factors.csv", "VERSION", "sources.csv"])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    (broken.copy_to(tmp_path) / name).unlink()
    assert ("knowhow.missing-file", name) in {(f.code, f.where.file) for f in check(tmp_path)}


def test_a_missing_version_is_told_when_asked_for(tmp_path: Path) -> None:
    (broken.copy_to(tmp_path) / "VERSION").unlink()
    with pytest.raises(NamsaiError, match="missing-file"):
        load(tmp_path).version  # noqa: B018


def test_a_file_saved_by_excel_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    broken.copy_to(tmp_path)
    text = (tmp_path / "flows.csv").read_bytes()
    (tmp_path / "flows.csv").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert load(tmp_path).flows == load().flows
