"""Rules on texts: no formulas, no control characters, no text of old Lao fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from namsai.findings import Finding, error
from namsai.lao.legacy import find_legacy
from namsai.plant.case import Case
from namsai.plant.fields import Record

# What a spreadsheet would run: = and @ always; + and - unless a number, a telephone number or a list dash follows.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?=[^\s\d.,])|[+-][\d\s.,]*[-+*/^(!|&<>=]\s*[\w(\"']")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SHOWN = 60


def _shown(text: str) -> str:
    """Return a text short enough for a finding, control characters as ?."""
    clean = _CONTROL.sub("?", text)
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Walk all texts of a record with their paths (choices are left out: they are words of closed lists)."""
    for name, item in value.__dict__.items():
        if item is None or type(item) in (bool, int, float):
            continue
        here = f"{path}/{name.rstrip('_')}" if path else name.rstrip("_")
        if type(item) is str:
            yield here, item
        elif isinstance(item, Record):
            yield from texts(item, here)
        elif isinstance(item, tuple):
            for place, part in enumerate(item):
                if isinstance(part, Record):
                    yield from texts(part, f"{here}/{place}")


def formulas(case: Case) -> Iterator[Finding]:
    """No text begins like a formula that a spreadsheet would run."""
    for path, text in texts(case):
        if text[0] in "=+-@\t\r" and _FORMULA.match(text):
            yield error("plant.formula-text", path, text=_shown(text))


def control_characters(case: Case) -> Iterator[Finding]:
    """No text has characters that cannot be seen or printed (line breaks and tabs are allowed inside)."""
    for path, text in texts(case):
        if not text.isprintable() and _CONTROL.search(text):
            yield error("plant.control-character", path, text=_shown(text))


def old_fonts(case: Case) -> Iterator[Finding]:
    """No text was typed in a Lao font from before Unicode."""
    for path, text in texts(case):
        if not path.endswith(("/id", "/meter", "/date", "/kind", "/unit", "/path")) and len(text) >= 3:
            found = find_legacy(text)
            if found is not None:
                yield error("plant.old-font", path, text=_shown(text), kind=found.kind, reading=found.reading)
