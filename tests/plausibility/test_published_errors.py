"""The fifteen published errors must be flagged by the right rule, clean figures of their neighbours must not."""

from __future__ import annotations

import pytest

from namsai.findings import Severity
from namsai.knowhow import load
from namsai.plausibility import claims
from namsai.texts import finding_text
from tests.options.small import knowhow, ranges
from tests.plausibility.clean import CLEAN
from tests.plausibility.published import ERRORS

KNOWN = knowhow(ranges=ranges())


@pytest.mark.parametrize("name", ERRORS)
def test_error_is_flagged_by_the_right_rule(name: str) -> None:
    rows, sector, slug = ERRORS[name]
    found = claims(rows, KNOWN, sector=sector)
    assert f"plausibility.{slug}" in [f.code for f in found], found
    flagged = next(f for f in found if f.code == f"plausibility.{slug}")
    assert flagged.severity is Severity.WARNING
    assert flagged.facts["about"] == rows[0].about
    for lang in ("lo", "en"):
        says, fix = finding_text(flagged, lang)
        assert "{" not in says + fix
        assert rows[0].about in says


@pytest.mark.parametrize("name", ERRORS)
def test_error_is_flagged_once(name: str) -> None:
    rows, sector, _ = ERRORS[name]
    assert len(claims(rows, KNOWN, sector=sector)) == 1


@pytest.mark.parametrize("name", CLEAN)
def test_clean_neighbour_is_not_flagged(name: str) -> None:
    rows, sector = CLEAN[name]
    assert claims(rows, KNOWN, sector=sector) == []


@pytest.mark.parametrize("name", [*ERRORS, *CLEAN])
def test_the_shipped_know_how_says_the_same(name: str) -> None:
    if name in ERRORS:
        rows, sector, slug = ERRORS[name]
        assert [f.code for f in claims(rows, load(), sector=sector)] == [f"plausibility.{slug}"]
    else:
        rows, sector = CLEAN[name]
        assert claims(rows, load(), sector=sector) == []


def test_all_together_changes_nothing() -> None:
    """Groups do not disturb each other: all rows of one sector in one call give the findings of the single calls."""
    rows = [c for claims_, _, _ in ERRORS.values() for c in claims_]
    single = [f for claims_, _, _ in ERRORS.values() for f in claims(claims_, KNOWN)]
    assert claims(rows, KNOWN) == single


def test_facts_of_the_arithmetic() -> None:
    def facts(name: str) -> dict[str, object]:
        rows, sector, _ = ERRORS[name]
        return dict(claims(rows, KNOWN, sector=sector)[0].facts)

    assert facts("1 total of Dong Xuan")["sum"] == pytest.approx(2085e6)
    assert facts("2 waste water of Dong Xuan")["factor"] == 1000
    assert facts("3 electricity price of Dong Xuan")["price"] == pytest.approx(1900)
    assert facts("5 shoes of Vinh Phu")["factor"] == 1000
    assert facts("6 gas of the Korean-funded audits")["lost"] == 1000
    assert facts("7 low cost of Tri Tue")["payback"] == pytest.approx(15.303, abs=1e-3)
    assert facts("8 shares of the Georgian metalware firm")["ratio"] == pytest.approx(102_750 / 43_866.7, rel=1e-4)
    assert facts("10 shillings of UCPC")["rate"] == pytest.approx(1461.5, abs=0.1)
    assert facts("12a solar of TBL")["factor"] == pytest.approx(1.94, abs=0.01)
