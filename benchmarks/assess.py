"""Assess a plant of 60 streams and 40 options: engine warm, whole command cold, with and without PDF; `--help`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from namsai.plant.case import Case

ROOT = Path(__file__).parents[1]


def median_ms(action: Callable[[], object], runs: int = 7) -> float:
    """Return the median time of an action in ms, after one run that is not counted."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def plant(streams: int = 60, measures: int = 40) -> Case:
    """Return a synthetic plant: a chain of processes with a loss, a recycle and electricity each (invented figures)."""
    stages = streams // 4
    names = [f"p{i}" for i in range(stages)]
    mass = 1e6
    rows: list[dict[str, object]] = []

    def stream(id: str, source: str, target: str, material: str, value: float, unit: str) -> None:
        amount = {"value": round(value, 1), "unit": unit, "source": "weighed", "uncertainty": 2}
        rows.append({"id": id, "from": source, "to": target, "material": material, "amount": amount})

    stream("in", "purchase", "p0", "raw", mass, "kg")
    for i, name in enumerate(names):
        loss, back = 0.03 * mass, 0.01 * mass
        mass -= loss
        last = i == stages - 1
        stream(f"next{i}", name, "sale" if last else names[i + 1], "product" if last else "mid", mass, "kg")
        stream(f"loss{i}", name, "waste", "scrap", loss, "kg")
        stream(f"power{i}", "purchase", name, "electricity", 1e5 + 1000 * i, "kWh")
        if not last:
            stream(f"back{i}", names[i + 1], name, "mid", back, "kg")
            rows[-4]["amount"]["value"] += back  # type: ignore[index]
    options = [
        {
            "id": f"m{j}",
            "name": {"en": f"measure {j}"},
            "technique": "good_housekeeping",
            "stream": f"loss{j % stages}",
            "saving_low": 5 + j % 7,
            "saving_high": 15 + j % 7,
            "investment": {"amount": 5e6 + 1e6 * (j % 11), "currency": "LAK"},
            "life": 5,
        }
        for j in range(measures)
    ]
    price = {"amount": 20000, "currency": "LAK", "per": "kg"}
    power = {"amount": 1100, "currency": "LAK", "per": "kWh"}
    kinds = (("raw", "wood", "raw_material"), ("mid", "wood", "intermediate"), ("product", "wood", "product"))
    materials: list[dict[str, object]] = [
        {"id": i, "name": {"en": i}, "kind": k, "category": c} for i, k, c in (*kinds, ("scrap", "wood", "waste"))
    ]
    materials[0]["price"] = price
    materials.append(
        {
            "id": "electricity",
            "name": {"en": "electricity"},
            "kind": "electricity",
            "category": "energy",
            "price": power,
        }
    )
    return Case.model_validate(
        {
            "id": "bench",
            "enterprise": {"name": {"en": "Bench"}, "sector": "wood"},
            "period": {"start": "2024-01-01", "end": "2024-12-31"},
            "finance": {"discount_rate": 10, "horizon": 5, "budget": 1e8},
            "processes": [{"id": n, "name": {"en": n}, "kind": "sawmill"} for n in names],
            "materials": materials,
            "streams": rows,
            "measures": options,
        }
    )


def cold(*words: str) -> Callable[[], object]:
    """Return a run of the whole command in a process of its own, with compiled modules as on a user's machine."""
    code = "from namsai.cli.main import main; main()"
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, env=env)


def main() -> None:
    """Print the medians."""
    from namsai.assessment import assess
    from namsai.knowhow import load
    from namsai.plant.case_file import write_case

    case, knowhow = plant(), load()
    warm = median_ms(lambda: assess(case, knowhow))
    print(f"engine, {len(case.streams)} streams, {len(case.measures)} measures, warm: {warm:.0f} ms (aim 50)")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.json"
        write_case(file, case)
        out = ["assess", str(file), "-o", folder]
        print(f"namsai assess, no PDF, cold: {median_ms(cold(*out, '--no-pdf'), 5):.0f} ms (aim 1500)")
        print(f"namsai assess, PDF in both languages, cold: {median_ms(cold(*out), 5):.0f} ms (aim 4000)")
    print(f"namsai --help, cold: {median_ms(cold('--help'), 5):.0f} ms (aim 400)")
    bare = median_ms(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 5)
    print(f"peer: python itself, cold: {bare:.0f} ms")


if __name__ == "__main__":
    main()
