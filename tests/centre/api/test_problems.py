"""What is wrong is said as RFC 9457 asks: where, what, what to do, in the language asked for; findings in both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import namsai_centre
from tests.centre.cast import Cast

LAO = range(0x0E80, 0x0F00)


def _lao(words: str) -> bool:
    return any(ord(c) in LAO for c in words)


TEN: dict[str, tuple[str, str, str, Any, int, str]] = {  # who, method, path, body, status, place of the first finding
    "nobody": ("stranger", "GET", "me/", None, 401, ""),
    "other role": ("owner", "GET", "duplicates/", None, 403, ""),
    "of others": ("rival", "GET", "enterprises/{enterprise}/", None, 404, ""),
    "no such method": ("owner", "DELETE", "enterprises/{enterprise}/", None, 405, ""),
    "stale": ("officer", "PATCH", "enterprises/{enterprise}/", {"village": "x", "version": 0}, 409, "version"),
    "no version": ("officer", "PATCH", "enterprises/{enterprise}/", {"village": "x"}, 422, "version"),
    "unknown field": ("officer", "POST", "enterprises/", {"name_lo": "ກ", "moon": 1}, 422, "moon"),
    "not now": ("officer", "POST", "enterprises/{enterprise}/reopen/", {}, 404, ""),
    "needed": ("officer", "POST", "enterprises/{enterprise}/close/", {}, 422, "reason"),
    "no number": ("officer", "POST", "enterprises/", {"name_lo": "ກ", "women": "many"}, 422, "women"),
    "too large": ("officer", "GET", "enterprises/?size=900", None, 422, "size"),
    "no such word": ("officer", "GET", "engagements/?stage=moon", None, 422, "stage"),
    "no day": ("officer", "GET", "audit/?since=soon", None, 422, "since"),
    "no id": ("officer", "GET", "audit/?person=me", None, 422, "person"),
    "form": ("officer", "POST", "enterprises/", {"name_lo": "ກ", "workers": 1, "women": 5}, 422, "women"),
    "of an action": ("director", "POST", "people/{person_director}/close/", {"reason": "x", "version": 1}, 404, ""),
}


@pytest.mark.parametrize("name", TEN)
def test_a_problem_says_where_what_and_what_to_do_in_both_languages(
    name: str, cast: Cast, caller: Callable[..., Any]
) -> None:
    person, method, path, body, status, place = TEN[name]
    path = path.format(**{k: r.pk for k, r in cast.records.items()})
    for lang in ("lo", "en"):
        answer = caller(person, lang=lang)(method, path, body)
        said = answer.json()
        assert answer.status_code == status, said
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["Content-Language"] == lang
        assert (said["status"], said["instance"]) == (status, f"/api/v1/{path.partition('?')[0]}")
        assert said["type"] == f"/api/docs/#problem-{status}"
        first = said["findings"][0]
        assert first["where"].get("path", "").split("/")[-1] == place
        assert _lao(first["text_lo"])
        assert not _lao(first["text_en"].replace("ກ", ""))
        assert said["detail"].startswith(f"{place}: {first[f'text_{lang}']}" if place else first[f"text_{lang}"])
        assert _lao(said["title"]) == (lang == "lo")


def test_what_cannot_be_read_says_what_to_send(cast: Cast, caller: Callable[..., Any]) -> None:
    officer = caller("officer")
    broken = officer.client.post("/api/v1/enterprises/", "{", content_type="application/json")
    assert broken.status_code in (400, 422)
    assert "JSON" in broken.json()["detail"]
    no_file = officer.client.post("/api/v1/imports/", {})
    assert (no_file.status_code, no_file.json()["findings"][0]["where"]) == (422, {"path": "file"})
    wrong = officer.client.post("/api/v1/imports/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 nonsense")})
    assert wrong["Content-Type"] == "application/problem+json"
    nowhere = officer("GET", "moon/")
    assert (nowhere.status_code, nowhere["Content-Type"]) == (404, "application/problem+json")
    assert nowhere.json()["detail"]


def test_the_description_tells_problems_as_such_and_what_is_not_here(browser: Callable[[str], Any]) -> None:
    schema = browser("stranger").get("/api/openapi.json").json()
    for methods in schema["paths"].values():
        for about in methods.values():
            assert about["x-summary-lo"], about["operationId"]
            for status, answer in about["responses"].items():
                if int(status) >= 400:
                    assert list(answer["content"]) == ["application/problem+json"], about["operationId"]
    assert "second factor" in schema["info"]["description"]
    assert "ກະແຈ" in schema["info"]["x-description-lo"]
    assert {t["name"] for t in schema["tags"]} == {p.split("/")[3] for p in schema["paths"]}


@pytest.mark.parametrize("lang", ["lo", "en"])
def test_the_page_says_how_to_begin_and_every_operation_in_words(lang: str, browser: Callable[[str], Any]) -> None:
    schema = browser("stranger").get("/api/openapi.json").json()
    text = browser("owner").get("/api/docs/", headers={"accept-language": lang}).content.decode()
    assert 'href="/people/me/tokens/make/"' in text
    for status in (400, 401, 403, 404, 409, 422, 429):
        assert f'id="problem-{status}"' in text
    for path, methods in schema["paths"].items():
        for method, about in methods.items():
            assert f"{method.upper()} {path}" in text
            words = about["x-summary-lo"] if lang == "lo" else about["summary"]
            assert words.replace("'", "&#x27;") in text, words


def test_what_one_may_see_but_not_do_now_is_not_called_missing(cast: Cast, caller: Callable[..., Any]) -> None:
    firm = cast.records["enterprise"].pk
    here, there = (caller(p)("POST", f"enterprises/{firm}/reopen/", {}) for p in ("officer", "rival"))
    assert [here.json()["findings"][0]["code"], there.json()["findings"][0]["code"]] == ["api.not_now", "api.not_found"]
    assert here.status_code == there.status_code == 404


def test_no_two_schemas_of_the_description_have_one_name() -> None:
    """The description knows shapes by their name alone: of two with one name it would keep the second."""
    home = Path(namsai_centre.__file__).parent / "api"
    named = Counter(n for p in home.rglob("*.py") for n in re.findall(r"^class (\w+)\(", p.read_text(), re.MULTILINE))
    assert len(named) > 100
    assert [name for name, times in named.items() if times > 1] == []
