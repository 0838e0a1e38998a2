"""A form sent twice does its work once: the second sending is led to the first one's result."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from namsai_centre.rights import who_of
from namsai_centre.ui.models import Sent


def once(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Keep the key of a form (`{% once %}`) together with where its result is; put it under `guard`, over the view.

    View, key and change are one transaction: if the view fails, the key is free again.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = _key(request.POST.get("once", "")) if request.method == "POST" else None
        if key is None:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                Sent.objects.create(id=key, person_id=who_of(request).person_id)
                response = view(request, *args, **kwargs)
                if isinstance(response, HttpResponseRedirect):
                    Sent.objects.filter(id=key).update(url=response.url)
                else:
                    Sent.objects.filter(id=key).delete()  # the form came back with errors: nothing was done
                return response
        except IntegrityError:
            first = Sent.objects.filter(id=key, person_id=who_of(request).person_id).first()
            if first is None:
                raise
            return redirect(first.url or "home")

    return wrapped


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
