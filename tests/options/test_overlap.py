"""How savings interact: never above the flow, never above the sum, prevention before recovery."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.options import Proposal, Range, StreamSaving, combined_share, joint_savings
from namsai.options.overlap import ORDER, in_order
from namsai.plant.fields import Text
from namsai.plant.records import Technique

shares = st.lists(st.floats(0, 1), max_size=12)


def proposal(id: str, technique: str, share: float, cost: int = 1000, excludes: tuple[str, ...] = ()) -> Proposal:
    saving = StreamSaving("s", Range(share / 2, share, share), cost, None, "kg")
    return Proposal(
        id=id,
        title=Text(en=id),
        technique=technique,
        origin="case",
        knowhow_id=None,
        process=None,
        subject="use:s",
        flow="coal",
        reason="options.because-own",
        reason_facts={},
        savings=(saving,),
        calculated=True,
        excludes=excludes,
    )


@given(shares)
def test_never_above_the_flow_nor_the_sum(found: list[float]) -> None:
    together = combined_share(found)
    assert 0 <= together <= 1
    assert together <= sum(found) + 1e-12
    assert together >= max(found, default=0.0) - 1e-12


@given(shares, st.floats(0, 1))
def test_one_more_option_never_saves_less(found: list[float], more: float) -> None:
    assert combined_share([*found, more]) >= combined_share(found) - 1e-12


def test_two_on_one_stream_multiply() -> None:
    joint = joint_savings([proposal("a", "process_control", 0.2), proposal("b", "onsite_reuse", 0.3)])
    assert joint["s"].mid == pytest.approx(440)
    assert joint["s"].low == pytest.approx(1000 * (1 - 0.9 * 0.85))


def test_order_is_prevention_before_recovery() -> None:
    assert {str(t) for t in Technique} == set(ORDER)
    done = in_order([proposal("r", "onsite_reuse", 0.1), proposal("p", "good_housekeeping", 0.1)])
    assert [p.id for p in done] == ["p", "r"]


def test_options_that_exclude_each_other_count_once() -> None:
    pair = [proposal("a", "process_control", 0.2, excludes=("b",)), proposal("b", "process_control", 0.3)]
    assert joint_savings(pair)["s"].mid == pytest.approx(200)
