"""From a case to equations: every layer that a process must close (mass, energy, a substance) is one balance of that
process.

The variables are the streams of the case in base units. A balance with a stream that cannot be put into the unit of
the layer
is left out, and a finding says which stream and what to add; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from namsai.balance.problem import Problem, make_problem
from namsai.findings import Finding, error, note, warning
from namsai.plant.amounts import COVERAGE, Plant
from namsai.plant.records import Category, Material, Stream

MASS, ENERGY = "mass", "energy"
CARRIERS = frozenset({"electricity", "steam", "heat", "compressed_air", "cold"})
LAYER_UNIT = {MASS: "kg", ENERGY: "J"}  # a substance is in kg


@dataclass(frozen=True, slots=True)
class Row:
    """One balance: a process and a layer, with the coefficient of every stream that takes part (+ in, - out)."""

    process: str
    layer: str
    coefficients: Mapping[int, float]

    @property
    def unit(self) -> str:
        """Return the base unit of the layer."""
        return LAYER_UNIT.get(self.layer, "kg")


@dataclass(frozen=True, slots=True)
class Equations:
    """The balances of a plant with the problem to solve."""

    streams: tuple[Stream, ...]
    units: tuple[str, ...]
    rows: tuple[Row, ...]
    layers: tuple[str, ...]
    problem: Problem
    findings: tuple[Finding, ...]
    numbers: Mapping[str, int]  # place of each process in the case


def _mass_factor(material: Material, unit: str) -> float | str:
    if unit == "kg":
        return 1.0
    if unit == "J" and material.category is Category.ENERGY:
        return 0.0
    return {"piece": "no-mass-piece", "m3": "no-mass-volume"}.get(unit, "no-mass")


def _energy_factor(material: Material, unit: str) -> float | str:
    if unit == "J":
        return 1.0
    if material.heating_value is not None and unit == "kg":
        return material.heating_value * 1e6
    if material.category is Category.ENERGY:
        return "no-heating-value"
    return 0.0


class _Shares:
    """Shares of substances in materials; remembers where a missing share was taken as none."""

    def __init__(self, plant: Plant) -> None:
        self._shares = {(c.material, c.substance): c.share / 100 for c in plant.case.compositions}
        self.substances = {c.substance for c in plant.case.compositions}
        self.absent: dict[str, list[str]] = {}

    def factor(self, material: Material, unit: str, layer: str) -> float | str:
        share = self._shares.get((material.id, layer))
        if share is None and (layer in (material.kind, material.id) or (layer == "water" and _is_water(material))):
            share = 1.0
        if share is None and layer == "water" and material.category is Category.WASTE_WATER:
            return "no-share"
        if share is None:
            if material.category is not Category.ENERGY and material.id not in self.absent.setdefault(layer, []):
                self.absent[layer].append(material.id)
            return 0.0
        mass = _mass_factor(material, unit)
        return mass if isinstance(mass, str) else share * mass


def _is_water(material: Material) -> bool:
    return material.category is Category.WATER


def _rows(plant: Plant, streams: tuple[Stream, ...], units: tuple[str, ...]) -> tuple[list[Row], list[Finding]]:
    found: list[Finding] = []
    rows: list[Row] = []
    shares = _Shares(plant)
    touching: dict[str, list[int]] = {}
    for j, stream in enumerate(streams):
        if stream.from_ != stream.to:
            for place in (stream.from_, stream.to):
                touching.setdefault(place, []).append(j)
    missing: dict[tuple[str, str], tuple[int, list[str]]] = {}
    for number, process in enumerate(plant.case.processes):
        for layer in dict.fromkeys(process.balance):
            if layer not in (MASS, ENERGY) and layer not in shares.substances:
                found.append(
                    warning("balance.unknown-layer", f"processes/{number}/balance", process=process.id, layer=layer)
                )
                continue
            coefficients: dict[int, float] = {}
            complete = True
            for j in touching.get(process.id, []):
                stream, unit = streams[j], units[j]
                material = plant.materials[stream.material]
                if layer == MASS:
                    factor = _mass_factor(material, unit)
                elif layer == ENERGY:
                    factor = _energy_factor(material, unit)
                else:
                    factor = shares.factor(material, unit, layer)
                if isinstance(factor, str):
                    complete = False
                    missing.setdefault((factor, material.id), (j, []))[1].append(process.id)
                elif factor:
                    coefficients[j] = factor if stream.to == process.id else -factor
            if complete and coefficients:
                rows.append(Row(process.id, layer, coefficients))
    for (slug, material_id), (j, processes) in missing.items():
        names = ", ".join(dict.fromkeys(processes))
        same = ", ".join(s.id for s in streams if s.material == material_id)
        found.append(
            warning(
                f"balance.{slug}", f"streams/{j}", stream=same, material=material_id, unit=units[j], processes=names
            )
        )
    for layer, materials in shares.absent.items():
        if any(r.layer == layer for r in rows):
            found.append(note("balance.share-absent", "compositions", substance=layer, materials=", ".join(materials)))
    return rows, found


def _values(
    plant: Plant, streams: tuple[Stream, ...], defaults: Mapping[str, float]
) -> tuple[list[float | None], list[float | None], list[Finding]]:
    """Return values and sd in base units, with the findings on defaults, exact zeros and missing uncertainties."""
    found: list[Finding] = []
    y: list[float | None] = []
    sd: list[float | None] = []
    by_default: dict[str, list[str]] = {}
    for j, stream in enumerate(streams):
        amount = plant.amount(stream)
        if amount is None or stream.amount is None:
            y.append(None)
            sd.append(None)
            continue
        percent = stream.amount.uncertainty
        if percent is None:
            source = str(stream.amount.source)
            percent = defaults.get(source)
            if percent is None:
                found.append(error("balance.no-uncertainty", f"streams/{j}/amount", streams=stream.id))
                percent = 0.0
            else:
                by_default.setdefault(source, []).append(stream.id)
        if amount.value == 0 and percent > 0:
            found.append(note("balance.zero-measured", f"streams/{j}/amount", stream=stream.id))
        y.append(amount.value)
        sd.append(abs(amount.value) * percent / 100 / COVERAGE)
    for source, ids in by_default.items():
        found.append(
            note(
                f"balance.default-{source}",
                "streams",
                streams=", ".join(ids),
                number=len(ids),
                percent=defaults[source],
            )
        )
    return y, sd, found


def _unit(plant: Plant, stream: Stream) -> str:
    """Return the base unit of a stream; carriers without mass of their own that nobody measured or priced are in J."""
    amount = plant.amount(stream)
    if amount is not None:
        return amount.unit
    material = plant.material_of(stream)
    known = material.price is not None or any(
        s.material == material.id and s.amount is not None for s in plant.case.streams
    )
    if not known and material.category is Category.ENERGY and material.kind in CARRIERS:
        return "J"
    return plant.base_unit(stream.material)


def equations(plant: Plant, defaults: Mapping[str, float]) -> Equations:
    """Return the balances of a plant.

    Formula: sum over streams of factor * amount in - out = 0 for each process and layer; factor = 1 for kg (mass), J
    (energy),
    share/100 (substance), heating value * 1e6 J/kg for fuels. Args: plant; defaults - expanded uncertainty in % by
    source.
    Returns Equations; values in kg, J, m3, m2, m or piece. Source: ISO 14051.
    """
    streams = plant.case.streams
    units = tuple(_unit(plant, s) for s in streams)
    rows, found = _rows(plant, streams, units)
    y, sd, more = _values(plant, streams, defaults)
    entries = [(i, j, v) for i, row in enumerate(rows) for j, v in row.coefficients.items()]
    matrix = np.zeros((len(rows), len(streams)))
    for i, j, v in entries:
        matrix[i, j] = v
    layers = tuple(dict.fromkeys(row.layer for row in rows))
    problem = make_problem(matrix, y, sd=sd)
    return Equations(
        streams,
        units,
        tuple(rows),
        layers,
        problem,
        tuple(found + more),
        {p.id: i for i, p in enumerate(plant.case.processes)},
    )
