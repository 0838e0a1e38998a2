"""People and roles, one's own notices and tokens, and firms opened in an emergency.

What makes a way into an account or widens rights (invitations, roles, e-mail and phone, links, second factor, opening
a firm, making a token) is not here: a token that was stolen must not make itself stronger (api.describe.NOT_HERE).
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
from namsai_centre.accounts.actions.read_notices import read_all as read_all_notices
from namsai_centre.accounts.actions.read_notices import read_notice
from namsai_centre.accounts.forms import NamesForm, ReasonForm
from namsai_centre.accounts.policies import DEVICES, GLASSES, NOTICES, PEOPLE, TOKENS
from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import ListOf, Versioned
from namsai_centre.api.schemas.people import (
    DeviceOut,
    EndedOut,
    GlassOut,
    MeOut,
    NoticeOut,
    PeopleAsked,
    PersonChange,
    PersonLine,
    PersonOut,
    ReadOut,
    TokenOut,
    WaitingOut,
    WhyIn,
)
from namsai_centre.rights import who_of
from namsai_centre.ui.home import home_of
from namsai_centre.who import Who

people = Room("people")
me = Room("me")


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
    return whole(who, _changed(who, person, version, body))


def _changed(who: Who, person: Any, version: int, body: PersonChange) -> Any:
    values = {n: getattr(person, n) for n in ("name_lo", "name_en", "language")} | body.wanted()
    fields = checked(lambda: NamesForm(sent(values)))
    return edit_person(who, person, version, **fields)


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


@me.patch("/", None, gives=PersonOut)
def edit_myself(request: Any, body: PersonChange) -> Any:
    """Change one's own names and language."""
    who, version = who_of(request), expected(request, body.version)
    return whole(who, _changed(who, queries.myself(who), version, body))


@me.get("/waiting/", None, gives=WaitingOut)
def waiting(request: Any) -> Any:
    """Show what waits for the reader, as their first page does: how many of each kind, and the first few."""
    home = home_of(who_of(request))
    some = {n: getattr(home, n) for n in ("notices", "tasks", "stuck", "reviews", "verify", "checks", "working")}
    shown = {n: s and {"count": s.count, "first": [str(r.pk) for r in s.rows]} for n, s in some.items()}
    firms = [
        {
            "enterprise": f.enterprise, "engagement_id": f.engagement and f.engagement.pk, "done": f.done,
            "to_agree": [m.pk for m in f.to_agree], "plan": [m.pk for m in f.plan],
            "last_check_id": f.last_check and f.last_check.pk,
        }
        for f in home.firms
    ]  # fmt: skip
    return shown | {"late_of_others": home.late_of_others, "firms": firms}


@me.get("/notices/", None, gives=ListOf[NoticeOut])
def notices(request: Any, asked: Query[Paged]) -> Any:
    """List one's own notices, newest first."""
    return part(queries.notices_of(who_of(request)), asked)


@me.post("/notices/{int:pk}/read/", NOTICES, "read", "pk", gives=NoticeOut)
def read(request: Any, notice: Any) -> Any:
    """Mark one of one's notices as read."""
    return read_notice(who_of(request), notice)


@me.post("/notices/read/", None, gives=ReadOut)
def read_all(request: Any) -> Any:
    """Mark all of one's notices as read."""
    return {"read": read_all_notices(who_of(request))}


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
