"""Helpers of the ledger's tests: savings brought to a state through the actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from namsai_centre import clock
from namsai_centre.savings.actions import STEPS, Line, Told
from namsai_centre.savings.actions.bring_evidence import bring_evidence
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.who import Who

WAY = (("agree", "owner"), ("implement", "owner"), ("measure", "expert"), ("verify", "verifier"))


def evidence_of(who: Who, measure: Measure) -> Any:
    """Bring a small text as evidence."""
    return bring_evidence(who, measure, "ອ່ານໝໍ້ໄຟ 950 kWh".encode(), "reading.txt").evidence


def told(on: date | None = None, evidence: Any = None, **more: Any) -> Told:
    """Everything a step can ask for."""
    facts: dict[str, Any] = {"note": "ກວດແລ້ວ", "method": "ipmvp_b", "confidence": 90} | more
    return Told(on=on or clock.today(), evidence=evidence.pk if evidence else None, **facts)


def line(saving: Saving, amount: object = None, uncertainty: object = 50) -> Line:
    """One saving as it stands now."""
    now = Saving.objects.get(pk=saving.pk)
    amount = None if amount is None else Decimal(str(amount))
    return Line(now.pk, now.version, amount, None if uncertainty is None else Decimal(str(uncertainty)))


def bring_to(state: str, saving: Saving, who: Callable[[str], Who], start: date | None = None) -> Saving:
    """Take a saving to a state by the people who may do it, one day a step."""
    day = start or clock.today() - timedelta(days=40)
    evidence = evidence_of(who("expert"), saving.measure)
    Saving.objects.filter(pk=saving.pk).update(state_since=day)
    for verb, person in WAY:
        now = Saving.objects.get(pk=saving.pk)
        if now.state == state:
            break
        day += timedelta(days=1)
        STEPS[verb](who(person), saving.measure, [line(now)], told(day, evidence))
    return Saving.objects.get(pk=saving.pk)
