"""Case 9: the machine stops at any moment of an import. Real processes, a real database file."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROWS = 5_000
REPEATS = 200 if os.environ.get("NAMSAI_LONG") else 10
HERE = "tests.centre.enterprises_joining"


def run(folder: Path, *words: str) -> subprocess.Popen[str]:
    env = os.environ | {
        "NAMSAI_DEMO": "1",
        "NAMSAI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "namsai_centre.settings",
        "PYTHONWARNINGS": "ignore",
    }
    env.pop("NAMSAI_DATABASE_URL", None)
    command = [sys.executable, "-m", *words]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3])


def told(folder: Path, *words: str) -> dict[str, Any]:
    out, _ = run(folder, *words).communicate(timeout=600)
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def files(folder: Path) -> set[str]:
    """Return the files beside the database's own."""
    return {p.name for p in folder.rglob("*") if p.is_file() and ".sqlite3" not in p.name}


def test_case_09_a_killed_import_leaves_all_rows_or_none_and_can_be_resumed(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    made = told(first, f"{HERE}.checked", "make", str(ROWS))
    assert made["counts"]["new"] == ROWS
    key, chance = made["run"], random.Random(9)
    before = told(first, f"{HERE}.checked", "tell", key)
    assert before["enterprises"] == 0
    whole = tmp_path / "whole"
    shutil.copytree(first, whole)
    process = run(whole, f"{HERE}.killed", key)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    start = time.monotonic()
    assert process.stdout.readline() == "done\n"
    seconds = time.monotonic() - start
    process.wait()
    process.stdout.close()
    after = told(whole, f"{HERE}.checked", "tell", key)
    assert after["state"] == "done"
    assert (after["enterprises"], after["numbers"], after["entries"], after["breaks"]) == (ROWS, ROWS, ROWS + 1, 0)
    outcomes = []
    place = whole
    for number in range(REPEATS):
        place = tmp_path / f"killed-{number}"
        shutil.copytree(first, place)
        process = run(place, f"{HERE}.killed", key)
        assert process.stdout is not None
        assert process.stdout.readline() == "begin\n"
        time.sleep(chance.uniform(0, 1.1 * seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        there = told(place, f"{HERE}.checked", "tell", key)
        assert there in (before, after), f"half an import: {there}"
        assert files(place) == files(first), "a file was left behind"
        outcomes.append(there == after)
        if there == before:
            last = place
        elif number < REPEATS - 1:
            shutil.rmtree(place)
    assert not all(outcomes), "no process was killed before it was done"
    process = run(last, f"{HERE}.killed", key)
    process.communicate(timeout=600)
    assert told(last, f"{HERE}.checked", "tell", key) == after
