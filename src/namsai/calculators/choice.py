"""The functions behind the calculators of overlap and of the choice under a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from namsai.calculators.model import Result, Values
from namsai.findings import Finding, NamsaiError, error, warning
from namsai.portfolio.model import Candidate
from namsai.portfolio.overlap import joint, marginal, shapley


def overlap(v: Values) -> Result:
    """Joint saving of options on one stream, beside the plain sum."""
    cost, shares = v["stream_cost"], v["options"]
    return {"additive": cost * sum(shares), "multiplicative": cost * joint(shares)}, ()


def overlap_marginal(v: Values) -> Result:
    """What each option adds in the order given."""
    shares, wrong = [], []
    for i, row in enumerate(v["order"]):
        if isinstance(row, list | tuple) and len(row) == 2 and isinstance(row[1], int | float):
            shares.append(float(row[1]))
        else:
            wrong.append(error("calculators.bad-record", f"inputs/order/{i}", expected="name, share"))
    if wrong:
        raise NamsaiError(*wrong)
    cost = v["stream_cost"]
    return {"marginal": [cost * m for m in marginal(shares)], "total": cost * joint(shares)}, ()


def overlap_shapley(v: Values) -> Result:
    """Each option's fair share of the joint saving."""
    cost = v["stream_cost"]
    return {"shapley": [cost * part for part in shapley(v["s"])], "total": cost * joint(v["s"])}, ()


def portfolio(v: Values) -> Result:
    """The best set of options under the budget, with its proof, beside what plain adding would have chosen."""
    from namsai.portfolio.problem import make_problem
    from namsai.portfolio.solve import solve_problem

    candidates = _candidates(v)
    worth = {str(k): a for k, a in enumerate(v["stream_pv_cost"])}
    problem = make_problem(candidates, worth, v["budget"])
    best = solve_problem(problem)
    if best.status == "infeasible":
        return {}, [error("calculators.no-set", "inputs/must")]
    plain = [
        replace(c, other_value=c.other_value + sum(worth[k] * s for k, s in c.shares.items()), shares={})
        for c in candidates
    ]
    naive = solve_problem(make_problem(plain, {}, v["budget"]))
    said: list[Finding] = []
    if best.status == "limit":
        said.append(warning("portfolio.not-proven", "inputs", gap=best.gap))
    return {
        "best_npv": best.value,
        "chosen": [int(i) for i in best.chosen],
        "spent": best.spent,
        "bound": best.bound,
        "gap": best.gap,
        "additive_model_choice": [int(i) for i in naive.chosen],
        "additive_model_claims": naive.value,
        "additive_choice_true_npv": problem.value([int(i) for i in naive.chosen]),
    }, said


def _candidates(v: Values) -> list[Candidate]:
    """Candidates with their numbers as ids; every inconsistency of the sizes at once."""
    shares, capital, running = v["saving_fraction"], v["capital"], v["om_pv"]
    n, streams = len(shares), len(v["stream_pv_cost"])
    wrong = [
        error("calculators.wrong-length", f"inputs/{name}", input=name, given=len(given), needed=n)
        for name, given in (("capital", capital), ("om_pv", running))
        if len(given) != n
    ]
    if v["n"] is not None and v["n"] != n:
        wrong.append(error("calculators.wrong-length", "inputs/n", input="n", given=v["n"], needed=n))
    wrong += [
        error(
            "calculators.wrong-length",
            f"inputs/saving_fraction/{i}",
            input="saving_fraction",
            given=len(row),
            needed=streams,
        )
        for i, row in enumerate(shares)
        if len(row) != streams
    ]
    wrong += _bad_pairs("exclusions", v["exclusions"], n, 2) + _bad_pairs("requires", v["requires"], n, 2)
    wrong += _bad_pairs("must", [[i] for i in v["must"]], n, 1)
    if wrong:
        raise NamsaiError(*wrong)
    must = set(v["must"])
    return [
        Candidate(
            str(i),
            capital[i],
            running[i],
            {str(k): s for k, s in enumerate(row) if s},
            i in must,
            tuple(str(b) for a, b in v["exclusions"] if a == i),
            tuple(str(b) for a, b in v["requires"] if a == i),
        )
        for i, row in enumerate(shares)
    ]


def _bad_pairs(name: str, rows: Sequence[Sequence[Any]], n: int, size: int) -> list[Finding]:
    return [
        error("calculators.bad-pair", f"inputs/{name}/{i}", input=name, count=n)
        for i, row in enumerate(rows)
        if len(row) != size or any(not 0 <= j < n for j in row)
    ]
