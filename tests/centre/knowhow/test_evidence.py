"""Local evidence: three firms under separate control, or nothing at all, not even how many."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from namsai_centre import clock
from namsai_centre.enterprises.models import Consent, Enterprise, Group
from namsai_centre.knowhow.actions import feedback as actions
from namsai_centre.knowhow.evidence import local_cases, published, reasons_against
from namsai_centre.knowhow.models import Feedback
from namsai_centre.who import Who
from tests.centre.cast import Cast

OPTION = "GAR-007"


def firm(
    name: str,
    percent: str | None,
    *,
    group: Group | None = None,
    method: str = "meter",
    agreed: bool = True,
    **more: Any,
) -> Feedback:
    one = Enterprise.objects.create(name_lo=name, sector="garment", group=group)
    if agreed:
        Consent.objects.create(enterprise=one, purpose="benchmark", given_by="x")
    by = more.pop("by")
    values = {"outcome": "done", "saving_percent": percent and Decimal(percent), "method": method, **more}
    return Feedback.objects.create(enterprise=one, option=OPTION, by=by, knowhow_version="2026.11.1", **values)


@pytest.fixture
def page(browser: Callable[[str], Client]) -> Callable[[], str]:
    token = re.compile(r"(csrfmiddlewaretoken\" value=|X-CSRFToken\": )\"\w+\"")
    return lambda: token.sub("", browser("stranger").get(f"/knowhow/option/{OPTION}/").content.decode())


def test_two_firms_show_nothing_not_even_the_count(cast: Cast, page: Callable[[], str]) -> None:
    before = page()
    by = cast.people["officer"]
    firm("ກ1", "41.3", by=by)
    firm("ກ2", "44.9", by=by)
    assert local_cases(OPTION) is None
    assert page() == before


def test_three_firms_show_a_rounded_middle_and_a_widened_range(cast: Cast, page: Callable[[], str]) -> None:
    by = cast.people["officer"]
    for n, percent in enumerate(("41.3", "44.9", "57.7")):
        firm(f"ກ{n}", percent, by=by)
    local = local_cases(OPTION)
    assert local is not None
    assert (local.firms, local.middle, local.low, local.high) == (3, 48.0, 40, 60)
    text = page()
    assert "at least 3 firms: about 48 %, between 40 and 60 %" in text
    assert not any(v in text for v in ("41.3", "44.9", "57.7", "ກ0"))


def test_three_firms_of_one_group_are_one(cast: Cast) -> None:
    by, group = cast.people["officer"], Group.objects.create(name_lo="ກຸ່ມ")
    for n in range(3):
        firm(f"ກ{n}", "40", group=group, by=by)
    assert local_cases(OPTION) is None
    firm("ຂ", "50", by=by)
    assert local_cases(OPTION) is None
    firm("ຄ", "60", by=by)
    assert local_cases(OPTION) == published([40, 50, 60])


def test_a_withdrawn_word_no_longer_counts(cast: Cast, who: Callable[[str], Who]) -> None:
    by = cast.people["officer"]
    kept = [firm(f"ກ{n}", "40", by=by) for n in range(3)]
    assert local_cases(OPTION) is not None
    actions.withdraw(who("officer"), kept[0], kept[0].version)
    assert local_cases(OPTION) is None


@pytest.mark.parametrize("how", [{"method": "estimated"}, {"agreed": False}, {"percent": None}])
def test_what_was_not_measured_or_not_agreed_to_does_not_count(cast: Cast, how: dict[str, Any]) -> None:
    by = cast.people["officer"]
    firm("ກ1", "40", by=by)
    firm("ກ2", "40", by=by)
    firm("ກ3", **{"percent": "40", **how}, by=by)
    assert local_cases(OPTION) is None


def test_a_withdrawn_consent_ends_it(cast: Cast) -> None:
    by = cast.people["officer"]
    kept = [firm(f"ກ{n}", "40", by=by) for n in range(3)]
    Consent.objects.filter(enterprise=kept[0].enterprise).update(withdrawn_on=clock.today())
    assert local_cases(OPTION) is None


def test_the_middle_is_never_one_firms_value_and_one_more_firm_does_not_show_in_the_count() -> None:
    three, four = published([1, 1, 91]), published([1, 1, 50, 91])
    assert three is not None
    assert four is not None
    assert three.middle == 31.0
    assert three.firms == four.firms == 3


def test_reasons_are_told_only_when_three_firms_gave_them(cast: Cast) -> None:
    by = cast.people["officer"]
    for n in range(2):
        firm(f"ກ{n}", None, outcome="not_applicable", reason="too_dear", by=by)
    assert reasons_against(OPTION) == []
    firm("ກ9", None, outcome="not_applicable", reason="too_dear", by=by)
    firm("ກ8", None, outcome="not_applicable", reason="quality", by=by)
    assert reasons_against(OPTION) == ["too_dear"]
