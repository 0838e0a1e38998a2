"""Sankey diagram with loops: inputs from the left or above, products to the right, losses down, loops underneath.

Widths are in proportion to the values, with a smallest width so that nothing disappears; labels carry the true value.
A flow that is not known is drawn dashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from namsai.charts.flow_layout import LINE, SIZE, Box, Flow, Kind, Layout, label_rows, layout, spread
from namsai.charts.palette import ACCENT, INK, INPUT, LOOP, LOSS, PAPER, QUIET, WASH
from namsai.charts.scene import Anchor, Label, Line, Path, Rect, Scene, Shape
from namsai.charts.width import text_width, wrap

COLOURS = {"input": INPUT, "flow": INPUT, "product": ACCENT, "loss": LOSS, "loop": LOOP}
ROW = 24.0  # height of a row of labels above or below [pt]
STEP = 12.0  # height of such a row where flows have no labels [pt]
ROOM = 132.0  # most room for a label above or below [pt]
ROUND = 0.5523  # of a quarter circle drawn as a curve
NARROW = 76.0  # room for a label below that is better broken than put into one row more [pt]
STUB = 16.0  # length of a flow outside the first and the last box [pt]


@dataclass
class _Drawing:
    shapes: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def stroke(
        self, flow: Flow, width: float, start: tuple[float, float], *steps: tuple[float, ...], loop: bool = False
    ) -> None:
        """Draw a flow along its middle line."""
        colour = COLOURS["loop" if loop else flow.kind]
        dash = "3 2.5" if flow.value is None else ""
        opacity = 1.0 if flow.kind in ("loss", "product") else 0.8
        self.shapes.append(Path(start, steps, "", colour, width, opacity, dash, title=flow.title, key=flow.key))

    def head(self, x: float, y: float, width: float, colour: str, down: bool = True, key: str = "") -> None:
        """Draw an arrow head whose base is at (x, y)."""
        half, deep = width / 2 + 2.2, min(width / 2 + 3.0, 9.0)
        x, y = (x, y - 0.6) if down else (x - 0.6, y)  # no seam between flow and head
        tip = ((x + half, y), (x, y + deep)) if down else ((x, y + half), (x + deep, y))
        start = (x - half, y) if down else (x, y - half)
        self.shapes.append(Path(start, tip, colour, closed=True, key=key))

    def write(
        self, x: float, y: float, flow: Flow, colour: str, room: float, anchor: Anchor, down: bool = False
    ) -> None:
        """Write the name (one or two lines, the last one at y, or with `down` the first) and below it the value."""
        if flow.bare:
            return
        lines = wrap(flow.name, SIZE, room, 2)
        first = y if down else y - LINE * (len(lines) - 1)
        for number, line in enumerate(lines):
            self.labels.append(Label(x, first + LINE * number, line, SIZE, anchor, colour, key=flow.key))
        self.labels.append(Label(x, first + LINE * len(lines), flow.shown, SIZE, anchor, INK, bold=True, key=flow.key))


def _turn(start: tuple[float, float], corner: tuple[float, float], end: tuple[float, float]) -> tuple[float, ...]:
    """Return the step of a round corner, so that a wide flow keeps its width in it."""
    (a, b), (c, d), (e, f) = start, corner, end
    return a + ROUND * (c - a), b + ROUND * (d - b), e + ROUND * (c - e), f + ROUND * (d - f), e, f


def _more(flows: Sequence[Flow], rooms: Sequence[float], least: float) -> float:
    """Return the distance of labels: `least`, and a line more where a name needs two lines."""
    if flows and all(f.bare for f in flows):
        return STEP
    long = any(len(wrap(f.name, SIZE, room, 2)) > 1 for f, room in zip(flows, rooms, strict=True))
    return least + (LINE if long else 0.0)


def sankey(
    boxes: Sequence[Box],
    flows: Sequence[Flow],
    title: str,
    width: float = 481.0,
    height: float = 150.0,
    narrower: str = "",
) -> Scene:
    """Return the diagram of a network of flows.

    Args: boxes; flows - all values in one unit, zero or more; title - what it shows; width [pt] of the scene;
    height [pt] of its fullest column; narrower - words at a loop that is drawn narrower than its share (its band is
    cut). Returns Scene. A flow of a box that is not named is an error (KeyError).
    """
    plan = layout(boxes, flows, width, height)
    d = _Drawing()
    spots, above = _spots_above(plan)
    row = _more([plan.flows[n] for n in plan.roles.above], [ROOM] * len(above), ROW)
    plan.stack((max(above) + 1) * row + 8 if above else 20.0)
    _inputs_above(d, plan, spots, above, row)
    _forward(d, plan)
    _left(d, plan)
    _right(d, plan)
    floor = _underneath(d, plan, narrower)
    for box in boxes:
        place, lines = plan.places[box.id], plan.lines[box.id]
        d.shapes.append(Rect(place.x, place.y, plan.box_width, place.height, WASH, ACCENT, 2.0, box.name, box.key))
        middle = place.y + place.height / 2 - LINE * (len(lines) - 1) / 2 + 2.6
        for number, line in enumerate(lines):
            d.labels.append(
                Label(
                    place.x + plan.box_width / 2, middle + LINE * number, line, plan.size, "middle", INK, True, box.key
                )
            )
    deepest = max((x.y for x in d.labels), default=0.0)
    return Scene(width, max(floor, plan.bottom, deepest) + 5, tuple(d.shapes), tuple(d.labels), title)


def _spots_above(plan: Layout) -> tuple[dict[int, float], list[int]]:
    """Return x and label row of the inputs from above; the innermost one of a box comes last."""
    spots: dict[int, float] = {}
    reach: dict[int, float] = {}  # by column: inputs of lower boxes come down farther left
    level = {name: number for row in plan.rows for number, name in enumerate(row)}
    for n in sorted(plan.roles.above, key=lambda n: (level[plan.flows[n].target], -n)):
        place = plan.places[plan.flows[n].target]
        spots[n] = place.x - reach.get(place.column, 5.0) - plan.thick[n] / 2
        reach[place.column] = reach.get(place.column, 5.0) + plan.thick[n] + 4
    spans = [(spots[n], spots[n] + min(plan.flows[n].label_width, ROOM) + 4) for n in plan.roles.above]
    return spots, _rows(plan, plan.roles.above, spans)


def _inputs_above(d: _Drawing, plan: Layout, spots: dict[int, float], rows: list[int], high: float) -> None:
    top = (max(rows) + 1) * high if rows else 0.0
    for n, row in zip(plan.roles.above, rows, strict=True):
        flow, w, x = plan.flows[n], plan.thick[n], spots[n]
        y, start, bend = plan.port(flow.target, "left", n), top - row * high - 2, w / 2 + 3
        turn = _turn((x, y - bend), (x, y), (x + bend, y))
        d.stroke(flow, w, (x, start), (x, y - bend), turn, (plan.places[flow.target].x + 2, y))
        d.write(x + w / 2 + 3, start - LINE, flow, QUIET, ROOM, "start")


def _forward(d: _Drawing, plan: Layout) -> None:
    """Draw the flows between boxes; ports in the order of the other end, so that they do not cross at the box."""
    chains, places = plan.roles.chains, plan.places
    by_target = sorted(chains, key=lambda n: places[chains[n][1]].y)
    leave = {(n, step): plan.port(a, "right", n) for n in by_target for step, a in enumerate(chains[n][:-1])}
    by_source = sorted(chains, key=lambda n: places[chains[n][-2]].y)
    arrive = {(n, step): plan.port(b, "left", n) for n in by_source for step, b in enumerate(chains[n][1:])}
    for n, way in chains.items():
        flow, w = plan.flows[n], plan.thick[n]
        for step, (a, b) in enumerate(pairwise(way)):
            x1, x2, y1, y2 = plan.edge(a), places[b].x, leave[n, step], arrive[n, step]
            half = (x1 + x2) / 2
            d.stroke(flow, w, (x1, y1), (half, y1, half, y2, x2, y2))
            if b in plan.passing:
                d.stroke(flow, w, (x2, y2), (plan.edge(b), y2))
        inside = 8.0 if w > 11 else -2.5  # a wide flow carries its value itself
        if not flow.bare:
            at = leave[n, 0] - w / 2 + inside
            d.labels.append(Label(plan.edge(way[0]) + 3, at, flow.shown, 7, "start", INK, key=flow.key))


def _left(d: _Drawing, plan: Layout) -> None:
    numbers = sorted(plan.roles.left, key=lambda n: plan.places[plan.flows[n].target].y)
    heights = [plan.port(plan.flows[n].target, "left", n) for n in numbers]
    stub = STUB + plan.lead  # past the loops that climb here
    rooms = [plan.places[plan.flows[n].target].x - stub - 10 for n in numbers]
    distance = _more([plan.flows[n] for n in numbers], rooms, 22.0)
    for n, y, at, room in zip(numbers, heights, spread(heights, distance, distance - 13.0), rooms, strict=True):
        flow, edge = plan.flows[n], plan.places[plan.flows[n].target].x
        d.stroke(flow, plan.thick[n], (edge - stub, y), (edge, y))
        if abs(at - y) > 3 and not flow.bare:
            d.shapes.append(Line(edge - stub - 8, at, edge - stub, y, INPUT, 0.5))
        d.write(edge - stub - 10, at - 1.5, flow, QUIET, room, "end")


def _right(d: _Drawing, plan: Layout) -> None:
    numbers = sorted(plan.roles.right, key=lambda n: plan.places[plan.flows[n].source].y)
    heights = [plan.port(plan.flows[n].source, "right", n) for n in numbers]
    wishes = [y - max(0.0, 11 - plan.thick[n] / 2) for n, y in zip(numbers, heights, strict=True)]
    rooms = [plan.width - plan.edge(plan.flows[n].source) - STUB - min(plan.thick[n] / 2 + 3, 9) - 8 for n in numbers]
    distance = _more([plan.flows[n] for n in numbers], rooms, 22.0)
    for n, y, at, room in zip(numbers, heights, spread(wishes, distance, distance - 13.0), rooms, strict=True):
        flow, w, edge = plan.flows[n], plan.thick[n], plan.edge(plan.flows[n].source)
        d.stroke(flow, w, (edge, y), (edge + STUB, y))
        d.head(edge + STUB, y, w, COLOURS[flow.kind], down=False, key=flow.key)
        x = edge + STUB + min(w / 2 + 3, 9) + 4
        if abs(at - y) > 12 and not flow.bare:
            d.shapes.append(Line(x - 3, y, x + 3, at, ACCENT, 0.5))
            x += 4
        d.write(x, at - 1.5, flow, ACCENT, room, "start")


def _underneath(d: _Drawing, plan: Layout, narrower: str) -> float:
    """Draw what goes down: loops on rails below the boxes, losses below the rails. Returns the lowest edge."""
    falls: dict[int, tuple[float, float]] = {}
    reach: dict[int, float] = {}  # by column: flows of upper boxes go down farther right
    for box in sorted(plan.boxes, key=lambda b: -plan.places[b.id].y):
        own = [n for n in (*plan.roles.down, *plan.roles.loops) if plan.flows[n].source == box.id]
        heights = {n: plan.port(box.id, "right", n) for n in own}
        column = plan.places[box.id].column
        for n in reversed(own):  # the lowest port is the innermost way down
            falls[n] = (plan.edge(box.id) + reach.get(column, 4.0) + plan.thick[n] / 2, heights[n])
            reach[column] = reach.get(column, 4.0) + plan.thick[n] + 3.5
    rail = _loops(d, plan, falls, narrower)
    floor = rail + (10 if plan.roles.loops else 4)
    rows, rooms, high = min(
        (_below(plan, falls, most) for most in (ROOM, NARROW)), key=lambda x: x[2] * max(x[0] or [0])
    )
    for n, row, room in zip(plan.roles.down, rows, rooms, strict=True):
        flow, w, (x, y) = plan.flows[n], plan.thick[n], falls[n]
        end, bend = floor + row * high + 4, w / 2 + 4
        turn = _turn((x - bend, y), (x, y), (x, y + bend))
        d.stroke(flow, w, (plan.edge(flow.source) - 2, y), (x - bend, y), turn, (x, end))
        d.head(x, end, w, COLOURS[flow.kind], key=flow.key)
        d.write(x + w / 2 + 5, end + 1, flow, COLOURS[flow.kind], room, "start", down=True)
    return floor + (max(rows) + 1) * high if rows else floor


def _below(plan: Layout, falls: dict[int, tuple[float, float]], most: float) -> tuple[list[int], list[float], float]:
    """Return row and room of each label below, and the height of a row, where no label is wider than `most`."""
    flows = [plan.flows[n] for n in plan.roles.down]
    starts = [falls[n][0] + plan.thick[n] / 2 + 5 for n in plan.roles.down]
    rooms = [max(min(plan.width - x, most), 30.0) for x in starts]
    edges = [falls[n][0] - plan.thick[n] / 2 for n in plan.roles.down]
    ends = [x + min(f.label_width, room) for f, x, room in zip(flows, starts, rooms, strict=True)]
    return _rows(plan, plan.roles.down, list(zip(edges, ends, strict=True))), rooms, _more(flows, rooms, ROW)


def _rows(plan: Layout, numbers: Sequence[int], spans: Sequence[tuple[float, float]]) -> list[int]:
    """Return the row of each label; without labels all flows end in one row."""
    return [0] * len(spans) if all(plan.flows[n].bare for n in numbers) else label_rows(spans)


def _loops(d: _Drawing, plan: Layout, falls: dict[int, tuple[float, float]], narrower: str) -> float:
    """Draw the loops, the shortest on the highest rail. Returns the height of the lowest rail."""
    rail = plan.bottom + 4
    climbs: dict[int, float] = {}  # by column: loops into upper boxes climb farther left
    for n in sorted(plan.roles.loops, key=lambda n: _length(plan, n)):
        flow, w, (x, y) = plan.flows[n], plan.thick[n], falls[n]
        end = plan.port(flow.target, "left", n)
        bend, rail = w / 2 + 4, rail + w / 2 + 12
        target = plan.places[flow.target]
        back = target.x - climbs.get(target.column, 5.0) - w / 2
        climbs[target.column] = climbs.get(target.column, 5.0) + w + 3
        d.stroke(
            flow,
            w,
            (plan.edge(flow.source) - 2, y),
            *((x - bend, y), _turn((x - bend, y), (x, y), (x, y + bend)), (x, rail - bend)),
            *(_turn((x, rail - bend), (x, rail), (x - bend, rail)), (back + bend, rail)),
            *(_turn((back + bend, rail), (back, rail), (back, rail - bend)), (back, end + bend)),
            *(_turn((back, end + bend), (back, end), (back + bend, end)), (target.x, end)),
            loop=True,
        )
        shown = flow.shown
        if n in plan.cut:
            shown = f"{shown}  {narrower}".rstrip()
            middle = (back + x) / 2
            for shift in (-3.0, 3.0):
                ends = (middle + shift - 3, rail + w / 2 + 1, middle + shift + 3, rail - w / 2 - 1)
                d.shapes.append(Line(*ends, PAPER, 2.0, key=flow.key))
        if flow.bare:
            rail += w / 2
            continue
        words = f"{flow.name}  {shown}"
        others = [falls[m][0] for m in (*plan.roles.down, *plan.roles.loops) if m != n]
        at, clear = _clear(back + w / 2, x - w / 2, others, text_width(words, 7))
        if not clear:  # the name above the rail, the value below
            words = flow.name
            d.labels.append(Label(at, rail + w / 2 + 8, shown, 7, "middle", INK, key=flow.key))
        d.labels.append(Label(at, rail - w / 2 - 2.5, words, 7, "middle", INK, key=flow.key))
        rail += w / 2 + (0 if clear else 9)
    return rail


def _length(plan: Layout, number: int) -> tuple[int, int]:
    flow = plan.flows[number]
    return plan.places[flow.source].column - plan.places[flow.target].column, number


def _clear(start: float, end: float, crossings: Sequence[float], wanted: float) -> tuple[float, bool]:
    """Return the middle of the first stretch between crossings that is wide enough, else of the widest one and no."""
    marks = [start, *sorted(x for x in crossings if start < x < end), end]
    gaps = [(b - a, (a + b) / 2) for a, b in pairwise(marks)]
    return next(((middle, True) for size, middle in gaps if size >= wanted + 8), (max(gaps)[1], False))


__all__ = ["Box", "Flow", "Kind", "sankey"]
