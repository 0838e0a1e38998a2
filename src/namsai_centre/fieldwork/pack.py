"""The pack: one document with everything a phone needs in the plant, so that nothing is asked of the server there."""

from __future__ import annotations

from datetime import date
from typing import Any

from namsai.findings import NamsaiError
from namsai.quantity.units import base_factor
from namsai_centre import clock
from namsai_centre.assessments import sections
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.checklists import checklists
from namsai_centre.fieldwork.models import Visit
from namsai_centre.fieldwork.plan import names
from namsai_centre.who import Who

SCHEMA = "namsai.pack/1"
UNITS = ("kg", "t", "g", "m3", "l", "hl", "piece", "kWh", "MWh", "MJ", "GJ")
FACTOR_USUAL = 3.0  # so many times the usual consumption is asked back
WATER = ("water", "waste_water")
Row = dict[str, Any]


def pack(who: Who, visit: Visit) -> Row:
    """Return the pack of a visit for one person."""
    document = queries.case_of(visit)
    firm = visit.engagement.enterprise
    sheets = {
        "checklists": _checks(visit),
        "equipment": _equipment(visit, document),
        "meters": meters_of(visit, document),
        "streams": _streams(visit, document),
    }
    return {
        "schema": SCHEMA,
        "visit": {
            "id": str(visit.pk), "version": visit.version, "on": visit.on.isoformat(), "title": visit.title,
            "notes": visit.notes, "basis": visit.basis, "per_period": visit.per_period, "firm": firm_names(firm),
        },
        "person": {"id": str(who.person_id), "name": who.name},
        "packed_at": clock.now().isoformat(),
        "units": {unit: list(base_factor(unit)) for unit in UNITS},
        "sheets": sheets,
        "balances": balances(visit, document, sheets["streams"]),
        "entries": [entry_data(e) for e in queries.entries_of(visit)],
    }  # fmt: skip


def firm_names(firm: Any) -> dict[str, str]:
    """Return the names of a firm, each language filled from the other."""
    return {"lo": firm.name_lo or firm.name_en, "en": firm.name_en or firm.name_lo}


def entry_data(entry: Any) -> Row:
    """Return an entry as devices keep it."""
    return {
        "id": str(entry.pk), "kind": entry.kind, "subject": entry.subject, "version": entry.version,
        "fields": entry.fields, "mark": entry.mark, "time_mark": entry.time_mark,
    }  # fmt: skip


def _slot(visit: Visit, subject: str) -> Row:
    return {"subject": subject, "entry": str(visit.slot(subject))}


def _checks(visit: Visit) -> list[Row]:
    found = []
    for key in visit.plan.get("checklists", []):
        one = checklists().get(key)
        if one:
            questions = [
                {**_slot(visit, f"check:{key}:{q['id']}"), "name": {"lo": q["lo"], "en": q["en"]}}
                for q in one["questions"]
            ]
            found.append({"id": key, "name": {"lo": one["lo"], "en": one["en"]}, "questions": questions})
    return found


def _chosen(visit: Visit, document: Row, table: str) -> list[Row]:
    wanted = set(visit.plan.get(table, []))
    return [r for r in sections.rows_of(document, table) if r.get("id") in wanted]


def _added(visit: Visit, table: str) -> list[Row]:
    rows: list[Row] = visit.plan.get("added", {}).get(table, [])
    return rows


def _both(name: str) -> dict[str, str]:
    return {"lo": name, "en": name}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _equipment(visit: Visit, document: Row) -> list[Row]:
    found = [
        {
            **_slot(visit, f"equipment:{r['id']}"), "name": names(document, "equipment", r),
            "known": {k: _number(r.get(k)) for k in ("number", "power", "load", "hours")},
        }
        for r in _chosen(visit, document, "equipment")
    ]  # fmt: skip
    return found + [
        {**_slot(visit, f"equipment:{r['id']}"), "name": _both(r["name"]), "known": {}}
        for r in _added(visit, "equipment")
    ]


def meters_of(visit: Visit, document: Row) -> list[Row]:
    """Return the meters of a visit, each with what its next reading is held against."""
    earlier = queries.earlier_readings(visit)
    machines = {r.get("id"): r for r in sections.rows_of(document, "equipment")}
    found = []
    for r in _chosen(visit, document, "meters"):
        known = [
            (str(x.get("date")), float(x["value"]))
            for x in sections.rows_of(document, "readings")
            if x.get("meter") == r["id"] and _number(x.get("value")) is not None and _day(x.get("date"))
        ]
        rules = rules_of(sorted({*known, *earlier.get(r["id"], [])}))
        machine = machines.get(r.get("equipment"), {})
        capacity = _capacity(machine, str(r.get("unit", "")))
        found.append(
            {
                **_slot(visit, f"meter:{r['id']}"), "name": names(document, "meters", r),
                "unit": str(r.get("unit", "")), "stream": r.get("stream"), **rules, "capacity": capacity,
            }
        )  # fmt: skip
    for r in _added(visit, "meters"):
        known = [(r["last_on"], r["last"])] if r.get("last") is not None and r.get("last_on") else []
        rules = rules_of(sorted({*known, *earlier.get(r["id"], [])}))
        if rules["last"] is None and r.get("last") is not None:
            rules["last"] = {"on": None, "value": r["last"]}
        found.append(
            {
                **_slot(visit, f"meter:{r['id']}"), "name": _both(r["name"]), "unit": r["unit"], "stream": None,
                **rules, "usual": r.get("usual") if r.get("usual") is not None else rules["usual"],
                "capacity": r.get("capacity"),
            }
        )  # fmt: skip
    return found


