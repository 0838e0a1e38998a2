"""Tests of engagements, the light tier and the first page."""
