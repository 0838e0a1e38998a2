"""The reports of the real examples: every letter can be shown, nothing is left open, the two languages agree."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from namsai.assessment import assess
from namsai.knowhow import KnowHow
from namsai.plant.case import Case
from namsai.report.blocks import Chart
from namsai.report.document import blocks_of
from namsai.report.pdf import pdf_bytes
from namsai.texts import LANGS
from tests.charts.test_sankey import box_of
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
        for chart in (b for b in document.blocks if isinstance(b, Chart)):
            places = [(x.text, box_of(x)) for x in chart.scene.labels]
            for (one, a), (two, b) in combinations(places, 2):
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (chart.scene.title, one, two)
            assert all(b[0] >= -1 and b[2] <= chart.scene.width + 1 for _, b in places), chart.scene.title
        kinds.append([type(b).__name__ for b in document.blocks])
    assert kinds[0] == kinds[1]
