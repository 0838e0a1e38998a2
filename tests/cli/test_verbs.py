"""The command line: every verb on a real plant, JSON alone on standard output, exit codes, bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from namsai.cli.main import VERBS, cli

ROOT = Path(__file__).parents[2]
BRICK = str(ROOT / "examples" / "brick-kiln" / "case.json")
RUN = CliRunner()


def run(*words: str, text: str | None = None) -> tuple[int, str, str]:
    result = RUN.invoke(cli, list(words), input=text, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_help_lists_every_verb() -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert all(f"\n  {verb} " in out for verb in VERBS)


@pytest.mark.parametrize("verb", ["check", "balance", "cost", "indicators", "options", "plan"])
def test_json_stands_alone_on_standard_output(verb: str) -> None:
    code, out, _ = run(verb, BRICK, "--json")
    assert code == 0
    assert json.loads(out) is not None


@pytest.mark.parametrize("lang", ["lo", "en"])
@pytest.mark.parametrize("verb", ["check", "balance", "cost", "indicators", "options", "plan"])
def test_every_verb_speaks_both_languages(verb: str, lang: str) -> None:
    code, out, err = run(verb, BRICK, "--lang", lang)
    assert code == 0
    lao = any("\u0e80" <= c <= "\u0eff" for c in out + err)
    assert lao == (lang == "lo")


def test_assess_writes_workbook_and_json_and_prints_the_five_numbers(tmp_path: Path) -> None:
    code, out, _ = run("assess", BRICK, "-o", str(tmp_path), "--no-pdf", "--lang", "en")
    assert code == 0
    assert {p.name for p in tmp_path.iterdir()} == {"brick-kiln.xlsx", "brick-kiln.json"}
    for question in ("Lost per year", "Where most", "Do first", "The plan costs", "Back after"):
        assert question in out
    assert json.loads((tmp_path / "brick-kiln.json").read_text())["case"]["id"] == "brick-kiln"


def test_bad_input_gives_all_findings_exit_1_and_writes_nothing(tmp_path: Path) -> None:
    case = json.loads(Path(BRICK).read_text())
    case["streams"][0]["amount"]["value"] = -5
    case["streams"][1]["from"] = "nowhere"
    case["streams"][2]["amount"]["unit"] = "parsecs"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(case))
    kept = tmp_path / "out" / "brick-kiln.json"
    kept.parent.mkdir()
    kept.write_text("old result")
    code, out, err = run("assess", str(bad), "-o", str(kept.parent))
    assert (code, out, kept.read_text()) == (1, "", "old result")
    assert err.count("✗") >= 1
    code, out, _ = run("check", str(bad), "--json")
    assert code == 1
    assert json.loads(out)["findings"]


def test_wrong_use_is_exit_2() -> None:
    for words in (
        ["assess", "no-such-file.json"],
        ["fly", BRICK],
        ["calc", "no-such-method"],
        ["form", "space-travel"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", "from namsai.cli.main import main; main()", *words], capture_output=True
        )
        assert done.returncode == 2, words
        assert b"Traceback" not in done.stderr


def test_calc_takes_any_unit_and_gives_formula_and_source() -> None:
    document = {"inputs": {"cashflows": {"value": [-100, 60, 60], "unit": "LAK"}, "rate": {"value": 10, "unit": "%"}}}
    code, out, _ = run("calc", "npv", "--json", text=json.dumps(document))
    assert code == 0
    result = json.loads(out)
    assert result["outputs"]["npv"]["value"] == pytest.approx(-100 + 60 / 1.1 + 60 / 1.21)
    assert result["method"]["formula"]


def test_form_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    assert run("form", "garment", "-o", str(path))[0] == 0
    before = path.read_bytes()
    assert run("form", "garment", "-o", str(path))[0] == 2
    assert path.read_bytes() == before


def test_knowhow_is_found_in_lao_and_english() -> None:
    _, out, _ = run("knowhow", "compressed", "air", "--json")
    english = {o["id"] for o in json.loads(out)["options"]}
    _, out, _ = run("knowhow", "ໝໍ້ໄອນ້ຳ", "--lang", "lo", "--json")
    assert english
    assert json.loads(out)["options"]


def test_no_heavy_module_is_loaded_for_help() -> None:
    heavy = "('numpy', 'scipy', 'pydantic', 'pint', 'typst')"
    code = f"import sys, namsai.cli.main; print([x for x in {heavy} if x in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ})
    assert done.stdout.strip() == "[]"
