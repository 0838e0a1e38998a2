"""Dates as people type them: day first, the common era, four digits; all else is asked back."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.findings import Finding, NamsaiError
from namsai.lao.dates import parse_date


def problem(value: object) -> Finding:
    with pytest.raises(NamsaiError) as found:
        parse_date(value)  # type: ignore[arg-type]
    (finding,) = found.value.findings
    return finding


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025-12-31", "2025-12-31"),
        ("2025-1-5", "2025-01-05"),
        ("31/12/2025", "2025-12-31"),
        ("3/4/2025", "2025-04-03"),
        ("31.12.2025", "2025-12-31"),
        ("31-12-2025", "2025-12-31"),
        ("໓໑/໑໒/໒໐໒໕", "2025-12-31"),
        ("2025-12-31T00:00:00", "2025-12-31"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29), "2024-02-29"),
        (45657, "2024-12-31"),  # Excel's day number
        (45657.0, "2024-12-31"),
    ],
)
def test_good_dates(value: object, iso: str) -> None:
    assert parse_date(value) == iso  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["31/12/2568", "2568-12-31", "໓໑/໑໒/໒໕໖໘", date(2568, 12, 31)])
def test_the_buddhist_era_is_proposed_never_converted(value: object) -> None:
    found = problem(value)
    assert found.code == "lao.buddhist-date"
    assert found.facts["proposal"] == "2025-12-31"


def test_a_leap_day_of_the_buddhist_era() -> None:
    assert problem("29/02/2567").facts["proposal"] == "2024-02-29"
    assert problem("29/02/2568").code == "lao.bad-date"


def test_two_digit_years_are_asked_back() -> None:
    found = problem("31/12/25")
    assert (found.code, found.facts["proposal"]) == ("lao.two-digit-year", "2025-12-31")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "31/13/2025",
        "30/02/2025",
        "12/31/2025",
        "2025",
        2025,
        2568,
        45657.5,
        1e9,
        True,
        "2025-12-31T10:00",
        "tomorrow",
        datetime(2025, 1, 1, 10, 30),
        "1/1/12345",
        "2025/12/31",
    ],
)
def test_bad_dates(value: object) -> None:
    assert problem(value).code == "lao.bad-date"


@given(st.dates(date(1900, 1, 1), date(2399, 12, 31)))
def test_every_day_is_read_in_both_ways_of_writing(day: date) -> None:
    assert parse_date(day.isoformat()) == day.isoformat()
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day.isoformat()


@given(st.dates(date(1900, 1, 1), date(2300, 12, 31)).filter(lambda d: (d.month, d.day) != (2, 29)))
def test_every_buddhist_day_is_proposed_as_its_common_day(day: date) -> None:
    found = problem(f"{day.day}/{day.month}/{day.year + 543}")
    assert found.facts["proposal"] == day.isoformat()
