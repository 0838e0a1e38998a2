"""Lists a page at a time."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, found: Any, size: int = 25) -> Page[Any]:
    """Return the page asked for (`?page=`); the nearest one for a number that does not exist."""
    return Paginator(found, size).get_page(request.GET.get("page"))
