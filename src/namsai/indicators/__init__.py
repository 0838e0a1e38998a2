"""Enterprise indicators and benchmark positions."""

from namsai.indicators.benchmarks import place
from namsai.indicators.enterprise import indicators, profile
from namsai.indicators.model import BenchmarkPosition, FactorUse, Indicator, Indicators

__all__ = ["BenchmarkPosition", "FactorUse", "Indicator", "Indicators", "indicators", "place", "profile"]
