"""The phone reads numbers as the library does: both on one table and on many made-up texts."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from namsai.findings import NamsaiError
from namsai.lao.numbers import parse_number
from namsai_centre.fieldwork.plan import read_lines

TABLE = [
    "1.234", "1,234", "1.234,5", "1,234.5", "໑.໒໓໔,໕", "໑໒", "12 500", "12 500,5", "1 234 567.25",
    "-12 500 ₭", "₭ 5.000", "LAK5,000", "5000 ກີບ", "0.234", "0,5", ".5", ",5", "5.", "1.2.3",
    "1.234.567", "1,234,567.8", "1.23", "1,2345", "12.34,5", "1e3", "1.5E-3", "1,5e3", "12%",
    "12 %", "", " ", "-", "+7", "- 7", "\u22123", "abc", "1 2", "1  234", "01.234", "1.234.56",
    "1,23,456", "\u0663", "\uff11\uff12", "1\u00a0234", "1\u202f234,5", "kip 7", "7kip", "--7", "0",
    "00", "0.000", "1'234", "1_000", "Infinity", "NaN", "0x10", "1.234e2", "123.456", "1234.567",
    "-1.234", "99999999999999999999", "0,234", "10,000", "100.000", "1000.000",
]  # fmt: skip


def ours(text: str) -> Any:
    try:
        return ["value", parse_number(text)]
    except NamsaiError as problem:
        (finding,) = problem.findings
        if finding.code == "lao.ambiguous-number":
            return ["ask", finding.facts["lo"], finding.facts["en"]]
        return ["wrong", {"lao.percent": "percent", "lao.not-a-number": "not_a_number"}[finding.code]]


def test_the_phone_and_the_library_read_the_same_numbers(visit: Callable[..., Page], centre: str) -> None:
    page = visit("stranger")
    page.goto(f"{centre}/visits/phone/")
    rng = random.Random(7)
    made = ["".join(rng.choice("0123456789,. -໑໒") for _ in range(rng.randint(1, 9))) for _ in range(4000)]
    texts = TABLE + made
    theirs = page.evaluate(
        """async texts => { const { parseNumber } = await import('/static/fieldwork/numbers.js');
        return texts.map(t => { const r = parseNumber(t);
          return r.ask ? ['ask', ...r.ask] : r.wrong ? ['wrong', r.wrong] : ['value', r.value]; }); }""",
        texts,
    )
    wrong = [(t, ours(t), found) for t, found in zip(texts, theirs, strict=True) if ours(t) != found]
    assert not wrong[:5]


def test_a_number_put_into_a_field_reads_back_as_itself(visit: Callable[..., Page], centre: str) -> None:
    page = visit("stranger")
    page.goto(f"{centre}/visits/phone/")
    numbers = [0, 1, 5.5, 1.234, 12.345, 123.456, 1234.567, 0.234, 1234, -1.234, 1e-7, 1e21, 1000000, 0.1 + 0.2]
    same = page.evaluate(
        """async numbers => { const { parseNumber, typed } = await import('/static/fieldwork/numbers.js');
        const one = (n, l) => [n, l, typed(n, l), parseNumber(typed(n, l)).value === n];
        return numbers.flatMap(n => ['lo', 'en'].map(l => one(n, l))).filter(r => !r[3]); }""",
        numbers,
    )
    assert same == []


def test_the_balance_preview_says_what_is_missing_and_the_gap_when_nothing_is(
    visit: Callable[..., Page], centre: str
) -> None:
    page = visit("stranger")
    page.goto(f"{centre}/visits/phone/")
    line = {"name": {"lo": "x", "en": "x"}, "have": None, "kg": {"mass": 1, "volume": 1000}}
    one = {
        "lines": [
            line | {"side": "in", "subject": "stream:a"},
            line | {"side": "in", "subject": None, "have": 500},
            line | {"side": "out", "subject": "meter:m"},
        ]
    }
    meter = {"subject": "meter:m", "unit": "m3", "last": {"on": "2026-11-15", "value": 10}, "usual": None, "most": 3}
    pack = {
        "visit": {"on": "2026-11-25"}, "packed_at": "2026-11-25T01:00:00+07:00", "sheets": {"meters": [meter]},
        "units": {"kg": ["mass", 1], "t": ["mass", 1000], "m3": ["volume", 1], "kWh": ["energy", 3.6e6]},
    }  # fmt: skip
    tried: list[Any] = page.evaluate(
        """async ([one, pack]) => { const { balance } = await import('/static/fieldwork/rules.js');
        const now = new Date('2026-11-25T12:00:00+07:00');
        const with_ = (taken) => { const r = balance(one, pack, s => taken[s], now);
          return [r.sum.in, r.sum.out, r.missing.length, r.gap, r.lines.map(l => l.from)]; };
        return [with_({}), with_({'stream:a': {amount: 2, unit: 't'}}),
          with_({'stream:a': {amount: 2, unit: 't'}, 'meter:m': {value: 30}}),
          with_({'stream:a': {amount: 2, unit: 'kWh'}, 'meter:m': {value: 30}}),
          with_({'stream:a': {amount: 0, unit: 'kg'}, 'meter:m': {value: 10}})]; }""",
        [one, pack],
    )
    assert tried == [
        [500, 0, 2, None, ["missing", "from_case", "missing"]],
        [2500, 0, 1, None, ["measured", "from_case", "missing"]],
        [2500, 2000, 0, 500, ["measured", "from_case", "measured"]],
        [500, 2000, 1, None, ["not_weighable", "from_case", "measured"]],
        [500, 0, 0, 500, ["measured", "from_case", "measured"]],  # a measured zero is a value
    ]


def test_the_phone_makes_the_same_ids_as_the_desk(visit: Callable[..., Page], centre: str) -> None:
    page = visit("stranger")
    page.goto(f"{centre}/visits/phone/")
    space, name = "0f0e0d0c-0b0a-4908-8706-050403020100", "ໝໍ້ນ້ຳ 1"
    subject = f"meter:{read_lines(f'{name}; m3', 'meters')[0]['id']}"
    made = page.evaluate(
        """async ([space, name]) => { const { subjectOf, slotOf } = await import('/static/fieldwork/add.js');
        const subject = await subjectOf('meter', name); return [subject, await slotOf(space, subject)]; }""",
        [space, name],
    )
    assert made == [subject, str(uuid.uuid5(uuid.UUID(space), subject))]
