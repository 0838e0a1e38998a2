"""The know-how: cited options, benchmarks, factors, limits, and the only door to them."""

from namsai.knowhow.base import KnowHow, check, load
from namsai.knowhow.model import (
    USABLE,
    Benchmark,
    Computed,
    ExchangeRate,
    Factor,
    Flow,
    GroupStatistic,
    Limit,
    Option,
    Potential,
    ProcessKind,
    Range,
    SourceRecord,
)

__all__ = [
    "USABLE",
    "Benchmark",
    "Computed",
    "ExchangeRate",
    "Factor",
    "Flow",
    "GroupStatistic",
    "KnowHow",
    "Limit",
    "Option",
    "Potential",
    "ProcessKind",
    "Range",
    "SourceRecord",
    "check",
    "load",
]
