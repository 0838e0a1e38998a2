"""Where to look first, and why: losses and uses ranked by money and by each other concern."""

from namsai.hotspots.find import CONCERNS, hotspots
from namsai.hotspots.model import HotSpot

__all__ = ["CONCERNS", "HotSpot", "hotspots"]
