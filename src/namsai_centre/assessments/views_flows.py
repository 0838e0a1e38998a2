"""The picture of flows: choose a layer, then a flow or a place in it, and see its numbers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from namsai_centre.assessments.flows import LAYERS, layers_of, picture
from namsai_centre.assessments.policies import RUNS
from namsai_centre.assessments.results import OtherShape, result_of
from namsai_centre.assessments.views_results import around
from namsai_centre.assessments.views_run import other_shape
from namsai_centre.rights import guard
from namsai_centre.ui.words import language


@guard(RUNS, "results", "pk")
def flows(request: HttpRequest, run: Any) -> HttpResponse:
    """Draw one layer of flows (`?layer=`); what is chosen in it (`?pick=`) is told below, also without script."""
    lang = language()
    try:
        result = result_of(run)
        found = layers_of(result, lang)
    except OtherShape:
        return other_shape(request, run)
    here = reverse("assessments_flows", args=[run.pk])
    asked = request.GET.get("layer", "")
    layer = asked if asked in found else next(iter(found), "")

    def link(key: str) -> str:
        return f"{here}?{urlencode({'layer': layer, 'pick': key})}#picked"

    facts = around(run, "flows") | {
        "layers": [(name, f"{here}?layer={name}", name == layer) for name in LAYERS if name in found],
        "layer": layer,
        "here": f"{here}?layer={layer}",
        "big": "big" in request.GET,
        "picture": picture(result, found[layer], lang, request.GET.get("pick", ""), link) if layer else None,
    }
    return render(request, "assessments/flows.html", facts)
