"""What a page was sent: fields nobody asked for are ignored and logged; what an action refused stands by its field."""

from __future__ import annotations

import logging

from django import forms
from django.http import HttpRequest

from namsai_centre.rights import who_of

log = logging.getLogger("namsai_centre.savings")
_OURS = frozenset({"csrfmiddlewaretoken", "once", "version"})


def note_unasked(request: HttpRequest, *forms_: forms.Form) -> None:
    """Log the names of fields that no form of the page has (case 4); they are not read anywhere."""
    known = _OURS.union(*(form.fields for form in forms_))
    unasked = sorted(set(request.POST) - known)
    if unasked:
        log.warning("ignored fields %s sent to %s by %s", unasked, request.path, who_of(request).person_id)


def add_errors(form: forms.Form, problem: Exception) -> None:
    """Put what an action refused beside the form: by field where it says so, else over the form."""
    from django.core.exceptions import ValidationError

    if not isinstance(problem, ValidationError):
        raise problem
    if hasattr(problem, "error_dict"):
        for name, errors in problem.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, problem)
