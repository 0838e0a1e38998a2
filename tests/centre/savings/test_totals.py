"""States and units are never added: the table offers no way to, and nothing in the house sums amounts elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.savings.models import STATES, Measure, Saving
from namsai_centre.savings.queries import totals_of
from namsai_centre.savings.totals import Cell, Line, Totals
from namsai_centre.who import Who
from tests.centre.cast import Cast

HOUSE = Path(__file__).resolve().parents[3] / "src" / "namsai_centre"


def _saving(
    firm: Enterprise, kind: str, amount: object, unit: str, state: str, carrier: str = "", year: int = 2026
) -> Saving:
    measure = Measure.objects.create(enterprise=firm, title_lo="ມ")
    prices = clock.today().replace(year=year) if kind == "money" else None
    return Saving.objects.create(
        measure=measure,
        kind=kind,
        amount=Decimal(str(amount)),
        unit=unit,
        state=state,
        carrier=carrier,
        prices_on=prices,
    )


def test_each_figure_is_of_one_kind_unit_year_and_state(cast: Cast, who: Callable[[str], Who]) -> None:
    Measure.objects.all().delete()
    a, b = cast.records["enterprise"], cast.records["enterprise_b"]
    _saving(a, "energy", 100, "kWh", "verified", "wood")
    _saving(b, "energy", 30, "kWh", "verified", "wood")
    _saving(a, "energy", 7, "kWh", "verified", "electricity")
    _saving(a, "energy", 1000, "kWh", "identified", "wood")
    _saving(a, "money", 5_000_000, "LAK", "verified")
    _saving(a, "money", 4_000_000, "LAK", "verified", year=2025)
    _saving(a, "money", 200, "USD", "verified")
    _saving(a, "money", 50, "USD", "verified", "electricity")
    found = totals_of(who("director"), {})
    wood = Line("energy", "wood", "kWh", None)
    assert found.cell(wood, "verified") == Cell(Decimal(130), 2, 2, "kWh")
    assert found.cell(wood, "identified") == Cell(Decimal(1000), 1, 1, "kWh")
    assert found.cell(wood, "measured") is None  # not zero
    assert found.cell(Line("energy", "electricity", "kWh", None), "verified") == Cell(Decimal(7), 1, 1, "kWh")
    assert found.cell(Line("money", "", "LAK", 2026), "verified") == Cell(Decimal(5_000_000), 1, 1, "LAK")
    assert found.cell(Line("money", "", "LAK", 2025), "verified") == Cell(Decimal(4_000_000), 1, 1, "LAK")
    assert found.cell(Line("money", "", "USD", 2026), "verified") == Cell(Decimal(250), 2, 1, "USD")
    assert len(found.lines()) == 5


def test_a_firm_sees_only_its_own_totals(cast: Cast, who: Callable[[str], Who]) -> None:
    _saving(cast.records["enterprise_b"], "energy", 77, "kWh", "verified", "wood")
    assert totals_of(who("owner"), {}).cell(Line("energy", "wood", "kWh", None), "verified") is None
    assert not totals_of(who("ministry"), {})


def test_figures_cannot_be_added(cast: Cast, who: Callable[[str], Who]) -> None:
    cell = Cell(Decimal(1), 1, 1, "kWh")
    with pytest.raises(TypeError):
        cell + cell
    with pytest.raises(TypeError):
        sum([cell, cell])
    offered = {name for name in dir(Totals) if not name.startswith("_")}
    assert offered == {"lines", "cell", "rows"}


def test_amounts_are_summed_in_one_place_only_and_grouped_by_state() -> None:
    summing = re.compile(r"Sum\(\s*[\"'](?:\w+__)?amount|\|add:.*amount|sum\([^)]*\.amount")
    places = [p.name for p in HOUSE.rglob("*") if p.suffix in (".py", ".html") and summing.search(p.read_text("utf-8"))]
    assert places == ["totals.py"]
    text = (HOUSE / "savings" / "totals.py").read_text("utf-8")
    grouped = re.search(r"\.values\(([^)]*)\)\s*\.annotate\(total=Sum", text)
    assert grouped
    assert {"kind", "unit", "prices", "state"} <= set(re.findall(r"\w+", grouped[1]))


def test_the_page_has_a_column_for_every_state_and_none_for_all(cast: Cast, browser: Callable[[str], Client]) -> None:
    page = browser("director").get(reverse("savings_totals")).content.decode()
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page)
    assert heads == ["Kind", "Unit", *STATES]
    assert "<tfoot" not in page


def test_totals_take_one_query_however_many_savings(
    cast: Cast, who: Callable[[str], Who], django_assert_num_queries: Callable[..., Any]
) -> None:
    for n in range(30):
        _saving(cast.records["enterprise"], "energy", n + 1, "kWh", STATES[n % 7], "wood")
    director = who("director")
    with django_assert_num_queries(1):
        assert totals_of(director, {})
