"""The public pages: from the loss one sees to options, their cards, and where every number comes from."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from namsai.findings import NamsaiError
from namsai.knowhow import KnowHow, Option
from namsai_centre.knowhow import catalogue, queries
from namsai_centre.knowhow.card import badge, card_of, line_of, title_of, used_by, word
from namsai_centre.knowhow.evidence import local_cases, reasons_against
from namsai_centre.knowhow.policies import FEEDBACK
from namsai_centre.knowhow.queries_feedback import own
from namsai_centre.knowhow.shown import facet_words, losses_shown, sectors_shown
from namsai_centre.rights import open_to_all, who_of
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language

_PUBLIC = "the know-how is for everybody who makes something"
MOST = 4


@open_to_all(_PUBLIC)
def browse(request: HttpRequest) -> HttpResponse:
    """Start from the loss one sees, or search; with facets."""
    knowhow, lang, asked = queries.current_knowhow(), language(), request.GET.dict()
    searching = any(asked.get(name) for name in ("q", "loss", "all", *catalogue.FACETS))
    facts: dict[str, Any] = {"knowhow_version": knowhow.version, "asked": asked, "searching": searching}
    if not searching:
        facts |= {"losses": losses_shown(knowhow, lang), "sectors": sectors_shown(knowhow, lang)}
        return render(request, "knowhow/browse.html", facts)
    found = catalogue.find(knowhow, asked, lang)
    page, sector = page_of(request, found.options, 20), asked.get("sector", "")
    if sector and not found.loss:
        facts |= {"losses": losses_shown(knowhow, lang, sector)}
    facts |= {
        "page": page,
        "lines": [line_of(knowhow, o, lang) for o in page],
        "count": len(found.options),
        "facets": facet_words(knowhow, found.facets, lang),
        "sector": word("sector", sector, lang) if sector else "",
        "chosen": sum(bool(asked.get(name)) for name in catalogue.FACETS),
        "loss": found.loss and (found.loss.lo if lang == "lo" else found.loss.en),
    }
    return render(request, "knowhow/results.html", facts)


def option_or_404(knowhow: KnowHow, key: str) -> Option:
    """Return an option; Http404 for none."""
    try:
        return knowhow.option(key)
    except NamsaiError:
        raise Http404 from None


@open_to_all(_PUBLIC)
def see(request: HttpRequest, option: str) -> HttpResponse:
    """Show the card of an option."""
    knowhow, lang, who = queries.current_knowhow(), language(), who_of(request)
    found = option_or_404(knowhow, option)
    said = list(FEEDBACK.visible(who).filter(option=found.id)[:10]) if who.known else []
    waiting = list(queries.waiting_on("options", found.id)) if who.known else []
    facts = {
        "knowhow_version": knowhow.version,
        "option": found,
        "card": card_of(knowhow, found, lang),
        "local": local_cases(found.id),
        "measured": badge("M", lang),
        "against": reasons_against(found.id),
        "related": [line_of(knowhow, o, lang) for o in catalogue.related(knowhow, found)],
        "feedback": said,
        "mine": own(who, said) if said else set(),
        "waiting": len(waiting),
        "approving": any(p.kind == "approve" for p in waiting),
    }
    return render(request, "knowhow/see.html", facts)


@open_to_all(_PUBLIC)
def compare(request: HttpRequest) -> HttpResponse:
    """Set two to four options side by side."""
    knowhow, lang = queries.current_knowhow(), language()
    keys = list(dict.fromkeys(request.GET.getlist("option")))
    options = [option_or_404(knowhow, key) for key in keys[:MOST]]
    facts = {
        "cards": [card_of(knowhow, o, lang) for o in options],
        "locals": [local_cases(o.id) for o in options],
        "too_many": len(keys) > MOST,
        "too_few": len(options) < 2,
        "most": MOST,
    }
    return render(request, "knowhow/compare.html", facts)


@open_to_all(_PUBLIC)
def sources(request: HttpRequest) -> HttpResponse:
    """List where the numbers were found."""
    knowhow, text = queries.current_knowhow(), request.GET.get("q", "").strip().casefold()
    found = [s for s in knowhow.sources.values() if text in f"{s.key} {s.title} {s.locator}".casefold()]
    return render(request, "knowhow/sources.html", {"page": page_of(request, found, 50), "count": len(found)})


@open_to_all(_PUBLIC)
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show one source and what rests on it."""
    knowhow, lang = queries.current_knowhow(), language()
    if key not in knowhow.sources:
        raise Http404
    used = used_by(knowhow, key)
    options = [(o, title_of(o, lang)) for o in used["options"] if isinstance(o, Option)]
    others = {name: rows for name, rows in used.items() if name != "options" and rows}
    facts = {"source": knowhow.sources[key], "options": options, "others": others}
    return render(request, "knowhow/source.html", facts)
