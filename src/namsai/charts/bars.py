"""Horizontal bars: one row per thing, its value beside it, parts stacked; the unknown has no bar but says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from namsai.charts.palette import ACCENT, INK, LOSS, PAPER, QUIET, RULE, SERIES
from namsai.charts.scene import Label, Line, Rect, Scene, Shape
from namsai.charts.width import text_width, wrap

SIZE = 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its parts (None: not known), the value in words, and a remark at the right edge."""

    name: str
    parts: tuple[float, ...] | None
    shown: str
    remark: str = ""
    key: str = ""


def bars(
    rows: Sequence[Bar],
    title: str,
    series: Sequence[str] = (),
    remark: str = "",
    colours: Sequence[str] = SERIES,
    width: float = 481.0,
    above: bool = False,
) -> Scene:
    """Return stacked horizontal bars, drawn in the given order, with a legend when there is more than one series.

    Args: rows - parts in one unit, not negative; title; series - names of the parts; remark - heading of the remarks;
    colours - of the series; width [pt]; above - names stand above the bars (narrow screens). Returns Scene.
    """
    if above:
        return _bars_below(rows, title, series, remark, colours, width)
    shapes: list[Shape] = []
    labels: list[Label] = []
    y = 4.0
    used = [n for n in range(len(series)) if any(r.parts and r.parts[n] > 0 for r in rows)]
    if len(used) > 1:
        y = _legend(shapes, labels, [(series[n], colours[n]) for n in used])
    remark_room = max((text_width(r.remark, SIZE) for r in rows), default=0.0)
    remark_room = max(remark_room, text_width(remark, 7)) + 10 if remark_room else 0.0
    value_room = max((text_width(r.shown, SIZE, bold=True) for r in rows), default=0.0) + 6
    name_room = min(max((text_width(r.name, SIZE) for r in rows), default=0.0) + 2, width * 0.34)
    left = name_room + 8
    longest = max((sum(r.parts) for r in rows if r.parts), default=0.0)
    scale = (width - left - value_room - remark_room) / longest if longest > 0 else 0.0
    if remark and remark_room:
        labels.append(Label(width, y + 5, remark, 7, "end", QUIET))
        y += 10
    top = y
    for row in rows:
        lines = wrap(row.name, SIZE, name_room, 2)
        height = 10.0 * len(lines) + 7
        middle = y + height / 2
        for number, line in enumerate(lines):
            base = middle + 2.8 + 10 * (number - (len(lines) - 1) / 2)
            labels.append(Label(left - 8, base, line, SIZE, "end", key=row.key))
        x = left
        for part, colour in zip(row.parts or (), colours, strict=False):
            if part > 0:
                shapes.append(
                    Rect(
                        x, middle - 6, max(part * scale, 0.8), 12, colour, PAPER, 0, f"{row.name}: {row.shown}", row.key
                    )
                )
                x += part * scale
        colour = INK if row.parts else QUIET
        labels.append(Label(x + 5, middle + 2.8, row.shown, SIZE, "start", colour, row.parts is not None, row.key))
        if row.remark:
            labels.append(Label(width, middle + 2.8, row.remark, SIZE, "end", QUIET))
        y += height
    shapes.append(Line(left, top, left, y, RULE))
    return Scene(width, y + 4, tuple(shapes), tuple(labels), title)


