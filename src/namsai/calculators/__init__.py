"""Calculators: every calculation method that stands by itself, by name: ``namsai calc NAME < in.json``."""

from namsai.calculators.describe import listing, names, schema
from namsai.calculators.run import run

__all__ = ["listing", "names", "run", "schema"]
