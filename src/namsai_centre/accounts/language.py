"""The cookie that carries the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.http.response import HttpResponseBase


def keep_language(response: HttpResponseBase, language: str) -> None:
    """Let the browser remember the language, as Django's own switch does, but over TLS and not readable by scripts."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
