"""Where the boxes and the flows of a Sankey diagram go. Everything here is numbers; nothing is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from namsai.charts.layers import back_edges, columns, ordered
from namsai.charts.width import BOLD, text_width, wrap

Kind = Literal["input", "flow", "product", "loss"]
THIN = 1.4  # smallest width of a flow [pt]
SIZE = 7.5  # size of labels [pt]
LINE = 9.5  # distance of lines of text [pt]
GAP = 16.0  # between boxes of a column [pt]
NARROW = 46.0  # least width of a box that the heights give way to [pt]
SLIM = 18.0  # least width of a box where no flow has a label [pt]
LEAST = 0.55  # the heights give way down to this share
CUT = 30.0  # a loop is never drawn wider, or it would hide all else; it is then marked as cut [pt]


@dataclass(frozen=True, slots=True)
class Box:
    """A process of the diagram."""

    id: str
    name: str
    key: str = ""  # of its shape and label in the scene


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow between two boxes; `source` "" comes from outside, `target` "" leaves. `value` None is not known."""

    source: str
    target: str
    value: float | None
    name: str
    shown: str  # the value in words
    kind: Kind = "flow"
    key: str = ""  # of its shapes and labels in the scene
    bare: bool = False  # drawn without its label

    @property
    def title(self) -> str:
        """Name and value, for the pointer."""
        return f"{self.name}: {self.shown}"

    @property
    def label_width(self) -> float:
        """Width of its label of two lines: name above value [pt]."""
        if self.bare:
            return 0.0
        return max(text_width(self.name, SIZE), text_width(self.shown, SIZE, bold=True))


@dataclass
class Place:
    """The room of one box, or of a flow that passes a column: filled in while the layout is made."""

    column: int
    x: float = 0.0
    y: float = 0.0
    height: float = 0.0
    left: float = 0.0  # next free port at the left
    right: float = 0.0  # next free port at the right


@dataclass(frozen=True)
class Roles:
    """Which flow (by its number) plays which part."""

    left: tuple[int, ...]  # inputs into the first column
    above: tuple[int, ...]  # other inputs
    right: tuple[int, ...]  # products of the last column
    down: tuple[int, ...]  # all else that leaves
    loops: tuple[int, ...]
    chains: Mapping[int, tuple[str, ...]]  # inner flows that go forward: the places they run through


@dataclass
class Layout:
    """The layout of one diagram. Lengths in points."""

    boxes: Sequence[Box]
    flows: Sequence[Flow]
    width: float
    box_width: float
    thick: list[float]
    roles: Roles
    places: dict[str, Place]
    lines: dict[str, tuple[str, ...]]
    rows: list[list[str]]
    passing: dict[str, int] = field(default_factory=dict)
    size: float = SIZE  # of the names in the boxes
    cut: frozenset[int] = frozenset()  # loops drawn narrower than their share
    lead: float = 0.0  # room that loops take left of the first column
    bottom: float = 0.0

    def port(self, name: str, side: Literal["left", "right"], number: int) -> float:
        """Take the next port of a box for a flow; return its height (a flow that passes stays in the middle)."""
        place = self.places[name]
        if name in self.passing:
            return place.y + place.height / 2
        start = place.left if side == "left" else place.right
        if side == "left":
            place.left += self.thick[number]
        else:
            place.right += self.thick[number]
        return start + self.thick[number] / 2

    def edge(self, name: str) -> float:
        """Return x of the right edge of a box."""
        return self.places[name].x + self.box_width

    def stack(self, top: float) -> None:
        """Set the heights of all places below `top`: columns in the middle, each box near what flows into it."""
        tallest = max((self._full(row) for row in self.rows), default=0.0)
        for row in self.rows:
            y = top + (tallest - self._full(row)) / 2
            for name in row:
                self.places[name].y = y
                y += self.places[name].height + GAP
        for row in self.rows[1:]:
            self._pull(row, top, top + tallest)
        self.bottom = max((p.y + p.height for p in self.places.values()), default=top)
        for name in (b.id for b in self.boxes):
            place = self.places[name]
            place.left = place.y + (place.height - self._sum(name, "target")) / 2
            place.right = place.y + (place.height - self._sum(name, "source")) / 2

    def _full(self, row: Sequence[str]) -> float:
        return sum(self.places[n].height for n in row) + GAP * (len(row) - 1)

    def _sum(self, name: str, end: Literal["source", "target"]) -> float:
        return sum(t for f, t in zip(self.flows, self.thick, strict=True) if getattr(f, end) == name)

    def _pull(self, row: Sequence[str], low: float, high: float) -> None:
        """Move the places of a column towards the middle of what flows in, in order and without overlap."""
        for name in row:
            before = [
                (self.places[a].y + self.places[a].height / 2, self.thick[n])
                for n, way in self.roles.chains.items()
                for a, b in pairwise(way)
                if b == name
            ]
            total = sum(w for _, w in before)
            place = self.places[name]
            wish = sum(y * w for y, w in before) / total - place.height / 2 if total else place.y
            place.y = max(low, wish)
            low = place.y + place.height + GAP
        for name in reversed(row):
            place = self.places[name]
            place.y = min(place.y, high - place.height)
            high = place.y - GAP


