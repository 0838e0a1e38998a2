"""Where a plant stands between best, typical and poor practice: one track per benchmark, the plant as a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from namsai.charts.palette import ACCENT, INK, LOSS, PAPER, QUIET, RULE
from namsai.charts.scene import Dot, Label, Line, Path, Rect, Scene, Shape
from namsai.charts.width import text_width, wrap

SIZE = 8.0
ROW = 40.0


@dataclass(frozen=True, slots=True)
class Track:
    """One benchmark: the plant's value and three marks (None where the source gives none), also in words.

    `verdict` gives the colour of the dot: good, bad, or open where the source does not allow one.
    """

    name: str
    value: float
    shown: str
    best: float | None
    typical: float | None
    poor: float | None
    marks: tuple[str, str, str]  # best, typical, poor in words
    verdict: Literal["good", "bad", "open"] = "open"


def place(track: Track) -> float:
    """Return where the plant stands on the track: 0 at best, 0.5 at typical, 1 at poor; linear between known marks.

    Beyond the outer marks it goes on in the same proportion, but not farther than 0.15 (the chart then shows an arrow).
    With fewer than two marks the only mark is the middle and the ratio of the values decides.

    >>> place(Track("", 6.0, "", 4.0, 6.0, 10.0, ("", "", ""))), place(Track("", 8.0, "", 4.0, 6.0, 10.0, ("", "", "")))
    (0.5, 0.75)
    """
    known = [(v, p) for v, p in ((track.best, 0.0), (track.typical, 0.5), (track.poor, 1.0)) if v is not None]
    if len(known) < 2:
        mark, where = known[0]
        ratio = track.value / mark if mark else 1.0
        return min(max(where + (ratio - 1) * 0.5, -0.15), 1.15)
    for (a, at), (b, bt) in pairwise(known):
        if (a <= track.value <= b) or (a >= track.value >= b):
            return at if a == b else at + (track.value - a) / (b - a) * (bt - at)
    (a, at), (b, bt) = (known[0], known[1]) if _before(track.value, known) else (known[-2], known[-1])
    far = at + (track.value - a) / (b - a) * (bt - at) if a != b else at
    return min(max(far, -0.15), 1.15)


def _before(value: float, known: Sequence[tuple[float, float]]) -> bool:
    rising = known[-1][0] >= known[0][0]
    return value < known[0][0] if rising else value > known[0][0]


def profile(
    tracks: Sequence[Track], title: str, words: tuple[str, str, str], width: float = 481.0, above: bool = False
) -> Scene:
    """Return one track per benchmark from best (left) to poor (right), the plant as a dot with its value.

    Args: tracks; title; words - best, typical, poor in the language; width [pt]; above - names stand above the tracks.
    """
    shapes: list[Shape] = []
    labels: list[Label] = []
    name_room = 0.0 if above else min(max((text_width(t.name, SIZE) for t in tracks), default=0.0) + 2, width * 0.36)
    span = (width - name_room - 70) / 1.3  # room for a dot beyond either end
    left = name_room + 35 + 0.15 * span
    for word, at in zip(words, (0.0, 0.5, 1.0), strict=True):
        labels.append(Label(left + at * span, 8, word, 7, "middle", QUIET))
    y = 10.0
    for t in tracks:
        if above:
            lines = wrap(t.name, SIZE, width, 2)
            labels += [Label(0, y + 11 + 11 * number, text, SIZE) for number, text in enumerate(lines)]
            y += 11.0 * len(lines) + 3
        line = y + 22
        lines = () if above else wrap(t.name, SIZE, name_room, 2)
        for number, text in enumerate(lines):
            labels.append(Label(0, line + 2.8 + 10 * (number - (len(lines) - 1) / 2), text, SIZE))
        shapes.append(Rect(left - 8, line - 2.5, span + 16, 5, "#E3EAED", radius=2.5))
        for mark, shown, at in zip((t.best, t.typical, t.poor), t.marks, (0.0, 0.5, 1.0), strict=True):
            if mark is not None:
                shapes.append(Line(left + at * span, line - 5, left + at * span, line + 5, QUIET))
                labels.append(Label(left + at * span, line + 14, shown, 7, "middle", QUIET))
        where = place(t)
        x = left + where * span
        colour = {"good": ACCENT, "bad": LOSS, "open": QUIET}[t.verdict]
        if where >= 1.15 or where <= -0.15:
            way = 5.0 if where > 0 else -5.0
            tip = ((x + way, line - 4), (x + way, line + 4))
            shapes.append(Path((x + way * 2.2, line), tip, colour, closed=True))
        shapes.append(Dot(x, line, 4.5, colour, PAPER, f"{t.name}: {t.shown}"))
        labels.append(Label(x, line - 8, t.shown, SIZE, "middle", INK, bold=True))
        shapes.append(Line(0, y + ROW, width, y + ROW, RULE, 0.4))
        y += ROW
    return Scene(width, y + 2, tuple(shapes), tuple(labels), title)
