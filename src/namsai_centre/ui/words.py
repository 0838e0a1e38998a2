"""Words of the catalogue in the reader's language."""

from __future__ import annotations

import logging
from typing import Any, cast

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import get_language

from namsai.findings import Fact
from namsai.texts import Lang, has, text

log = logging.getLogger("namsai_centre.words")


def language() -> Lang:
    """Return the language of this request: lo or en."""
    return "en" if (get_language() or "lo").startswith("en") else "lo"


def say(key: str, **facts: Fact) -> str:
    """Return the catalogue's text in the reader's language.

    A key that is missing breaks the tests; a reader gets the key itself rather than a broken page, and it is logged.
    """
    try:
        return text(key, language(), "", **facts)
    except (KeyError, FileNotFoundError):
        if getattr(settings, "EVERY_TEXT_MUST_EXIST", False):
            raise
        log.error("no text %s", key)
        return key


def say_or(key: str, other: str) -> str:
    """Return the catalogue's text if there is one, else the other text (a name that is data)."""
    return say(key) if has(key) else other


_lazy = lazy(say, str)


def later(key: str, **facts: Fact) -> Any:
    """Return a text that is looked up when it is shown (labels of form fields)."""
    return cast("Any", _lazy(key, **facts))