def _roles(names: Sequence[str], flows: Sequence[Flow]) -> tuple[Roles, dict[str, Place], dict[str, int]]:
    pairs = [(f.source, f.target) for f in flows if f.source and f.target]
    backward = back_edges(names, pairs)
    column_of = columns(names, pairs, backward)
    last = max(column_of.values(), default=0)
    places = {n: Place(column_of[n]) for n in names}
    passing: dict[str, int] = {}
    chains: dict[int, tuple[str, ...]] = {}
    parts: dict[str, list[int]] = {"left": [], "above": [], "right": [], "down": [], "loops": []}
    for number, f in enumerate(flows):
        if not f.source:
            parts["left" if column_of[f.target] == 0 else "above"].append(number)
        elif not f.target:
            ends = f.kind == "product" and column_of[f.source] == last
            parts["right" if ends else "down"].append(number)
        elif (f.source, f.target) in backward:
            parts["loops"].append(number)
        else:
            way = [f.source]
            for column in range(column_of[f.source] + 1, column_of[f.target]):
                way.append(f"\0{number}.{column}")
                places[way[-1]] = Place(column)
                passing[way[-1]] = number
            chains[number] = (*way, f.target)
    return Roles(**{k: tuple(v) for k, v in parts.items()}, chains=chains), places, passing


def _thickness(
    names: Sequence[str], flows: Sequence[Flow], places: Mapping[str, Place], loops: Sequence[int], height: float
) -> tuple[list[float], frozenset[int]]:
    """Return the width of each flow, in proportion, so that the fullest column has the wanted height; and the loops
    that would be too wide: they get the width CUT and leave the room to the flows that go through.
    """
    cut: frozenset[int] = frozenset()
    while True:
        scale = _scale(names, [f for n, f in enumerate(flows) if n not in cut], places, height)
        wide = frozenset(n for n in loops if (flows[n].value or 0.0) * scale > CUT)
        if wide <= cut:
            break
        cut |= wide
    return [CUT if n in cut else max((f.value or 0.0) * scale, THIN) for n, f in enumerate(flows)], cut


def _scale(names: Sequence[str], flows: Sequence[Flow], places: Mapping[str, Place], height: float) -> float:
    inside, outside = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    for f in flows:
        if f.target:
            inside[f.target] += f.value or 0.0
        if f.source:
            outside[f.source] += f.value or 0.0
    full: dict[int, float] = {}
    for n in names:
        full[places[n].column] = full.get(places[n].column, 0.0) + max(inside[n], outside[n])
    most = max(full.values(), default=0.0)
    return height / most if most > 0 else 0.0


