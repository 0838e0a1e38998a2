"""What went wrong, in one shape: a sentence, and every finding with its place and its words in Lao and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.errors import ValidationError as BodyError

from namsai.findings import Fact, Finding, NamsaiError, Severity
from namsai.texts import LANGS, finding_text, has, text
from namsai_centre.assessments.actions.review import NothingToReview
from namsai_centre.assessments.actions.run import Incomplete
from namsai_centre.assessments.actions.save import Conflicting
from namsai_centre.assessments.results import OtherShape
from namsai_centre.engagements.refusal import Refused
from namsai_centre.enterprises.actions.apply_import import NotReady
from namsai_centre.enterprises.actions.check_import import Undecided
from namsai_centre.enterprises.actions.consent import AlreadyGiven
from namsai_centre.enterprises.actions.merge import Refused as CannotJoin
from namsai_centre.enterprises.forms_join import told as joining_words
from namsai_centre.enterprises.importing.runs import Unreadable
from namsai_centre.knowhow.actions.propose import Refused as NotProposed
from namsai_centre.records import Stale, snapshot
from namsai_centre.ui.words import language, say

T = TypeVar("T")
MEDIA = "application/problem+json"
KEPT_QUIET = ("search", "sorting", "looks_lo", "looks_en", "changed_at")


class FindingOut(Schema):
    """One thing that is wrong: `where.path` names the field (or the place in a case), the texts say what to do."""

    code: str
    severity: str
    where: dict[str, str]
    text_lo: str
    text_en: str
    facts: dict[str, Any]


class Problem(Schema):
    """Why nothing was done (RFC 9457, application/problem+json), in the language asked for (Accept-Language)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    findings: list[FindingOut]


class Wrong(Exception):
    """The request cannot be done: a status and what is wrong."""

    def __init__(self, findings: Iterable[dict[str, Any]], status: int = 422, wait: int = 0) -> None:
        self.findings = list(findings)
        self.status = status
        self.wait = wait
        super().__init__(f"{status}: {[f['code'] for f in self.findings]}")


def found(key: str, path: str = "", code: str = "", /, **facts: Fact) -> dict[str, Any]:
    """Return a finding from a key of the catalogue."""
    texts = {f"text_{lang}": text(key, lang, "", **facts) for lang in LANGS}
    where = {"path": path} if path else {}
    return {"code": code or key, "severity": "error", "where": where, **texts, "facts": dict(facts)}


def of_finding(finding: Finding) -> dict[str, Any]:
    """Return a finding of the library with its words."""
    data: dict[str, Any] = finding.as_data()
    words = {lang: " ".join(finding_text(finding, lang)) if has(finding.code) else finding.code for lang in LANGS}
    return {**data, "where": {k: str(v) for k, v in data["where"].items()}} | {
        f"text_{lang}": words[lang] for lang in LANGS
    }


def of_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored finding (`Finding.as_data`) with its words."""
    from namsai.findings import Where

    where = data.get("where") or {}
    place = Where(str(where.get("path", "")), where.get("file"), where.get("sheet"), where.get("cell"))
    return of_finding(Finding(str(data["code"]), Severity(str(data["severity"])), place, dict(data.get("facts") or {})))


def of_form(make: Callable[[], Any]) -> list[dict[str, Any]]:
    """Return what a page's form says is wrong, in both languages (the form is made once in each)."""
    said: dict[str, list[tuple[str, str, str]]] = {}
    for lang in LANGS:
        with override(lang):
            errors = make().errors.as_data()
            said[lang] = [
                ("" if name == "__all__" else name, str(e.code or "invalid"), str(m))
                for name, own in errors.items()
                for e in own
                for m in e.messages
            ]
    return [
        {
            "code": f"form.{code}",
            "severity": "error",
            "where": {"path": name} if name else {},
            "text_lo": lao,
            "text_en": english,
            "facts": {},
        }
        for (name, code, lao), (_, _, english) in zip(said["lo"], said["en"], strict=True)
    ]


