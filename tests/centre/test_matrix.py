"""Case 1: every URL against everybody. A new URL fails here until `matrix/<app>.toml` says who may use it.

    [enterprises_see]
    args = { pk = "enterprise" }                  # names of records in cast.py
    allowed = ["director", "officer", "owner"]    # everybody else is refused
    method = "get"                                # or "post" (sent empty)

Refused means: a stranger is sent to the log-in; a record of others is 404; a page for other roles is 403.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from namsai_centre.rights import rule_of
from tests.centre.cast import EVERYBODY, LOGGED_IN, Cast
from tests.centre.sitemap import addresses


def _table() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted((Path(__file__).parent / "matrix").glob("*.toml")):
        for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert name not in rows, f"{name} stands in two matrix files"
            rows[name] = row
    return rows


TABLE = _table()
PAGES = [a for a in addresses() if not a.route.startswith("api/")]


def test_every_url_has_a_name_and_a_rule() -> None:
    for a in PAGES:
        assert a.name, f"{a.route} has no name"
        assert rule_of(a.view, a.name.rpartition(":")[2]) is not None, (
            f"{a.route} has no rule: put guard() in front of its view"
        )


def test_every_guarded_url_stands_in_the_matrix() -> None:
    guarded = set()
    for a in PAGES:
        rule = rule_of(a.view, a.name)
        if rule and rule.kind == "policy":
            guarded.add(a.name)
    assert guarded == set(TABLE), (
        f"missing: {sorted(guarded - set(TABLE))}; no such URL: {sorted(set(TABLE) - guarded)}"
    )


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may_use(name: str, cast: Cast, browser: Callable[[str], Client]) -> None:
    row = TABLE[name]
    kwargs = {k: str(cast.records[v].pk) if v in cast.records else v for k, v in row.get("args", {}).items()}
    url = reverse(name, kwargs=kwargs)
    on_record = bool(row.get("args")) and row.get("refused", 404) == 404
    wrong = []
    for person in EVERYBODY:
        response = getattr(browser(person), row.get("method", "get"))(url)
        if person == "stranger":
            fine = response.status_code == 302 and response["Location"].startswith("/account/login/")
        elif person in row["allowed"]:
            fine = response.status_code not in (403, 404, 405, 500)
        else:
            fine = response.status_code == (404 if on_record else 403)
        if not fine:
            wrong.append((person, response.status_code))
    assert not wrong, f"{name} ({url}): {wrong}"


def test_the_matrix_refuses_somebody_everywhere() -> None:
    for name, row in TABLE.items():
        assert set(row["allowed"]) <= set(LOGGED_IN), name
        assert set(row["allowed"]) != set(LOGGED_IN), f"{name}: if everybody may use it, say for_known"
