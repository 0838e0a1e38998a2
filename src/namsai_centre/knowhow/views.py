"""The public pages: from the loss one sees to options, their cards, and where every number comes from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from namsai.findings import NamsaiError
from namsai.knowhow import KnowHow, Option, SourceRecord
from namsai.lao.normalise import search_key
from namsai_centre.knowhow import catalogue, queries
from namsai_centre.knowhow.card import badge, card_of, letters, line_of, retired_of, used_by
from namsai_centre.knowhow.evidence import local_cases, reasons_against
from namsai_centre.knowhow.origins import title_said, tone_of
from namsai_centre.knowhow.policies import FEEDBACK
from namsai_centre.knowhow.queries_feedback import own
from namsai_centre.knowhow.shown import facet_words, losses_shown, options_by_sector, said_by, sectors_shown
from namsai_centre.knowhow.words import word
from namsai_centre.rights import open_to_all, who_of
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language

_PUBLIC = "the know-how is for everybody who makes something"
MOST = 4


@open_to_all(_PUBLIC)
def browse(request: HttpRequest) -> HttpResponse:
    """Start from the loss one sees, or search; with facets."""
    knowhow, lang, asked = queries.current_knowhow(), language(), request.GET.dict()
    searching = any(asked.get(name) for name in ("q", "loss", "all", "retired", *catalogue.FACETS))
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
        "retired_too": found.retired,
        "with_retired": urlencode({**asked, "retired": "1", "page": ""}),
        "without_retired": urlencode({k: v for k, v in asked.items() if k not in ("retired", "page")}),
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
    waiting, mine = (
        list(queries.waiting_on("options", found.id)) if who.known else [],
        own(who, said) if said else set(),
    )
    facts = {
        "knowhow_version": knowhow.version,
        "option": found,
        "card": card_of(knowhow, found, lang),
        "local": local_cases(found.id),
        "measured": badge("M", lang),
        "against": reasons_against(found.id),
        "related": [line_of(knowhow, o, lang) for o in catalogue.related(knowhow, found)],
        "feedback": said,
        "mine": mine,
        "all_told": not (who.staff or who.has("expert")) and len(who.owned) <= len(mine),
        "waiting": len(waiting),
        "approving": any(p.kind == "approve" for p in waiting),
        "retiring": any(p.kind in ("retire", "restore") for p in waiting),
        "retired": retired_of(knowhow, found, lang),
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
def evidence(request: HttpRequest) -> HttpResponse:
    """Say what the letters of evidence mean, and which of them calculate."""
    return render(request, "knowhow/evidence.html", {"letters": letters(language())})


@open_to_all(_PUBLIC)
def sources(request: HttpRequest) -> HttpResponse:
    """List where the numbers were found."""
    knowhow, lang, text = queries.current_knowhow(), language(), search_key(request.GET.get("q", ""))

    def names(s: SourceRecord) -> str:
        return search_key(f"{s.key} {s.title} {knowhow.label('source', s.title, 'lo')} {s.locator}")

    found = [s for s in knowhow.sources.values() if text in names(s)]
    page = page_of(request, found, 50)
    rows = [(s, title_said(knowhow, s, lang), tone_of(s)) for s in page]
    return render(request, "knowhow/sources.html", {"page": page, "rows": rows, "count": len(found)})


@open_to_all(_PUBLIC)
def source(request: HttpRequest, key: str) -> HttpResponse:
    """Show one source and what rests on it."""
    knowhow, lang = queries.current_knowhow(), language()
    if key not in knowhow.sources:
        raise Http404
    used = used_by(knowhow, key)
    one = knowhow.sources[key]
    facts = {
        "source": one,
        "title": title_said(knowhow, one, lang),
        "tone": tone_of(one),
        "count": len(used["options"]),
        "sectors": options_by_sector(used["options"], lang),
        "others": [(name, said_by(knowhow, rows, lang)) for name, rows in used.items() if name != "options" and rows],
    }
    return render(request, "knowhow/source.html", facts)
