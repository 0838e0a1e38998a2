"""The reports of the real examples: every letter can be shown, nothing is left open, the two languages agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from namsai.assessment import assess
from namsai.knowhow import KnowHow
from namsai.plant.case import Case
from namsai.report.document import blocks_of
from namsai.report.pdf import pdf_bytes
from namsai.texts import LANGS
from tests.report.test_document import texts

CASES = sorted((Path(__file__).parents[2] / "examples").glob("*/case.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.parent.name)
def test_the_report_of_an_example_is_complete_and_accessible(path: Path, knowhow: KnowHow) -> None:
    case = Case.model_validate_json(path.read_text(encoding="utf-8"))
    found = assess(case, knowhow)
    kinds = []
    for lang in LANGS:
        document = blocks_of(found, knowhow, lang)
        assert pdf_bytes(document, ("ua-1",)).startswith(b"%PDF")
        assert not [t for t in texts(document) if "{" in t or "None" in t]
        kinds.append([type(b).__name__ for b in document.blocks])
    assert kinds[0] == kinds[1]
