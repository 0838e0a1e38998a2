"""The know-how: cited options, benchmarks, factors, limits, and the only door to them."""

from namsai.knowhow.base import KnowHow, load
from namsai.knowhow.model import (
    USABLE,
    Benchmark,
    Factor,
    Flow,
    GroupStatistic,
    Limit,
    Option,
    ProcessKind,
    Range,
    SourceRecord,
)

__all__ = [
    "USABLE",
    "Benchmark",
    "Factor",
    "Flow",
    "GroupStatistic",
    "KnowHow",
    "Limit",
    "Option",
    "ProcessKind",
    "Range",
    "SourceRecord",
    "load",
]
