"""Charts as data: a scene of shapes and labels, drawn by the same code for the web (SVG) and for the printed report."""

from namsai.charts.scene import Scene
from namsai.charts.svg import svg

__all__ = ["Scene", "svg"]
