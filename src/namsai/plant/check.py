"""What must agree in a case: one small rule per function, all of them run, every finding with its place and what to do.

`check` judges a valid case; `inspect` judges raw data and finds the contradictions even where single fields are wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from namsai.findings import Finding, Severity
from namsai.knowhow.base import KnowHow
from namsai.plant import check_links, check_texts, check_values, check_words
from namsai.plant.case import Case
from namsai.plant.parse import parse
from namsai.plant.repair import repaired

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


def _touches(path: str, wrong: str) -> bool:
    """Tell whether a path is, holds, or lies inside a wrong one."""
    return path == wrong or path.startswith(f"{wrong}/") or wrong.startswith(f"{path}/")


def inspect(raw: object, knowhow: KnowHow | None = None) -> tuple[Case | None, list[Finding]]:
    """Parse raw data and check it: every wrong field and every contradiction in one run.

    Args: raw - dict of the shape ``namsai.case/1``; knowhow. Returns (Case or None, findings). When fields are wrong,
    the rest is checked on a copy with stand-ins; findings on or around a wrong field are left out.
    """
    case, wrong = parse(raw)
    if case is not None:
        return case, check(case, knowhow)
    copy = repaired(raw)
    if copy is None:
        return None, wrong
    places = [f.where.path for f in wrong if f.severity is Severity.ERROR and f.where.path]
    near: dict[str, list[str]] = {}
    for place in places:
        near.setdefault(place.split("/", 1)[0], []).append(place)
    rest = [
        f
        for f in check(copy, knowhow)
        if not any(_touches(f.where.path, place) for place in near.get(f.where.path.split("/", 1)[0], ()))
        and "repaired" not in str(f.facts.get("id", ""))
    ]
    return None, wrong + rest
