"""The case file on disk: JSON in, canonical JSON out (the same case is always the same bytes)."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from namsai.findings import Finding, Where, error
from namsai.plant.case import SCHEMA, Case
from namsai.plant.check import check, inspect
from namsai.plant.parse import parse

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow

MOST_BYTES = 4_000_000  # a case of 20,000 readings has 2 MB
_LAST = ("ref", "assumption", "note")  # where a figure comes from stands after the figure
_MOST_KEYS = 200  # of one record
_WHOLE = 1e15  # floats below are written as whole numbers when they are whole


class _TooManyKeys(Exception):
    """A record has more keys than any record of a case."""


def _canonical(value: Any) -> Any:
    """Return plain data with whole floats as integers."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _WHOLE else value
    if isinstance(value, dict):
        order = [key for key in value if key not in _LAST] + [key for key in _LAST if key in value]
        return {key: _canonical(value[key]) for key in order}
    return [_canonical(item) for item in value] if isinstance(value, list) else value


def to_data(case: Case) -> dict[str, Any]:
    """Return a case as plain data: fields in the order of the models, defaults left out, the schema always first."""
    data = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    found: dict[str, Any] = _canonical({"schema": SCHEMA} | data)
    return found


def to_json(case: Case) -> str:
    """Return the canonical text of a case: the same case is always the same text, byte for byte in UTF-8.

    Fields stand in the order of the models (ref, assumption and note last), fields with their default are left out,
    1000.0 is written 1000, indent 1, Lao letters as they are, a newline at the end. Read back, it is the same case.
    """
    return json.dumps(to_data(case), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a temporary file beside it, then a rename; an old file stays until then."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_case(path: Path | str, case: Case) -> None:
    """Write a case file (canonical JSON), whole or not at all. Errors: OSError when the folder cannot be written."""
    write_whole(Path(path), to_json(case).encode())


def in_file(findings: list[Finding], path: Path) -> list[Finding]:
    """Return the findings with the name of the file in their place."""
    return [
        Finding(f.code, f.severity, Where(f.where.path, path.name, f.where.sheet, f.where.cell), f.facts)
        for f in findings
    ]


def load_bytes(path: Path, most: int) -> tuple[bytes | None, list[Finding]]:
    """Read a file of at most `most` bytes; a missing, empty, unreadable or too large file is a finding."""
    try:
        if not path.is_file():
            return None, in_file([error("plant.no-file", "", file=path.name)], path)
        size = path.stat().st_size
        if size == 0:
            return None, in_file([error("plant.empty-file", "", file=path.name)], path)
        if size > most:
            return None, in_file([error("plant.file-too-large", "", file=path.name, size=size, most=most)], path)
        return path.read_bytes(), []
    except OSError as problem:
        return None, in_file([error("plant.unreadable", "", file=path.name, reason=problem.strerror)], path)


def load_json(content: bytes) -> tuple[Any, list[Finding]]:
    """Parse the bytes of a JSON file; not UTF-8, not JSON, nested too deep and keys given twice are findings."""
    twice: list[Finding] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(items) > _MOST_KEYS:
            raise _TooManyKeys(len(items))
        found = dict(items)
        if len(found) < len(items):
            seen: set[str] = set()
            for key, _ in items:
                if key in seen and len(twice) < 1000:
                    twice.append(error("plant.duplicate-key", "", name=key[:60]))
                seen.add(key)
        return found

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return None, [error("plant.not-utf8", "", byte=problem.start)]
    if not text.strip():
        return None, [error("plant.empty-file", "", file="")]
    try:
        return json.loads(text, object_pairs_hook=pairs), twice
    except json.JSONDecodeError as problem:
        return None, [*twice, error("plant.not-json", "", line=problem.lineno, column=problem.colno)]
    except RecursionError:
        return None, [error("plant.too-deep", "")]
    except _TooManyKeys as problem:
        return None, [error("plant.too-many-keys", "", number=problem.args[0], most=_MOST_KEYS)]
    except ValueError:  # an integer of more than 4300 digits
        return None, [*twice, error("plant.not-json", "", line=None, column=None)]


def read_case(path: Path | str, knowhow: KnowHow | None = None) -> tuple[Case | None, list[Finding]]:
    """Read and check a case file.

    Args: path - a JSON file of at most 4 MB; knowhow - when given, the case is also checked (`namsai.plant.check`).
    Returns (Case or None, findings). When a field is wrong there is no case, and the findings hold all that is wrong
    with the rest too. When every field is right the case comes back, also if its check has errors.
    """
    path = Path(path)
    content, problems = load_bytes(path, MOST_BYTES)
    if content is None:
        return None, problems
    raw, problems = load_json(content)
    if raw is None and problems:
        return None, in_file(problems, path)
    case, found = parse(raw)
    if case is None:
        found = inspect(raw, knowhow)[1]
    elif knowhow is not None:
        found = check(case, knowhow)
    return (None if problems else case), in_file(problems + found, path)
