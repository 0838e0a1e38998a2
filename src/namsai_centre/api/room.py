"""An operation of the API: its rule, its scope, what it takes and gives, and that a second sending changes nothing."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, get_type_hints
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Header, Router
from ninja.responses import Status

from namsai.texts import Lang, has, text
from namsai_centre.api.auth import Session, Token
from namsai_centre.api.problems import Problem, Wrong, found, in_both_languages
from namsai_centre.rights import Policy, Rule, who_of
from namsai_centre.ui.models import Sent
from namsai_centre.who import Who

View = TypeVar("View", bound=Callable[..., Any])
_KEY: Any = Header(None, alias="Idempotency-Key", max_length=200)  # type: ignore[type-arg]
KINDS: dict[str, type] = {"uuid": UUID, "int": int}


class Findable(Protocol):
    """What finds again what a first sending made: a policy, or something like one."""

    def find(self, who: Who, key: object) -> Any:
        """Return the record as the person may see it; Http404 for none."""


class Room:
    """The operations on one kind of record."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.router = Router(tags=[name])
        self.rules: dict[str, Rule] = {}

    def get(
        self, path: str, policy: Policy[Any] | None, verb: str = "", key: str = "", **how: Any
    ) -> Callable[[View], View]:
        """Read something (scope read)."""
        return self._operation("GET", path, policy, verb, key, **{"scope": "read", **how})

    def post(
        self, path: str, policy: Policy[Any] | None, verb: str = "", key: str = "", **how: Any
    ) -> Callable[[View], View]:
        """Make or do something (scope write); with `made` (a policy), a second sending of the same key is harmless."""
        return self._operation("POST", path, policy, verb, key, **{"scope": "write", **how})

    def put(
        self, path: str, policy: Policy[Any] | None, verb: str = "", key: str = "", **how: Any
    ) -> Callable[[View], View]:
        """Make something under an id of the client's own (scope write)."""
        return self._operation("PUT", path, policy, verb, key, **{"scope": "write", **how})

    def patch(
        self, path: str, policy: Policy[Any] | None, verb: str = "", key: str = "", **how: Any
    ) -> Callable[[View], View]:
        """Change some fields (scope write)."""
        return self._operation("PATCH", path, policy, verb, key, **{"scope": "write", **how})

    def delete(
        self, path: str, policy: Policy[Any] | None, verb: str = "", key: str = "", **how: Any
    ) -> Callable[[View], View]:
        """Take something away (scope write)."""
        return self._operation("DELETE", path, policy, verb, key, **{"scope": "write", **how})

    def _operation(
        self, method: str, path: str, policy: Policy[Any] | None, verb: str, key: str, *,
        gives: Any = None, status: int = 200, scope: str, made: Findable | None = None,
        shown: Callable[[Any, Any], Any] | None = None, extra: Any = None, also: tuple[int, ...] = (),
    ) -> Callable[[View], View]:  # fmt: skip
        rule = Rule("policy", "", policy, verb, key) if policy is not None else Rule("known")
        statuses = [status] if method != "PUT" else [200, 201]

        def wrap(view: View) -> View:
            def operation(request: HttpRequest, **values: Any) -> Any:
                once = values.pop("idempotency_key", None)
                if key:
                    values.pop(key)

                def run() -> Any:
                    return view(request, *([request.record] if key else []), **values)  # type: ignore[attr-defined]

                if once and made is not None:
                    result = _once(request, once, run, made)
                else:
                    result = run() if method == "GET" else in_both_languages(run)
                if isinstance(result, Status | HttpResponseBase):
                    return result
                if shown is not None:
                    result = shown(who_of(request), result)
                return Status(status, result)

            operation.__name__, operation.__doc__ = view.__name__, view.__doc__
            operation.__module__ = view.__module__
            operation.__signature__ = _signature(view, path, key, made is not None)  # type: ignore[attr-defined]
            operation.rule = rule  # type: ignore[attr-defined]
            name = f"{self.name}_{view.__name__}"
            self.rules[name] = rule
            answers: dict[int, Any] = dict.fromkeys(statuses, gives)
            answers |= dict.fromkeys([*_problems(method, path, bool(policy)), *also], Problem)
            self.router.add_api_operation(
                path, [method], operation, response=answers, auth=[Token(rule, scope), Session(rule, scope)],
                operation_id=name, url_name=name, summary=summary(name, "en") or (view.__doc__ or "").split(".")[0],
                description=_about(rule, scope, view), openapi_extra=extra,
            )  # fmt: skip
            return view

        return wrap


