"""The phone's page and what keeps it there without network. None of these holds data of anybody."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, translation

from namsai.texts import room_texts
from namsai_centre.rights import open_to_all
from namsai_centre.ui.words import say

MODULES = ("app", "words", "store", "send", "numbers", "rules", "screens", "sheets", "add", "photo", "file")
WHY = "the phone's page: holds no data, opens without network"


@cache
def _texts() -> dict[str, dict[str, str]]:
    """Return the phone's texts by language, with the names of the months."""
    entries = room_texts("fieldwork")
    found = {lang: {k[2:]: e[lang] for k, e in entries.items() if k.startswith("p_")} for lang in ("lo", "en")}
    for lang, texts in found.items():
        with translation.override(lang):
            texts |= {f"month_{m}": formats.date_format(date(2000, m, 1), "F", use_l10n=False) for m in range(1, 13)}
    return found


@cache
def _kept() -> list[str]:
    """Return the addresses the worker keeps."""
    own = [f"{_root()}{name}.js" for name in MODULES]
    pages = [reverse("visits_phone"), reverse("visits_texts"), reverse("visits_manifest")]
    looks = [static("ui/namsai.css"), static("ui/lao.woff2"), static("ui/icon.svg"), f"{_root()}fieldwork.css"]
    return [*pages, *own, *looks, f"{_root()}icon-192.png"]


def _root() -> str:
    """Modules import each other by their plain names: they are served under these (the worker keeps the right ones)."""
    from django.conf import settings

    return f"/{settings.STATIC_URL.strip('/')}/fieldwork/"


def _code(name: str) -> str:
    return (files("namsai_centre.fieldwork") / "static" / "fieldwork" / name).read_text(encoding="utf-8")


def _module(name: str) -> str:
    """Return one of the page's modules as a value for the worker, which is no module (not every browser has that)."""
    code = re.sub(r"^import .*\n", "", _code(f"{name}.js"), flags=re.MULTILINE)
    gives = re.findall(r"^export (?:async )?(?:function|const) (\w+)", code, flags=re.MULTILINE)
    code = re.sub(r"^export ", "", code, flags=re.MULTILINE)
    return f"const {name} = (() => {{\n{code}\nreturn {{ {', '.join(gives)} }};\n}})();\n"


@cache
def _worker() -> str:
    head = {"VERSION": _version(), "KEPT": _kept(), "PAGE": _kept()[0], "BASE": reverse("visits_browse")}
    said = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in head.items())
    return said + _module("store") + _module("send") + _code("worker.js")


@cache
def _version() -> str:
    """Return a digest of everything the worker keeps: a new one makes phones fetch all of it."""
    digest = hashlib.sha256(json.dumps([_texts(), _kept()], sort_keys=True).encode())
    for name in (*sorted(f"{m}.js" for m in MODULES), "fieldwork.css"):
        digest.update(_code(name).encode())
    page = files("namsai_centre.fieldwork") / "templates" / "fieldwork" / "phone.html"
    digest.update(page.read_bytes())
    return digest.hexdigest()[:16]


@open_to_all(WHY)
def phone(request: HttpRequest) -> HttpResponse:
    """The phone's page: an empty frame that its modules fill."""
    return render(request, "fieldwork/phone.html", {"root": _root(), "texts": reverse("visits_texts")})


@open_to_all(WHY)
def texts(request: HttpRequest) -> HttpResponse:
    """All texts of the phone, in both languages."""
    return JsonResponse(_texts(), json_dumps_params={"ensure_ascii": False})


@open_to_all(WHY)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps and the code it shares with the page."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/visits/"
    answer["Cache-Control"] = "no-cache"
    return answer


@open_to_all(WHY)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to install the page."""
    said: dict[str, Any] = {
        "id": reverse("visits_phone"), "name": say("fieldwork.app_name"), "short_name": say("fieldwork.app_short"),
        "start_url": reverse("visits_phone"), "scope": "/visits/", "display": "standalone", "lang": "lo",
        "background_color": "#fbfcfc", "theme_color": "#0b6e75",
        "icons": [
            {"src": static("ui/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": f"{_root()}icon-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": f"{_root()}icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
        ],
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
