"""The registry: list, one, make, change, close, forget; groups and places."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from ninja import Query
from ninja.responses import Status

from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import ListOf, Reason
from namsai_centre.api.schemas.enterprises import (
    Close,
    EnterpriseAsked,
    EnterpriseChange,
    EnterpriseIn,
    EnterpriseLine,
    EnterpriseOut,
    Forget,
    GroupChange,
    GroupIn,
    GroupOut,
    PlaceLine,
)
from namsai_centre.enterprises import queries
from namsai_centre.enterprises.actions.close import close as close_it
from namsai_centre.enterprises.actions.close import reopen as reopen_it
from namsai_centre.enterprises.actions.edit import allowed_fields
from namsai_centre.enterprises.actions.edit import edit as edit_it
from namsai_centre.enterprises.actions.forget import forget as forget_it
from namsai_centre.enterprises.actions.group import edit_group, make_group
from namsai_centre.enterprises.actions.make import make as make_it
from namsai_centre.enterprises.forms import CloseForm, EnterpriseForm, ForgetForm, GroupForm, ReasonForm, StaffForm
from namsai_centre.enterprises.policies import ENTERPRISES, GROUPS
from namsai_centre.rights import who_of

room = Room("enterprises")


@room.get("/", ENTERPRISES, "browse", gives=ListOf[EnterpriseLine])
def browse(request: Any, asked: Query[EnterpriseAsked]) -> Any:
    """List the enterprises one may see, in Lao order."""
    told = asked.model_dump(exclude={"page", "size", "size_class"}) | {"size": asked.size_class}
    rows = queries.listed(who_of(request), queries.Filters.of(told)).select_related("province", "district")
    return part(rows, asked)


@room.post("/", ENTERPRISES, "make", gives=EnterpriseOut, status=201, made=ENTERPRISES)
def make(request: Any, body: EnterpriseIn) -> Any:
    """Add an enterprise."""
    return _make(request, body, None)


@room.get("/places/", ENTERPRISES, "browse", gives=ListOf[PlaceLine])
def places(request: Any, asked: Query[Paged]) -> Any:
    """List the provinces and districts of today (their id is what enterprises and sites take)."""
    day = who_of(request).day
    return part([*queries.provinces(day), *queries.districts(day)], asked)


@room.get("/groups/", ENTERPRISES, "group", gives=ListOf[GroupOut])
def groups(request: Any, asked: Query[Paged]) -> Any:
    """List the groups."""
    return part(queries.groups(), asked)


@room.post("/groups/", ENTERPRISES, "group", gives=GroupOut, status=201, made=GROUPS)
def make_a_group(request: Any, body: GroupIn) -> Any:
    """Make a group."""
    fields = checked(lambda: GroupForm(sent(body.model_dump())))
    return make_group(who_of(request), **fields)


@room.patch("/groups/{uuid:pk}/", GROUPS, "edit", "pk", gives=GroupOut)
def edit_a_group(request: Any, group: Any, body: GroupChange) -> Any:
    """Change the names of a group."""
    version = expected(request, body.version)
    names = {n: getattr(group, n) for n in ("name_lo", "name_en")} | body.wanted()
    fields = checked(lambda: GroupForm(sent(names)))
    return edit_group(who_of(request), group, version, **fields)


@room.get("/{uuid:pk}/", ENTERPRISES, "see", "pk", gives=EnterpriseOut)
def see(request: Any, enterprise: Any) -> Any:
    """Show one enterprise."""
    return queries.whole(enterprise)


@room.put("/{uuid:pk}/", ENTERPRISES, "browse", gives=EnterpriseOut)
def put(request: Any, pk: UUID, body: EnterpriseIn) -> Any:
    """Make an enterprise under an id of the client's own; the same again changes nothing (case 11)."""
    who = who_of(request)
    there = ENTERPRISES.visible(who).filter(pk=pk).first()
    if there is None:
        if not ENTERPRISES.allows("make", who):
            raise Http404
        return Status(201, _make(request, body, pk))
    now = StaffForm.initial_of(there)
    wanted = body.model_dump(exclude={"looked"})
    if any((now[n] or None) != (v or None) for n, v in wanted.items()):
        raise Wrong([found("api.id_taken", "id")], 409)
    return queries.whole(there)


@room.patch("/{uuid:pk}/", ENTERPRISES, "edit", "pk", gives=EnterpriseOut)
def edit(request: Any, enterprise: Any, body: EnterpriseChange) -> Any:
    """Change fields of an enterprise: staff all, its owner what is the firm's own to tell."""
    who = who_of(request)
    wanted = body.wanted()
    looked = bool(wanted.pop("looked", False))
    mine = allowed_fields(who, enterprise)
    foreign = [n for n in wanted if n not in mine]
    if foreign:
        raise Wrong(found("api.unknown_field", n) for n in foreign)
    version = expected(request, body.version)
    form = StaffForm if ENTERPRISES.allows("identify", who, enterprise) else EnterpriseForm
    values = {**form.initial_of(enterprise), **wanted}
    fields = checked(lambda: form(sent(values), enterprise=enterprise))
    fields.pop("looked", None)
    if who.staff and not looked:
        renamed = [n for n in ("name_lo", "name_en") if fields[n] != getattr(enterprise, n)]
        if renamed:
            _alike(who, fields, enterprise.pk)
    changed = {n: v for n, v in fields.items() if n in wanted or v != getattr(enterprise, n)}
    return queries.whole(edit_it(who, enterprise, version, **changed))


@room.post("/{uuid:pk}/close/", ENTERPRISES, "close", "pk", gives=EnterpriseOut)
def close(request: Any, enterprise: Any, body: Close) -> Any:
    """Close an enterprise from a day on, for a reason."""
    version = expected(request, body.version)
    fields = checked(lambda: CloseForm(sent(body.wanted())))
    return queries.whole(close_it(who_of(request), enterprise, version, **fields))


@room.post("/{uuid:pk}/reopen/", ENTERPRISES, "reopen", "pk", gives=EnterpriseOut)
def reopen(request: Any, enterprise: Any, body: Reason) -> Any:
    """Open a closed enterprise again, for a reason."""
    version = expected(request, body.version)
    fields = checked(lambda: ReasonForm(sent(body.wanted())))
    return queries.whole(reopen_it(who_of(request), enterprise, version, **fields))


@room.post("/{uuid:pk}/forget/", ENTERPRISES, "forget", "pk", gives=EnterpriseOut)
def forget(request: Any, enterprise: Any, body: Forget) -> Any:
    """Take the names away (instead of deleting), for a reason."""
    version = expected(request, body.version)
    fields = checked(lambda: ForgetForm(sent(body.wanted())))
    return queries.whole(forget_it(who_of(request), enterprise, version, reason=fields["reason"]))


def _make(request: Any, body: EnterpriseIn, pk: UUID | None) -> Any:
    who = who_of(request)
    fields = checked(lambda: StaffForm(sent(body.model_dump())))
    if not fields.pop("looked"):
        _alike(who, fields)
    return queries.whole(make_it(who, id=pk, **fields))


def _alike(who: Any, fields: dict[str, Any], but: UUID | None = None) -> None:
    alike = queries.alike(who, fields["name_lo"], fields["name_en"], but)
    if alike:
        names = "; ".join(f"{e} ({e.pk})" for e in alike)
        raise Wrong([found("api.alike", "looked", names=names)])