def summary(name: str, lang: Lang) -> str:
    """Return what an operation does, in people's words; empty where the catalogue does not know it."""
    return text(f"operations.{name}", lang) if has(f"operations.{name}") else ""


def file_of(*kinds: str) -> dict[str, Any]:
    """Return how a file stands in the description."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"content": dict.fromkeys(kinds, binary)}}}


def _problems(method: str, path: str, ruled: bool) -> list[int]:
    found_ = [401, 403, 422, 429]
    if "{" in path or method in ("POST", "PUT"):
        found_.append(404)
    if method != "GET":
        found_ += [400, 409]
    return found_


def _about(rule: Rule, scope: str, view: Callable[..., Any]) -> str:
    right = inspect.getdoc(getattr(rule.policy, rule.verb)) if rule.policy is not None else "Anybody: their own."
    return f"{inspect.getdoc(view) or ''}\n\nWho: {right} Scope: {scope}."


def _signature(view: Callable[..., Any], path: str, key: str, keyed: bool) -> inspect.Signature:
    """Return what ninja reads: the record's id in the place of the record, and the header of a second sending."""
    hints = get_type_hints(view, include_extras=True)
    params = list(inspect.signature(view).parameters.values())
    kind = inspect.Parameter.KEYWORD_ONLY
    read = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    if key:
        before = path.partition(f":{key}}}")[0].rpartition("{")[2]
        read.append(inspect.Parameter(key, kind, annotation=KINDS.get(before, UUID)))
    for p in params[2 if key else 1 :]:
        read.append(p.replace(kind=kind, annotation=hints[p.name]))
    if keyed:
        read.append(
            inspect.Parameter(
                "idempotency_key",
                kind,
                annotation=str | None,
                default=_KEY,
            )
        )
    return inspect.Signature(read)


def _digest(request: HttpRequest) -> str:
    """Return a digest of what was sent; of a form with files the files (its boundaries differ each time)."""
    if not request.FILES:
        return hashlib.sha256(request.body).hexdigest()
    whole = hashlib.sha256()
    files: list[tuple[str, Any]] = sorted(request.FILES.items(), key=lambda pair: pair[0])
    for name, file in files:
        file.seek(0)
        own = hashlib.sha256(file.read()).hexdigest()
        file.seek(0)
        whole.update(f"{name} {file.name} {own}\n".encode())
    return whole.hexdigest()


def _once(request: HttpRequest, key: str, run: Callable[[], Any], made: Findable) -> Any:
    """Do the work once per person, address and key; the same again gives what the first one made."""
    who = who_of(request)
    name = uuid5(NAMESPACE_URL, f"{who.person_id} {request.method} {request.path} {key}")
    digest = _digest(request)

    def work() -> Any:
        Sent.objects.create(id=name, person_id=who.person_id, url=digest)
        result = run()
        Sent.objects.filter(id=name).update(url=f"{digest} {result.pk}")
        return result

    def before() -> Any:
        first = Sent.objects.filter(id=name).first()
        if first is None:
            return None
        was, _, pk = first.url.partition(" ")
        if was != digest:
            raise Wrong([found("api.key_reused", "Idempotency-Key")])
        return made.find(who, pk)

    there = before()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            return in_both_languages(work)
    except IntegrityError:
        there = before()
        if there is None:
            raise
        return there
