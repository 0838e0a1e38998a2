"""Pictures for a narrow screen: nothing is cut, letters are large enough, every flow is there once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from namsai.assessment import assess
from namsai.charts.bars import Bar, bars
from namsai.charts.cash import cash
from namsai.charts.narrow import WIDTH, steps
from namsai.charts.plant_flows import NARROW_WIDTH
from namsai.charts.scene import Label, Rect, Scene
from namsai.charts.svg import linked
from namsai.charts.width import text_width
from namsai.knowhow import load
from namsai.plant.case_file import read_case
from namsai.report import balance, indicators, losses, plan, summary
from namsai.report.blocks import Chart
from namsai.report.view import View
from tests.charts.test_sankey import BOXES, FLOWS

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*/case.json"))
PHONE = 328.0  # px that a picture has on a phone 360 px wide
LEAST = 10.5  # px


def span(label: Label) -> tuple[float, float]:
    wide = text_width(label.text, label.size, label.bold)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    return left, left + wide


def fits(scene: Scene) -> None:
    for label in scene.labels:
        left, right = span(label)
        assert left >= -1, label
        assert right <= scene.width + 1, label
        assert label.size * PHONE / scene.width >= LEAST, label
    for shape in scene.shapes:
        if isinstance(shape, Rect):
            assert shape.x >= -0.1
            assert shape.x + shape.width <= scene.width + 0.1, shape


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
@pytest.mark.parametrize("lang", ["lo", "en"])
def test_all_pictures_of_the_example_plants_fit_a_phone(path: Path, lang: str) -> None:
    case, _ = read_case(path, load())
    assert case is not None
    view = View(assess(case, load()), load(), "lo" if lang == "lo" else "en", narrow=True)
    for chapter in (summary.summary, losses.losses, balance.balance, plan.plan, indicators.indicators):
        for block in chapter(view):
            if isinstance(block, Chart):
                fits(block.scene)


def test_every_flow_stands_once_in_the_list_with_its_true_value() -> None:
    scene = steps(BOXES, FLOWS, "t", 110.0)
    texts = [x.text for x in scene.labels]
    assert [texts.count(value) for value in ("500 t", "420 t", "80 t", "not known")] == [1, 2, 1, 1]
    assert any(text.startswith("↺ Rework") and text.endswith("→ 2") for text in texts)
    assert scene.width == WIDTH


def test_bars_of_the_list_are_in_proportion_and_the_unknown_has_none() -> None:
    scene = steps(BOXES, [replace(f, key=f.name) for f in FLOWS], "t", 110.0)
    wide = {s.key: s.width for s in scene.shapes if isinstance(s, Rect) and s.key and s.height == 8.0}
    assert wide["Off-cuts"] / wide["Fabric"] == pytest.approx(80 / 500)
    assert "Lint" not in wide


def test_names_stand_above_the_bars_and_the_legend_breaks() -> None:
    rows = [Bar("a very long name of a loss in a place", (3.0, 1.0), "4 M kip", "80 %"), Bar("b", None, "not known")]
    scene = bars(
        rows, "t", ("Material and more", "Energy and water and steam"), "together", width=NARROW_WIDTH, above=True
    )
    fits(scene)
    assert len({x.y for x in scene.labels if x.text.startswith(("Material", "Energy"))}) == 2
    assert len([s for s in scene.shapes if isinstance(s, Rect) and s.height == 8]) == 2


def test_labels_of_the_cash_stay_inside_on_a_phone() -> None:
    fits(
        cash(
            [-5e8, 1e8, 2e8, 3e8, 4e8], "t", "years", lambda v: f"{v / 1e6:.0f} million kip", NARROW_WIDTH, narrow=True
        )
    )


def test_links_escape_what_they_are_given() -> None:
    drawn = linked(steps(BOXES[:1], [], "<t>", 90.0), "en", lambda key: (f"?a=1&b={key}", "<b>"), ("x",))
    assert "<b>" not in drawn
    assert "&lt;t&gt;" in drawn