def rules_of(readings: list[tuple[str, float]]) -> Row:
    """Return what the next reading is held against: the last one, and the usual consumption per day of those before.

    >>> rules_of([("2026-01-01", 100.0), ("2026-01-11", 150.0)])["usual"]
    5.0
    """
    if not readings:
        return {"last": None, "usual": None, "most": FACTOR_USUAL}
    (first, low), (last, high) = readings[0], readings[-1]
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    usual = (high - low) / days if days > 0 and high >= low else None
    return {"last": {"on": last, "value": high}, "usual": usual, "most": FACTOR_USUAL}


def _day(text: Any) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _capacity(machine: Row, unit: str) -> float | None:
    """Return what the nameplate allows per day, in the meter's unit (only for meters of energy)."""
    power, number = _number(machine.get("power")), _number(machine.get("number")) or 1.0
    try:
        kind, factor = base_factor(unit)
    except NamsaiError:
        return None
    return power * number * 24 * 3.6e6 / factor if power and kind == "energy" else None


def _streams(visit: Visit, document: Row) -> list[Row]:
    materials = {m.get("id"): m for m in sections.rows_of(document, "materials")}
    found = []
    for r in _chosen(visit, document, "streams"):
        said = r.get("amount")
        amount: Row = said if isinstance(said, dict) else {}
        category = materials.get(r.get("material"), {}).get("category")
        found.append(
            {
                **_slot(visit, f"stream:{r['id']}"), "id": r["id"], "name": names(document, "streams", r),
                "unit": str(amount.get("unit") or ("m3" if category in WATER else "kg")),
                "kg": _kilograms(materials.get(r.get("material"), {})),
                "known": {"value": _number(amount.get("value")), "unit": amount.get("unit")} if amount else None,
            }
        )  # fmt: skip
    return found + [
        {
            **_slot(visit, f"stream:{r['id']}"), "id": r["id"], "name": _both(r["name"]), "unit": r["unit"],
            "kg": {"mass": 1.0}, "known": None,
        }
        for r in _added(visit, "streams")
    ]  # fmt: skip


def _kilograms(material: Row) -> dict[str, float]:
    """Return how many kg a base unit of each dimension is; a dimension that is not there cannot be weighed."""
    found = {"mass": 1.0}
    density = _number(material.get("density")) or (1000.0 if material.get("category") in WATER else None)
    piece = _number(material.get("mass_per_piece"))
    return found | ({"volume": density} if density else {}) | ({"count": piece} if piece else {})


def balances(visit: Visit, document: Row, streams: list[Row]) -> list[Row]:
    """Return for each process what comes in and goes out: measured on this visit, known from the case, or missing."""
    materials = {m.get("id"): m for m in sections.rows_of(document, "materials")}
    along = {s["id"]: s["subject"] for s in streams}
    metered = {r.get("stream"): f"meter:{r['id']}" for r in _chosen(visit, document, "meters") if visit.basis == "day"}
    found: list[Row] = []
    for process in sections.rows_of(document, "processes"):
        for layer in ("mass", "water"):
            lines = []
            for s in sections.rows_of(document, "streams"):
                material = materials.get(s.get("material"), {})
                category = material.get("category")
                ends = (s.get("from"), s.get("to"))
                if process.get("id") not in ends or ends[0] == ends[1] or category == "energy":
                    continue
                if layer == "water" and category not in WATER:
                    continue
                lines.append(
                    {
                        "side": "in" if ends[1] == process.get("id") else "out", "name": names(document, "streams", s),
                        "subject": along.get(s.get("id")) or metered.get(s.get("id")),
                        "have": _have(visit, s, material),
                        "kg": _kilograms(material),
                    }
                )  # fmt: skip
            if {line["side"] for line in lines} == {"in", "out"} and not (
                layer == "water" and found and len(found[-1]["lines"]) == len(lines)
            ):
                title = {"lo": sections.name_of(process, "lo"), "en": sections.name_of(process, "en")}
                found.append({"process": str(process.get("id")), "name": title, "layer": layer, "lines": lines})
    return found


def _have(visit: Visit, stream: Row, material: Row) -> float | None:
    """Return the kg of a stream per basis of the visit, from the case; None where it is not known."""
    amount = stream.get("amount")
    per = 1.0 if visit.basis == "period" else visit.per_period
    if not isinstance(amount, dict) or not per or _number(amount.get("value")) is None:
        return None
    try:
        kind, factor = base_factor(str(amount.get("unit")))
    except NamsaiError:
        return None
    kg = _kilograms(material).get(kind)
    return None if kg is None else float(amount["value"]) * factor * kg / per
