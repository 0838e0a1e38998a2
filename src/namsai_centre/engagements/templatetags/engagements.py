"""Template tags of engagements: words for sectors, and links to pages of other apps that may not be built yet."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from namsai_centre.engagements.stages import ORDER
from namsai_centre.ui.words import say, say_or

register = template.Library()


@register.filter
def sector(key: str) -> str:
    """The sector's name in the reader's language; a dash for none."""
    if not key:
        return say("engagements.not_known")
    return say_or(f"enterprises.sector_{key}", say_or(f"terms.sector-{key}", key))


@register.simple_tag
def link_to(name: str, *args: Any) -> str:
    """The address of a page, or "" where there is no such page (then the name is shown without a link)."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("engagements/filters.html", takes_context=True)
def filters(context: Any, no_stage: bool = False, by: str = "") -> dict[str, Any]:
    """The filters of a list of engagements, with what else the address holds."""
    asked = context["filters"]
    kept = [(n, getattr(asked, n)) for n in ("reached", "year", "project") if getattr(asked, n)]
    kept += [("by", by)] if by else []
    return {
        "filters": asked,
        "choices": context["choices"],
        "who": context["who"],
        "no_stage": no_stage,
        "narrowed": any((asked.stage, asked.tier, asked.sector, asked.province, asked.expert, asked.stuck, asked.late)),
        "kept": kept,
        "stages": (*ORDER, "dropped"),
        "tiers": ("full", "light"),
    }


@register.inclusion_tag("engagements/tabs.html", takes_context=True)
def tabs(context: Any) -> dict[str, Any]:
    """Links between list, board, funnel and who is stuck (staff)."""
    names = ("browse", "board", "funnel", "stuck")
    shown = [(f"engagements_{n}", f"engagements.tab_{n}") for n in names if link_to(f"engagements_{n}")]
    return {"tabs": shown, "who": context["who"], "request": context["request"]}
