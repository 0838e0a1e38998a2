"""The invented assessment, made once."""

from __future__ import annotations

import pytest

from namsai.assessment import Assessment
from namsai.knowhow import KnowHow, load
from tests.report import fixture


@pytest.fixture(scope="session")
def knowhow() -> KnowHow:
    return load()


@pytest.fixture(scope="session")
def assessment(knowhow: KnowHow) -> Assessment:
    return fixture.assessment(knowhow)
