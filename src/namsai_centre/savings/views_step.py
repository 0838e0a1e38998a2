"""Pages on which savings take a step: one page a verb, all made alike."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre import clock
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.savings import queries
from namsai_centre.savings.actions import STEPS, Line, Told
from namsai_centre.savings.actions.bring_evidence import bring_evidence
from namsai_centre.savings.forms_step import StepForm
from namsai_centre.savings.policies import MEASURES
from namsai_centre.ui.forms import add_errors
from namsai_centre.ui.once import once
from namsai_centre.ui.words import say


def _page(verb: str) -> Any:
    def view(request: HttpRequest, measure: Any) -> HttpResponse:
        return _step(request, measure, verb)

    view.__name__ = verb
    view.__doc__ = f"Take the step `{verb}` with savings of a measure."
    return guard(MEASURES, verb, "pk")(once(view))


def _step(request: HttpRequest, measure: Any, verb: str) -> HttpResponse:
    who = who_of(request)
    data = request.POST.copy() if request.method == "POST" else None
    taking = queries.takers(measure, verb)
    if not taking:
        messages.warning(request, say("savings.nothing_takes_step"))
        return redirect("savings_see", pk=measure.pk)
    files = list(queries.files_of(who, measure))
    form = StepForm(data, request.FILES or None, taking=taking, files=files, verb=verb, initial={"on": clock.today()})
    facts = {"form": form, "measure": measure, "verb": verb}
    if data is None:
        return render(request, "savings/step.html", facts)
    status = 422
    if form.is_valid():
        try:
            STEPS[verb](who, measure, _lines(form), _told(request, form, measure))
        except Stale as problem:
            status = 409
            facts["stale"] = _meanwhile(form, data)
            form.add_error(None, say("savings.stale_step", name=str(problem.current)))
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, say(f"savings.done_{verb}"))
            return redirect("savings_see", pk=measure.pk)
    facts["form"] = _with_kept_file(request, form, measure, data, taking, verb)
    return render(request, "savings/step.html", facts, status=status)


def _meanwhile(form: StepForm, data: Any) -> list[tuple[Any, Any]]:
    """Return the savings changed meanwhile as they stand now, each with the amount wanted."""
    changed = []
    for saving, _ in form.taking:
        name = f"version_{saving.pk.hex}"
        if form.cleaned_data.get(name) != saving.version:
            data[name] = str(saving.version)
            changed.append((saving, form.cleaned_data.get(f"amount_{saving.pk.hex}")))
    return changed


def _lines(form: StepForm) -> list[Line]:
    told = form.cleaned_data
    return [
        Line(s.pk, told[f"version_{s.pk.hex}"], told.get(f"amount_{s.pk.hex}"), told.get(f"uncertainty_{s.pk.hex}"))
        for s, _ in form.taking
        if told.get(f"take_{s.pk.hex}")
    ]


def _told(request: HttpRequest, form: StepForm, measure: Any) -> Told:
    told = form.cleaned_data
    evidence = told.get("evidence") or None
    if told.get("upload"):
        evidence = _bring(request, measure, told["upload"]).pk
    return Told(
        on=told["on"],
        note=told.get("note") or "",
        method=told.get("method") or "",
        confidence=told.get("confidence"),
        evidence=evidence,
        period_from=told.get("period_from"),
        period_until=told.get("period_until"),
    )


def _bring(request: HttpRequest, measure: Any, file: Any) -> Any:
    brought = bring_evidence(who_of(request), measure, file.read(), file.name)
    if brought.cut:
        messages.warning(request, say("savings.file_cut"))
    return brought.evidence


def _with_kept_file(request: HttpRequest, form: StepForm, measure: Any, data: Any, taking: Any, verb: str) -> StepForm:
    """Keep a good file although something else is wrong: it is chosen in the list (no browser sends it twice)."""
    file = request.FILES.get("upload")
    if file is None or "upload" in form.errors:
        form.data = data
        return form
    file.seek(0)
    try:
        evidence = _bring(request, measure, file)
    except (ValidationError, PermissionDenied):
        return form
    data["evidence"] = str(evidence.pk)
    again = StepForm(data, taking=taking, files=list(queries.files_of(who_of(request), measure)), verb=verb)
    again.is_valid()
    for name, errors in form.errors.items():
        if name == "__all__":
            for error in errors:
                if error not in again.non_field_errors():
                    again.add_error(None, error)
    messages.success(request, say("savings.file_kept", name=evidence.name))
    return again


agree = _page("agree")
implement = _page("implement")
measure = _page("measure")
verify = _page("verify")
give_back = _page("give_back")
reject = _page("reject")
discontinue = _page("discontinue")
restate = _page("restate")
correct = _page("correct")
