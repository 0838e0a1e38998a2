"""Schemathesis: every operation with tokens of the officer and the owner answers as the description says.

A few examples each in the suite; NAMSAI_LONG=1 tries many more.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from namsai_centre.api.urls import api
from tests.centre.api.conftest import make_token
from tests.centre.api.test_api_matrix import OPERATIONS, values_of
from tests.centre.cast import Cast

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks as openapi

LONG = int(os.environ.get("NAMSAI_LONG") or 0)  # 1: forty examples each; more: so many
MODES = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 1}
if LONG:
    MODES = dict.fromkeys(MODES, LONG if LONG > 1 else 40)
CHECKS = [
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
]


def operations() -> list[Any]:
    """Return the operations as schemathesis reads them from the description."""
    import json

    raw = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = get_wsgi_application()
    found: list[Any] = list(schema.get_all_operations())
    return [one.ok() for one in found]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the test's connection over requests, as Django's own test client does (the WSGI door would close it)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
def test_every_operation_answers_as_described(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("namsai_centre.api.auth.PER_MINUTE", 10**9)
    cache.clear()
    wrong: list[str] = []
    done = 0
    tokens = {name: make_token(cast, name) for name in ("officer", "owner")}
    for operation in operations():
        name = operation.definition.raw["operationId"]
        values = values_of(name, cast)
        for person, token in tokens.items():
            for mode in MODES:
                done += _try(operation, values, token, f"{name} ({person})", wrong, mode)
    assert not wrong, "\n".join(wrong)
    assert done >= 2 * len(OPERATIONS)


def _try(operation: Any, values: dict[str, str], token: str, what: str, wrong: list[str], mode: Any) -> int:
    count = 0

    @settings(
        max_examples=MODES[mode], deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        nonlocal count
        count += 1
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
        if count % 2 and case.path_parameters:  # every second time on a record that is there
            named = {key: values[key] for key in case.path_parameters if key in values}
            case.path_parameters = {**case.path_parameters, **named}
        with transaction.atomic():
            response = case.call(base_url="http://localhost")
            transaction.set_rollback(True)
        try:
            case.validate_response(response, checks=CHECKS)
        except (Exception, BaseExceptionGroup) as problem:
            wrong.append(f"{what}: {problem}"[:1500])

    try:
        each()
    except Unsatisfiable:  # nothing can be wrong in an operation that takes nothing
        assert mode is GenerationMode.NEGATIVE
    return count
