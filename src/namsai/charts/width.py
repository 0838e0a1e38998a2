"""How wide a text is in the font of Namsai, and where a label may be broken, without a font engine."""

from __future__ import annotations

# Advance widths of Namsai Sans Lao Regular in 1/1000 em (a test holds them against the font file).
_ASCII = (
    *(260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372),
    *(572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434),
    *(899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781),
    *(605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444),
    *(281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605),
    *(615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572),
)
_LAO = (
    *(0, 614, 615, 0, 614, 0, 738, 369, 566, 595, 615, 0, 646, 614, 946, 668),
    *(614, 738, 973, 758, 636, 646, 619, 726, 644, 614, 614, 616, 726, 726, 732, 734),
    *(760, 614, 619, 615, 0, 626, 0, 586, 614, 616, 635, 726, 594, 620, 615, 578),
    *(372, 0, 324, 324, 0, 0, 0, 0, 0, 0, 210, 0, 0, 574, 0, 0),
    *(281, 515, 280, 280, 324, 0, 627, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    *(616, 586, 583, 595, 610, 610, 633, 614, 637, 749, 0, 0, 967, 988, 614, 614),
)
_OTHER = {"–": 500, "—": 1000, "·": 268, "→": 794, "₂": 350, "²": 350, "³": 350, "…": 791, "✓": 829}
BOLD = 1.075  # bold letters are wider by so much on average
_LEADING_VOWELS = "ເແໂໃໄ"


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a line of text, without kerning.

    Args: text; size [pt]; bold. Returns width [pt].

    >>> text_width("ນ້ຳ", 10) == text_width("ນຳ", 10)
    True
    """
    total = 0
    for letter in text:
        code = ord(letter)
        if 0x20 <= code < 0x7F:
            total += _ASCII[code - 0x20]
        elif 0xE80 <= code < 0xEE0:
            total += _LAO[code - 0xE80]
        else:
            total += _OTHER.get(letter, 600)
    return total * size / 1000 * (BOLD if bold else 1.0)


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end: after spaces, and in Lao before a vowel that stands before its letter."""
    out = [""]
    for place, letter in enumerate(text):
        before = text[place - 1] if place else ""
        if before == " " or (letter in _LEADING_VOWELS and before and before not in "(“ "):
            out.append("")
        out[-1] += letter
    return out


def wrap(text: str, size: float, width: float, lines: int = 2) -> tuple[str, ...]:
    """Break a label into at most so many lines; what does not fit ends in an ellipsis (the title has all).

    Args: text; size [pt]; width [pt]; lines. Returns the lines.

    >>> wrap("Fabric off-cuts", 8, 40), wrap("Fabric off-cuts", 8, 34, 1)
    (('Fabric', 'off-cuts'), ('Fabric…',))
    """
    out: list[str] = []
    current = ""
    for piece in _pieces(text):
        if current and text_width((current + piece).rstrip(), size) > width:
            out.append(current.rstrip())
            current = piece
        else:
            current += piece
    out.append(current.rstrip())
    if len(out) > lines:
        rest = text
        for line in out[: lines - 1]:
            rest = rest.lstrip()[len(line) :]
        out = [*out[: lines - 1], rest.strip()]
    return tuple(_shorten(line, size, width) for line in out)


def _shorten(line: str, size: float, width: float) -> str:
    if text_width(line, size) <= width:
        return line
    while line and text_width(line + "…", size) > width:
        line = line[:-1]
    while line and line[-1] in _LEADING_VOWELS:
        line = line[:-1]
    return line.rstrip() + "…"
