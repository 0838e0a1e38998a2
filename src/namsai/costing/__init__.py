"""Material flow cost accounting: what every loss costs (ISO 14051)."""

from namsai.costing.centre import CentreCost, Split, StockValue, aggregate, consumed, quantity_centre
from namsai.costing.flow_cost import cost_table
from namsai.costing.model import CostTable, EnergyUse, FlowCost
from namsai.costing.network import Arc, NetworkCost, solve_network, unbalanced
from namsai.costing.prices import Converted, in_case_currency, money, worth
from namsai.costing.rounding import nearest, shared, whole

__all__ = [
    "Arc",
    "CentreCost",
    "Converted",
    "CostTable",
    "EnergyUse",
    "FlowCost",
    "NetworkCost",
    "Split",
    "StockValue",
    "aggregate",
    "consumed",
    "cost_table",
    "in_case_currency",
    "money",
    "nearest",
    "quantity_centre",
    "shared",
    "solve_network",
    "unbalanced",
    "whole",
    "worth",
]
