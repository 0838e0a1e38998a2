"""Namsai: assess a factory, find losses, choose measures, prove savings (library of a Cleaner Production Centre)."""

__version__ = "0.1.0"
