"""Bars, profile, cash, SVG and the widths of text."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from importlib.resources import files
from itertools import pairwise

import pytest

from namsai.charts import palette
from namsai.charts.bars import Bar, Change, bars, changes
from namsai.charts.cash import cash
from namsai.charts.profile import Track, place, profile
from namsai.charts.scene import Rect
from namsai.charts.svg import labels_data, shapes_svg, svg
from namsai.charts.width import text_width, wrap
from namsai.charts.write import money_span, number, span

ROWS = [Bar("Off-cuts", (60.0, 20.0), "80"), Bar("Rejects", (10.0, 0.0), "10"), Bar("Water", None, "not known")]


def test_bars_are_in_proportion_and_the_unknown_has_none() -> None:
    scene = bars(ROWS, "t", ("a", "b"))
    found = [s for s in scene.shapes if isinstance(s, Rect) and s.title]
    assert found[0].width / found[2].width == pytest.approx(6.0)
    assert len(found) == 3
    assert "not known" in [x.text for x in scene.labels]


def test_a_worse_change_stands_left_of_zero() -> None:
    scene = changes([Change("a", 0.1, True, "+10 %"), Change("b", 0.1, False, "+10 %")], "t", "better", "worse")
    good, bad = (s for s in scene.shapes if isinstance(s, Rect))
    assert bad.x + bad.width == pytest.approx(good.x)


@pytest.mark.parametrize(
    ("value", "marks", "where"),
    [
        (4.0, (4.0, 6.0, 10.0), 0.0),
        (8.0, (4.0, 6.0, 10.0), 0.75),
        (12.0, (10.0, 8.0, None), -0.15),  # more is better: beyond the best
        (100.0, (4.0, None, 10.0), 1.15),
        (7.0, (4.0, None, 10.0), 0.5),
    ],
)
def test_the_place_between_best_and_poor(
    value: float, marks: tuple[float | None, float | None, float | None], where: float
) -> None:
    assert place(Track("", value, "", *marks, ("", "", ""))) == pytest.approx(where)


def test_every_picture_is_well_formed_and_says_what_it_shows() -> None:
    track = Track("Water < all & more", 90.0, "90 l", 20.0, 42.0, 60.0, ("20", "42", "60"), "bad")
    scenes = [
        bars(ROWS, "A & B <c>", ("a", "b")),
        profile([track], "A & B <c>", ("best", "typical", "poor")),
        cash([-10.0, 4.0, 4.0, 4.0], "A & B <c>", "years", lambda v: f"{v:g}"),
    ]
    for scene in scenes:
        full = ET.fromstring(svg(scene, "lo"))
        assert full.findtext("{http://www.w3.org/2000/svg}title") == "A & B <c>"
        assert len(full.findall("{http://www.w3.org/2000/svg}text")) == len(scene.labels) == len(labels_data(scene))
        assert "text" not in {e.tag.rpartition("}")[2] for e in ET.fromstring(shapes_svg(scene)).iter()}


def test_neighbours_in_a_stack_differ_in_grey_and_colours_are_readable_on_paper() -> None:
    grey = [palette.luminance(c) for c in palette.SERIES]
    assert all(abs(a - b) > 0.15 for a, b in pairwise(grey))
    for colour in (palette.INK, palette.QUIET, palette.ACCENT, palette.LOSS):
        assert 1.05 / (palette.luminance(colour) + 0.05) >= 4.5  # WCAG AA on white


def advances() -> dict[int, int]:
    """Return the advance width by code point of the shipped font, read from its tables."""
    data = (files("namsai.report") / "fonts" / "NamsaiSansLao-Regular.ttf").read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    tables = {data[i : i + 4]: struct.unpack(">II", data[i + 8 : i + 16]) for i in range(12, 12 + 16 * count, 16)}
    metrics = struct.unpack(">H", data[tables[b"hhea"][0] + 34 :][:2])[0]
    start = tables[b"hmtx"][0]
    widths = [struct.unpack(">H", data[start + 4 * g : start + 4 * g + 2])[0] for g in range(metrics)]
    cmap = tables[b"cmap"][0]
    for i in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        sub = cmap + struct.unpack(">I", data[cmap + 8 + 8 * i : cmap + 12 + 8 * i])[0]
        if struct.unpack(">H", data[sub : sub + 2])[0] == 4:
            break
    half = struct.unpack(">H", data[sub + 6 : sub + 8])[0] // 2
    ends, starts, deltas = (
        struct.unpack(f">{half}H", data[sub + o : sub + o + 2 * half]) for o in (14, 16 + 2 * half, 16 + 4 * half)
    )
    base = sub + 16 + 6 * half
    offsets = struct.unpack(f">{half}H", data[base : base + 2 * half])
    out = {}
    for n in range(half):
        for code in range(starts[n], min(ends[n], 0xFFFE) + 1):
            glyph = (
                code
                if not offsets[n]
                else struct.unpack(">H", data[(at := base + 2 * n + offsets[n] + 2 * (code - starts[n])) : at + 2])[0]
            )
            glyph = (glyph + deltas[n]) & 0xFFFF if glyph else 0
            out[code] = widths[min(glyph, metrics - 1)]
    return out


def test_the_widths_of_letters_are_those_of_the_font() -> None:
    font = advances()
    for code in (*range(0x20, 0x7F), *(c for c in range(0xE80, 0xEE0) if c in font)):
        assert text_width(chr(code), 1000) == font[code], hex(code)


def test_a_long_name_is_broken_and_shortened_to_its_room() -> None:
    for name in ("Sewn garments worked again in ironing and checking", "ການຄວບຄຸມຂະບວນການຜະລິດໃຫ້ດີຂຶ້ນໂດຍການວັດແທກແລະບັນທຶກ"):
        for lines in (1, 2, 3):
            out = wrap(name, 8, 70, lines)
            assert len(out) <= lines
            assert all(text_width(line, 8) <= 70 for line in out)


def test_missing_is_never_written_as_zero() -> None:
    assert number(None, "lo") == span(None, None, "en") == "–"
    assert money_span(None, None, "LAK", "lo") == "–"
    assert number(0.0, "lo") == "0"


def test_a_range_of_money_names_the_million_once() -> None:
    assert money_span(1.11e9, 1.52e9, "LAK", "lo") == "1,11 – 1,52 ຕື້ກີບ"
    assert money_span(900e6, 1.5e9, "LAK", "en") == "900 M kip – 1.5 bn kip"
