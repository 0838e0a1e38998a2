"""What a share is a share of: the know-how says which flows, and whether the whole of them or only a part."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import pytest

from namsai.hotspots import hotspots
from namsai.knowhow import load
from namsai.knowhow.model import Option
from namsai.options import propose
from namsai.options.base import PART_OF, bases, named_flows, part_kinds
from namsai.options.known import share_range
from namsai.options.match import EVERYWHERE, STEAM_USERS, acts_on, kinds_of, trades_at
from namsai.plant.amounts import Plant
from tests.hotspots.plants import balance, case, costs, indicators, work
from tests.options.small import knowhow, option


@dataclass(frozen=True)
class Stated(Option):
    """An option whose data says what its saving is a share of."""

    saving_flows: tuple[str, ...] = ()
    saving_scope: str = ""


def stated(base: Option, flows: tuple[str, ...], scope: str) -> Stated:
    """Return the option with its named flows and scope."""
    values = {f.name: getattr(base, f.name) for f in fields(Option) if f.name not in ("saving_flows", "saving_scope")}
    return Stated(**values, saving_flows=flows, saving_scope=scope)


def streams(one: Option) -> list[str]:
    return [b.use.stream for b in bases(Plant(case()), costs(), knowhow(options=[one]), one)]


def test_only_the_named_flow_of_several_is_saved() -> None:
    several = option("X", "washing", ("water", "dye", "energy"))
    assert streams(several) == []
    assert streams(stated(several, ("water",), "whole")) == ["s-water"]
    assert streams(stated(several, ("water", "dye"), "whole")) == ["s-water", "s-dye"]


def test_a_part_that_no_record_names_is_no_base() -> None:
    rinse = option("X", "washing", ("water",), saving_basis="% of rinse water")
    assert streams(rinse) == []
    assert streams(stated(option("X", "washing", ("water",), saving_basis="% per fitting"), ("water",), "part")) == []


def test_steam_users_save_fuel_of_the_boiler() -> None:
    iron = stated(option("X", "ironing_steam", ("fuel", "water")), ("fuel",), "whole")
    assert streams(iron) == ["s-coal"]


def test_no_real_option_calculates_from_what_may_not_calculate() -> None:
    for one in load().options:
        share, why = share_range(one)
        assert (share is None) == bool(why)
        if share is not None:
            assert one.evidence_saving in "RCSM"
            assert one.saving_kind == "share_of_named_flow"


def test_tables_name_what_the_know_how_has() -> None:
    known = load()
    sector = {o.id: o.sector for o in known.options}
    assert len(known.twins) >= 10
    assert all(sector[one] != "cross_cutting" and sector[twin] == "cross_cutting" for one, twin in known.twins.items())
    assert not set(known.trades) & set(known.trades.values())
    assert set(known.related) <= {*sector.values(), "services", "construction_materials"}
    assert set(EVERYWHERE) | STEAM_USERS <= set(known.processes)
    assert {k for kinds in PART_OF.values() for k in kinds} <= set(known.processes)


def test_a_step_belongs_to_its_trade_and_a_site_to_that_of_the_enterprise() -> None:
    kinds = {"brew": "brewhouse", "all": "site", "boil": "boiler"}
    brewery = {"name": {"en": "Brewery"}, "sector": "food_beverage", "subsector": "brewery"}
    plant = Plant(
        case(
            enterprise=brewery,
            processes=[{"id": i, "name": {"en": i}, "kind": k} for i, k in kinds.items()],
            streams=[],
            lines=[],
            equipment=[],
            measures=[],
        )
    )
    assert [trades_at(plant, load(), p) for p in kinds] == [{"brewery"}, {"brewery"}, frozenset()]
    assert kinds_of(plant, load()) == {*kinds.values(), "brewery"}
    lone = Plant(
        plant.case.model_copy(update={"enterprise": plant.case.enterprise.model_copy(update={"subsector": None})})
    )
    assert [trades_at(lone, load(), p) for p in kinds] == [{"brewery"}, frozenset(), frozenset()]


@pytest.mark.parametrize("id", ["UTI-038", "TEX-001", "UTI-043"])
def test_real_bases_of_machines(id: str) -> None:
    found = part_kinds(load().option(id))
    assert found in (("lighting",), ("fans",), ("cooling", "cold_storage", "ice_making"))


def test_replaced_fuel_is_not_saved_money() -> None:
    assert named_flows(load().option("FOO-007")) == ()


@pytest.mark.parametrize(("process", "proposed"), [("printing", "UTI-047"), ("washing", "TEX-046")])
def test_the_trade_option_takes_the_place_of_its_twin(process: str, proposed: str) -> None:
    trade = option("TEX-046", process, ("water",), sector="textile")
    cross = option("UTI-047", "water", ("water",), sector="cross_cutting")
    known = knowhow(options=[trade, cross])
    plant = Plant(case())
    spots = hotspots(plant, balance(plant), costs(), work(), indicators(), known)
    assert [p.id for p in propose(plant, costs(), work(), spots, known).items] == [proposed]


def test_the_reason_names_what_is_saved() -> None:
    both = stated(option("X", "boiler", ("water", "fuel"), sector="cross_cutting"), ("fuel",), "whole")
    known = knowhow(options=[both])
    plant = Plant(case())
    spots = hotspots(plant, balance(plant), costs(), work(), indicators(), known)
    assert [p.subject for p in propose(plant, costs(), work(), spots, known).items] == ["use:s-coal"]
    assert acts_on(replace(both, evidence_saving="N")) == ("water", "fuel")
