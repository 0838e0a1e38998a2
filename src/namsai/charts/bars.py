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


def bars(
    rows: Sequence[Bar],
    title: str,
    series: Sequence[str] = (),
    remark: str = "",
    colours: Sequence[str] = SERIES,
    width: float = 481.0,
) -> Scene:
    """Return stacked horizontal bars, drawn in the given order, with a legend when there is more than one series.

    Args: rows - parts in one unit, not negative; title; series - names of the parts; remark - heading of the remarks;
    colours - of the series; width [pt]. Returns Scene.
    """
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
            labels.append(Label(left - 8, middle + 2.8 + 10 * (number - (len(lines) - 1) / 2), line, SIZE, "end"))
        x = left
        for part, colour in zip(row.parts or (), colours, strict=False):
            if part > 0:
                shapes.append(
                    Rect(x, middle - 6, max(part * scale, 0.8), 12, colour, PAPER, title=f"{row.name}: {row.shown}")
                )
                x += part * scale
        labels.append(
            Label(x + 5, middle + 2.8, row.shown, SIZE, "start", INK if row.parts else QUIET, row.parts is not None)
        )
        if row.remark:
            labels.append(Label(width, middle + 2.8, row.remark, SIZE, "end", QUIET))
        y += height
    shapes.append(Line(left, top, left, y, RULE))
    return Scene(width, y + 4, tuple(shapes), tuple(labels), title)


def _legend(shapes: list[Shape], labels: list[Label], entries: Sequence[tuple[str, str]]) -> float:
    x = 0.0
    for name, colour in entries:
        shapes.append(Rect(x, 2, 9, 9, colour))
        labels.append(Label(x + 13, 9.6, name, SIZE))
        x += 13 + text_width(name, SIZE) + 16
    return 20.0


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a profile of changes: relative change (0.05 is 5 % more), whether that is good, in words."""

    name: str
    change: float | None
    good: bool
    shown: str
    detail: str = ""


def changes(rows: Sequence[Change], title: str, better: str, worse: str, width: float = 481.0) -> Scene:
    """Return bars around a zero line: better to the right (accent colour), worse to the left (warning colour).

    Args: rows; title; better, worse - words for the two sides; width [pt]. Returns Scene.
    """
    shapes: list[Shape] = []
    labels: list[Label] = []
    name_room = min(max((text_width(r.name, SIZE) for r in rows), default=0.0), width * 0.4)
    left, right = name_room + 60, width - 60
    middle = (left + right) / 2
    longest = max((abs(r.change) for r in rows if r.change is not None), default=0.0) or 1.0
    scale = (right - left) / 2 / longest
    labels += [
        Label(middle - 8, 9, f"← {worse}", 7, "end", LOSS),
        Label(middle + 8, 9, f"{better} →", 7, "start", ACCENT),
    ]
    y = 16.0
    for row in rows:
        base = y + 11.8
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
