"""Case 1 for the API: every operation against everybody, with a token and without; and every operation has a rule.

A new operation fails here until `matrix_api.toml` names the page that does the same (the same people may use it).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from namsai_centre.api.rooms import ROOMS
from namsai_centre.api.urls import api
from namsai_centre.rights import Rule
from tests.centre.api.conftest import Caller
from tests.centre.cast import EVERYBODY, LOGGED_IN, Cast
from tests.centre.sitemap import addresses
from tests.centre.test_matrix import TABLE

ROWS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "matrix_api.toml").read_text(encoding="utf-8"))
OPERATIONS = {
    op.url_name: (op, f"{bound.prefix}{path}".removeprefix("/v1/"))
    for bound in api._get_bound_routers()
    for path, place in bound.path_operations.items()
    for op in place.operations
}


def allowed_to(name: str) -> set[str]:
    """Return who may use an operation."""
    row = ROWS[name]
    if row.get("known"):
        return set(LOGGED_IN)
    return set(row["allowed"] if "allowed" in row else TABLE[row["page"]]["allowed"])


def values_of(name: str, cast: Cast) -> dict[str, str]:
    """Return the records of the cast that stand in the address."""
    row = ROWS[name]
    args = row.get("args") or TABLE.get(row.get("page", ""), {}).get("args", {})
    return {k: str(cast.records[v].pk) if v in cast.records else v for k, v in args.items()}


def address_of(name: str, cast: Cast) -> str:
    """Return the address with the records of the cast in it."""
    values = values_of(name, cast)
    return re.sub(r"{(?:\w+:)?(\w+)}", lambda m: values[m[1]], OPERATIONS[name][1])


def test_every_operation_has_a_rule_and_stands_in_the_matrix() -> None:
    for name, (op, _) in OPERATIONS.items():
        assert isinstance(getattr(op.view_func, "rule", None), Rule), f"{name} has no rule"
        assert len(op.auth_callbacks) == 2, f"{name} is not behind token and session"
    assert set(OPERATIONS) == set(ROWS)
    for a in addresses():
        if a.route.startswith("api/"):
            assert isinstance(getattr(a.view, "rule", None), Rule), a.route


@pytest.mark.parametrize("room", ROOMS)
def test_who_may_use(room: str, cast: Cast, caller: Callable[..., Caller]) -> None:
    callers = {person: caller(person) for person in EVERYBODY}
    wrong = []
    for name, (op, _) in OPERATIONS.items():
        if name.partition("_")[0] != room:
            continue
        method, path = op.methods[0], address_of(name, cast)
        on_record = op.view_func.rule.key  # type: ignore[attr-defined]
        for person in EVERYBODY:
            with transaction.atomic():  # taken back: each person finds the records as they were
                status = callers[person](method, path, {} if method != "GET" else None).status_code
                transaction.set_rollback(True)
            if person == "stranger":
                fine = status == 401
            elif person in allowed_to(name):
                fine = status not in (401, 403, 405) and status < 500
                fine = fine and (status != 404 or ROWS[name].get("own_id", False))
            else:
                fine = status == (404 if on_record else 403)
            if not fine:
                wrong.append((name, person, status))
    assert not wrong, wrong


def test_a_token_does_only_what_its_scope_says(cast: Cast, caller: Callable[..., Caller]) -> None:
    read, write, export = (caller("director", (scope,)) for scope in ("read", "write", "export"))
    for name, (op, _) in OPERATIONS.items():
        method, path = op.methods[0], address_of(name, cast)
        needs = "export" if name.startswith("export_") else "read" if method == "GET" else "write"
        for scope, one in (("read", read), ("write", write), ("export", export)):
            if scope != needs:
                answer = one(method, path, {} if method != "GET" else None)
                assert answer.status_code == 403, (name, scope)
                assert answer.json()["findings"][0]["code"] == "api.scope"


def test_a_wrong_ended_or_expired_token_is_nobody(cast: Cast, caller: Callable[..., Caller]) -> None:
    from namsai_centre import clock
    from namsai_centre.accounts.models import Token

    good = caller("officer")
    assert good("GET", "me/").status_code == 200
    Token.objects.update(ended_at=clock.now())
    answer = good("GET", "me/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert Caller("namsai_nonsense")("GET", "me/").status_code == 401


def test_a_browser_needs_the_csrf_token_to_write(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["owner"])
    path = f"/api/v1/enterprises/{cast.records['enterprise'].pk}/"
    assert client.get(path).status_code == 200
    body = {"village": "ໂພນໄຊ", "version": 1}
    assert client.patch(path, body, content_type="application/json").status_code == 403
    client.get("/people/me/edit/")
    token = client.cookies["namsai_csrf"].value
    done = client.patch(path, body, content_type="application/json", headers={"x-csrftoken": token})
    assert done.status_code == 200


def test_a_bad_token_is_never_taken_for_the_browsers_session(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.people["officer"])
    assert client.get("/api/v1/me/", headers={"authorization": "Bearer namsai_x"}).status_code == 401
    assert client.get("/api/v1/me/", headers={"authorization": "Basic eDp5"}).status_code == 401


def test_too_many_requests_are_told_to_wait(
    cast: Cast, caller: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("namsai_centre.api.auth.PER_MINUTE", 2)
    one = caller("member")
    answers = [one("GET", "me/") for _ in range(3)]
    assert answers[-1].status_code == 429 or len({a.status_code for a in answers}) > 1
    late = next(a for a in [*answers, one("GET", "me/"), one("GET", "me/")] if a.status_code == 429)
    assert int(late["Retry-After"]) > 0
