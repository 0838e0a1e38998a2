"""Run the published cases: one line per failure, then ``N passed, M failed, K not covered``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.published.adapters import ADAPTERS
from tests.published.formats import read


def run(folder: Path) -> tuple[Counter[str], list[str]]:
    """Run all vectors of a folder; return the counts and a line per failure."""
    count: Counter[str] = Counter()
    failures: list[str] = []
    for vector in read(folder):
        check = ADAPTERS.get((vector.family, vector.kind))
        if check is None:
            count["not covered"] += 1
            continue
        try:
            wrong = check(vector.item)
        except Exception as problem:
            wrong = [f"{type(problem).__name__}: {problem}"]
        count["failed" if wrong else "passed"] += 1
        failures += [f"FAILED {vector.family}/{vector.kind}/{vector.id}: {line}" for line in wrong]
    return count, failures


def main() -> int:
    """Print the result; exit code 1 when a case failed."""
    count, failures = run(Path(sys.argv[1]))
    sys.stdout.writelines(f"{line}\n" for line in failures)
    sys.stdout.write(f"{count['passed']} passed, {count['failed']} failed, {count['not covered']} not covered\n")
    return 1 if count["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
