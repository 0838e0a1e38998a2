"""The registry: every calculator is described, runs, reads any unit, and names every mistake of its input."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from namsai.calculators import listing, names, run, schema
from namsai.calculators.describe import page
from namsai.calculators.table import CALCULATORS
from namsai.findings import NamsaiError, has_errors
from namsai.texts import finding_text, has, room_texts

ROOT = Path(__file__).parents[2]

# one small document for every calculator; a new calculator without one fails
SAMPLES: dict[str, dict[str, Any]] = {
    "npv": {"rate": 0.1, "cashflows": [-1000, 600, 600]},
    "npv_profile": {"rates": [0, 0.1], "cashflows": [-1000, 600, 600]},
    "irr": {"cashflows": [-100, 230, -132]},
    "npv_irr": {"rate": 0.1, "cashflows": [-1000, 600, 600]},
    "mirr": {"cashflows": [-1000, 600, 600], "finance_rate": 0.1, "reinvest_rate": 0.1},
    "payback": {"cashflows": [-1000, 600, 600]},
    "crf": {"rate": 0.1, "n": 10},
    "xnpv": {"rate": 0.1, "dates": ["2025-01-01", "2026-01-01"], "cashflows": [-100, 110]},
    "xirr": {"dates": ["2025-01-01", "2026-01-01"], "cashflows": [-100, 110]},
    "incremental_irr": {"A": [-100, 130], "B": [-1000, 1220], "marr": 0.1},
    "bcr": {"rate": 0.1, "benefits": [0, 110], "costs": [50, 0]},
    "profitability_index": {"rate": 0.1, "cashflows": [-100, 121], "investment": [100, 0]},
    "levelised_cost_saved": {"rate": 0.1, "life": 10, "investment": 100, "annual_saving": 50},
    "equivalent_annual_cost": {
        "rate": 0.1,
        "A": {"investment": 100, "life": 3, "om": 1},
        "B": {"investment": 150, "life": 6, "om": 1},
    },
    "lcc": {"rate": 0.1, "years": 10, "base": {"investment": 1, "energy": 5}, "alt": {"investment": 9, "energy": 2}},
    "coverage": {"variable_margin": [10], "fixed_costs_incl_depr_interest": [5]},
    "macc": {"measures": [{"n": "A", "npv": 5, "t": 1}]},
    "real_rate": {"nominal": 0.18, "inflation": 0.1},
    "npv_real_nominal": {"real_cashflows": [-10, 12], "inflation": 0.1, "nominal_rate": 0.2},
    "escalation": {"inflation": [0.1], "escalation": 0.02},
    "fx_path": {"initial": 21500, "local_inflation": [0.1, 0.1], "foreign_inflation": [0.03, 0.03]},
    "npv_fx": {
        "usd_cashflows": [-10, 12],
        "spot_LAK_per_USD": 21500,
        "infl_LAK": 0.1,
        "infl_USD": 0.03,
        "rate_USD": 0.1,
    },
    "fx_cross": {"LAK_per_USD": 21500, "THB_per_USD": 34.5, "amount_THB": 100},
    "annuity_loan": {"principal": 1000, "annual_rate": 0.1, "months": 12},
    "npv_financed": {"investment": 100, "annual_saving": 30, "years": 5, "equity_rate": 0.1},
    "dscr": {"cash_surplus_after_debt": [50], "repayment": [100], "interest": [40]},
    "wacc": {"equity": 10, "cost_equity": 0.2, "debt": [[10, 0.1]]},
    "depreciation": {"method": "SL", "cost": 100, "life": 5},
    "after_tax_npv": {"investment": 100, "annual_saving": 50, "life": 5, "tax_rate": 0.2, "rate": 0.1},
    "after_tax_cashflow": {"pre_tax_profit": [-10, 20], "tax_rate": 0.2, "carry_forward_years": 5},
    "overlap": {"stream_cost": 100, "options": [0.2, 0.1]},
    "overlap_marginal": {"stream_cost": 100, "order": [["a", 0.2]]},
    "overlap_shapley": {"stream_cost": 100, "s": [0.2, 0.1]},
    "portfolio": {"stream_pv_cost": [100], "saving_fraction": [[0.5], [0.5]], "capital": [10, 20], "om_pv": [0, 0]},
    "reconcile": {"A": [[1, -1, -1]], "measured": [101, 60, 40], "sd": [1, 1, 1]},
    "mfca_network": {
        "quantity_centres": ["Q"],
        "flows": [["IN", "Q", 10], ["Q", "product", 8], ["Q", "loss", 2]],
        "direct_costs": {"Q": {"material": 100}},
    },
    "convert": {"amount": {"value": 1, "unit": "MWh"}, "to": "GJ"},
}


def values(name: str, inputs: dict[str, Any], **units: str) -> dict[str, Any]:
    result = run(name, {"inputs": inputs} | ({"units": units} if units else {}))
    assert not has_errors(result["findings"]), result["findings"]
    return {k: v["value"] for k, v in result["outputs"].items()}


def codes(name: str, document: object) -> list[tuple[str, str]]:
    result = run(name, document)
    assert result["outputs"] == {}
    for finding in result["findings"]:
        for lang in ("lo", "en"):
            assert all(finding_text(finding, lang))
    return [(f.code.removeprefix("calculators."), f.where.path) for f in result["findings"]]


@pytest.mark.parametrize("name", names())
def test_every_calculator_runs_and_gives_the_outputs_it_promises(name: str) -> None:
    calculator = CALCULATORS[name]
    found = run(name, {"inputs": SAMPLES[name]})
    assert not has_errors(found["findings"])
    assert set(found["outputs"]) == {o.name for o in calculator.outputs}
    assert found["method"] == {"formula": calculator.formula, "source": calculator.source}
    assert callable(getattr(import_module(calculator.function.split(":")[0]), calculator.function.split(":")[1]))


@pytest.mark.parametrize("name", names())
def test_every_calculator_names_each_missing_input(name: str) -> None:
    required = [i.name for i in CALCULATORS[name].inputs if i.required]
    assert codes(name, {"inputs": {}})[: len(required)] == [("missing-input", f"inputs/{n}") for n in required]


@pytest.mark.parametrize("name", names())
def test_every_calculator_has_texts_and_a_schema(name: str) -> None:
    calculator = CALCULATORS[name]
    keys = [calculator.text_key, *(i.text_key for i in calculator.inputs), *(o.text_key for o in calculator.outputs)]
    assert [k for k in keys if not has(k)] == []
    described = schema(name, "lo")
    assert set(described["properties"]["inputs"]["properties"]) == {i.name for i in calculator.inputs}
    assert set(described["outputs"]) == {o.name for o in calculator.outputs}


def test_no_text_of_an_input_or_output_is_left_over() -> None:
    used = {
        k.split(".")[1]
        for c in CALCULATORS.values()
        for k in (c.text_key, *(i.text_key for i in c.inputs), *(o.text_key for o in c.outputs))
    }
    known = {k for k in room_texts("calculators") if k.startswith(("input-", "output-", "name-"))}
    assert known - used == set()


def test_the_page_of_the_documentation_is_the_registry() -> None:
    assert (ROOT / "docs" / "calculators.md").read_text(encoding="utf-8") == page()


def test_listing_does_not_load_the_engine() -> None:
    code = (
        "import sys; from namsai.calculators import listing; listing(); "
        "print([m for m in sys.modules if m.split('.')[0] in ('numpy', 'pint', 'highspy', 'scipy')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
    assert [row["name"] for row in listing()] == list(names())


def test_any_unit_of_the_right_dimension_is_read_and_the_wanted_one_given() -> None:
    percent = {"value": 10, "unit": "%"}
    assert values("crf", {"rate": percent, "n": 10})["crf"] == pytest.approx(0.162745394882512)
    assert values("crf", {"rate": 0.1, "n": 10}, crf="%")["crf"] == pytest.approx(16.2745394882512)
    assert values("payback", SAMPLES["payback"], years="month")["years"] == pytest.approx(12 * (1 + 400 / 600))
    months = values("levelised_cost_saved", SAMPLES["levelised_cost_saved"] | {"life": {"value": 120, "unit": "month"}})
    assert months["value"] == pytest.approx(values("levelised_cost_saved", SAMPLES["levelised_cost_saved"])["value"])
    assert values("convert", {"amount": {"value": 1, "unit": "MWh"}, "to": "GJ"})["amount"] == pytest.approx(3.6)


def test_money_keeps_its_currency() -> None:
    flows = {"value": [-1000, 1210], "unit": "LAK"}
    assert run("npv", {"inputs": {"rate": 0.1, "cashflows": flows}})["outputs"]["npv"]["unit"] == "LAK"
    mixed = {"rate": 0.1, "benefits": flows, "costs": {"value": [1], "unit": "USD"}}
    assert codes("bcr", {"inputs": mixed}) == [("mixed-currency", "inputs")]
    wrong = {"rate": 0.1, "cashflows": {"value": [1], "unit": "kg"}}
    assert codes("npv", {"inputs": wrong}) == [("no-currency", "inputs/cashflows")]
    to = run("npv", {"inputs": {"rate": 0.1, "cashflows": flows}, "units": {"npv": "USD"}})
    assert has_errors(to["findings"])


def test_all_mistakes_come_at_once_with_their_place() -> None:
    document = {
        "inputs": {
            "rate": {"value": 5, "unit": "kg"},
            "cashflows": [1, "2", None, float("nan")],
            "first_flow_at_t": 1.5,
            "interest": 3,
        },
        "units": {"irr": "%"},
        "note": "",
    }
    found = codes("npv", document)
    assert set(found) == {
        ("unknown-key", "note"),
        ("unknown-input", "inputs/interest"),
        ("quantity.wrong-dimension", "inputs/rate"),
        ("not-a-number", "inputs/cashflows/1"),
        ("not-a-number", "inputs/cashflows/2"),
        ("not-a-number", "inputs/cashflows/3"),
        ("not-whole", "inputs/first_flow_at_t"),
        ("unknown-output", "units/irr"),
    }


@pytest.mark.parametrize("document", [None, [], {"rate": 1}, {"inputs": []}, "x"])
def test_a_document_of_the_wrong_shape_is_a_finding(document: object) -> None:
    assert codes("npv", document) == [("no-inputs", "inputs")]


@pytest.mark.parametrize(
    ("name", "inputs", "code", "path"),
    [
        ("overlap", {"stream_cost": 1, "options": [0.2, 1.5]}, "out-of-range", "inputs/options/1"),
        ("overlap", {"stream_cost": 1, "options": 0.2}, "wrong-shape", "inputs/options"),
        ("depreciation", {"method": "X", "cost": 1, "life": 5}, "bad-choice", "inputs/method"),
        ("depreciation", {"method": "SL", "cost": 1}, "missing-input", "inputs/life"),
        ("payback", {"cashflows": [-1, 2], "interpolate": "yes"}, "wrong-shape", "inputs/interpolate"),
        ("npv", {"cashflows": [-1, 2]}, "one-of", "inputs"),
        ("reconcile", {"A": [[1, -1]], "measured": [1, 2]}, "one-of", "inputs"),
        ("macc", {"measures": [{"n": "A"}]}, "bad-record", "inputs/measures/0"),
        ("wacc", {"equity": 1, "cost_equity": 0.1, "debt": [[1]]}, "bad-record", "inputs/debt/0"),
        (
            "lcc",
            {"rate": 0, "years": 1, "base": {}, "alt": {"investment": 1, "x": 2}},
            "missing-input",
            "inputs/base/investment",
        ),
        ("npv", {"rate": {"value": 1, "unit": "nonsense"}, "cashflows": [1]}, "quantity.unknown-unit", "inputs/rate"),
    ],
)
def test_a_bad_value_is_named(name: str, inputs: dict[str, Any], code: str, path: str) -> None:
    assert (code, path) in codes(name, {"inputs": inputs})


def test_the_sizes_of_a_portfolio_must_agree() -> None:
    bad = {
        "n": 3,
        "stream_pv_cost": [100],
        "saving_fraction": [[0.5], [0.5, 0.1]],
        "capital": [10],
        "om_pv": [0, 0],
        "exclusions": [[0, 7]],
        "requires": [[0]],
        "must": [9],
    }
    found = codes("portfolio", {"inputs": bad})
    assert [c for c, _ in found].count("wrong-length") == 3
    assert [c for c, _ in found].count("bad-pair") == 3


def test_a_portfolio_that_must_and_cannot_says_so() -> None:
    inputs = SAMPLES["portfolio"] | {"must": [0, 1], "exclusions": [[0, 1]]}
    assert codes("portfolio", {"inputs": inputs}) == [("no-set", "inputs/must")]


def test_missing_results_come_with_their_reason() -> None:
    for name, inputs, output, code in (
        (
            "mirr",
            {"cashflows": [1, 2], "finance_rate": 0.1, "reinvest_rate": 0.1},
            "mirr",
            "appraisal.no-modified-rate",
        ),
        ("payback", {"cashflows": [-5, 1]}, "years", "appraisal.payback-never"),
        ("irr", {"cashflows": [1000, -3000, 2500]}, "preferred", "appraisal.no-rate"),
        ("irr", {"cashflows": [0, 0]}, "all_irr", "appraisal.every-rate"),
        ("irr", {"cashflows": [-100, 230, -132]}, "preferred", "appraisal.several-rates"),
    ):
        found = run(name, {"inputs": inputs})
        assert found["outputs"][output]["value"] is None
        assert code in {f.code for f in found["findings"]}


def test_unmeasured_flows_stay_unknown_or_become_known_by_balance() -> None:
    inputs = {
        "A": [[1, -1, -1]],
        "measured": {"value": [100, 60, None], "unit": "kg"},
        "sd": {"value": [1, 1, None], "unit": "kg"},
    }
    result = run("reconcile", {"inputs": inputs})
    assert result["outputs"]["reconciled"]["value"] == pytest.approx([100, 60, 40])
    assert result["outputs"]["reconciled"]["unit"] == "kg"
    open_end = run("reconcile", {"inputs": {"A": [[1, -1, -1]], "measured": [100, None, None], "sd": [1, None, None]}})
    assert open_end["outputs"]["reconciled"]["value"][1] is None


def test_an_unknown_calculator_is_an_error() -> None:
    with pytest.raises(NamsaiError, match="unknown-calculator"):
        run("nothing", {"inputs": {}})
    with pytest.raises(NamsaiError, match="unknown-calculator"):
        schema("nothing")
