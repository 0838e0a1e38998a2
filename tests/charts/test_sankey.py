"""The Sankey diagram: widths, loops, unknown flows, labels."""

from __future__ import annotations

from itertools import combinations

import pytest

from namsai.charts.flow_layout import CUT
from namsai.charts.palette import LOOP, LOSS, PAPER
from namsai.charts.sankey import Box, Flow, sankey
from namsai.charts.scene import Label, Line, Path, Rect, Scene
from namsai.charts.width import text_width

BOXES = [Box("cut", "Cutting"), Box("sew", "Sewing"), Box("pack", "Packing")]
FLOWS = [
    Flow("", "cut", 500.0, "Fabric", "500 t", "input"),
    Flow("cut", "sew", 420.0, "Pieces", "420 t"),
    Flow("cut", "", 80.0, "Off-cuts", "80 t", "loss"),
    Flow("", "sew", 10.0, "Thread", "10 t", "input"),
    Flow("sew", "pack", 440.0, "Sewn", "440 t"),
    Flow("sew", "", 10.0, "Rejects", "10 t", "loss"),
    Flow("sew", "", None, "Lint", "not known", "loss"),
    Flow("pack", "sew", 20.0, "Rework", "20 t"),
    Flow("pack", "", 420.0, "Shirts", "420 t", "product"),
]


def strokes(scene: Scene, title: str) -> list[Path]:
    return [s for s in scene.shapes if isinstance(s, Path) and s.title.startswith(title)]


def box_of(label: Label) -> tuple[float, float, float, float]:
    wide = text_width(label.text, label.size, label.bold)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    return left, label.y - label.size * 0.75, left + wide, label.y + label.size * 0.2


def test_widths_are_in_proportion_to_the_values() -> None:
    scene = sankey(BOXES, FLOWS, "t")
    fabric, offcuts = strokes(scene, "Fabric")[0], strokes(scene, "Off-cuts")[0]
    assert offcuts.width / fabric.width == pytest.approx(80 / 500)


def test_a_flow_too_small_to_see_is_still_drawn_with_its_true_value() -> None:
    flows = [Flow("", "cut", 1e6, "Much", "1,000,000 t", "input"), Flow("cut", "", 0.01, "Dust", "0.01 t", "loss")]
    scene = sankey(BOXES[:1], flows, "t")
    assert strokes(scene, "Dust")[0].width >= 1
    assert "0.01 t" in [x.text for x in scene.labels]


def test_a_loop_is_drawn_underneath_the_boxes() -> None:
    scene = sankey(BOXES, FLOWS, "t")
    (loop,) = strokes(scene, "Rework")
    assert loop.stroke == LOOP
    lowest_box = max(s.y + s.height for s in scene.shapes if isinstance(s, Rect))
    assert max(step[-1] for step in loop.steps) > lowest_box
    assert loop.steps[-1][0] < loop.start[0]  # it ends to the left of where it began


def test_a_loop_of_one_box_and_a_ring_of_all_are_drawn() -> None:
    flows = [
        Flow("cut", "cut", 5.0, "Self", "5"),
        Flow("cut", "sew", 5.0, "On", "5"),
        Flow("sew", "cut", 5.0, "Back", "5"),
    ]
    scene = sankey(BOXES[:2], flows, "t")
    assert [strokes(scene, n)[0].stroke == LOOP for n in ("Self", "On", "Back")] == [True, False, True]


def test_losses_go_down_and_unknown_ones_are_dashed() -> None:
    scene = sankey(BOXES, FLOWS, "t")
    for name in ("Off-cuts", "Rejects", "Lint"):
        (loss,) = strokes(scene, name)
        assert loss.stroke == LOSS
        assert loss.steps[-1][1] > loss.start[1]
    assert strokes(scene, "Lint")[0].dash
    assert not strokes(scene, "Rejects")[0].dash


def test_no_two_labels_overlap_and_all_stay_inside() -> None:
    scene = sankey(BOXES, FLOWS, "t")
    boxes = [(x.text, box_of(x)) for x in scene.labels]
    for (one, a), (two, b) in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (one, two)
    assert all(b[0] >= 0 and b[2] <= scene.width and b[3] <= scene.height for _, b in boxes)


def test_a_loop_that_would_hide_all_else_is_cut_and_says_so() -> None:
    flows = [
        Flow("", "cut", 7.0, "Paper", "7 t", "input"),
        Flow("cut", "sew", 220.0, "Pulp", "220 t"),
        Flow("sew", "cut", 213.0, "White water", "213 t"),
        Flow("sew", "", 7.0, "Board", "7 t", "product"),
    ]
    scene = sankey(BOXES[:2], flows, "t", narrower="(cut)")
    (loop,), (pulp, *_), (paper,) = (strokes(scene, n) for n in ("White water", "Pulp", "Paper"))
    assert loop.width == CUT < pulp.width
    assert paper.width / pulp.width == pytest.approx(7 / 220)  # what goes through keeps its proportion
    assert sum(isinstance(s, Line) and s.stroke == PAPER for s in scene.shapes) == 2  # the mark of the cut
    assert any(x.text.endswith("213 t  (cut)") for x in scene.labels)
    assert not any("(cut)" in x.text for x in sankey(BOXES, FLOWS, "t", narrower="(cut)").labels)


def test_the_label_of_a_loop_gives_way_to_the_losses_that_cross_it() -> None:
    flows = [
        Flow("", "cut", 210.0, "Rattan", "210 t", "input"),
        Flow("cut", "sew", 152.0, "Dried", "152 t"),
        Flow("sew", "pack", 123.0, "Woven", "123 t"),
        Flow("sew", "", 34.0, "Off-cuts", "34 t", "loss"),
        Flow("pack", "sew", 5.0, "Woven furniture back again", "5,000 kg"),
        Flow("pack", "", 119.0, "Furniture", "119 t", "product"),
    ]
    scene = sankey(BOXES, flows, "t")
    (loss,) = strokes(scene, "Off-cuts")
    x, half = loss.steps[-1][0], loss.width / 2
    for label in (x for x in scene.labels if x.text.startswith("Woven furniture") or x.text == "5,000 kg"):
        left, _, right, _ = box_of(label)
        assert right <= x - half or left >= x + half, label.text


def test_a_wide_flow_keeps_its_width_in_a_corner() -> None:
    scene = sankey(BOXES, FLOWS, "t")
    (loss,) = strokes(scene, "Off-cuts")
    before, corner = loss.steps[0], loss.steps[1]
    across, down = corner[-2] - before[0], corner[-1] - before[1]
    assert across == pytest.approx(down)  # a quarter of a circle
    assert across > loss.width / 2  # its inner edge does not fold over


def test_a_long_name_gets_two_lines_instead_of_an_ellipsis() -> None:
    name = "Garments packed for the second buyer"
    flows = [*FLOWS[:-1], Flow("pack", "", 420.0, name, "420 t", "product")]
    shown = [x.text for x in sankey(BOXES, flows, "t").labels if x.text in name]
    assert " ".join(shown).endswith(name)


def test_no_flows_give_an_empty_picture_not_an_error() -> None:
    assert sankey([], [], "t").labels == ()


def test_a_flow_of_an_unknown_box_is_an_error() -> None:
    with pytest.raises(KeyError):
        sankey(BOXES, [Flow("cut", "nowhere", 1.0, "x", "1")], "t")
