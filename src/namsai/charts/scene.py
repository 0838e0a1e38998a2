"""The scene: what every chart is made of. Lengths in points (1/72 inch), y downwards, frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `title` is shown when the pointer rests on it. `key` names what it belongs to (see `svg.linked`)."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    radius: float = 0.0
    title: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 0.75
    dash: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """Lines and cubic curves: `steps` are (x, y) for a line and (x1, y1, x2, y2, x, y) for a curve, from `start`."""

    start: tuple[float, float]
    steps: tuple[tuple[float, ...], ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    opacity: float = 1.0
    dash: str = ""
    closed: bool = False
    title: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text: x of its anchor, y of its base line."""

    x: float
    y: float
    text: str
    size: float = 8.0
    anchor: Anchor = "start"
    fill: str = "#1F2933"
    bold: bool = False
    key: str = ""


Shape = Rect | Line | Dot | Path


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: its size, shapes from back to front, labels above them, and what it shows in words."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    title: str
