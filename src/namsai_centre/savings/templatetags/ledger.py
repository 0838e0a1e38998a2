"""Template filters of the ledger: amounts with their unit, carriers in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from namsai_centre.savings.kinds import places, unit_sign
from namsai_centre.ui.templatetags.words import number
from namsai_centre.ui.words import say_or

register = template.Library()
register.filter("unit_sign", unit_sign)


@register.filter
def amount(value: Any, unit: str) -> str:
    """`{{ step.amount|amount:saving.unit }}`: an amount with its unit; a dash where it is not known."""
    return "–" if value is None else f"{number(value, places(value, unit))} {unit_sign(unit)}"


@register.filter
def carried(carrier: str) -> str:
    """The carrier in words; a name that somebody wrote stays as written."""
    return say_or(f"savings.carrier_{carrier}", carrier) if carrier else ""


@register.filter
def tone(state: str) -> str:
    """The look of a state's badge."""
    return {"verified": "good", "measured": "good", "rejected": "bad", "discontinued": "bad", "agreed": "warn"}.get(
        state, ""
    )


@register.simple_tag
def step_url(verb: str, measure: Any) -> str:
    """The address of the page for one verb."""
    return reverse(f"savings_{verb}", kwargs={"pk": measure.pk})
