"""Reading and writing Excel: a form with a table of 20,000 readings, against openpyxl reading the same file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROWS = 20_000
TARGET = 0.6  # s


def large_case(rows: int = ROWS) -> object:
    """Return a case with as many meter readings."""
    from namsai.plant.case import Case

    raw = {
        "schema": "namsai.case/1",
        "id": "large",
        "enterprise": {"name": {"en": "Large plant"}, "sector": "general"},
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "meters": [{"id": "m1", "unit": "kWh"}],
        "readings": [
            {"meter": "m1", "date": f"2025-{i % 12 + 1:02d}-{i % 28 + 1:02d}", "value": i * 1.7 + 0.123}
            for i in range(rows)
        ],
    }
    return Case.model_validate(raw)


def _timed(call: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of some runs [s]."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return median(times)


def main() -> None:
    """Print the medians and the ratio to the peer."""
    import openpyxl

    from namsai.plant.case import Case
    from namsai.workbook.form import write_form
    from namsai.workbook.read import read_form

    case = large_case()
    assert isinstance(case, Case)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        writing = _timed(lambda: write_form(path, "general", "both", case), 3)
        size = path.stat().st_size / 1e6

        def read() -> None:
            back, findings = read_form(path)
            assert back == case, findings

        def peer() -> None:
            book = openpyxl.load_workbook(path, read_only=True)
            rows = sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
            assert rows > ROWS
            book.close()

        reading, other = _timed(read), _timed(peer, 3)
    print(f"workbook: write a form with {ROWS:,} readings  {writing:.2f} s ({size:.1f} MB)")
    print(f"workbook: read it into a valid case       {reading:.2f} s (target {TARGET} s)")
    print(f"workbook: openpyxl read_only, cells only  {other:.2f} s (ratio {other / reading:.1f})")


if __name__ == "__main__":
    main()
