"""What must agree in a case: one small rule per function, all of them run, every finding with its place and what to do.

`check` judges a valid case; `inspect` judges raw data and finds the contradictions even where single fields are wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from namsai.findings import Finding, Severity
from namsai.plant import check_links, check_texts, check_values, check_words
from namsai.plant.case import Case
from namsai.plant.parse import parse
from namsai.plant.repair import repaired

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow

Rule = Callable[[Case], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    check_links.duplicate_ids,
    check_links.reserved_ids,
    check_links.stream_places,
    check_links.unknown_references,
    check_links.value_loops,
    check_links.unknown_substances,
    check_links.measures_against_each_other,
    check_links.processes_without_streams,
    check_links.unknown_sources,
    check_values.unknown_units,
    check_values.units_that_do_not_fit,
    check_values.mixed_units,
    check_values.missing_prices,
    check_values.price_units,
    check_values.missing_rates,
    check_values.dates,
    check_values.period_order,
    check_values.shares,
    check_values.saving_order,
    check_values.workers_sum,
    check_values.hours,
    check_texts.formulas,
    check_texts.control_characters,
    check_texts.old_fonts,
)
WORD_RULES: tuple[Callable[[Case, KnowHow], Iterator[Finding]], ...] = (
    check_words.process_kinds,
    check_words.material_kinds,
    check_words.subsector,
    check_words.measure_options,
)


def check(case: Case, knowhow: KnowHow | None = None) -> list[Finding]:
    """Judge whether the parts of a case agree with each other and, when the know-how is given, with its word lists.

    Args: case; knowhow. Returns all findings: errors first stop a calculation, warnings stand beside its result.
    """
    found = [finding for rule in RULES for finding in rule(case)]
    if knowhow is not None:
        found += [finding for rule in WORD_RULES for finding in rule(case, knowhow)]
    return found


def lineage(path: str) -> list[str]:
    """Return a path and the paths of all that holds it.

    >>> lineage("streams/3/amount")
    ['streams/3/amount', 'streams/3', 'streams']
    """
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]


def untouched(findings: list[Finding], wrong: set[str]) -> list[Finding]:
    """Return the findings whose place is not, does not hold, and does not lie inside a wrong one."""
    holders = {holder for path in wrong for holder in lineage(path)}
    return [f for f in findings if f.where.path not in holders and not any(up in wrong for up in lineage(f.where.path))]


def inspect(raw: object, knowhow: KnowHow | None = None) -> tuple[Case | None, list[Finding]]:
    """Parse raw data and check it: every wrong field and every contradiction in one run.

    Args: raw - dict of the shape ``namsai.case/1``; knowhow. Returns (Case or None, findings). When fields are wrong,
    the rest is checked on a copy with stand-ins; findings on or around a wrong field are left out.
    """
    case, wrong = parse(raw)
    if case is not None:
        return case, check(case, knowhow)
    hopeless = any(not f.where.path for f in wrong)  # not a case, too many rows, too many errors
    copy = None if hopeless else repaired(raw)
    if copy is None:
        return None, wrong
    places = {f.where.path for f in wrong if f.severity is Severity.ERROR and f.where.path}
    rest = untouched(check(copy, knowhow), places)
    return None, wrong + [f for f in rest if "repaired" not in str(f.facts.get("id", ""))]
