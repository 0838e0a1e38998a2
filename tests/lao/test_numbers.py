"""Numbers as people type them: one reading is read, two readings are asked back, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.findings import NamsaiError
from namsai.lao.numbers import parse_number
from namsai.texts import show_fact


def codes(text: str, **more: object) -> list[str]:
    with pytest.raises(NamsaiError) as problem:
        parse_number(text, **more)  # type: ignore[arg-type]
    return [f.code for f in problem.value.findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("໑໒໓", 123),
        ("໑໒3", 123),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("໑.໒໓໔,໕", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("1.234.567,89", 1234567.89),
        ("1,234,567.89", 1234567.89),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("1234.567", 1234.567),
        ("1234,567", 1234.567),
        ("0.234", 0.234),
        ("0,234", 0.234),
        (".5", 0.5),
        (",5", 0.5),
        ("12 500", 12500),
        ("12\u00a0500,5", 12500.5),
        ("1 234.567", 1234.567),
        (" 12 500 000 ₭ ", 12500000),
        ("₭ 12.500.000", 12500000),
        ("12.500.000 ກີບ", 12500000),
        ("LAK 5,5", 5.5),
        ("-7", -7),
        ("\u22127,5", -7.5),
        ("- 3", -3),
        ("+4", 4),
        ("1.5e6", 1500000),
        ("1e-07", 1e-7),
    ],
)
def test_one_reading_is_read(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "123,456", "໑.໒໓໔", "-1.234", "₭ 1.500"])
def test_two_readings_are_asked_back_with_both(text: str) -> None:
    with pytest.raises(NamsaiError) as problem:
        parse_number(text)
    (found,) = problem.value.findings
    assert found.code == "lao.ambiguous-number"
    assert {found.facts["lo"], found.facts["en"]} == {parse_number(text, "lo"), parse_number(text, "en")}
    assert abs(float(found.facts["lo"] or 0) / float(found.facts["en"] or 1)) in (1000, 0.001)


def test_the_format_decides_when_it_is_given() -> None:
    assert parse_number("1.234", "lo") == 1234
    assert parse_number("1.234", "en") == 1.234
    assert parse_number("1,234", "lo") == 1.234
    assert parse_number("1,234", "en") == 1234


def test_the_wrong_format_is_not_read() -> None:
    assert codes("1,234.5", format="lo") == ["lao.not-a-number"]
    assert codes("1.234,5", format="en") == ["lao.not-a-number"]


@pytest.mark.parametrize(
    "text",
    ["", "-", "abc", "1.2.3", "1,23,456", "1.234.56", "12,34,567", "1,,2", "5.", "1 23", "1.234,567.8", "12 kg", "nan",
     "inf", "1_000", "٣", "(12)", "0x10", "01.234.567", "1.234.567.89", "₭", "--5", "²"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text: str) -> None:
    assert codes(text) == ["lao.not-a-number"]


def test_percent_is_asked_back() -> None:
    assert codes("12%") == ["lao.percent"]
    assert codes("໑໒ %") == ["lao.percent"]


@given(st.integers(-(10**12), 10**12), st.integers(0, 99))
def test_written_in_a_language_and_read_with_it_gives_the_number_again(whole: int, cents: int) -> None:
    value = float(f"{whole}.{cents:02d}")
    english = f"{value:,.2f}"
    lao = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english, "en") == value
    assert parse_number(lao, "lo") == value
    assert parse_number(lao.translate(str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙")), "lo") == value


@given(st.integers(-(10**9), 10**9))
def test_what_a_report_prints_is_read_again(value: int) -> None:
    assert parse_number(show_fact(value, "lo"), "lo") == value
    assert parse_number(show_fact(value, "en"), "en") == value


@given(st.text(alphabet="0123456789.,- ໑໒", max_size=12))
def test_never_a_number_when_the_two_formats_disagree(text: str) -> None:
    readings = set()
    for format in ("lo", "en"):
        try:
            readings.add(parse_number(text, format))
        except NamsaiError:
            continue
    if len(readings) == 2:
        assert codes(text) == ["lao.ambiguous-number"]
