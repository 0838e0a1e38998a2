"""The documentation is complete: every verb, finding, calculator, data file; every text is in both languages."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from namsai import calculators, texts
from namsai.cli.main import VERBS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "namsai"


def entries() -> list[tuple[str, str, dict[str, str]]]:
    return [(r, s, e) for r in texts.rooms() for s, e in texts.room_texts(r).items() if s != "_"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_documented(verb: str) -> None:
    assert (
        f"`{verb} " in (ROOT / "docs" / "verbs.md").read_text()
        or f"`{verb}`" in (ROOT / "docs" / "verbs.md").read_text()
    )


@pytest.mark.parametrize("name", calculators.names())
def test_every_calculator_is_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "calculators.md").read_text()


def test_every_data_file_is_documented() -> None:
    page = (ROOT / "docs" / "knowhow.md").read_text()
    missing = [p.name for p in files("namsai.knowhow").joinpath("data").iterdir() if p.name not in page]
    assert missing == []


def test_every_finding_is_documented() -> None:
    page = (ROOT / "docs" / "findings.md").read_text()
    missing = [f"{r}.{s}" for r, s, e in entries() if "fix_en" in e and f"`{r}.{s}`" not in page]
    assert missing == [], "run: .venv/bin/python tools/list_findings.py"


def test_every_finding_code_in_the_code_has_a_text_and_what_to_do() -> None:
    pattern = re.compile(r"(?:error|warning|note|Finding)\(\s*\"([a-z_]+\.[a-z0-9-]+)\"")
    codes = {c for p in SOURCE.rglob("*.py") for c in pattern.findall(p.read_text())}
    assert len(codes) > 40
    missing = [
        c
        for c in sorted(codes)
        if not texts.has(c) or "fix_lo" not in texts.room_texts(c.split(".")[0])[c.split(".")[1]]
    ]
    assert missing == []


def test_every_text_has_lao_and_english_with_the_same_facts_or_fewer_in_lao() -> None:
    wrong = []
    for room, slug, entry in entries():
        for field in ("", "fix_"):
            en, lo = entry.get(f"{field}en"), entry.get(f"{field}lo")
            if (en is None) != (lo is None) or (field == "" and en is None):
                wrong.append(f"{room}.{slug} {field} lacks a language")
            elif en and lo and set(re.findall(r"{(\w+)}", lo)) - set(re.findall(r"{(\w+)}", en)):
                wrong.append(f"{room}.{slug} {field} has other facts")
    assert wrong == []


def test_lao_texts_hold_lao_script_and_one_spelling_of_am() -> None:
    wrong = [
        f"{r}.{s}"
        for r, s, e in entries()
        if "\u0ecd\u0eb2" in e["lo"] or (len(e["en"]) > 25 and not re.search("[\u0e80-\u0eff]", e["lo"]))
    ]
    assert wrong == []


def test_files_are_rooms_not_warehouses() -> None:
    long = {str(p.relative_to(ROOT)): n for p in SOURCE.rglob("*.py") if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}
