"""Build the one font of Namsai: Noto Sans Lao with the Latin letters and signs of its sister fonts, as TTF and WOFF2.

One weight per run. Inputs are font files (TTF or WOFF2) in the order of precedence: a character is taken from the first
font that has it. All must be under the SIL Open Font License and have 1000 units per em. Used for the shipped files:

    Noto Sans Lao (subset "lao"), Noto Sans, Noto Sans Math, Noto Sans Symbols 2, each regular (400) and bold (700);
    mathematics and symbols exist in one weight only.

    python tools/build_fonts.py --weight regular --out src/namsai/report/fonts LAO.woff2 SANS.ttf MATH.ttf SYMBOLS2.ttf
    python tools/build_fonts.py --weight bold --out src/namsai/report/fonts LAO-BOLD.woff2 SANS-BOLD.ttf MATH.ttf S2.ttf

Needs fonttools and brotli (not dependencies of Namsai: the results are committed). The result is the same byte for byte
for the same inputs: no clock.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Namsai Sans Lao"
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
RANGES = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0xFF),  # Latin-1
    (0x100, 0x17F),  # Latin Extended-A
    (0x1A0, 0x1A1),  # Vietnamese letters
    (0x1AF, 0x1B0),
    (0x2BC, 0x2BC),
    (0x300, 0x304),  # combining accents
    (0x309, 0x309),
    (0x323, 0x323),
    (0xE80, 0xEFF),  # Lao
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x200B, 0x200D),  # zero width space and joiners
    (0x2010, 0x2015),  # dashes
    (0x2018, 0x201E),  # quotation marks
    (0x2070, 0x2094),  # superscripts and subscripts
)
SIGNS = "\u2009\u202f₭€₫•…‰′″←↑→↓↔−≈≠≤≥×÷±·ΔΣΩµμηλρ✓✗℃√∞◌▲▼●○■□◆"


def wanted() -> set[int]:
    """Return the code points that the font should have."""
    return {c for first, last in RANGES for c in range(first, last + 1)} | {ord(c) for c in SIGNS}


def cut(path: Path, points: set[int], out: Path) -> set[int]:
    """Write the part of a font that holds the code points; return those that it has."""
    font = TTFont(path, recalcTimestamp=False)
    if font["head"].unitsPerEm != 1000:
        raise SystemExit(f"{path}: {font['head'].unitsPerEm} units per em, 1000 expected")
    have = points & set(font.getBestCmap())
    options = Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    options.drop_tables += ["MATH", "DSIG", "STAT", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=have)
    subsetter.subset(font)
    font.flavor = None
    font.save(out)
    return have


def rename(font: TTFont, weight: str, copyright: str) -> None:
    """Give the merged font its own family name and keep the copyright line of the sources."""
    style = weight.capitalize()
    names = {0: copyright, 1: FAMILY, 2: style, 3: f"{FAMILY} {style} 1", 4: f"{FAMILY} {style}", 5: "Version 1.000"}
    names |= {6: f"{FAMILY.replace(' ', '')}-{style}", 13: LICENCE, 14: "https://openfontlicense.org"}
    font["name"].names = []
    for number, value in names.items():
        font["name"].setName(value, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if weight == "bold" else 400
    font["OS/2"].fsSelection = 0x20 if weight == "bold" else 0x40
    font["head"].macStyle = 1 if weight == "bold" else 0


def main() -> None:
    """Read the command line, merge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weight", choices=("regular", "bold"), required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    parser.add_argument("fonts", nargs="+", type=Path, help="font files, first one wins")
    args = parser.parse_args()
    missing = wanted()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, path in enumerate(args.fonts):
            part = Path(folder) / f"{number}.ttf"
            missing -= cut(path, missing, part)
            parts.append(str(part))
        first = TTFont(parts[0])
        stamp, height = first["head"].modified, (first["hhea"].ascent, first["hhea"].descent)
        owners = dict.fromkeys(TTFont(path)["name"].getDebugName(0) for path in args.fonts)
        font = Merger().merge(parts)
    font.recalcTimestamp = False
    font["hhea"].ascent, font["hhea"].descent = height  # line height of Lao, whatever the signs need
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender, font["OS/2"].sTypoLineGap = *height, 0
    font["head"].created = font["head"].modified = stamp
    rename(font, args.weight, " ".join(owner for owner in owners if owner))
    name = f"NamsaiSansLao-{args.weight.capitalize()}"
    font.save(args.out / f"{name}.ttf")
    font.flavor = "woff2"
    font.save(args.out / f"{name}.woff2")
    letters = "".join(chr(c) for c in sorted(missing) if chr(c).isprintable() and c not in range(0xE80, 0xF00))
    sys.stderr.write(f"{name}: not in any input: {letters or 'nothing'}\n")


if __name__ == "__main__":
    main()
