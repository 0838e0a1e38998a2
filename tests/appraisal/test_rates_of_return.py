"""Internal rates: published cases, and completeness against an independent Sturm chain in rationals."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.appraisal.discounting import npv
from namsai.appraisal.polynomial import (
    isolate,
    isolated_roots,
    only_root,
    positive_roots,
    sign_at,
    square_free,
    to_integers,
    variations,
)
from namsai.appraisal.returns import choose_by_increment, irr, mirr, xirr
from namsai.findings import NamsaiError

# flows, rates, verdict and source of each case
PUBLISHED = [
    ([-100, 39, 59, 55, 20], [0.280948421159961], "unique", "Gitman, Principles of Managerial Finance"),
    ([-4, 3.5, 2.5, 1.5, 0.5, -0.5, -1.5, -2.5], [0.0473, 0.3720], "multiple", "Newnan, fig. 7A-3"),
    ([-1600, 10000, -10000], [0.25, 4.0], "multiple", "Lorie and Savage 1955, oil pump"),
    ([1000, -3000, 2500], [], "none", "Brealey and Myers"),
    (
        [-1678.87, 771.96, 1814.05, 3520.3, 3552.95, 3584.99, 4789.91, -1],
        [-0.999791260, 1.004269849],
        "multiple",
        "npf 44",
    ),
    ([-100, 230, -132], [0.1, 0.2], "multiple", "numpy-financial gives one of them"),
]


@pytest.mark.parametrize(("flows", "rates", "verdict", "source"), PUBLISHED)
def test_published_cases(flows: list[float], rates: list[float], verdict: str, source: str) -> None:
    found = irr(flows)
    assert found.verdict == verdict, source
    assert list(found.rates) == pytest.approx(rates, abs=5e-5), source
    assert found.preferred == (found.rates[0] if verdict == "unique" else None)


def test_a_double_root_is_one_rate_where_the_sign_does_not_change() -> None:
    found = irr([-1, 2.2, -1.21])
    assert (found.rates, found.multiplicity, found.signs) == ((0.1,), (2,), (-1, -1))


def test_all_zero_is_undefined_and_zeros_at_the_ends_change_nothing() -> None:
    assert irr([0, 0, 0]).verdict == "undefined"
    assert irr([-5, 10.5, 1, -8, 1, 0, 0, 0]) == irr([0, 0, -5, 10.5, 1, -8, 1])


def test_kip_of_ten_trillions_and_a_mortgage_of_480_months() -> None:
    kip = [-5_200e9, -3_100e9, 1_450e9, 2_380e9, 2_760e9, 2_890e9, 2_940e9, 2_100e9]
    assert irr(kip).preferred == pytest.approx(0.144165874513588, abs=1e-12)
    mortgage = [-172545.848122807] + [787.735232517999] * 480
    assert irr(mortgage).preferred == pytest.approx(0.00384010481257042, abs=1e-12)


def test_bad_flows_name_every_bad_place() -> None:
    with pytest.raises(NamsaiError) as caught:
        irr([float("nan"), 1, float("inf")])
    assert [f.where.path for f in caught.value.findings] == ["cashflows/0", "cashflows/2"]
    with pytest.raises(NamsaiError, match="empty-flow"):
        irr([])


def sturm_count(poly: list[int]) -> int:
    """Number of distinct roots in (0, inf), by the signs of a Sturm chain in rationals at 0 and at infinity."""
    chain = [[Fraction(c) for c in poly]]
    n = len(poly) - 1
    chain.append([c * (n - i) for i, c in enumerate(chain[0][:-1])])
    while True:
        a, b = list(chain[-2]), chain[-1]
        while len(a) >= len(b):
            q = a[0] / b[0]
            a = [x - q * (b[i] if i < len(b) else 0) for i, x in enumerate(a)][1:]
        while a and a[0] == 0:
            a = a[1:]
        if not a:
            break
        chain.append([-c for c in a])

    def changes(values: list[Fraction]) -> int:
        signs = [v > 0 for v in values if v]
        return sum(x != y for x, y in pairwise(signs))

    return changes([p[-1] for p in chain]) - changes([p[0] for p in chain])


flows = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12).filter(lambda f: f[0] != 0 and f[-1] != 0)


@settings(max_examples=150, deadline=None)
@given(flows)
def test_the_count_of_rates_is_that_of_a_sturm_chain(cash: list[int]) -> None:
    found = irr(cash)
    assert len(found.rates) == sturm_count(to_integers(cash))
    for rate in found.rates:
        size = sum(abs(c) * (1 + rate) ** -t for t, c in enumerate(cash))
        assert abs(npv(rate, cash)) <= 1e-9 * size


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([1, 2, 3, 5, 8, 11, 12, 20, 31]), min_size=1, max_size=4, unique=True), st.data())
def test_roots_put_in_come_out_with_their_multiplicity(tenths: list[int], data: st.DataObject) -> None:
    times = [data.draw(st.integers(1, 3)) for _ in tenths]
    poly = [1, 0, 1]  # a factor without real roots
    for root, m in zip(tenths, times, strict=True):
        for _ in range(m):
            poly = [10 * a - root * b for a, b in zip([*poly, 0], [0, *poly], strict=True)]
    expected = sorted(zip((t / 10 for t in tenths), times, strict=True))
    found = positive_roots(poly)
    assert [m for _, m in found] == [m for _, m in expected]
    assert [x for x, _ in found] == pytest.approx([x for x, _ in expected], rel=1e-14)


@settings(max_examples=60, deadline=None)
@given(flows)
def test_isolating_intervals_are_apart_and_the_square_free_parts_multiply_back(cash: list[int]) -> None:
    poly = to_integers(cash)
    size = sum((len(part) - 1) * times for part, times in square_free(poly))
    assert size == len(poly) - 1
    for part, _ in square_free(poly):
        intervals = isolate(part)
        assert all(a[1] <= b[0] for a, b in pairwise(intervals))
        assert all(low < high or sign_at(part, low) == 0 for low, high in intervals)


amounts = st.one_of(st.just(0), st.integers(1, 10**13), st.floats(1.0, 1e9), st.floats(1e-6, 1.0)).map(float)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(amounts, min_size=1, max_size=4), st.lists(amounts, min_size=1, max_size=25), st.sampled_from([1.0, -1.0])
)
def test_one_change_of_sign_gives_the_same_rate_quickly_as_by_isolation(
    paid: list[float], earned: list[float], side: float
) -> None:
    poly = to_integers([*(-side * a for a in paid), *(side * a for a in earned)])
    if variations(poly) != 1:
        return
    root = only_root(poly)
    [(exact, multiplicity)] = isolated_roots(poly)
    assert root is not None
    assert multiplicity == 1
    assert abs(root - exact) <= math.ulp(exact)
    below, above = Fraction(math.nextafter(root, 0)), Fraction(math.nextafter(root, math.inf))
    assert sign_at(poly, below) == -sign_at(poly, above) != 0


def test_the_quick_way_is_taken_only_where_it_is_proven() -> None:
    steep = to_integers([-1e-300, 1e-3])  # the reciprocal of the root is too small for the guess
    assert only_root(steep) is None
    assert positive_roots(steep) == isolated_roots(steep)
    assert positive_roots([1, -3, 2]) == isolated_roots([1, -3, 2]) == [(1.0, 1), (2.0, 1)]
    assert positive_roots([1, 3, 2]) == []


@settings(max_examples=60, deadline=None)
@given(flows, st.sampled_from([-3, 7, 10**13]))
def test_scale_and_sign_change_no_rate(cash: list[int], factor: int) -> None:
    assert irr([c * factor for c in cash]).rates == irr(cash).rates


def test_signs_of_the_value_lie_between_the_rates() -> None:
    cash = [-5, 10.5, 1, -8, 1]
    found = irr(cash)
    edges = [-0.99, *found.rates, 50.0]
    between = [(a + b) / 2 for a, b in pairwise(edges)]
    assert tuple(1 if npv(r, cash) > 0 else -1 for r in between) == found.signs


def test_modified_rate() -> None:
    excel = [-120000, 39000, 30000, 21000, 37000, 46000]  # Microsoft Excel documentation
    assert mirr(excel, 0.10, 0.12) == pytest.approx(0.126094, abs=5e-7)
    assert mirr([39000, 30000, 21000], 0.10, 0.12) is None
    assert mirr([-1, -2], 0.10, 0.12) is None
    with pytest.raises(NamsaiError, match="finance_rate"):
        mirr(excel, -1.0, 0.12)


def test_when_both_rates_are_the_internal_rate_the_modified_rate_is_it() -> None:
    cash = [-100, 39, 59, 55, 20]
    rate = irr(cash).rates[0]
    assert mirr(cash, rate, rate) == pytest.approx(rate, abs=1e-12)


def test_dated_flows_find_every_rate() -> None:
    days = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    assert xirr(days, [-10000, 2750, 4250, 3250, 2750]).preferred == pytest.approx(0.373362535, abs=3e-9)
    two = xirr(["2001-01-01", "2002-01-01", "2003-01-01"], [-100, 230, -132])  # 365 and 730 days
    assert two.rates == pytest.approx((0.1, 0.2), abs=1e-9)
    assert two.verdict == "multiple"
    assert xirr(["2001-01-01", "2001-01-01"], [-5, 5]).verdict == "undefined"


def test_size_conflict_is_decided_by_value() -> None:
    rates, better = choose_by_increment([-100, 130], [-1000, 1220], 0.10)
    assert rates.preferred == pytest.approx(0.211111111, abs=1e-9)
    assert better == "B"
    assert choose_by_increment([-100, 130], [-1000, 1220], 0.25)[1] == "A"
    with pytest.raises(NamsaiError, match="lengths-differ"):
        choose_by_increment([1], [1, 2], 0.1)
