"""People and roles, one's own notices and tokens, firms opened in an emergency, and the audit log.

What asks for a fresh log-in on the pages (invitations, roles, e-mail and phone, links, second factor, opening a firm,
making a token) is not here: a token that was stolen must not make itself stronger.
"""

from __future__ import annotations

from typing import Any

from ninja import Query

from namsai_centre.accounts import queries
from namsai_centre.accounts.actions import end_devices
from namsai_centre.accounts.actions.break_glass import close_glass
from namsai_centre.accounts.actions.close import close_person, reopen_person
from namsai_centre.accounts.actions.edit import edit_person
from namsai_centre.accounts.actions.end_token import end_token
from namsai_centre.accounts.actions.read_notices import read_notice
from namsai_centre.accounts.forms import NamesForm, ReasonForm
from namsai_centre.accounts.policies import DEVICES, GLASSES, NOTICES, PEOPLE, TOKENS
from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import ListOf, Versioned
from namsai_centre.api.schemas.people import (
    DeviceOut,
    EndedOut,
    Entries,
    EntriesAsked,
    EntryOut,
    GlassOut,
    MeOut,
    NoticeOut,
    PeopleAsked,
    PersonChange,
    PersonLine,
    PersonOut,
    TokenOut,
    WhyIn,
)
from namsai_centre.audit import queries as log
from namsai_centre.audit.forms import FilterForm
from namsai_centre.audit.policies import ENTRIES, as_seen
from namsai_centre.rights import who_of
from namsai_centre.who import Who

people = Room("people")
me = Room("me")
audit = Room("audit")


def whole(who: Who, person: Any) -> dict[str, Any]:
    """Return a person with the roles the reader may know of."""
    return {n: getattr(person, n) for n in PersonLine.model_fields} | {"roles": queries.grants_of(who, person)}


@people.get("/", PEOPLE, "browse", gives=ListOf[PersonLine])
def browse(request: Any, asked: Query[PeopleAsked]) -> Any:
    """List the people one may see."""
    return part(queries.people_for(who_of(request), asked.q, asked.role, asked.state), asked)


@people.get("/glasses/", GLASSES, "browse", gives=ListOf[GlassOut])
def glasses(request: Any, asked: Query[Paged]) -> Any:
    """List the times a firm was opened in an emergency: staff all, others their own."""
    return part(queries.glasses_for(GLASSES.visible(who_of(request))), asked)


@people.post("/glasses/{uuid:pk}/close/", GLASSES, "close", "pk", gives=GlassOut)
def end_glass(request: Any, glass: Any) -> Any:
    """Close a firm that was opened in an emergency."""
    return close_glass(who_of(request), glass)


@people.get("/{uuid:pk}/", PEOPLE, "see", "pk", gives=PersonOut)
def see(request: Any, person: Any) -> Any:
    """Show one person."""
    return whole(who_of(request), person)


@people.patch("/{uuid:pk}/", PEOPLE, "edit", "pk", gives=PersonOut)
def edit(request: Any, person: Any, body: PersonChange) -> Any:
    """Change names and language."""
    who, version = who_of(request), expected(request, body.version)
    values = {n: getattr(person, n) for n in ("name_lo", "name_en", "language")} | body.wanted()
    fields = checked(lambda: NamesForm(sent(values)))
    return whole(who, edit_person(who, person, version, **fields))


@people.post("/{uuid:pk}/close/", PEOPLE, "close", "pk", gives=PersonOut)
def close(request: Any, person: Any, body: WhyIn) -> Any:
    """Close an account: no log-in, sessions and tokens end at once."""
    who, version = who_of(request), expected(request, body.version)
    fields = checked(lambda: ReasonForm(sent(body.wanted())))
    return whole(who, close_person(who, person, version, fields["reason"]))


@people.post("/{uuid:pk}/reopen/", PEOPLE, "close", "pk", gives=PersonOut)
def reopen(request: Any, person: Any, body: Versioned) -> Any:
    """Open a closed account again."""
    who = who_of(request)
    return whole(who, reopen_person(who, person, expected(request, body.version)))


@me.get("/", None, gives=MeOut)
def myself(request: Any) -> Any:
    """Show who asks, with today's roles and the token's scopes."""
    who = who_of(request)
    scopes = None if who.scopes is None else sorted(who.scopes)
    own = {"today": sorted(who.roles), "scopes": scopes, "unread": queries.unread(who)}
    return whole(who, queries.myself(who)) | own


@me.get("/notices/", None, gives=ListOf[NoticeOut])
def notices(request: Any, asked: Query[Paged]) -> Any:
    """List one's own notices, newest first."""
    return part(queries.notices_of(who_of(request)), asked)


@me.post("/notices/{int:pk}/read/", NOTICES, "read", "pk", gives=NoticeOut)
def read(request: Any, notice: Any) -> Any:
    """Mark one of one's notices as read."""
    return read_notice(who_of(request), notice)


@me.get("/tokens/", None, gives=ListOf[TokenOut])
def tokens(request: Any, asked: Query[Paged]) -> Any:
    """List one's own tokens (never their secrets)."""
    return part(queries.tokens_of(who_of(request)), asked)


@me.post("/tokens/{uuid:pk}/end/", TOKENS, "end", "pk", gives=TokenOut)
def end(request: Any, token: Any) -> Any:
    """End one of one's tokens at once."""
    return end_token(who_of(request), token)


def _device(request: Any, device: Any) -> dict[str, Any]:
    own = {n: getattr(device, n) for n in DeviceOut.model_fields if n != "here"}
    return own | {"here": device.session_key == request.session.session_key}


@me.get("/devices/", None, gives=ListOf[DeviceOut])
def devices(request: Any, asked: Query[Paged]) -> Any:
    """List where one is logged in."""
    return part(queries.devices_of(who_of(request)), asked, lambda rows: [_device(request, d) for d in rows])


@me.post("/devices/{int:pk}/end/", DEVICES, "end", "pk", gives=DeviceOut)
def end_device(request: Any, device: Any) -> Any:
    """End one of one's sessions."""
    shown = _device(request, device)
    end_devices.end_device(who_of(request), device)
    return shown


@me.post("/devices/end-others/", None, gives=EndedOut)
def end_others(request: Any) -> Any:
    """End all of one's sessions but the one that asks (with a token: all)."""
    who = who_of(request)
    return {"ended": end_devices.end_others(who, queries.myself(who), request.session.session_key)}


@audit.get("/", ENTRIES, "browse", gives=Entries)
def entries(request: Any, asked: Query[EntriesAsked]) -> Any:
    """List entries of the audit log, newest first."""
    found = {n: v for n, v in checked(lambda: FilterForm(sent(asked.model_dump()))).items() if v}
    older, newer = found.pop("older", None), found.pop("newer", None)
    page = log.sliced(log.filtered(ENTRIES.visible(who_of(request)), found), older, newer)
    return {"older": page.older, "newer": page.newer, "items": [t.entry for t in page.rows]}


@audit.get("/{int:pk}/", ENTRIES, "see", "pk", gives=EntryOut)
def entry(request: Any, one: Any) -> Any:
    """Show one entry with what stood there before and after."""
    return as_seen(who_of(request), one)
