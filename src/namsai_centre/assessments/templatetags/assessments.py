"""Template tags of assessments."""

from __future__ import annotations

from django import template

from namsai_centre.ui import words

register = template.Library()


@register.simple_tag
def sector(key: str) -> str:
    """`{% sector assessment.sector %}`: the word for a sector; the key itself where there is none."""
    return words.say_or(f"terms.sector-{key}", key or "–")
