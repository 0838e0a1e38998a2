"""Template tags of the registry."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from namsai_centre.enterprises import places, words

register = template.Library()


@register.filter
def sector(value: str) -> str:
    """A sector in words."""
    return words.sector_word(value)


@register.filter
def activity_title(activity: Any) -> Any:
    """The title of an activity's division; None where it is not in the data."""
    return places.division(activity.code, activity.revision)


@register.filter
def other_name(record: Any) -> str:
    """The name in the script that is not shown first; empty where there is only one."""
    from namsai_centre.ui.words import language

    lo, en = record.name_lo, record.name_en
    return "" if not (lo and en) else (lo if language() == "en" else en)


@register.simple_tag
def url_if_any(name: str, *args: Any) -> str:
    """`{% url_if_any "engagements_see" e.pk as to %}`: the address, or nothing while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
