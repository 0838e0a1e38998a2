"""The know-how to read: options, cards, comparison, losses, sources, versions; and a new version of what was accepted.

Pages show it to everybody; here too everybody who has a token or is logged in.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from ninja import Query

from namsai.cli.common import as_data
from namsai.knowhow import KnowHow
from namsai_centre.api.asked import Paged, checked, part, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room, file_of
from namsai_centre.api.schemas.common import ListOf
from namsai_centre.api.schemas.knowhow import (
    CardOut,
    CompareAsked,
    LossOut,
    OptionsAsked,
    OptionsOut,
    ReleaseIn,
    ReleaseLine,
    ReleaseOut,
    SourceLine,
    SourceOut,
    SourcesAsked,
    WhyAsked,
    WhyOut,
)
from namsai_centre.assessments.policies import RUNS
from namsai_centre.knowhow import catalogue, queries
from namsai_centre.knowhow.actions.release import release
from namsai_centre.knowhow.card import card_of, used_by
from namsai_centre.knowhow.evidence import local_cases
from namsai_centre.knowhow.forms import ReleaseForm
from namsai_centre.knowhow.policies import RELEASES
from namsai_centre.knowhow.views import option_or_404
from namsai_centre.knowhow.views_card import card_file as card_page
from namsai_centre.knowhow.why import why_of
from namsai_centre.rights import who_of
from namsai_centre.ui.words import language

room = Room("knowhow")


@room.get("/options/", None, gives=OptionsOut)
def options(request: Any, asked: Query[OptionsAsked]) -> Any:
    """Find options by words, by the loss one sees and by facets, best first."""
    knowhow = queries.current_knowhow()
    told = {n: v for n, v in asked.model_dump(exclude={"page", "size"}).items() if v}
    wrong = [n for n in catalogue.FACETS if n in told and told[n] not in _values(knowhow, n)]
    if told.get("loss") and catalogue.loss_of(knowhow, told["loss"]) is None:
        wrong.append("loss")
    if wrong:
        raise Wrong(found("api.wrong_value", n, said=told[n]) for n in wrong)
    seen = catalogue.find(knowhow, told, language())
    facets = {n: [{"value": c.value, "count": c.count} for c in own] for n, own in seen.facets.items()}
    return part(seen.options, asked) | {"facets": facets, "knowhow_version": knowhow.version}


@room.get("/options/{slug:option}/", None, gives=CardOut)
def card(request: Any, option: str) -> Any:
    """Show the card of an option."""
    return _card(queries.current_knowhow(), option)


@room.get("/options/{slug:option}/card.{slug:lang}.pdf", None, extra=file_of("application/pdf"))
def card_pdf(request: Any, option: str, lang: str) -> HttpResponseBase:
    """Give the card of an option as a page to print: lang lo or en."""
    return card_page(request, option, lang)


@room.get("/why/{uuid:pk}/", RUNS, "results", "pk", gives=WhyOut)
def why(request: Any, run: Any, asked: Query[WhyAsked]) -> Any:
    """Say why a run proposed an option: the rule, the streams, what is missing for a figure, the sources."""
    seen = why_of(run, asked.option, language())
    if seen is None:
        raise Wrong([found("api.unknown_option", "option", names=asked.option)])
    return as_data(seen)


@room.get("/compare/", None, gives=list[CardOut], also=(404,))
def compare(request: Any, asked: Query[CompareAsked]) -> Any:
    """Set two to four options side by side."""
    knowhow = queries.current_knowhow()
    return [_card(knowhow, key) for key in dict.fromkeys(asked.option)]


@room.get("/losses/", None, gives=list[LossOut])
def losses(request: Any) -> Any:
    """List the losses one sees in a plant, with their number of options."""
    counted = catalogue.losses_of(queries.current_knowhow())
    return [{"key": x.key, "lo": x.lo, "en": x.en, "options": n} for x, n in counted]


@room.get("/sources/", None, gives=ListOf[SourceLine])
def sources(request: Any, asked: Query[SourcesAsked]) -> Any:
    """List where the numbers were found."""
    words = asked.q.strip().casefold()
    every = queries.current_knowhow().sources.values()
    return part([s for s in every if words in f"{s.key} {s.title} {s.locator}".casefold()], asked)


@room.get("/sources/{str:key}/", None, gives=SourceOut)
def source(request: Any, key: str) -> Any:
    """Show one source and what rests on it."""
    knowhow = queries.current_knowhow()
    if key not in knowhow.sources:
        raise Http404
    used = {table: [str(getattr(r, "id", r)) for r in rows] for table, rows in used_by(knowhow, key).items()}
    one = knowhow.sources[key]
    return {n: getattr(one, n) for n in SourceLine.model_fields} | {"used_by": used}


@room.get("/releases/", None, gives=ListOf[ReleaseLine])
def releases(request: Any, asked: Query[Paged]) -> Any:
    """List the versions of the know-how, newest first."""
    return part(queries.releases(), asked)


@room.get("/releases/{str:version}/", None, gives=ReleaseOut)
def release_see(request: Any, version: str) -> Any:
    """Show what changed in a version."""
    there = queries.release_named(version) if version.isprintable() else None
    if there is None:
        raise Http404
    return there


@room.post("/releases/", RELEASES, "make", gives=ReleaseOut, status=201, made=RELEASES)
def release_make(request: Any, body: ReleaseIn) -> Any:
    """Release what was accepted as a new version."""
    fields = checked(lambda: ReleaseForm(sent(body.model_dump())))
    return release(who_of(request), expected=fields["base"], note=fields["note"])


def _values(knowhow: KnowHow, facet: str) -> set[str]:
    if facet == "payback":
        return set(catalogue.PAYBACKS)
    return {v for o in catalogue.alive(knowhow) for v in catalogue.VALUES[facet](o)}


def _card(knowhow: KnowHow, key: str) -> dict[str, Any]:
    one = option_or_404(knowhow, key)
    local = local_cases(one.id)
    return {
        "knowhow_version": knowhow.version,
        "option": as_data(one),
        "card": as_data(card_of(knowhow, one, language())),
        "local": local and {n: getattr(local, n) for n in ("firms", "middle", "low", "high")},
        "related": [o.id for o in catalogue.related(knowhow, one)],
    }
