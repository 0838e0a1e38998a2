"""What a data file must keep beyond the form of its cells. One rule, one function; each names every offender."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from namsai.findings import Finding
from namsai.knowhow.dates import first_day, is_date, last_day
from namsai.knowhow.model import USABLE
from namsai.knowhow.references import references
from namsai.knowhow.shelf import Shelf
from namsai.knowhow.tables import Row, Table, bad_number, check_cells, place_finding

_DIGIT = re.compile(r"\d")
_READ = ("read", "read_excerpt", "read_abstract", "computed")


def _each(table: Table) -> Iterator[tuple[str, int, Row]]:
    file = f"{table.shape.name}.csv"
    for line, row in zip(table.lines, table.rows, strict=True):
        yield file, line, row


def known_keys(shelf: Shelf, table: Table) -> Iterator[Finding]:
    """Every word that points into another file must be there (flows, processes, options)."""
    for column in table.shape.columns.values():
        if column.type not in ("key", "keys"):
            continue
        keys = shelf.keys(column.of)
        for file, line, row in _each(table):
            cell = row[column.name]
            for word in cell.split(";") if column.type == "keys" and cell else [cell] if cell else []:
                if word not in keys:
                    slug = "unknown-key"
                    yield place_finding(slug, file, line, column.name, value=word, other=f"{column.of}.csv")


def known_sources(shelf: Shelf, table: Table) -> Iterator[Finding]:
    """Every reference must lead to a source; a formula or group of a statistic that it names must exist."""
    sources = shelf.sources()
    for column in table.shape.columns.values():
        if column.type != "sources":
            continue
        for file, line, row in _each(table):
            cell = row[column.name]
            parts = references(cell) if cell else ()
            if parts is None:
                yield place_finding("bad-reference", file, line, column.name, value=cell)
                continue
            for part in parts:
                if part.key not in sources:
                    yield place_finding("unknown-source", file, line, column.name, value=part.key)
                elif part.key == "CALC" and not (part.record and shelf.has_formula(part.record)):
                    yield place_finding("unknown-formula", file, line, column.name, value=part.record)
                elif part.group and not shelf.has_statistic(part.group):
                    yield place_finding("unknown-statistic", file, line, column.name, value=part.group)


def _support(sources: dict[str, Row], evidence: str, cell: str) -> str:
    """Return the finding slug when a source cell cannot carry a number of that evidence class, or ""."""
    parts = references(cell) if cell else ()
    named = [sources[p.key] for p in parts or () if p.key in sources]
    if evidence == "N" or not parts or (named and all(s["how_used"] == "none" for s in named)):
        return "unsourced"
    if evidence == "X":
        return "heuristic-number"
    if evidence in USABLE and named:
        read = [s for s in named if s["how_used"] in _READ]
        if not read:
            return "unread-source"
        if evidence == "R" and not any(s["locator"] for s in read):
            return "no-locator"
    return ""


def sourced_numbers(shelf: Shelf, table: Table) -> Iterator[Finding]:
    """A number needs a source and a class that allows it: none for N, no heuristic, R only when read, with locator."""
    sources = shelf.sources() if table.shape.claims else {}
    known: dict[tuple[str, str], str] = {}
    for claim in table.shape.claims:
        for file, line, row in _each(table):
            given = [n for n in claim.numbers if row[n] and _DIGIT.search(row[n])]
            if not given:
                continue
            evidence = row[claim.evidence] if claim.evidence else claim.fixed_class
            source = row[claim.source] if claim.source else claim.fixed_source
            pair = (evidence, source)
            if pair not in known:
                known[pair] = _support(sources, evidence, source)
            slug = known[pair]
            if not slug and evidence == "D" and any(not bad_number(row[n]) and float(row[n]) != 0 for n in given):
                slug = "not-free"
            if slug:
                name = given[0]
                yield place_finding(slug, file, line, name, value=row[name], evidence=evidence, source=source)


def ordered_pairs(_shelf: Shelf, table: Table) -> Iterator[Finding]:
    """The lower number must not be above the higher one; first days not after last days."""
    for low, high in table.shape.pairs:
        for file, line, row in _each(table):
            a, b = row[low], row[high]
            if a and b and not bad_number(a) and not bad_number(b) and float(a) > float(b):
                yield place_finding("low-above-high", file, line, low, low=a, high=b)
    if "valid_to" in table.shape.columns:
        for file, line, row in _each(table):
            a, b = row["valid_from"], row["valid_to"]
            if a and b and is_date(a) and is_date(b) and first_day(a) > last_day(b):
                yield place_finding("ends-before-start", file, line, "valid_to", low=a, high=b)


def option_flows(_shelf: Shelf, table: Table) -> Iterator[Finding]:
    """An option has one to four flows; its saving holds for the first ones; a usable saving states its scope."""
    for file, line, row in _each(table):
        flows, shared = row["flows"].split(";"), row["saving_flows"].split(";")
        if len(flows) > 4 or len(set(flows)) != len(flows):
            yield place_finding("flow-count", file, line, "flows", value=row["flows"])
        if flows[: len(shared)] != shared:
            yield place_finding("flow-order", file, line, "saving_flows", value=row["saving_flows"])
        if row["saving_high"] and row["saving_kind"] == "share_of_named_flow" and not row["saving_scope"]:
            yield place_finding("no-scope", file, line, "saving_scope")
        if row["saving_high"] and not (row["saving_kind"] and row["saving_basis"]):
            yield place_finding("no-basis", file, line, "saving_basis")


def benchmark_order(_shelf: Shelf, table: Table) -> Iterator[Finding]:
    """Typical lies between best and poor, whichever way is better; a benchmark has at least one value."""
    for file, line, row in _each(table):
        cells = [row[c] for c in ("best", "typical", "poor") if row[c] and not bad_number(row[c])]
        values = [float(c) for c in cells]
        if not values:
            yield place_finding("no-value", file, line, "typical")
        elif values != sorted(values) and values != sorted(values, reverse=True):
            yield place_finding("not-in-order", file, line, "typical", value=", ".join(cells))


def factor_use(shelf: Shelf, table: Table) -> Iterator[Finding]:
    """Values whose terms allow comparison only are marked so; grid factors say which question they answer; units."""
    sources = shelf.sources()
    for file, line, row in _each(table):
        restricted = [
            p.key
            for p in references(row["source"]) or ()
            if p.key in sources and sources[p.key]["reuse"] == "cross_check"
        ]
        if row["use"] == "calculation" and restricted:
            yield place_finding("cross-check-only", file, line, "use", source=", ".join(restricted))
        if row["category"].startswith("grid") and row["flow"] and not row["purpose"]:
            yield place_finding("no-purpose", file, line, "purpose")
        if row["value"] and not row["unit"]:
            yield place_finding("no-unit", file, line, "unit", value=row["value"])


def superseded_limits(_shelf: Shelf, table: Table) -> Iterator[Finding]:
    """A superseded limit keeps an end date; a gap has no value."""
    for file, line, row in _each(table):
        if row["status"] == "superseded" and not row["valid_to"]:
            yield place_finding("no-end-date", file, line, "valid_to")
        if row["status"] == "gap" and row["value"]:
            yield place_finding("gap-with-value", file, line, "value", value=row["value"])


def flow_tree(_shelf: Shelf, table: Table) -> Iterator[Finding]:
    """Flows form a tree: nothing is its own ancestor."""
    parents = {r["key"]: r["parent"] for r in table.rows}
    for file, line, row in _each(table):
        seen, at = {row["key"]}, row["parent"]
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at == row["key"]:
            yield place_finding("flow-circle", file, line, "parent", value=row["key"])


def range_flows(shelf: Shelf, table: Table) -> Iterator[Finding]:
    """A range is about a flow, an exchange rate about a currency; inflation about neither."""
    flows = shelf.keys("flows")
    for file, line, row in _each(table):
        flow = row["flow"]
        if row["kind"] == "exchange_rate":
            if not row["unit"].startswith(f"{flow}/") or len(flow) != 3:
                yield place_finding("unknown-currency", file, line, "flow", value=flow)
        elif flow and flow not in flows:
            yield place_finding("unknown-key", file, line, "flow", value=flow, other="flows.csv")


def retired_say_why(shelf: Shelf, table: Table) -> Iterator[Finding]:
    """An option that is retired says so in retired.csv: since when and why."""
    if not any(row["review_status"] == "retired" for row in table.rows):
        return
    said = shelf.keys("retired")
    for file, line, row in _each(table):
        if row["review_status"] == "retired" and row["id"] not in said:
            yield place_finding("retired-unsaid", file, line, "review_status", value=row["id"])


def retired_options(shelf: Shelf, table: Table) -> Iterator[Finding]:
    """What is said to be retired is so in options.csv; what to use instead is another option still in use."""
    status = {row["id"]: row["review_status"] for row in shelf.table("options").rows}
    for file, line, row in _each(table):
        if status.get(row["id"], "retired") != "retired":
            yield place_finding("retired-in-use", file, line, "id", value=row["id"])
        for word in row["instead"].split(";") if row["instead"] else ():
            if word == row["id"] or status.get(word) == "retired":
                yield place_finding("retired-instead", file, line, "instead", value=word)


Rule = Callable[[Shelf, Table], Iterator[Finding]]
GENERAL: tuple[Rule, ...] = (known_keys, known_sources, sourced_numbers, ordered_pairs)
SPECIAL: dict[str, tuple[Rule, ...]] = {
    "options": (option_flows, retired_say_why),
    "retired": (retired_options,),
    "benchmarks": (benchmark_order,),
    "factors": (factor_use,),
    "limits": (superseded_limits,),
    "flows": (flow_tree,),
    "ranges": (range_flows,),
}


def check_table(shelf: Shelf, name: str) -> tuple[Finding, ...]:
    """Return all findings of one data file."""
    if name not in shelf.checked:
        table = shelf.table(name)
        found = [*table.findings, *check_cells(table)]
        for rule in (*GENERAL, *SPECIAL.get(name, ())):
            found.extend(rule(shelf, table))
        shelf.checked[name] = tuple(found)
    return shelf.checked[name]