def in_both_languages(run: Callable[[], T]) -> T:
    """Do the work; when an action says in words what is wrong, ask it once more for the other language's words."""
    try:
        with transaction.atomic():
            return run()
    except ValidationError as first:
        here = _messages(first)
    other = "en" if language() == "lo" else "lo"
    there = here
    with override(other):
        try:
            with transaction.atomic():
                run()
                transaction.set_rollback(True)
        except ValidationError as second:
            if len(words := _messages(second)) == len(here):
                there = words
    lao, english = (here, there) if language() == "lo" else (there, here)
    raise Wrong(
        {
            "code": "api.refused",
            "severity": "error",
            "where": {"path": name} if name else {},
            "text_lo": lo,
            "text_en": en,
            "facts": {},
        }
        for (name, lo), (_, en) in zip(lao, english, strict=True)
    )


def _messages(problem: ValidationError) -> list[tuple[str, str]]:
    if hasattr(problem, "error_dict"):
        return [(n if n != "__all__" else "", m) for n, own in problem.message_dict.items() for m in own]
    return [("", m) for m in problem.messages]


def of_stale(problem: Stale) -> list[dict[str, Any]]:
    """Return field by field what stands there now and what was wanted; the first finding has the present version."""
    current = snapshot(problem.current)
    rows = [found("api.stale", "version", version=current.get("version"))]
    for name, wanted in problem.changes.items():
        there = current.get(name, current.get(f"{name}_id"))
        want = getattr(wanted, "pk", wanted)
        texts = [str(v) if v is not None else "" for v in (there, want)]
        if texts[0] != texts[1] and name not in KEPT_QUIET:
            rows.append(found("api.stale_field", name, there=texts[0], wanted=texts[1]))
    return rows


_BODY = {
    "missing": "missing", "extra_forbidden": "unknown_field", "json_invalid": "unreadable", "age": "body_age",
    "one_of": "body_one_of", "string_pattern_mismatch": "body_pattern", "greater_than_equal": "body_least",
    "greater_than": "body_above", "less_than_equal": "body_most", "less_than": "body_below", "too_long": "body_long",
    "string_too_long": "body_long", "too_short": "body_short", "string_too_short": "body_short",
    "decimal_max_digits": "body_digits", "decimal_max_places": "body_digits", "decimal_whole_digits": "body_digits",
    "finite_number": "body_number",
}  # fmt: skip
_KINDS = {  # a type that begins so wants this
    "int_": "body_whole", "float_": "body_number", "decimal_": "body_number", "bool_": "body_yes_no",
    "uuid_": "body_uuid", "datetime_": "body_moment", "date_": "body_day", "string_": "body_text",
    "list_": "body_list", "dict_": "body_object", "model_": "body_object",
}  # fmt: skip
_LIMITS = {"ge": "least", "gt": "least", "min_length": "least", "le": "most", "lt": "most", "max_length": "most"}


