"""Rules on words: kinds of processes, materials and sectors are words of the know-how's lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from namsai.findings import Finding, error, warning
from namsai.plant.case import Case
from namsai.plant.check_links import nearest

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow


def process_kinds(case: Case, knowhow: KnowHow) -> Iterator[Finding]:
    """The kind of a process or machine is a word of the process list (else no option can be found for it)."""
    known = knowhow.processes
    kinds = [(f"processes/{place}/kind", process.kind) for place, process in enumerate(case.processes)]
    kinds += [(f"equipment/{place}/kind", machine.kind) for place, machine in enumerate(case.equipment)]
    for path, kind in kinds:
        if kind not in known:
            yield error("plant.unknown-process-kind", path, id=kind, nearest=nearest(kind, known))


def material_kinds(case: Case, knowhow: KnowHow) -> Iterator[Finding]:
    """The kind of a material is a word of the flow list."""
    for place, material in enumerate(case.materials):
        if material.kind not in knowhow.flows:
            near = nearest(material.kind, knowhow.flows)
            yield error("plant.unknown-material-kind", f"materials/{place}/kind", id=material.kind, nearest=near)


def subsector(case: Case, knowhow: KnowHow) -> Iterator[Finding]:
    """The subsector is one for which there are benchmarks."""
    known = {b.sector for b in knowhow.benchmarks}
    word = case.enterprise.subsector
    if word is not None and word not in known:
        yield warning("plant.unknown-subsector", "enterprise/subsector", id=word, nearest=nearest(word, sorted(known)))


def measure_options(case: Case, knowhow: KnowHow) -> Iterator[Finding]:
    """A measure that stands for a know-how option names one that exists."""
    named = [(place, measure.option) for place, measure in enumerate(case.measures) if measure.option]
    known = {o.id for o in knowhow.options} if named else set()
    for place, option in named:
        if option not in known:
            near = nearest(option, sorted(known))
            yield warning("plant.unknown-option", f"measures/{place}/option", id=option, nearest=near)
