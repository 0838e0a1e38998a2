"""Template filters of the ledger: amounts with their unit, carriers in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse

from namsai_centre.savings.kinds import places, unit_word
from namsai_centre.ui.templatetags.words import number
from namsai_centre.ui.words import say, say_or

register = template.Library()
register.filter("unit_word", unit_word)
_MILLION = 10**6
_MILLIARD = 10**9


@register.filter
def amount(value: Any, unit: str) -> str:
    """`{{ step.amount|amount:saving.unit }}`: an amount with its unit; a dash where it is not known."""
    return "–" if value is None else f"{number(value, places(value, unit))} {unit_word(unit)}"


@register.filter
def in_words(value: Any, unit: str) -> str:
    """A large amount of kip as people say it ("18.5 million kip"); empty for small ones and for other units."""
    if value is None or unit != "LAK" or abs(value) < _MILLION:
        return ""
    large = abs(value) >= _MILLIARD
    short = (Decimal(value) / (_MILLIARD if large else _MILLION)).quantize(Decimal("0.01"))
    return say("savings.milliard" if large else "savings.million", amount=number(short, places(short, "")))


@register.filter
def file_size(size: int) -> str:
    """The size of a file in KB or MB with the reader's decimal mark."""
    return f"{number(size / 1e6, 1)} MB" if size >= 1_000_000 else f"{number(max(1, round(size / 1e3)))} KB"


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
