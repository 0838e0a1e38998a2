"""What every row of the data files must keep: source, evidence class, order of values, known words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from namsai.findings import Fact, Finding, Severity, Where, error

Row = Mapping[str, str]

NUMBERS: dict[str, tuple[str, ...]] = {
    "options": ("saving_low", "saving_high", "payback_low", "payback_high"),
    "benchmarks": ("best", "typical", "poor"),
    "factors": ("value", "low", "high"),
    "limits": ("value",),
    "ranges": ("low", "high"),
    "uncertainty": ("percent",),
}
CLASSES = frozenset("RCSMKXDN") | {"assumption"}
TECHNIQUES = frozenset(
    {
        "good_housekeeping",
        "input_change",
        "process_control",
        "equipment_modification",
        "technology_change",
        "onsite_reuse",
        "useful_byproduct",
        "product_modification",
    }
)


def source_keys(cell: str) -> list[str]:
    """Return the source keys of a cell (``CALC:C22;IAC-DB[all n=5]`` names CALC and IAC-DB).

    >>> source_keys("CALC:C22;IFC-PACT;IAC-DB[raw_material all n=2485]")
    ['CALC', 'IFC-PACT', 'IAC-DB']
    """
    plain = re.sub(r"\[[^\]]*\]", "", cell)
    return [part.partition(":")[0].strip() for part in plain.split(";") if part.strip()]


def _numbers(name: str, row: Row) -> list[str]:
    return [c for c in NUMBERS.get(name, ()) if row.get(c, "").strip()]


def has_source(name: str, row: Row) -> str | None:
    """A number without a source is refused."""
    return "unsourced" if _numbers(name, row) and not row.get("source", "").strip() else None


def has_unit(name: str, row: Row) -> str | None:
    """A number has a unit (options: what it is a share of; payback is in years)."""
    column = "saving_basis" if name == "options" else "unit"
    saving = [c for c in _numbers(name, row) if not c.startswith("payback")]
    exempt = name in ("limits", "uncertainty")  # pH and documents have none; a percentage is one
    return "no-unit" if saving and not exempt and not row.get(column, "").strip() else None


def knows_class(_name: str, row: Row) -> str | None:
    """Every evidence class is one of the known ones."""
    columns = [c for c in ("evidence", "evidence_saving", "evidence_payback") if c in row]
    return "unknown-class" if any(row[c] not in CLASSES for c in columns) else None


def in_order(_name: str, row: Row) -> str | None:
    """Low is not above high."""
    pairs = (("low", "high"), ("saving_low", "saving_high"), ("payback_low", "payback_high"))
    for low, high in pairs:
        if row.get(low, "").strip() and row.get(high, "").strip() and float(row[low]) > float(row[high]):
            return "low-above-high"
    return None


def no_heuristic_calculates(name: str, row: Row) -> str | None:
    """An engineering heuristic (X) or no evidence (N) never stands where a calculation reads."""
    if name != "options":
        return None
    pairs = (("evidence_saving", "saving_low", "saving_high"), ("evidence_payback", "payback_low", "payback_high"))
    bad = any(row[c] in "XN" and (row[low].strip() or row[high].strip()) for c, low, high in pairs)
    return "heuristic-number" if bad else None


def knows_technique(name: str, row: Row) -> str | None:
    """The technique of an option is one of the eight."""
    return "unknown-technique" if name == "options" and row["technique"] not in TECHNIQUES else None


RULES: tuple[Callable[[str, Row], str | None], ...] = (
    has_source,
    has_unit,
    knows_class,
    in_order,
    no_heuristic_calculates,
    knows_technique,
)


def check_rows(name: str, rows: Sequence[Row]) -> list[Finding]:
    """Return what breaks a rule in one file, all of it, with file and line."""
    out: list[Finding] = []
    for line, row in enumerate(rows, 2):
        for rule in RULES:
            if code := rule(name, row):
                out.append(error(f"knowhow.{code}", f"{name}.csv:{line}", file=f"{name}.csv", line=line, id=_id(row)))
    return out


def _id(row: Row) -> str:
    return row.get("id") or row.get("key") or ""


def check_words(tables: Mapping[str, Sequence[Row]]) -> Iterator[Finding]:
    """Yield what names an unknown source, flow or process, or an R without a locator, over all files."""
    locators = {r["key"]: r["locator"] for r in tables["sources"]}
    flows = {r["key"] for r in tables["flows"]}
    processes = {r["key"] for r in tables["processes"]}
    for name in ("options", "benchmarks", "factors", "limits", "ranges"):
        for line, row in enumerate(tables.get(name, ()), 2):
            facts: dict[str, Fact] = {"file": f"{name}.csv", "line": line, "id": _id(row)}
            where = f"{name}.csv:{line}"
            for key in source_keys(row.get("source", "")):
                if key not in locators:
                    yield Finding("knowhow.unknown-source", Severity.ERROR, Where(where), facts | {"word": key})
                elif row.get("evidence") == "R" and not locators[key].strip():
                    yield Finding("knowhow.no-locator", Severity.ERROR, Where(where), facts | {"word": key})
            words = [w for w in row.get("flows", row.get("flow", "")).split(";") if w.strip()]
            if name != "ranges":
                for word in words:
                    if word.strip() not in flows:
                        yield Finding("knowhow.unknown-flow", Severity.ERROR, Where(where), facts | {"word": word})
            if name == "options" and row["process"] not in processes:
                yield Finding("knowhow.unknown-process", Severity.ERROR, Where(where), facts | {"word": row["process"]})
