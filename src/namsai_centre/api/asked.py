"""What a request asks for: the page of a list, the version somebody began from, values for the pages' own forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja import Schema
from pydantic import Field

from namsai_centre.api.problems import Wrong, found, of_form

MOST_INT = 2**31 - 1


class Paged(Schema):
    """Which part of a list."""

    page: int = Field(1, ge=1, le=1_000_000)
    size: int = Field(50, ge=1, le=200)


def part(rows: Any, asked: Paged, shown: Callable[[list[Any]], Any] = list) -> dict[str, Any]:
    """Return a page of a list with the number of all; a page after the last one is empty."""
    first = (asked.page - 1) * asked.size
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    items = list(rows[first : first + asked.size]) if first < total else []
    return {"total": total, "page": asked.page, "size": asked.size, "items": shown(items)}


def text_of(value: Any) -> Any:
    """Return a value as somebody types it into a form: figures so that they have one reading only.

    >>> text_of(Decimal("1.234")), text_of(Decimal("1200.50")), text_of(None), text_of(date(2026, 1, 2))
    ('1.2340', '1200.5', '', '2026-01-02')
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, Decimal):
        plain = f"{value.normalize():f}"
        return f"{plain}0" if len(plain.partition(".")[2]) == 3 else plain
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def sent(values: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """Return values as a page's form receives them."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in values.items():
        if isinstance(value, list):
            data.setlist(name, [text_of(v) for v in value])
        elif (typed := text_of(value)) != "":
            data[name] = typed
    return data


def checked(make: Callable[[], Any], rename: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what the form makes of its values; else Wrong with every error, in both languages, at its field."""
    form = make()
    if form.is_valid():
        return {name: value for name, value in form.cleaned_data.items() if name != "version"}
    findings = of_form(make)
    for one in findings:
        path = one["where"].get("path")
        if rename and path in rename:
            one["where"]["path"] = rename[path]
    raise Wrong(findings)


def expected(request: HttpRequest, version: int | None) -> int:
    """Return the version somebody began from: of the body, or of the header If-Match; without one nothing is done."""
    if version is not None:
        return version
    told = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if told.isascii() and told.isdigit() and int(told) <= MOST_INT:
        return int(told)
    raise Wrong([found("api.version_needed", "version")])
