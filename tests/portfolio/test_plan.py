"""The plan of a plant: order, shares of the saving, reasons for what is left, terms that the case leaves open."""

from namsai.appraisal.model import Appraisals
from namsai.options.model import Proposal, Proposals
from namsai.portfolio.model import Plan
from namsai.portfolio.plan import plan
from tests.appraisal.stub import exact, option, plant

NONE = Appraisals("LAK", ())


def run(*options: Proposal, **finance: object) -> Plan:
    found = plan(plant(**({"discount_rate": 0} | finance)), Proposals(options, {}), NONE)
    assert found is not None
    return found


def chosen(found: Plan) -> list[str]:
    return [c.id for c in found.chosen]


def reasons(found: Plan) -> dict[str, tuple[str, str]]:
    return {left.id: (left.reason.removeprefix("portfolio.left-"), left.other) for left in found.left}


def codes(found: Plan) -> set[str]:
    return {f.code for f in found.findings}


def test_overlapping_savings_are_counted_once_and_shared_out() -> None:
    found = run(option("a", {"coal": 0.3}), option("b", {"coal": 0.25}), option("c", {"coal": 0.1}))
    assert found.joint_saving_per_year == 528  # 1000 (1 - 0.7 0.75 0.9) = 527.5, not 650
    assert {c.id: c.attributed_saving for c in found.chosen} == {"a": 2500, "b": 2025, "c": 750}
    assert found.value == found.bound == 5275
    assert found.gap <= 1e-7


def test_order_is_what_brings_most_first_and_on_one_stream_prevention_before_recovery() -> None:
    found = run(
        option("small", {"coal": 0.01}, 10),
        option("recover", {"water": 0.9}, 10, technique="onsite_reuse"),
        option("prevent", {"water": 0.2}, 10),
    )
    order = chosen(found)
    assert order.index("prevent") < order.index("recover") < order.index("small")
    assert sum(c.added_value for c in found.chosen) == found.value


def test_what_is_required_comes_first() -> None:
    found = run(
        option("a", {"coal": 0.2}, 10, requires=("meter",)),
        option("meter", {}, 5, technique="useful_byproduct", other_saving=exact(0.1)),
    )
    assert chosen(found) == ["meter", "a"]


def test_every_option_left_has_its_reason() -> None:
    found = run(
        option("best", {"coal": 0.5}, 1000, excludes=("rival",)),
        option("rival", {"coal": 0.3}, 500),
        option("loss", {"water": 0.01}, 5000),
        option("late", {"fabric": 0.4}, 3000),
        option("needs", {"electricity": 0.1}, 1, requires=("late",)),
        option("same", {"coal": 0.001}, 8),
        option("unknown", {"coal": 0.2}, None),
        option("vague", calculated=False),
        budget=1100,
    )
    assert chosen(found) == ["best"]
    assert reasons(found) == {
        "rival": ("excluded", "best"),
        "loss": ("not-worth", ""),
        "late": ("budget", ""),
        "needs": ("requires", "late"),
        "same": ("overlap", ""),
        "unknown": ("no-investment", ""),
        "vague": ("no-number", ""),
    }
    assert {left.id: left.worth_alone for left in found.left}["vague"] is None


def test_ten_percent_more_budget() -> None:
    small, large = option("small", {"coal": 0.3}, 1000), option("large", {"coal": 0.6}, 1090, excludes=("small",))
    found = run(small, large, budget=1000)
    assert (chosen(found), found.next_budget, found.next_added, found.next_dropped) == (
        ["small"],
        1100,
        ("large",),
        ("small",),
    )
    assert found.next_value == 4910
    assert run(small, large).next_budget is None


def test_without_a_discount_rate_the_plain_sum_is_used_and_said() -> None:
    found = run(option("a", {"coal": 0.1}, 500, life=10), discount_rate=None)
    assert found.value == 500  # 100 x 10 - 500
    assert {"portfolio.no-discount-rate", "portfolio.no-budget"} <= codes(found)


def test_lives_are_compared_over_the_same_years() -> None:
    short = option("short", other_saving=exact(100), investment=300, life=5)
    long = option("long", other_saving=exact(100), investment=600, life=20)
    found = run(short, long)
    assert {c.id: c.added_value for c in found.chosen} == {"short": 400, "long": 700}  # 1000 - 2 x 300, 1000 - 600 / 2
    assert "portfolio.lives-differ" in codes(found)


def test_what_must_be_done_is_in_the_plan_even_at_a_loss() -> None:
    found = run(option("law", {"coal": 0.01}, 900, must=True), option("good", {"water": 0.5}, 500), budget=1000)
    assert chosen(found) == ["law"]
    assert found.value == -800
    assert reasons(found)["good"] == ("budget", "")


def test_must_options_that_cannot_be_done_are_errors() -> None:
    law = option("law", {"coal": 0.01}, 900, must=True, requires=("base",))
    base = option("base", {"coal": 0.01}, 300)
    dear = run(law, base, option("good", {"water": 0.5}, 1), budget=1000)
    assert "portfolio.must-exceeds-budget" in codes(dear)
    assert (sorted(chosen(dear)), dear.spent) == (["base", "law"], 1200)
    clash = run(law, option("other", {"water": 0.9}, 10, must=True, excludes=("law",)), base)
    assert "portfolio.must-excluded" in codes(clash)
    assert chosen(clash) == ["other"]
    narrow = run(law, option("other", {"water": 0.9}, 10, must=True, excludes=("law",)), base, budget=500)
    assert (chosen(narrow), narrow.next_value, narrow.next_dropped) == (["other"], narrow.value, ())
    lost = run(option("law", {"coal": 0.5}, 1, must=True, requires=("ghost",)), option("b", {"coal": 0.1}, 0))
    assert {"portfolio.must-requires", "portfolio.unknown-requires"} <= codes(lost)
    assert "portfolio.must-no-number" in codes(
        run(option("a"), option("law", calculated=False, must=True), option("b", {"coal": 0.1}))
    )


def test_a_share_of_a_part_of_a_stream_keeps_its_money() -> None:
    part = option("part", {"coal": 0.5}, cost=400)
    whole = option("whole", {"coal": 0.1}, cost=1000)
    found = run(part, whole)
    assert found.joint_saving_per_year == 280  # 1000 (1 - 0.8 0.9)


def test_no_plan_without_numbers() -> None:
    assert plan(plant(), Proposals((option("a", calculated=False),), {}), NONE) is None