def layout(boxes: Sequence[Box], flows: Sequence[Flow], width: float, height: float) -> Layout:
    """Return the layout of a network of flows; `stack` must be called with the top edge before anything is drawn.

    The wanted height is lowered until all that falls and climbs between two columns has room there.
    Args: boxes; flows - values in one unit; width [pt]; height [pt] of the fullest column. Returns Layout.
    """
    names = [b.id for b in boxes]
    roles, places, passing = _roles(names, flows)
    count = max((p.column for p in places.values()), default=0) + 1
    least = height * LEAST
    bare = bool(flows) and all(f.bare for f in flows)
    slim, wall = (SLIM, 8.0) if bare else (NARROW, 74.0)
    while True:
        thick, cut = _thickness(names, flows, places, roles.loops, height)
        gaps = _gaps(flows, roles, places, thick, count)
        left = (_margin(flows, roles.left, 30.0) if roles.left else 8.0) + gaps[0]
        right = max(_margin(flows, roles.right, 34.0) if roles.right else 8.0 if bare else 30.0, gaps[-1] + wall)
        free = width - left - right - sum(gaps[1:-1])
        if free / count >= slim or height * 0.9 < least:
            break
        height *= 0.9
    left += 60.0 if count == 1 and roles.right else 0.0  # a single box stands nearer to the middle
    longest = max((text_width(w, SIZE - 1) * BOLD + 4 for b in boxes for w in b.name.split()), default=0.0)
    wide = free / count * (0.8 if count > 1 else 1.0)
    box_width = max(min(70.0, max(wide, min(longest, free / count * 0.95))), SLIM if bare else 30.0)
    spare = max(free - box_width * count, 0.0) / max(count - 1, 1)
    starts = [left]
    for gap in gaps[1:-1]:
        starts.append(starts[-1] + box_width + gap + spare)
    size = SIZE
    lines = {b.id: wrap(b.name, size * BOLD, box_width - 5, 3) for b in boxes}
    if any("…" in line for found in lines.values() for line in found):
        size = SIZE - 1
        lines = {b.id: wrap(b.name, size * BOLD, box_width - 3, 3) for b in boxes}
    for name, place in places.items():
        place.x = starts[place.column]
        if name in passing:
            place.height = thick[passing[name]]
            continue
        ways_in = sum(t for f, t in zip(flows, thick, strict=True) if f.target == name)
        ways_out = sum(t for f, t in zip(flows, thick, strict=True) if f.source == name)
        place.height = max(ways_in, ways_out, LINE * len(lines[name]) + 8)
    links = [(a, b, thick[n]) for n, way in roles.chains.items() for a, b in pairwise(way)]
    rows = ordered({n: p.column for n, p in places.items()}, links)
    return Layout(boxes, flows, width, box_width, thick, roles, places, lines, rows, passing, size, cut, gaps[0])


def _margin(flows: Sequence[Flow], numbers: Sequence[int], beside: float) -> float:
    """Return the room at a side for labels that may be wide, `beside` them the ends of the flows."""
    if all(flows[n].bare for n in numbers):
        return 32.0
    return min(max(84.0, max(flows[n].label_width for n in numbers) + beside), 124.0)


def _gaps(
    flows: Sequence[Flow], roles: Roles, places: Mapping[str, Place], thick: Sequence[float], count: int
) -> list[float]:
    """Return the room needed left of each column, and right of the last one, by what falls, comes down and climbs."""
    out = [0.0] * (count + 1)
    for n in (*roles.above, *roles.loops):
        out[places[flows[n].target].column] += thick[n] + 4
    for n in (*roles.down, *roles.loops):
        out[places[flows[n].source].column + 1] += thick[n] + 4
    return [out[0], *(max(room + 10, 28.0) for room in out[1:-1]), out[-1]]


def label_rows(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Give each label a row so that neither labels nor the flows leading to rows farther away cross a label.

    Args: spans - (x of the flow, x of the label's end); labels stand to the right of their flow. Returns the rows.

    >>> label_rows([(10.0, 60.0), (40.0, 90.0), (120.0, 150.0)])
    [1, 0, 0]
    """
    out = [0] * len(spans)
    done: list[tuple[float, int]] = []
    for number in sorted(range(len(spans)), key=lambda n: -spans[n][0]):
        taken = [row for x, row in done if x < spans[number][1] + 4]
        out[number] = max(taken, default=-1) + 1
        done.append((spans[number][0], out[number]))
    return out


def spread(wishes: Sequence[float], distance: float, lowest: float) -> list[float]:
    """Return positions near the wishes (in their order), no two nearer than the distance, none below `lowest`.

    >>> spread([10.0, 12.0, 50.0], 10.0, 0.0)
    [6.0, 16.0, 50.0]
    """
    groups: list[list[float]] = []  # [sum of wishes less offsets, members]
    for wish in wishes:
        groups.append([wish, 1])
        while len(groups) > 1:
            (a, m), (b, n) = groups[-2], groups[-1]
            if a / m + m * distance <= b / n:
                break
            groups[-2:] = [[a + b - n * m * distance, m + n]]
    out: list[float] = []
    for total, members in groups:
        start = max(total / members, lowest if not out else out[-1] + distance)
        out += [start + k * distance for k in range(int(members))]
    return out
