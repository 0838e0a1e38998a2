"""The case: one plant and period, ``namsai.case/1``. The single truth for case file, Excel form, web form and API."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from namsai.plant.fields import Currency, Id, IsoDate, Line, NotNegative, Observed, Percent, Record, Referenced, Text
from namsai.plant.records import (
    Assumption,
    Claim,
    Composition,
    Cost,
    Equipment,
    History,
    Material,
    Measure,
    Meter,
    Process,
    Rate,
    Reading,
    SourceRow,
    Stream,
    WorkLine,
)

SCHEMA: Literal["namsai.case/1"] = "namsai.case/1"
Sector = Literal["garment", "textile", "food_beverage", "wood", "construction_materials", "services", "general"]


class Enterprise(Referenced):
    """Who: names, place, sector, size."""

    name: Text
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "LA"
    province: Line | None = None
    isic: Annotated[str, Field(pattern=r"^\d{1,4}$")] | None = None
    sector: Sector
    subsector: Id | None = None  # a sector of the benchmark list: brewery, cassava_starch, brick ...
    products: Text | None = None
    workers_women: Annotated[int, Field(ge=0)] | None = None
    workers_men: Annotated[int, Field(ge=0)] | None = None
    workers: Annotated[int, Field(ge=0)] | None = None  # where women and men are not known apart


class Period(Record):
    """The period the amounts belong to (both days included)."""

    start: IsoDate
    end: IsoDate


class Finance(Referenced):
    """Currency of the results and the terms of the appraisal. Flows are real (no inflation) unless `nominal`;
    tax is off unless a rate is given."""

    currency: Currency = "LAK"
    discount_rate: Percent | None = None  # % per year
    nominal: bool = False
    horizon: Annotated[int, Field(ge=1, le=50)] = 10  # years
    budget: NotNegative | None = None  # in `currency`
    tax_rate: Percent = 0


class Output(Referenced):
    """The product output that productivity and intensity refer to; empty = the sum of the product streams."""

    name: Text
    amount: Observed
    per: Line | None = None  # word of the benchmark list for "per what": beer, starch, fabric, fired brick ...


class Case(Record):
    """One plant and period."""

    schema_: Literal["namsai.case/1"] = Field(default=SCHEMA, alias="schema")
    id: Id
    enterprise: Enterprise
    period: Period
    finance: Finance = Finance()
    output: Output | None = None
    processes: tuple[Process, ...] = ()
    materials: tuple[Material, ...] = ()
    compositions: tuple[Composition, ...] = ()
    streams: tuple[Stream, ...] = ()
    costs: tuple[Cost, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    meters: tuple[Meter, ...] = ()
    readings: tuple[Reading, ...] = ()
    lines: tuple[WorkLine, ...] = ()
    history: tuple[History, ...] = ()
    measures: tuple[Measure, ...] = ()
    claims: tuple[Claim, ...] = ()
    rates: tuple[Rate, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[SourceRow, ...] = ()
