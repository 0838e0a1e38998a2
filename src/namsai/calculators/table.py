"""The registry: one frozen table of all calculators, put together from the groups."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from namsai.calculators import table_choice, table_flows, table_money, table_prices
from namsai.calculators.model import Calculator

_ROWS = (*table_money.ROWS, *table_prices.ROWS, *table_choice.ROWS, *table_flows.ROWS)

CALCULATORS: Mapping[str, Calculator] = MappingProxyType({row.name: row for row in _ROWS})
