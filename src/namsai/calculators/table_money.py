"""Calculators of money over time: values, rates of return, payback, ratios, costs per unit."""

from __future__ import annotations

from namsai.calculators.model import Calculator, Input, Output

_FUNCTIONS = "namsai.calculators.money"
_UNIDO = "UNIDO, Manual for the Preparation of Industrial Feasibility Studies, 1991"
_NIST = "NIST Handbook 135, Life-Cycle Costing Manual"
_EXCEL = "Microsoft Excel documentation"

RATE = Input("rate", above=-1)
FLOWS = Input("cashflows", "money", "list")
DATES = Input("dates", shape="dates")
NPV = Output("npv", "money")
_RATES = (
    Output("all_irr", shape="list"),
    Output("multiplicity", shape="list"),
    Output("n_irr", shape="integer"),
    Output("preferred"),
    Output("verdict", shape="choice"),
    Output("signs", shape="list"),
)

ROWS = (
    Calculator(
        "npv",
        "money",
        f"{_FUNCTIONS}:npv",
        (
            Input("rate", above=-1, required=False),
            FLOWS,
            Input("first_flow_at_t", shape="integer", required=False, default=0, low=0, high=1),
            Input("rate_path", shape="list", required=False, above=-1),
        ),
        (NPV,),
        "NPV = sum CF_t / (1+r)^t; with a path of rates: CF_t / prod(1+r_j)",
        _UNIDO,
    ),
    Calculator(
        "npv_profile",
        "money",
        f"{_FUNCTIONS}:npv_profile",
        (FLOWS, Input("rates", shape="list", above=-1)),
        (Output("npv", "money", "list"),),
        "NPV(r) = sum CF_t / (1+r)^t for each rate r",
        _UNIDO,
    ),
    Calculator(
        "irr",
        "money",
        f"{_FUNCTIONS}:irr",
        (FLOWS,),
        _RATES,
        "all r > -1 with sum CF_t / (1+r)^t = 0; Descartes' rule of signs and exact bisection",
        "Collins and Akritas 1976; Norstrom 1972",
    ),
    Calculator(
        "npv_irr",
        "money",
        f"{_FUNCTIONS}:npv_irr",
        (RATE, FLOWS, Input("first_flow_at_t", shape="integer", required=False, default=0, low=0, high=1)),
        (NPV, Output("irr"), *_RATES),
        "NPV = sum CF_t / (1+r)^t; irr: all r > -1 with NPV = 0",
        _UNIDO,
    ),
    Calculator(
        "mirr",
        "money",
        f"{_FUNCTIONS}:mirr",
        (FLOWS, Input("finance_rate", above=-1), Input("reinvest_rate", above=-1)),
        (Output("mirr"), Output("verdict", shape="choice")),
        "((sum CF+_t (1+k_re)^(n-t)) / (-sum CF-_t (1+k_f)^-t))^(1/n) - 1",
        f"{_EXCEL}, MIRR",
    ),
    Calculator(
        "payback",
        "money",
        f"{_FUNCTIONS}:payback",
        (
            FLOWS,
            Input("rate", required=False, default=0.0, above=-1),
            Input("interpolate", shape="flag", required=False, default=True),
        ),
        (Output("years", "year"), Output("reason", shape="choice"), Output("relapses", shape="flag")),
        "t - 1 + (-S_(t-1)) / PV_t at the first t with S_(t-1) < 0 <= S_t",
        _UNIDO,
    ),
    Calculator(
        "crf",
        "money",
        f"{_FUNCTIONS}:crf",
        (RATE, Input("n", above=0)),
        (Output("crf"), Output("upv"), Output("spv")),
        "CRF = r(1+r)^n / ((1+r)^n - 1), 1/n at r = 0; UPV = 1/CRF; SPV = (1+r)^-n",
        _NIST,
    ),
    Calculator(
        "xnpv",
        "money",
        f"{_FUNCTIONS}:xnpv",
        (RATE, DATES, FLOWS),
        (Output("xnpv", "money"),),
        "sum CF_i / (1+r)^(days_i / 365)",
        f"{_EXCEL}, XNPV",
    ),
    Calculator(
        "xirr",
        "money",
        f"{_FUNCTIONS}:xirr",
        (DATES, FLOWS),
        (Output("xirr"), *_RATES[:5]),
        "all r > -1 with sum CF_i / (1+r)^(days_i / 365) = 0",
        f"{_EXCEL}, XIRR",
    ),
    Calculator(
        "incremental_irr",
        "money",
        f"{_FUNCTIONS}:incremental_irr",
        (Input("A", "money", "list"), Input("B", "money", "list"), Input("marr", above=-1)),
        (
            Output("irr_A"),
            Output("irr_B"),
            Output("npv_A", "money"),
            Output("npv_B", "money"),
            Output("incremental_irr"),
            Output("fisher_rates", shape="list"),
            Output("choose", shape="choice"),
        ),
        "irr of B - A (the Fisher rate); the choice is by NPV at the hurdle rate",
        "Fisher 1930, The Theory of Interest",
    ),
    Calculator(
        "bcr",
        "money",
        f"{_FUNCTIONS}:bcr",
        (RATE, Input("benefits", "money", "list"), Input("costs", "money", "list")),
        (Output("bcr"),),
        "PV(benefits) / PV(costs)",
        _UNIDO,
    ),
    Calculator(
        "profitability_index",
        "money",
        f"{_FUNCTIONS}:profitability_index",
        (RATE, FLOWS, Input("investment", "money", "list", key="investment_flows")),
        (NPV, Output("pv_investment", "money"), Output("npvr"), Output("pi")),
        "NPVR = NPV / PV(I); PI = 1 + NPVR",
        _UNIDO,
    ),
    Calculator(
        "levelised_cost_saved",
        "money",
        f"{_FUNCTIONS}:levelised_cost_saved",
        (
            RATE,
            Input("life", "year", required=False, above=0),
            Input("investment", "money", required=False, low=0),
            Input("om_per_year", "money", required=False, default=0.0),
            Input("annual_saving", "any", required=False, above=0),
            Input("costs", "money", "list", required=False),
            Input("savings", "any", "list", required=False),
            Input("unit", shape="text", required=False),
        ),
        (Output("value", "money", key="cost_per_unit"),),
        "(I CRF + O&M) / q, or PV(costs) / PV(units saved)",
        "Meier 1982, cost of conserved energy",
    ),
    Calculator(
        "equivalent_annual_cost",
        "money",
        f"{_FUNCTIONS}:equivalent_annual_cost",
        (RATE, Input("A", "money", "record", key="alternative"), Input("B", "money", "record", key="alternative")),
        (Output("eac_A", "money"), Output("eac_B", "money"), Output("choose", shape="choice")),
        "EAC = I CRF(r, life) + O&M",
        _NIST,
    ),
    Calculator(
        "lcc",
        "money",
        f"{_FUNCTIONS}:lcc",
        (
            RATE,
            Input("years", "year", above=0),
            Input("base", "money", "record", key="lcc_parts"),
            Input("alt", "money", "record", key="lcc_parts"),
        ),
        (
            Output("lcc_base", "money"),
            Output("lcc_alt", "money"),
            Output("net_savings", "money"),
            Output("sir"),
            Output("airr"),
        ),
        "LCC = I + (E + OM) UPV - RV SPV; SIR = operating savings / extra investment; AIRR = (1+r) SIR^(1/N) - 1",
        _NIST,
    ),
    Calculator(
        "coverage",
        "money",
        f"{_FUNCTIONS}:coverage",
        (
            Input("variable_margin", "money", "list"),
            Input("fixed_costs_incl_depr_interest", "money", "list", key="fixed_costs"),
        ),
        (Output("coverage", shape="list"),),
        "variable margin / fixed costs, each year",
        _UNIDO,
    ),
    Calculator(
        "macc",
        "money",
        f"{_FUNCTIONS}:macc",
        (Input("measures", "money", "records"),),
        (
            Output("classic_cost_per_t", "money", "record"),
            Output("classic_order", shape="names"),
            Output("pareto_front_negative_cost", shape="names"),
            Output("dominated", shape="names"),
            Output("positive_cost_order", shape="names"),
        ),
        "cost per unit = -NPV / amount; measures that pay are ordered by Pareto dominance, never by cost per unit",
        "Taylor 2012, Energy Policy 48:430",
    ),
)
