"""The colours: one accent, one warning colour, quiet neighbours. They differ in lightness too, for prints in grey."""

from __future__ import annotations

INK = "#1F2933"
QUIET = "#5B6770"
RULE = "#C9D1D6"
PAPER = "#FFFFFF"
WASH = "#EEF3F5"
ACCENT = "#0B5A6B"
LOSS = "#C4501B"
LOOP = "#B58A14"
ENERGY = "#8FB4D9"
INPUT = "#B9C9CF"
GOOD = ACCENT

# In the order of a stacked bar: dark, light, middle, so that neighbours never look alike in grey.
SERIES = (LOSS, "#F2C9A1", "#7A4A8C", "#D9D2B0")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (0 black to 1 white, WCAG 2).

    >>> round(luminance("#FFFFFF"), 2), round(luminance("#0B5A6B"), 2)
    (1.0, 0.08)
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
