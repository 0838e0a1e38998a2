"""The layout of the flow charts: loops, columns, labels."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.charts.flow_layout import label_rows, spread
from namsai.charts.layers import back_edges, columns, ordered

NODES = [f"n{i}" for i in range(7)]
edges = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=20)


@given(edges)
def test_without_the_back_edges_every_flow_goes_to_a_later_column(pairs: list[tuple[str, str]]) -> None:
    backward = back_edges(NODES, pairs)
    place = columns(NODES, pairs, backward)
    assert all(place[a] < place[b] for a, b in pairs if (a, b) not in backward)


@given(edges)
def test_without_a_loop_no_edge_is_a_back_edge(pairs: list[tuple[str, str]]) -> None:
    forward = [(a, b) for a, b in pairs if a < b]
    assert not back_edges(NODES, forward)


def test_the_longest_way_decides_the_column() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("d", "b")]
    backward = back_edges(list("abcd"), pairs)
    assert backward == {("d", "b")}
    assert columns(list("abcd"), pairs, backward) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_the_order_in_a_column_avoids_a_crossing() -> None:
    links = [("a", "y", 1.0), ("b", "x", 1.0)]
    assert ordered({"a": 0, "b": 0, "x": 1, "y": 1}, links) in ([["a", "b"], ["y", "x"]], [["b", "a"], ["x", "y"]])


spans = st.lists(st.tuples(st.floats(0, 400), st.floats(5, 110)), max_size=8)


@given(spans)
def test_labels_of_losses_neither_overlap_nor_are_crossed(raw: list[tuple[float, float]]) -> None:
    labels = [(x, x + w) for x, w in raw]
    rows = label_rows(labels)
    for (a, row_a), (b, row_b) in combinations(zip(labels, rows, strict=True), 2):
        (left, left_row), (right, right_row) = sorted([(a, row_a), (b, row_b)])
        if left[0] != right[0] and right[0] < left[1]:
            assert left_row > right_row  # the flow on the right has ended above the label it would cross


@given(st.lists(st.floats(0, 500), max_size=9).map(sorted), st.floats(5, 30))
def test_spread_positions_keep_their_distance_and_order(wishes: list[float], distance: float) -> None:
    out = spread(wishes, distance, 9.0)
    assert len(out) == len(wishes)
    assert all(b - a >= distance - 1e-6 for a, b in pairwise(out))
    assert all(y >= 9.0 - 1e-9 for y in out)


def test_positions_that_are_far_apart_stay() -> None:
    assert spread([20.0, 80.0, 200.0], 22.0, 9.0) == pytest.approx([20.0, 80.0, 200.0])