def of_body(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what does not fit the schema: unknown fields are named, never read."""
    rows = []
    for e in errors:
        place = [str(p) for p in e["loc"][1:]]
        path = "/".join(place[1:] if len(place) > 1 and e["loc"][0] == "body" else place)
        kind, facts = str(e["type"]), dict(e.get("ctx") or {})
        key = _BODY.get(kind) or next((k for begin, k in _KINDS.items() if kind.startswith(begin)), "wrong_value")
        limits: dict[str, Fact] = {_LIMITS[n]: str(v) for n, v in facts.items() if n in _LIMITS}
        words: dict[str, Fact] = {"words": str(facts["words"])} if "words" in facts else {}
        rows.append(found(f"api.{key}", path, f"api.{kind}", said=str(e["msg"]), **limits, **words))
    return rows


def answer(
    api: NinjaAPI, request: HttpRequest, status: int, findings: list[dict[str, Any]], **headers: str
) -> HttpResponse:
    """Return the problem: what it is, what to do about the first finding, and every finding."""
    title = say(f"api.title_{status}" if has(f"api.title_{status}") else "api.title_422")
    data = {
        "type": f"{reverse('api_docs')}#problem-{status}",
        "title": title,
        "status": status,
        "detail": _detail(findings),
        "instance": request.path,
        "findings": findings,
    }
    response: HttpResponse = api.create_response(request, data, status=status)
    response["Content-Type"] = MEDIA
    for name, value in headers.items():
        response[name.capitalize()] = value
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _detail(findings: list[dict[str, Any]]) -> str:
    """Return where and what of the first finding, and how many more there are."""
    if not findings:
        return say("ui.broken")
    first = findings[0]
    place, words = first["where"].get("path", ""), str(first[f"text_{language()}"])
    told = f"{place}: {words}" if place else words
    return f"{told} {say('api.and_more', count=len(findings) - 1)}" if len(findings) > 1 else told


def _slugged(problem: Any) -> tuple[int, list[dict[str, Any]]]:
    """Return status and findings of what actions raise besides."""
    if isinstance(problem, Refused):
        return 422, [found(f"engagements.{problem.slug}", problem.field or "", **problem.facts)]
    if isinstance(problem, NotProposed):
        late = problem.slug in ("overtaken", "seen_other")
        why = found(f"knowbase.{problem.slug}", columns=", ".join(problem.columns))
        return 409 if late else 422, [why, *(of_finding(f) for f in problem.findings)]
    if isinstance(problem, CannotJoin):
        return 422, [_joining(slug, facts) for slug, facts in problem.problems]
    if isinstance(problem, NotReady | Undecided):
        return 422, [_joining(problem.slug, problem.facts)]
    if isinstance(problem, Unreadable):
        return 422, [of_finding(f) for f in problem.findings]
    if isinstance(problem, Conflicting):
        newest = found("api.stale", "base", version=problem.latest.number)
        return 409, [newest, *(found("api.stale_place", c.column.key if c.column else "") for c in problem.conflicts)]
    keys: dict[type[Exception], tuple[int, str]] = {
        AlreadyGiven: (422, "enterprises.consent_has"),
        NothingToReview: (422, "assessments.nothing_to_review"),
        Incomplete: (422, "assessments.runs_when_complete"),
        OtherShape: (409, "assessments.other_shape"),
    }
    status, key = next(v for k, v in keys.items() if isinstance(problem, k))
    return status, [found(key if has(key) else "api.refused")]


def _joining(slug: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    words = {}
    for lang in LANGS:
        with override(lang):
            words[f"text_{lang}"] = joining_words(slug, dict(facts))
    return {"code": f"joining.{slug}", "severity": "error", "where": {}, **words, "facts": dict(facts)}


def install(api: NinjaAPI) -> None:
    """Tell the API how each kind of refusal is answered."""

    def on(kind: Any, tell: Callable[[Any], tuple[int, list[dict[str, Any]]]]) -> None:
        def handle(request: HttpRequest, problem: Any) -> HttpResponse:
            status, findings = tell(problem)
            response = answer(api, request, status, findings)
            if isinstance(problem, Wrong) and problem.wait:
                response["Retry-After"] = str(problem.wait)
            return response

        api.add_exception_handler(kind, handle)

    on(Wrong, lambda p: (p.status, p.findings))
    on(Http404, lambda _: (404, [found("api.not_found")]))
    on(PermissionDenied, lambda _: (403, [found("api.forbidden")]))
    on(Stale, lambda p: (409, of_stale(p)))
    on(BodyError, lambda p: (422, of_body(p.errors)))
    on(NamsaiError, lambda p: (422, [of_finding(f) for f in p.findings]))
    on(HttpError, lambda p: (p.status_code, [found(_HTTP.get(p.status_code, "api.unreadable"))]))
    for kind in (
        Refused, CannotJoin, NotReady, Undecided, Unreadable, Conflicting, AlreadyGiven, NothingToReview, Incomplete,
        OtherShape, NotProposed,
    ):  # fmt: skip
        on(kind, _slugged)


_HTTP = {401: "api.unauthorised", 403: "api.forbidden", 404: "api.not_found", 429: "api.too_many"}
