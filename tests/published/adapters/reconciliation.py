"""Published reconciliation problems: linear ones and suites of injected gross errors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from namsai.balance.gross_errors import examine
from namsai.balance.problem import make_problem
from namsai.balance.reconcile import reconcile, solve

RTOL = 1e-6
Numbers = NDArray[np.float64]


def _numbers(values: list[float | None]) -> Numbers:
    return np.array([np.nan if v is None else v for v in values], dtype=float)


def _compare(name: str, have: Any, want: Any, digits: float = 0.0, rtol: float = RTOL) -> list[str]:
    """Compare numbers; `digits` is half of the last digit of the published figure, None must stay unknown."""
    got = np.atleast_1d(np.asarray(have, dtype=float))
    aim = _numbers(want) if isinstance(want, list) else np.atleast_1d(np.asarray(want, dtype=float))
    if got.shape != aim.shape:
        return [f"{name}: shape {got.shape} instead of {aim.shape}"]
    wrong = np.isnan(got) != np.isnan(aim)
    off = np.abs(got - aim) > digits + rtol * np.abs(aim)
    bad = np.flatnonzero(wrong | (off & ~np.isnan(aim)))
    return [f"{name}[{i}]: {got[i]} instead of {aim[i]}" for i in bad.tolist()]


def _same_sets(name: str, have: list[list[str]], want: list[list[str]]) -> list[str]:
    got, aim = {frozenset(c) for c in have}, {frozenset(c) for c in want}
    return [f"{name}: {sorted(map(sorted, got))} instead of {sorted(map(sorted, aim))}"] if got != aim else []


def _spread(item: dict[str, Any]) -> dict[str, Any]:
    if item.get("covariance") is not None:
        return {"covariance": item["covariance"]}
    return {"variance": item["variance"]} if item.get("variance") is not None else {"sd": item["sd"]}


def _classes(variables: list[str], classes: tuple[tuple[int, ...], ...]) -> list[list[str]]:
    return [[variables[j] for j in c if j >= 0] for c in classes if any(j >= 0 for j in c)]


def _flags(name: str, have: Any, want: list[bool | None], variables: list[str]) -> list[str]:
    return [
        f"{name} of {v}: {bool(h)} instead of {w}"
        for v, h, w in zip(variables, have, want, strict=True)
        if w is not None and bool(h) != w
    ]


def linear(item: dict[str, Any]) -> list[str]:
    """Check one linear problem: values, sd, tests, classification, suspects and what deleting a meter gives."""
    balances, variables, verified = item["constraints"], item["variables"], item["verified"]
    bounds = item.get("bounds_lower") is not None
    problem = make_problem(balances["A"], item["measured"], b=balances.get("b"), nonneg=bounds, **_spread(item))
    solution = solve(problem)
    tests = examine(solution)
    parts: dict[str, tuple[Any, float]] = {
        "reconciled": (solution.x, 1e-9),
        "sd": (solution.sd, 1e-9),
        "objective": (solution.objective, 1e-9),
        "dof": (solution.degrees, 0.0),
        "chi2_95": (tests.critical, 5e-7),
        "max_power_measurement_test_z": (tests.z, 6e-7),
        "measurement_test_critical_sidak_95": (tests.z_critical, 6e-7),
        "glr_bias_statistic": (tests.glr, 6e-7),
        "estimated_bias_single": (tests.bias, 6e-7),
    }
    wrong: list[str] = []
    for key, (have, digits) in parts.items():
        if verified.get(key) is not None:
            wrong += _compare(key, have, verified[key], digits)
    if verified.get("global_test_reject") is not None and tests.rejects != verified["global_test_reject"]:
        wrong.append(f"global_test_reject: {tests.rejects}")
    for key, flags in (("observable", solution.observable), ("redundant_measurement", solution.redundant)):
        if verified.get(key) is not None:
            wrong += _flags(key, flags, verified[key], variables)
    if verified.get("equivalence_classes") is not None:
        wrong += _same_sets("classes", _classes(variables, tests.classes), verified["equivalence_classes"])
    suspects = [variables[j] for j in tests.most_suspect()]
    for want in (verified.get("most_suspect"), item.get("expected_identification")):
        if want:
            wrong += _same_sets("most_suspect", [suspects], [want])
    for name, deleted in (verified.get("serial_deletion") or {}).items():
        measured = [None if v == name else y for v, y in zip(variables, item["measured"], strict=True)]
        again = reconcile(balances["A"], measured, b=balances.get("b"), nonneg=bounds, **_spread(item))
        wrong += _compare(f"without {name} objective", again.objective, deleted["objective"], 1e-9)
        wrong += _compare(f"without {name}", again.x, deleted["reconciled"], 1e-9)
    return wrong


def gross_error_suite(item: dict[str, Any]) -> list[str]:
    """Check that a bias injected into noise-free data is named, alone or with its class, and measured exactly."""
    balances, variables, verified = item["constraints"], item["variables"], item["verified"]
    base = _numbers(item["base_values"])
    wrong: list[str] = []

    def examined(values: Numbers) -> Any:
        made = make_problem(balances["A"], values, b=balances.get("b"), nonneg=False, **_spread(item))
        found = solve(made)
        return found, examine(found)

    clean, tests = examined(base)
    if verified.get("detectability") is not None:
        spread = np.sqrt(np.nan_to_num(clean.problem.variance))
        wrong += _compare(
            "detectability", spread * np.sqrt(np.nan_to_num(clean.weights)), verified["detectability"], 6e-7
        )
    if verified.get("equivalence_classes") is not None:
        wrong += _same_sets("classes", _classes(variables, tests.classes), verified["equivalence_classes"])
    for case in verified["injections"]:
        j = variables.index(case["stream"])
        values = base.copy()
        values[j] += case["bias"]
        found, tests = examined(values)
        name = f"bias in {case['stream']}"
        own = next((c for c in _classes(variables, tests.classes) if case["stream"] in c), [])
        suspects = [variables[i] for i in tests.most_suspect()]
        wrong += _same_sets(f"{name}: suspects", [suspects], [own])
        wrong += _same_sets(f"{name}: suspects", [suspects], [case["top_glr"]])
        # base values are rounded to 1e-9: what that leaves in r is the floor of the comparison
        wrong += _compare(f"{name}: global", found.objective, case["global_stat"], 2e-6, 1e-5)
        wrong += _compare(f"{name}: glr", tests.glr[j], case["glr"], 2e-6, 1e-5)
        wrong += _compare(f"{name}: bias", tests.bias[j], case["estimated_bias"], 1e-6, 1e-5)
    return wrong


CHECKS = {"linear": linear, "gross_error_suite": gross_error_suite}
