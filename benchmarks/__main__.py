"""Measure all named figures: machine, medians of several runs, ratio to a peer in the same run."""

from __future__ import annotations

import importlib
import os
import platform
import sys

PARTS = ("assess", "balance", "workbook", "portfolio", "centre", "centre_import")


def main() -> None:
    """Run the parts named on the command line, or all."""
    version = platform.python_version()
    print(f"machine: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {version}")
    for part in sys.argv[1:] or PARTS:
        print(f"\n== {part}")
        importlib.import_module(f"benchmarks.{part}").main()


if __name__ == "__main__":
    main()
