"""The throttle begins empty in every test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_throttle_from_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()
