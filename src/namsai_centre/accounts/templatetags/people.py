"""Template tags about notices."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import DatabaseError

from namsai.texts import has
from namsai_centre.accounts import queries
from namsai_centre.accounts.actions.notify import in_language
from namsai_centre.ui import words

register = template.Library()


@register.simple_tag
def notice_words(notice: Any) -> str:
    """`{% notice_words n %}`: what the person was told, in the reader's language."""
    return words.say(notice.key, **in_language(notice.facts, words.language())) if has(notice.key) else str(notice.key)


@register.filter
def in_fours(secret: str) -> str:
    """A long secret in groups of four, to be typed."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


@register.simple_tag(takes_context=True)
def unread_notices(context: Any) -> int:
    """`{% unread_notices as waiting %}`: how many notices the reader has not read."""
    request, who = context.get("request"), context.get("who")
    if request is None or who is None or not who.known:
        return 0
    if not hasattr(request, "unread_notices"):  # asked twice on every page, counted once
        try:
            request.unread_notices = queries.unread(who)
        except DatabaseError:  # the page that says that something broke must not break
            request.unread_notices = 0
    return int(request.unread_notices)
