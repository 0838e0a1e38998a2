"""Pages of the log-in, from the package; a form that comes back with errors answers 422 like ours."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path


def _answering(view: Any) -> Any:
    """Let the view answer 422 when it shows a form with errors."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200 and isinstance(response, TemplateResponse):
            form = (response.context_data or {}).get("form")
            if form is not None and form.is_bound and form.errors:
                response.status_code = 422
        return response

    return answering


def _all(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found.append(path(str(one.pattern), (_all(one.url_patterns), None, None)))
        else:
            found.append(URLPattern(one.pattern, _answering(one.callback), one.default_args, one.name))
    return found


urlpatterns = [*_all(account.urlpatterns), path("mfa/", (_all(mfa.urlpatterns), None, None))]
