"""Template tags of the audit log."""

from __future__ import annotations

from django import template

from namsai_centre.ui.words import say_or

register = template.Library()


@register.simple_tag
def via_word(via: str) -> str:
    """The way an action came in, in words."""
    return say_or(f"audit.via_{via}", via)
