"""Fixtures of the tests of assessments."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from namsai_centre.assessments.models import Assessment, CaseVersion
from tests.centre.cast import Cast, finished_case


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    """The draft of firm A (made by the expert), with the brick kiln as its case."""
    found: Assessment = cast.records["assessment"]
    return found


@pytest.fixture
def kiln() -> dict[str, Any]:
    """The document of the brick kiln."""
    return copy.deepcopy(finished_case()[0])


@pytest.fixture
def newest(assessment: Assessment) -> Callable[[], CaseVersion]:
    """`newest()`: the newest version of the draft's case."""
    return lambda: assessment.cases.order_by("-number")[:1].get()


@pytest.fixture
def save(assessment: Assessment, browser: Callable[[str], Client]) -> Callable[..., Any]:
    """`save("streams", {"r0.amount.value": "5"}, person="expert", base=1)`: send a section's page."""

    def send(section: str, fields: dict[str, str], person: str = "expert", base: int = 1) -> Any:
        url = reverse("assessments_section", args=[assessment.pk, section])
        return browser(person).post(url, {"base": str(base), **fields})

    return send
