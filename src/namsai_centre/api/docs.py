"""The page about the API: how to begin, what holds everywhere, every operation; nothing comes from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from namsai.texts import Lang
from namsai_centre.api.describe import NOT_HERE, RULES, STATUSES
from namsai_centre.api.room import summary
from namsai_centre.rights import open_to_all
from namsai_centre.ui.words import language

FILE = "file"


@cache
def operations(lang: Lang) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Return the operations by room: its part of the address, its words, and of each what it does, takes and gives."""
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
                    "what": summary(about["operationId"], lang) or about["summary"],
                    "who": text.partition("Who: ")[2].partition(" Scope: ")[0] if lang == "en" else "",
                    "scope": text.rpartition("Scope: ")[2].rstrip("."),
                    "takes": _takes(about, schema),
                    "gives": _gives(about, schema),
                }
            )
    return [(name, summary(f"room_{name}", lang) or name, rows) for name, rows in rooms.items()]


def _fields(shape: dict[str, Any], schema: Any) -> list[str]:
    """Return the names of the fields of what is sent or given (with * where needed); of a list those of one."""
    named = str(shape.get("$ref", "")).rpartition("/")[2]
    if named:
        shape = schema["components"]["schemas"][named]
    if shape.get("type") == "array":
        return _fields(shape["items"], schema)
    own: dict[str, Any] = shape.get("properties", {})
    if {"items", "total"} <= own.keys():
        return _fields(own["items"], schema)
    return [FILE if one.get("format") == "binary" else name for name, one in own.items()]


def _takes(about: dict[str, Any], schema: Any) -> list[str]:
    found = [f"{p['name']}{'*' * p.get('required', False)}" for p in about.get("parameters", []) if p["in"] == "query"]
    for body in about.get("requestBody", {}).get("content", {}).values():
        shape = body["schema"]
        named = str(shape.get("$ref", "")).rpartition("/")[2]
        whole = schema["components"]["schemas"][named] if named else shape
        found += [f"{name}{'*' * (name in whole.get('required', ()))}" for name in whole.get("properties", {})]
    return found


def _gives(about: dict[str, Any], schema: Any) -> list[str]:
    """Return the fields of a good answer; of a file its kinds."""
    for status, answer in about["responses"].items():
        if int(status) < 300:
            content = answer.get("content", {})
            if "application/json" not in content:
                return [kind.partition(";")[0].rpartition("/")[2].rpartition(".")[2] for kind in content]
            return _fields(content["application/json"].get("schema", {}), schema)
    return []


@open_to_all("describes the API, holds no data")
def page(request: HttpRequest) -> HttpResponse:
    """Show how to begin, and every operation."""
    facts = {
        "rooms": operations(language()),
        "root": request.build_absolute_uri("/").rstrip("/"),
        "rules": [(f"api.rule_{name}", f"api.rule_{name}_text") for name in RULES],
        "problems": [(status, f"api.title_{status}", f"api.do_{status}") for status in STATUSES],
        "not_here": [f"api.not_here_{name}" for name in NOT_HERE],
    }
    return render(request, "api/docs.html", facts)
