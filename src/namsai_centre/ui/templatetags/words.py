"""Template tags: words of the catalogue, names, numbers and days as the reader writes them. Loaded everywhere."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html

from namsai_centre.accounts.phone import phone_of
from namsai_centre.ui import words
from namsai_centre.ui.phone import phone_words

register = template.Library()


@register.simple_tag
def say(key: str, **facts: Any) -> str:
    """`{% say "room.slug" name=value %}`: the catalogue's text (escaped by the template like any value)."""
    return words.say(
        key, **{k: v if isinstance(v, str | int | float) or v is None else str(v) for k, v in facts.items()}
    )


@register.simple_tag
def word(room: str, group: str, value: Any) -> str:
    """`{% word "engagements" "stage" e.stage %}`: the text `room.group_value`; a dash for an empty value."""
    return words.say(f"{room}.{group}_{value}") if value not in (None, "") else "–"


@register.filter
def named(record: Any) -> str:
    """The record's name in the reader's language, else in the other; a dash for nothing."""
    if record is None:
        return "–"
    lo, en = getattr(record, "name_lo", None), getattr(record, "name_en", None)
    if lo is None and en is None:
        lo, en = getattr(record, "title_lo", None), getattr(record, "title_en", None)
    if lo is None and en is None:
        return str(record)
    return (en or lo or "–") if words.language() == "en" else (lo or en or "–")


@register.filter
def number(value: Any, places: int = 0) -> str:
    """A number with the reader's separators; a dash where it is not known (never 0)."""
    if value is None or value == "":
        return "–"
    rounded = Decimal(str(value)).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )  # Django itself would cut digits off
    return formats.number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def kip(value: Any) -> str:
    """Whole kip with the reader's separators and the sign."""
    return "–" if value is None or value == "" else f"{number(value)} ₭"


@register.filter
def day(value: Any) -> str:
    """A day as the reader writes it; a dash for none."""
    if not value:
        return "–"
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):  # a moment: its day in Vientiane
        value = timezone.localtime(value)
    return formats.date_format(value, "DATE_FORMAT", use_l10n=True)


@register.filter
def moment(value: Any) -> str:
    """A moment in Vientiane as the reader writes it; a dash for none."""
    return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT", use_l10n=True) if value else "–"


@register.filter
def phone(value: Any) -> str:
    """A phone number in groups, with a link that dials it; a dash for none, other text as it is."""
    text = str(value or "").strip()
    number = phone_of(text) if text else None
    if number is None:
        return text or "–"
    return format_html('<a class="tel" href="tel:{}">{}</a>', number, phone_words(text))


@register.inclusion_tag("ui/field.html")
def field(bound: Any) -> dict[str, Any]:
    """One form field with label, help and errors."""
    return {"field": bound}


@register.inclusion_tag("ui/errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """All errors of a form at once, each leading to its field."""
    return {"form": form}


@register.inclusion_tag("ui/pages.html", takes_context=True)
def pages(context: Any, page: Any) -> dict[str, Any]:
    """Links to the pages of a list, keeping the search."""
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    return {"page": page, "query": asked.urlencode()}


@register.simple_tag(takes_context=True)
def once(context: Any) -> str:
    """`{% once %}` inside a form: a key that makes a repeated sending harmless (ui.once)."""
    from uuid import uuid4

    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


@register.simple_tag(takes_context=True)
def may(context: Any, policy: str, verb: str, record: Any = None) -> bool:
    """`{% may "enterprises.ENTERPRISES" "edit" enterprise as can_edit %}`: whether the reader may do it."""
    import importlib

    app, name = policy.split(".")
    found = getattr(importlib.import_module(f"namsai_centre.{app}.policies"), name)
    return bool(found.allows(verb, context["who"], record))


@register.simple_tag
def action_word(name: str) -> str:
    """The name of an audited action in words (`audit.did_<app>_<verb>`), else the name itself."""
    return words.say_or(f"audit.did_{name.replace('.', '_')}", name)
