"""The tables of the case file: processes, materials, streams, costs, equipment, meters, lines, measures, claims."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from namsai.plant.fields import (
    Currency,
    Id,
    IsoDate,
    Line,
    Money,
    NotNegative,
    Observed,
    Percent,
    Price,
    Record,
    Referenced,
    Text,
    Unit,
)


class Category(StrEnum):
    """What a material is to the plant. Waste, waste water and emission are losses (non-product output)."""

    RAW_MATERIAL = "raw_material"
    AUXILIARY = "auxiliary"
    PACKAGING = "packaging"
    ENERGY = "energy"
    WATER = "water"
    PRODUCT = "product"
    INTERMEDIATE = "intermediate"
    BY_PRODUCT = "by_product"
    WASTE = "waste"
    WASTE_WATER = "waste_water"
    EMISSION = "emission"


LOSSES = frozenset({Category.WASTE, Category.WASTE_WATER, Category.EMISSION})
PLACES_IN = ("purchase", "nature", "stock")
PLACES_OUT = ("sale", "waste", "recycler", "drain", "air", "stock")


class Technique(StrEnum):
    """The eight Cleaner Production techniques."""

    GOOD_HOUSEKEEPING = "good_housekeeping"
    INPUT_CHANGE = "input_change"
    PROCESS_CONTROL = "process_control"
    EQUIPMENT_MODIFICATION = "equipment_modification"
    TECHNOLOGY_CHANGE = "technology_change"
    ONSITE_REUSE = "onsite_reuse"
    USEFUL_BYPRODUCT = "useful_byproduct"
    PRODUCT_MODIFICATION = "product_modification"


class Process(Referenced):
    """A process (quantity centre): a place where flows meet and costs arise. `kind` is a word of the know-how's process
    list; `balance` names the layers that must close here: ``mass``, ``energy`` or a substance of `compositions`."""

    id: Id
    name: Text
    kind: Id
    balance: tuple[Id, ...] = ("mass",)


class Material(Referenced):
    """A material: `kind` is a word of the know-how's flow list (fabric, water, electricity, coal ...). `value_as` says
    whose purchase price a waste or intermediate carries (fabric off-cuts are valued as fabric). `enters_product` says
    whether it ends in the product (default: raw material and packaging do, auxiliaries, energy and water do not).
    `counts_by` names the substance of `compositions` that carries its value (starch of roots, fibre of waste paper):
    its cost then follows that substance instead of the wet mass."""

    id: Id
    name: Text
    kind: Id
    category: Category
    enters_product: bool | None = None
    value_as: Id | None = None
    counts_by: Id | None = None
    price: Price | None = None
    disposal: Price | None = None
    revenue: Price | None = None
    density: NotNegative | None = None  # kg/m3
    mass_per_piece: NotNegative | None = None  # kg/piece
    heating_value: NotNegative | None = None  # MJ/kg, lower heating value as received
    hazards: tuple[Id, ...] = ()  # GHS hazard statements, H350 ...


class Composition(Referenced):
    """The share of a substance in a material, % of mass."""

    material: Id
    substance: Id
    share: Percent


class Stream(Referenced):
    """A stream: amount of a material that goes from one place to another in the period; no amount = not measured."""

    id: Id
    from_: Id = Field(alias="from")
    to: Id
    material: Id
    amount: Observed | None = None


class Cost(Referenced):
    """A cost of the period that is not the price of a material: energy, labour, system (machines, overhead) or waste
    management; for a process, for one waste stream, or for the whole site (shared out by mass)."""

    id: Id
    name: Text | None = None
    kind: Literal["energy", "labour", "system", "waste_management"]
    process: Id | None = None
    stream: Id | None = None
    amount: Money


class Equipment(Referenced):
    """A machine: what it is (know-how process list), power, load and hours of the period."""

    id: Id
    name: Text
    kind: Id
    process: Id | None = None
    number: Annotated[int, Field(ge=1)] = 1
    power: NotNegative | None = None  # kW
    load: Percent | None = None
    hours: NotNegative | None = None  # h in the period


class Meter(Referenced):
    """A meter and the stream or the equipment it measures."""

    id: Id
    name: Text | None = None
    stream: Id | None = None
    equipment: Id | None = None
    unit: Unit


class Reading(Referenced):
    """One reading of a meter."""

    meter: Id
    date: IsoDate
    value: NotNegative


class WorkLine(Referenced):
    """A production line or team in the period: people, time and output. Efficiency = earned / paid minutes."""

    id: Id
    name: Text | None = None
    process: Id
    workers: NotNegative
    paid_minutes: NotNegative  # worker-minutes in the period
    standard_minutes: NotNegative | None = None  # min/piece
    pieces: NotNegative | None = None
    efficiency: NotNegative | None = None  # %
    target: NotNegative | None = None  # %
    idle_minutes: NotNegative | None = None  # worker-minutes
    wage: Price | None = None  # per h


class History(Referenced):
    """One figure of another year, for the change against a base year."""

    year: Annotated[int, Field(ge=1900, le=2200)]
    measure: Literal["output", "energy", "materials", "water", "waste", "waste_water", "ghg"]
    value: NotNegative
    unit: Unit


class Measure(Referenced):
    """An option the assessor adds (or a know-how option with the plant's own figures): what it saves on which stream,
    what it costs. `saving_low` and `saving_high` are % of the stream; `saving_amount` is in the stream's unit per
    period; `saving_money` is other money saved per year."""

    id: Id
    name: Text
    technique: Technique
    option: Id | None = None  # id of the know-how option it stands for
    process: Id | None = None
    stream: Id | None = None
    saving_low: Percent | None = None
    saving_high: Percent | None = None
    saving_amount: Observed | None = None
    saving_money: Money | None = None
    investment: Money | None = None
    running_cost: Money | None = None  # per year, negative = saved
    life: Annotated[int, Field(ge=1, le=50)] | None = None  # years
    must: bool = False
    excludes: tuple[Id, ...] = ()
    requires: tuple[Id, ...] = ()
    decided_by: Literal["firm", "buyer", "parent"] = "firm"


class Claim(Referenced):
    """A published or reported figure, kept to be checked and set beside the result. `about` groups claims on the same
    thing; `role` says what the figure is in that group; `path` names the result it is compared with."""

    id: Id
    about: Line
    role: Id
    value: float
    unit: Unit
    currency: Currency | None = None
    year: int | None = None
    path: Line | None = None
    quote: Line | None = None


class SourceRow(Record):
    """A source that records refer to by its key."""

    key: Line
    title: Line
    locator: Line | None = None
    year: int | None = None


class Rate(Referenced):
    """A dated exchange rate: one unit of `base` is `rate` units of `quote`."""

    base: Currency
    quote: Currency
    rate: Annotated[float, Field(gt=0)]
    date: IsoDate


class Assumption(Record):
    """An assumption of the whole case in words."""

    id: Id
    text: Text
    ref: Line | None = None
