"""All 26 published cases with investment and saving: which get a flag, and which do not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from namsai.plant.records import Claim
from namsai.plausibility import claims
from tests.options.small import knowhow, ranges
from tests.plausibility.published import ERRORS

CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "published_cases.csv"
KNOWN = knowhow(ranges=ranges())

# What the case's own text adds, where it is checked: the errors of the same source.
BESIDE = {"VN-01": "1 total of Dong Xuan", "VN-12": "6 gas of the Korean-funded audits"}
BESIDE["GE-03"] = "8 shares of the Georgian metalware firm"
FLAGGED = {
    "VN-01": {"sum-of-parts"},  # 533 M stated, 2,085 M in its table
    "VN-03": {"low-cost-slow"},  # 15.3 years
    "VN-07": {"payback-very-short"},  # 13 M VND brings 1,300 M a year: back in 4 days (a note)
    "VN-12": {"emissions-per-money"},  # 606,000 t for 78,000 USD
    "GE-03": {"shares-base"},  # 10 % and 75 % of different bases
}


def rows_of(case: dict[str, str]) -> list[Claim]:
    """Return the claims of one row of the list."""

    def claim(role: str, value: float, unit: str, currency: str | None = None) -> Claim:
        return Claim(
            id=f"{case['id']}-{role}", about=case["id"], role=role, value=value, unit=unit, currency=currency,
            year=int(case["year"]), ref=case["source"],
        )  # fmt: skip

    money = case["currency"]
    out = [
        claim("investment", float(case["investment"]), money, money),
        claim("saving", float(case["saving_per_year"]), f"{money}/yr", money),
    ]
    stated = case["payback_published_yr"]
    if ".." in stated:
        low, high = stated.split("..")
        out += [claim("payback_low", float(low), "yr"), claim("payback_high", float(high), "yr")]
    elif stated.startswith("<"):
        out += [claim("payback_low", 0, "yr"), claim("payback_high", float(stated[1:]), "yr")]
    elif stated:
        out.append(claim("payback", float(stated.lstrip("~")), "yr"))
    if "low-cost" in case["enterprise"]:
        out.append(claim("low_cost", 1, "1"))
    return out


@pytest.mark.skipif(not CASES.exists(), reason="the list of published cases is not on this machine")
def test_published_cases() -> None:
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert len(cases) == 26
    found = {}
    for case in cases:
        rows = rows_of(case) + (ERRORS[BESIDE[case["id"]]][0] if case["id"] in BESIDE else [])
        slugs = {f.code.partition(".")[2] for f in claims(rows, KNOWN)}
        if slugs:
            found[case["id"]] = slugs
    assert found == FLAGGED
