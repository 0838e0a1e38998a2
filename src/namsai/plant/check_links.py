"""Rules on what points to what: ids, places of streams, references, measures against each other, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from namsai.findings import Finding, error, warning
from namsai.plant.case import Case
from namsai.plant.fields import Referenced
from namsai.plant.records import PLACES_IN, PLACES_OUT

TABLES_WITH_ID = (
    "processes",
    "materials",
    "streams",
    "costs",
    "equipment",
    "meters",
    "lines",
    "measures",
    "claims",
    "assumptions",
)
REFERENCES = (  # table, field, table it points to
    ("materials", "value_as", "materials"),
    ("compositions", "material", "materials"),
    ("streams", "material", "materials"),
    ("costs", "process", "processes"),
    ("costs", "stream", "streams"),
    ("equipment", "process", "processes"),
    ("meters", "stream", "streams"),
    ("meters", "equipment", "equipment"),
    ("readings", "meter", "meters"),
    ("lines", "process", "processes"),
    ("measures", "process", "processes"),
    ("measures", "stream", "streams"),
)


def ids(case: Case, table: str) -> list[str]:
    """Return the ids of a table in its order."""
    return [row.id for row in getattr(case, table)]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like a mistyped one, or None."""
    found = get_close_matches(word, list(known)[:2000], n=1, cutoff=0.6)
    return found[0] if found else None


def duplicate_ids(case: Case) -> Iterator[Finding]:
    """No two rows of a table have the same id (each place is named, with the other one)."""
    keys = {table: ids(case, table) for table in TABLES_WITH_ID} | {"sources": [s.key for s in case.sources]}
    for table, found in keys.items():
        field = "key" if table == "sources" else "id"
        places: dict[str, list[int]] = {}
        for place, key in enumerate(found):
            places.setdefault(key, []).append(place)
        for key, twice in places.items():
            if len(twice) > 1:
                paths = [f"{table}/{place}/{field}" for place in twice]
                for path, other in zip(paths, paths[1:] + paths[:1], strict=True):
                    yield error("plant.duplicate-id", path, id=key, other=other)


def reserved_ids(case: Case) -> Iterator[Finding]:
    """No process has the name of a place outside the plant (purchase, sale, air ...)."""
    for place, process in enumerate(case.processes):
        if process.id in PLACES_IN or process.id in PLACES_OUT:
            yield error("plant.reserved-id", f"processes/{place}/id", id=process.id)


def stream_places(case: Case) -> Iterator[Finding]:
    """Every stream comes from a process or a source outside, goes to a process or a place outside, and moves."""
    processes = set(ids(case, "processes"))
    come, go = processes | set(PLACES_IN), processes | set(PLACES_OUT)
    for place, stream in enumerate(case.streams):
        path = f"streams/{place}"
        if stream.from_ not in come:
            near = nearest(stream.from_, come)
            yield error("plant.unknown-from", f"{path}/from", stream=stream.id, id=stream.from_, nearest=near)
        if stream.to not in go:
            near = nearest(stream.to, go)
            yield error("plant.unknown-to", f"{path}/to", stream=stream.id, id=stream.to, nearest=near)
        if stream.from_ == stream.to and stream.from_ in processes:
            yield error("plant.stream-to-itself", f"{path}/to", stream=stream.id, id=stream.to)
        outside = stream.from_ in PLACES_IN and stream.to in PLACES_OUT
        if outside and not {stream.from_, stream.to} & processes:
            yield error("plant.stream-outside", path, stream=stream.id, id=stream.from_, to=stream.to)


def unknown_references(case: Case) -> Iterator[Finding]:
    """Every row that names a process, material, stream, meter or machine names one that is there."""
    known = {table: set(ids(case, table)) for table in ("processes", "materials", "streams", "meters", "equipment")}
    for table, field, target in REFERENCES:
        for place, row in enumerate(getattr(case, table)):
            key = getattr(row, field)
            if key is not None and key not in known[target]:
                near = nearest(key, known[target])
                path = f"{table}/{place}/{field}"
                yield error(f"plant.unknown-{_ONE[target]}", path, id=key, nearest=near)


_ONE = {
    "processes": "process",
    "materials": "material",
    "streams": "stream",
    "meters": "meter",
    "equipment": "equipment",
}


def value_loops(case: Case) -> Iterator[Finding]:
    """No material is valued as itself through others (`value_as`)."""
    after = {m.id: m.value_as for m in case.materials}
    for place, material in enumerate(case.materials):
        seen: list[str] = [material.id]
        step = after.get(material.id)
        while step is not None and step not in seen:
            seen.append(step)
            step = after.get(step)
        if step == material.id:
            yield error(
                "plant.value-loop", f"materials/{place}/value_as", id=material.id, way=" → ".join([*seen, step])
            )


def unknown_substances(case: Case) -> Iterator[Finding]:
    """The substance a material is counted by stands in its composition."""
    known: dict[str, list[str]] = {}
    for row in case.compositions:
        known.setdefault(row.material, []).append(row.substance)
    for place, material in enumerate(case.materials):
        word = material.counts_by
        if word is not None and word not in known.get(material.id, ()):
            near = nearest(word, known.get(material.id, ()))
            path = f"materials/{place}/counts_by"
            yield error("plant.unknown-substance", path, id=word, material=material.id, nearest=near)


def measures_against_each_other(case: Case) -> Iterator[Finding]:
    """What a measure excludes or requires is another measure of the case, and not both at once."""
    known = set(ids(case, "measures")) | {m.option for m in case.measures if m.option}
    for place, measure in enumerate(case.measures):
        path = f"measures/{place}"
        for field, others in (("excludes", measure.excludes), ("requires", measure.requires)):
            for spot, other in enumerate(others):
                if other == measure.id:
                    yield error("plant.measure-itself", f"{path}/{field}/{spot}", id=measure.id)
                elif other not in known:
                    near = nearest(other, known)
                    yield error("plant.unknown-measure", f"{path}/{field}/{spot}", id=other, nearest=near)
        for other in sorted(set(measure.excludes) & set(measure.requires)):
            yield error("plant.excludes-and-requires", f"{path}/excludes", id=measure.id, other_id=other)


def processes_without_streams(case: Case) -> Iterator[Finding]:
    """Every process has a stream in or out; without one it takes no part in the balance."""
    used = {s.from_ for s in case.streams} | {s.to for s in case.streams}
    for place, process in enumerate(case.processes):
        if process.id not in used:
            yield warning("plant.process-without-streams", f"processes/{place}/id", id=process.id)


def unknown_sources(case: Case) -> Iterator[Finding]:
    """Every `ref` names a row of the table of sources."""
    known = {s.key for s in case.sources}
    for name in type(case).model_fields:
        value = getattr(case, name)
        if isinstance(value, Referenced):
            value, paths = (value,), [f"{name}/ref"]
        elif isinstance(value, tuple) and value and hasattr(value[0], "ref"):
            paths = [f"{name}/{place}/ref" for place in range(len(value))]
        else:
            continue
        for path, record in zip(paths, value, strict=True):
            if record.ref is not None and record.ref not in known:
                yield warning("plant.unknown-source", path, id=record.ref, nearest=nearest(record.ref, known))
