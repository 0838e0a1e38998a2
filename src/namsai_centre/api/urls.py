"""Addresses of the API: everything under /api/v1/, its description at /api/openapi.json and /api/docs/."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI

from namsai import __version__
from namsai_centre.api import docs, problems
from namsai_centre.api.describe import about, described
from namsai_centre.api.rooms import ROOMS
from namsai_centre.rights import Rule, open_to_all


class Api(NinjaAPI):
    """Answers are the reader's own: no cache keeps them. The description speaks in the words of the catalogue."""

    _description: Any = None

    def get_openapi_schema(self, **how: Any) -> Any:
        """Return the description (it never changes while the centre runs: made once)."""
        if self._description is None:
            self._description = described(super().get_openapi_schema(**how))
        return self._description

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        """Make the answer."""
        response = super().create_response(request, data, **how)
        response["Cache-Control"] = "private, no-store"
        return response


api = Api(
    title="Namsai",
    version="1",
    description=f"{about('en')}\n\nNamsai {__version__}",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
problems.install(api)
for name, room in ROOMS.items():
    api.add_router(f"/v1/{name}", room.router)

_patterns, _app, _space = api.urls
_open = [
    f"{op.methods} {op.path}"
    for bound in api._get_bound_routers()
    for place in bound.path_operations.values()
    for op in place.operations
    if not isinstance(getattr(op.view_func, "rule", None), Rule)
]
if _open:
    raise ImproperlyConfigured(f"operations without a rule: {_open}")


def _ruled(pattern: Any) -> URLPattern:
    """Give a view its rule: each operation asks for its own right; an operation without one is never served."""
    view: Any = pattern.callback
    if pattern.name == "openapi-json":
        open_to_all("describes the API, holds no data")(view)
    elif pattern.name == "api-root":
        view.rule = Rule("closed", "nothing stands at the root")
    else:
        pattern.callback = view = _told(view)
        view.rule = Rule("open", "each operation asks for its own right (api.auth.admit)")
    return cast("URLPattern", pattern)


def _told(view: Any) -> Any:
    """Let a view say in words what else may be sent to its address."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **values: Any) -> Any:
        response = view(request, *args, **values)
        if response.status_code != 405:
            return response
        finding = problems.found("api.not_allowed", methods=response["Allow"])
        return problems.answer(api, request, 405, [finding], allow=response["Allow"])

    return told


urlpatterns: list[Any] = [
    path("docs/", docs.page, name="api_docs"),
    path("", ([_ruled(p) for p in _patterns], _app, _space)),
]
