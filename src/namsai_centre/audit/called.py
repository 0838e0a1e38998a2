"""What records without a name of their own are called in a sentence, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from namsai_centre.audit.words import option_title
from namsai_centre.ui.templatetags.words import day, moment, named
from namsai_centre.ui.words import say, say_or

# What is fetched along, so that no name asks for its own rows.
ALONG: dict[str, tuple[str, ...]] = {
    "accounts.breakglass": ("person", "enterprise"),
    "assessments.assessment": ("engagement__enterprise",),
    "assessments.caseversion": ("assessment__engagement__enterprise",),
    "assessments.review": ("run__assessment__engagement__enterprise",),
    "assessments.run": ("assessment__engagement__enterprise",),
    "assessments.upload": ("assessment__engagement__enterprise",),
    "engagements.clubmodule": ("club",),
    "engagements.engagement": ("enterprise",),
    "engagements.selfcheck": ("enterprise",),
    "enterprises.lookalike": ("first", "second"),
    "enterprises.merge": ("kept", "gone"),
    "fieldwork.visit": ("engagement__enterprise",),
    "knowhow.feedback": ("enterprise",),
    "savings.interest": ("measure", "person"),
}


def _engagement(one: Any) -> str:
    return named(one) if one.title_lo or one.title_en else named(one.enterprise)


def _option(one: Any) -> str:
    return f"{option_title(one.option)}: {say(f'knowbase.outcome_{one.outcome}')}"


def _assessment(one: Any) -> str:
    return f"{named(one.engagement.enterprise)} {one.title}"


# Kind -> (what a record is called, whether that says already what it belongs to).
CALLED: dict[str, Callable[[Any], tuple[str, bool]]] = {
    "accounts.breakglass": lambda r: (f"{named(r.person)} → {named(r.enterprise)}", True),
    "assessments.assessment": lambda r: (_assessment(r), True),
    "assessments.review": lambda r: (
        f"{_assessment(r.run.assessment)}: {say('audit.review_accepted' if r.accepted else 'audit.review_returned')}",
        True,
    ),
    "assessments.run": lambda r: (f"{moment(r.created_at)} ({say_or(f'assessments.run_{r.state}', r.state)})", False),
    "engagements.clubmodule": lambda r: (f"{say('audit.field_clubmodule_number')} {r.number}", False),
    "engagements.engagement": lambda r: (_engagement(r), True),
    "engagements.selfcheck": lambda r: (f"{named(r.enterprise)}, {day(r.on)}", True),
    "enterprises.consent": lambda r: (say_or(f"enterprises.purpose_{r.purpose}", r.purpose), False),
    "enterprises.identifier": lambda r: (f"{say_or(f'enterprises.issuer_{r.issuer}', r.issuer)} {r.value}", False),
    "enterprises.lookalike": lambda r: (f"{named(r.first)} / {named(r.second)}", True),
    "enterprises.merge": lambda r: (f"{named(r.gone)} → {named(r.kept)}", True),
    "fieldwork.visit": lambda r: (f"{r.title or named(r.engagement.enterprise)}, {day(r.on)}", True),
    "knowhow.feedback": lambda r: (_option(r), True),
    "savings.interest": lambda r: (f"{named(r.person)}: {say_or(f'savings.interest_{r.kind}', r.kind)}", False),
    "savings.persistencecheck": lambda r: (say("audit.after_years", years=r.years), False),
}
