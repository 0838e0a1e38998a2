"""The page that shows every operation of the API, made from its own description; nothing comes from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from namsai_centre.rights import open_to_all


@cache
def operations() -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the operations by room: method, address, what it does, what it takes and gives."""
    from namsai_centre.api.urls import api

    schema: Any = api.get_openapi_schema()
    rooms: dict[str, list[dict[str, Any]]] = {}
    for address, methods in schema["paths"].items():
        for method, about in methods.items():
            text = about.get("description", "")
            rooms.setdefault(about["tags"][0], []).append(
                {
                    "method": method.upper(),
                    "address": address,
                    "name": about["operationId"],
                    "what": about["summary"],
                    "who": text.partition("Who: ")[2].partition(" Scope: ")[0],
                    "scope": text.rpartition("Scope: ")[2].rstrip("."),
                    "takes": _takes(about),
                    "gives": _gives(about),
                }
            )
    return list(rooms.items())


def _name(schema: dict[str, Any]) -> str:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name.startswith("ListOf_"):
        return f"page of {name.removeprefix('ListOf_').rstrip('_')}"
    if schema.get("type") == "array":
        return f"list of {_name(schema['items'])}"
    return name or str(schema.get("title") or schema.get("format") or schema.get("type") or "")


def _takes(about: dict[str, Any]) -> str:
    names = [p["name"] for p in about.get("parameters", []) if p["in"] == "query"]
    bodies = [f"{_name(b['schema'])}" for b in about.get("requestBody", {}).get("content", {}).values()]
    return ", ".join((*bodies, *names))


def _gives(about: dict[str, Any]) -> str:
    good = [(s, r) for s, r in about["responses"].items() if int(s) < 300]
    return ", ".join(
        f"{s} {_name(b.get('schema', {})) or kind}" for s, r in good for kind, b in r.get("content", {"": {}}).items()
    )


@open_to_all("describes the API, holds no data")
def page(request: HttpRequest) -> HttpResponse:
    """Show every operation."""
    return render(request, "api/docs.html", {"rooms": operations()})
