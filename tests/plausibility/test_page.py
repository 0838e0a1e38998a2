"""The page on plausibility is complete: every role, every rule, every tolerance."""

from __future__ import annotations

from pathlib import Path

from namsai.hotspots import CONCERNS
from namsai.plausibility import ROLES, RULES
from namsai.plausibility.known_ranges import TOLERANCE

PAGE = (Path(__file__).parents[2] / "docs" / "plausibility.md").read_text(encoding="utf-8")


def test_every_role_rule_and_concern_has_its_line() -> None:
    assert [r for r in ROLES if f"| `{r}` |" not in PAGE] == []
    assert [r.name for r in RULES if f"| {r.name} |" not in PAGE] == []
    assert [c for c in CONCERNS if c not in PAGE] == []


def test_tolerances_are_those_of_the_code() -> None:
    line = next(row for row in PAGE.splitlines() if row.startswith("How much is allowed for"))
    stated = {"price": "prices 1.5", "emission_factor": "factors 1.25", "exchange_rate": "rates 1.05"}
    for kind, words in stated.items():
        assert words in line
        assert words.endswith(str(TOLERANCE[kind]))