def _bars_below(
    rows: Sequence[Bar], title: str, series: Sequence[str], remark: str, colours: Sequence[str], width: float
) -> Scene:
    """Return the bars with each name above its bar, and the value at the end of the line of the name."""
    shapes: list[Shape] = []
    labels: list[Label] = []
    used = [n for n in range(len(series)) if any(r.parts and r.parts[n] > 0 for r in rows)]
    y = _legend(shapes, labels, [(series[n], colours[n]) for n in used], width) if len(used) > 1 else 2.0
    remark_room = max((text_width(r.remark, 7) for r in rows), default=0.0)
    if remark_room:
        labels.append(Label(width, y + 6, remark, 7, "end", QUIET))
        remark_room += 6
        y += 9
    longest = max((sum(r.parts) for r in rows if r.parts), default=0.0)
    scale = (width - remark_room) / longest if longest > 0 else 0.0
    for row in rows:
        lines = wrap(row.name, SIZE, width - text_width(row.shown, SIZE, bold=True) - 8, 2)
        if row.key:  # room for a finger
            shapes.append(
                Rect(0, y, width, 12.0 * len(lines) + 16, PAPER, title=f"{row.name}: {row.shown}", key=row.key)
            )
        for number, line in enumerate(lines):
            labels.append(Label(0, y + 10 + 12 * number, line, SIZE, key=row.key))
        colour = INK if row.parts else QUIET
        labels.append(Label(width, y + 10, row.shown, SIZE, "end", colour, row.parts is not None, row.key))
        y += 12.0 * len(lines) + 2
        x = 0.0
        for part, colour in zip(row.parts or (), colours, strict=False):
            if part > 0:
                name = f"{row.name}: {row.shown}"
                shapes.append(Rect(x, y, max(part * scale, 0.8), 8, colour, PAPER, 0, name, row.key))
                x += part * scale
        if row.remark:
            labels.append(Label(width, y + 6.5, row.remark, 7, "end", QUIET, key=row.key))
        y += 14
    return Scene(width, y, tuple(shapes), tuple(labels), title)


def _legend(
    shapes: list[Shape], labels: list[Label], entries: Sequence[tuple[str, str]], width: float = float("inf")
) -> float:
    x = y = 0.0
    for name, colour in entries:
        wide = 13 + text_width(name, SIZE)
        if x and x + wide > width:
            x, y = 0.0, y + 14
        shapes.append(Rect(x, y + 2, 9, 9, colour))
        labels.append(Label(x + 13, y + 9.6, name, SIZE))
        x += wide + 16
    return y + 20.0


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a profile of changes: relative change (0.05 is 5 % more), whether that is good, in words."""

    name: str
    change: float | None
    good: bool
    shown: str
    detail: str = ""


def changes(
    rows: Sequence[Change], title: str, better: str, worse: str, width: float = 481.0, above: bool = False
) -> Scene:
    """Return bars around a zero line: better to the right (accent colour), worse to the left (warning colour).

    Args: rows; title; better, worse - words for the two sides; width [pt]; above - names stand above the bars.
    """
    shapes: list[Shape] = []
    labels: list[Label] = []
    name_room = 0.0 if above else min(max((text_width(r.name, SIZE) for r in rows), default=0.0), width * 0.4)
    side = 42.0 if above else 60.0
    left, right = name_room + side, width - side
    middle = (left + right) / 2
    longest = max((abs(r.change) for r in rows if r.change is not None), default=0.0) or 1.0
    scale = (right - left) / 2 / longest
    labels += [
        Label(middle - 8, 9, f"← {worse}", 7, "end", LOSS),
        Label(middle + 8, 9, f"{better} →", 7, "start", ACCENT),
    ]
    y = 16.0
    for row in rows:
        if above:
            labels.append(Label(0, y + 9, wrap(row.name, SIZE, width, 1)[0], SIZE))
            y += 10
        base = y + 11.8
        if not above:
            labels.append(Label(0, base, wrap(row.name, SIZE, name_room, 1)[0], SIZE))
        if row.change is None:
            labels.append(Label(middle + 6, base, row.shown, SIZE, "start", QUIET))
        else:
            length = abs(row.change) * scale
            x = middle if row.good else middle - length
            shapes.append(Rect(x, y + 3, max(length, 0.8), 12, ACCENT if row.good else LOSS, title=row.name))
            edge = middle + length + 5 if row.good else middle - length - 5
            labels.append(Label(edge, base, row.shown, SIZE, "start" if row.good else "end", INK, bold=True))
        y += 19
    shapes.append(Line(middle, 13, middle, y, QUIET))
    return Scene(width, y + 4, tuple(shapes), tuple(labels), title)
