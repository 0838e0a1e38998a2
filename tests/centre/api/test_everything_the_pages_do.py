"""What the pages do, the API does too: every page has its operations, every deed of a view its call, or a reason.

The table is `deeds.toml`: of each page (by the name of its URL) `does`, the operations that do the same, or `not`, the
reason in words. A new page, or a new action behind one, fails here until the table says where it stands.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import namsai_centre
from namsai_centre.api.rooms import ROOMS
from namsai_centre.savings.actions import STEPS
from tests.centre.api.test_api_matrix import OPERATIONS
from tests.centre.test_matrix import PAGES

HOUSE = Path(namsai_centre.__file__).parent
TABLE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "deeds.toml").read_text(encoding="utf-8"))
PAGE_ROWS: dict[str, dict[str, Any]] = TABLE["pages"]
NOT_BY_TOKEN: dict[str, str] = TABLE["actions"]


def test_every_page_has_its_operations_or_a_reason() -> None:
    names = {a.name for a in PAGES}
    assert set(PAGE_ROWS) == names, (
        f"no row: {sorted(names - set(PAGE_ROWS))}; no such page: {sorted(set(PAGE_ROWS) - names)}"
    )
    for name, row in PAGE_ROWS.items():
        assert ("does" in row) != ("not" in row), f"{name}: either operations or a reason"
        unknown = set(row.get("does", ())) - set(OPERATIONS)
        assert not unknown, f"{name}: no such operation: {sorted(unknown)}"
        assert row.get("does") or len(row["not"].split()) >= 4, f"{name}: say why in words"


def test_every_operation_does_what_some_page_does() -> None:
    told = {o for row in PAGE_ROWS.values() for o in row.get("does", ())} | set(TABLE["more"])
    assert told == set(OPERATIONS), f"in no row: {sorted(set(OPERATIONS) - told)}; no such operation: {sorted(told)}"
    assert all(len(why.split()) >= 4 for why in TABLE["more"].values())


def test_every_deed_of_a_view_is_called_by_the_api_or_has_a_reason() -> None:
    pages = deeds(p for p in HOUSE.rglob("views*.py") if "api" not in p.parts)
    here = deeds((HOUSE / "api").rglob("*.py")) | {f"{f.__module__}.{f.__name__}" for f in STEPS.values()}
    assert len(pages) > 60
    left = {name.removeprefix("namsai_centre.") for name in pages - here}
    assert left == set(NOT_BY_TOKEN), (
        f"neither called nor explained: {sorted(left - set(NOT_BY_TOKEN))}; "
        f"explained but called or gone: {sorted(set(NOT_BY_TOKEN) - left)}"
    )
    assert all(len(why.split()) >= 4 for why in NOT_BY_TOKEN.values())


def deeds(files: Iterable[Path]) -> set[str]:
    """Return the actions that files call, by module and name (errors and other classes left out)."""
    found: set[str] = set()
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and ".actions" in f"{node.module}.":
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    if (HOUSE.parent / f"{whole.replace('.', '/')}.py").exists():
                        modules[alias.asname or alias.name] = whole
                    elif alias.name[0].islower():
                        found.add(whole)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr[0].islower():
                found |= {f"{modules[name]}.{node.attr}" for name in modules if name == node.value.id}
    return found


def test_every_room_and_operation_has_words_in_both_languages() -> None:
    from namsai_centre.api.room import summary

    for name in (*OPERATIONS, *(f"room_{room}" for room in ROOMS)):
        lao, english = summary(name, "lo"), summary(name, "en")
        assert lao, f"{name} has no words in operations.toml"
        assert lao != english, name
