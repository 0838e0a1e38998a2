"""Money over the years: what has been paid and what has come back, year by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from namsai.charts.palette import ACCENT, INK, LOSS, QUIET
from namsai.charts.scene import Label, Line, Rect, Scene, Shape
from namsai.charts.width import text_width


def cash(
    flow: Sequence[float],
    title: str,
    axis: str,
    show: Callable[[float], str],
    width: float = 481.0,
    height: float = 110.0,
    narrow: bool = False,
) -> Scene:
    """Return the cumulative cash of a plan as columns: below zero money still out, above zero money gained.

    Args: flow - money per year, year 0 first; title; axis - word for years; show - writes money; width, height [pt];
    narrow - labels are moved inwards so that they stay inside.
    """
    shapes: list[Shape] = []
    labels: list[Label] = []
    total: list[float] = []
    for amount in flow:
        total.append(amount + (total[-1] if total else 0.0))
    high, low = max(*total, 0.0), min(*total, 0.0)
    scale = height / ((high - low) or 1.0)
    zero, step = 16 + high * scale, (width - 8) / max(len(total), 1)
    for year, value in enumerate(total):
        x = year * step + step * 0.18
        y = zero - value * scale if value > 0 else zero
        shapes.append(
            Rect(x, y, step * 0.64, max(abs(value) * scale, 0.8), ACCENT if value >= 0 else LOSS, title=show(value))
        )
        if year in (0, len(total) - 1) or (value >= 0 > total[year - 1]):
            beside = zero - value * scale - 4 if value >= 0 else zero - value * scale + 10
            at, half = x + step * 0.32, text_width(show(value), 8, bold=True) / 2
            at = min(max(at, half), width - half) if narrow else at
            labels.append(Label(at, beside, show(value), 8, "middle", INK, bold=True))
        labels.append(Label(x + step * 0.32, zero - low * scale + 24, str(year), 7, "middle", QUIET))
    shapes.append(Line(0, zero, width, zero, QUIET))
    labels.append(Label(0, zero - low * scale + 36, axis, 7, "start", QUIET))
    return Scene(width, zero - low * scale + 42, tuple(shapes), tuple(labels), title)
