"""Flows for a narrow screen: a small picture of the whole without words, and below it every flow as a bar.

Boxes carry numbers in the picture; the list has them as headings: what comes in, goes on, leaves and is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from namsai.charts.flow_layout import Box, Flow
from namsai.charts.layers import back_edges
from namsai.charts.palette import ACCENT, INK, INPUT, LOOP, LOSS, QUIET, WASH
from namsai.charts.sankey import sankey
from namsai.charts.scene import Label, Rect, Scene, Shape
from namsai.charts.svg import TWIN
from namsai.charts.width import text_width, wrap

WIDTH = 328.0  # one point is one pixel of a phone 360 px wide
SIZE = 13.0
LINE = 19.0
HEAD = 44.0  # height of a heading and least height of a flow: a finger hits it
BAR = 8.0
PARTS = ("input", "flow", "loop", "product", "loss")
ARROW = {"input": "→ ", "flow": "", "product": "", "loss": "", "loop": "↺ "}
COLOURS = {"input": INPUT, "flow": INPUT, "product": ACCENT, "loss": LOSS, "loop": LOOP}
WORDS = {"input": QUIET, "flow": INK, "product": ACCENT, "loss": LOSS, "loop": INK}


def steps(boxes: Sequence[Box], flows: Sequence[Flow], title: str, height: float, width: float = WIDTH) -> Scene:
    """Return the flows of a network as a small picture and a list, box by box; every flow stands in it once.

    Args: boxes; flows - in one unit; title; height of the fullest column of the picture; width [px]. Returns Scene.
    """
    numbers = {b.id: str(n) for n, b in enumerate(boxes, 1)}
    many = len(boxes) > 1
    inner = [(f.source, f.target) for f in flows if f.source and f.target]
    backward = back_edges([b.id for b in boxes], inner)
    picture = sankey(
        [replace(b, name=numbers[b.id] if many else "", key=_twin(b.key)) for b in boxes],
        [replace(f, bare=True, key=_twin(f.key)) for f in flows],
        title,
        width,
        height,
    )
    shapes: list[Shape] = list(picture.shapes)
    labels = [replace(x, size=12.0, y=x.y + 1.5) for x in picture.labels]
    largest = max((f.value or 0.0 for f in flows), default=0.0)
    y = picture.height + 10
    for box in boxes:
        name = f"{numbers[box.id]}  {box.name}" if many else box.name
        y = _heading(shapes, labels, replace(box, name=name), y, width)
        own = [(f, _part(f, backward)) for f in flows if box.id == (f.source or f.target)]
        for flow, part in sorted(own, key=lambda x: (PARTS.index(x[1]), -(x[0].value or 0.0))):
            onward = f" → {numbers[flow.target]}" if flow.source and flow.target else ""
            y = _row(shapes, labels, flow, part, onward, largest, y, width)
        y += 8
    return Scene(width, y, tuple(shapes), tuple(labels), title)


def _twin(key: str) -> str:
    return key + TWIN if key else ""


def _part(flow: Flow, backward: frozenset[tuple[str, str]]) -> str:
    return "loop" if (flow.source, flow.target) in backward else flow.kind


def _heading(shapes: list[Shape], labels: list[Label], box: Box, y: float, width: float) -> float:
    lines = wrap(box.name, SIZE * 1.06, width - 20, 2)
    high = HEAD + LINE * (len(lines) - 1)
    shapes.append(Rect(0, y, width, high, WASH, radius=4, title=box.name, key=box.key))
    for n, line in enumerate(lines):
        labels.append(Label(10, y + 27 + LINE * n, line, SIZE, "start", INK, True, box.key))
    return y + high + 2


def _row(
    shapes: list[Shape],
    labels: list[Label],
    flow: Flow,
    part: str,
    onward: str,
    largest: float,
    y: float,
    width: float,
) -> float:
    room = width - text_width(flow.shown, SIZE, bold=True) - 20
    lines = wrap(f"{ARROW[part]}{flow.name}{onward}", SIZE, room, 2)
    high = max(HEAD, LINE * len(lines) + BAR + 12)
    shapes.append(Rect(0, y, width, high, "#FFFFFF", title=flow.title, key=flow.key))  # room for a finger
    for n, line in enumerate(lines):
        labels.append(Label(6, y + 17 + LINE * n, line, SIZE, "start", WORDS[part], key=flow.key))
    colour = QUIET if flow.value is None else INK
    labels.append(Label(width - 6, y + 17, flow.shown, SIZE, "end", colour, flow.value is not None, flow.key))
    if flow.value and largest:
        long = max(flow.value / largest * (width - 12), 1.5)
        shapes.append(Rect(6, y + 22 + LINE * (len(lines) - 1), long, BAR, COLOURS[part], radius=1, key=flow.key))
    return y + high
