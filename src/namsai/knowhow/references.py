"""References to sources as they stand in the data: ``CALC:C02;IAC-DB[raw_material all n=2485];EFDB:62753,62754``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SHAPE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)(?::([^\[\];]+))?(?:\[([^\[\]]+)\])?")
_GROUPS = re.compile(r"(\S+) (\S+) n=(\d+)")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: key of the source, record or formula in it, group of a statistic."""

    key: str
    record: str = ""
    group: str = ""


@lru_cache(maxsize=2048)
def references(text: str) -> tuple[Reference, ...] | None:
    """Take a source cell apart; None when it is not written as references.

    >>> references("CALC:C02;DOE-ST1")
    (Reference(key='CALC', record='C02', group=''), Reference(key='DOE-ST1', record='', group=''))
    """
    out = []
    for part in text.split(";"):
        found = _SHAPE.fullmatch(part.strip())
        if not found:
            return None
        out.append(Reference(found[1], found[2] or "", found[3] or ""))
    return tuple(out)


def statistic_groups(group: str) -> tuple[tuple[str, ...], str, int] | None:
    """Take ``raw_material textile n=31`` apart: groups, sector as in statistics.csv, number of measures.

    >>> statistic_groups("W0+W1 all n=670")
    (('W0', 'W1'), 'all_manufacturing', 670)
    """
    found = _GROUPS.fullmatch(group)
    if not found:
        return None
    sector = "all_manufacturing" if found[2] == "all" else found[2]
    return tuple(found[1].split("+")), sector, int(found[3])
