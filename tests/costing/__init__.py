"""Tests of the costing room."""
