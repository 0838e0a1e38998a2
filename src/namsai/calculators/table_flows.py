"""Calculators of flows: reconciliation, material flow cost accounting, units."""

from __future__ import annotations

from namsai.calculators.model import Calculator, Input, Output

_FUNCTIONS = "namsai.calculators.flows"

ROWS = (
    Calculator(
        "reconcile",
        "flows",
        f"{_FUNCTIONS}:reconcile",
        (
            Input("A", shape="table", key="balances"),
            Input("measured", "any", "list", gaps=True),
            Input("sd", "any", "list", required=False, low=0, gaps=True),
            Input("variance", "any", "list", required=False, low=0, gaps=True),
            Input("b", "any", "list", required=False, key="right_side"),
            Input("nonneg", shape="flag", required=False, default=True),
        ),
        (
            Output("reconciled", "{measured}", "list"),
            Output("sd", "{measured}", "list", key="sd_reconciled"),
            Output("objective"),
            Output("degrees", shape="integer"),
            Output("critical"),
            Output("closes", shape="flag"),
            Output("observable", shape="list"),
            Output("redundant", shape="list"),
        ),
        "minimise (x - y)' S^-1 (x - y) subject to A x = b, x >= 0",
        "Crowe 1983; Narasimhan and Jordache 2000",
    ),
    Calculator(
        "mfca_network",
        "flows",
        f"{_FUNCTIONS}:mfca_network",
        (
            Input("quantity_centres", shape="names"),
            Input("flows", shape="records"),
            Input("direct_costs", "money", "tree"),
            Input("cut_categories", shape="names", required=False, default=()),
        ),
        (Output("unit_cost_per_mass", "money", "tree"), Output("exits", "money", "tree", key="exit_costs")),
        "(diag(M) - Q') u = d for each cost category; an exit of mass m from centre i carries u_i m",
        "ISO 14051:2011, ISO 14053:2021",
    ),
    Calculator(
        "convert",
        "units",
        f"{_FUNCTIONS}:convert",
        (Input("amount", "any"), Input("to", shape="text", key="unit_wanted")),
        (Output("amount", "{to}", key="converted"),),
        "amount x factor of its unit / factor of the unit wanted",
        "SI brochure; pint",
    ),
)
