"""What belongs to an enterprise: parts of five kinds and consents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404

from namsai_centre.api.asked import checked, expected, sent
from namsai_centre.api.enterprises import room
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.schemas.common import Reason
from namsai_centre.api.schemas.enterprises import ConsentIn, EnterpriseOut, PartIn, Withdraw
from namsai_centre.enterprises import queries
from namsai_centre.enterprises.actions.consent import give_consent, withdraw_consent
from namsai_centre.enterprises.actions.parts import add_part, change_part, remove_part
from namsai_centre.enterprises.forms import ReasonForm
from namsai_centre.enterprises.forms_parts import FORMS, ConsentForm, WithdrawForm
from namsai_centre.enterprises.parts import KINDS
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.rights import who_of

_PLACES = ("province", "district")


@room.post(
    "/{uuid:pk}/parts/{slug:kind}/", ENTERPRISES, "edit", "pk", gives=EnterpriseOut, status=201, made=ENTERPRISES
)
def part_new(request: Any, enterprise: Any, kind: str, body: PartIn) -> Any:
    """Add a contact, site, activity, identifier or alias."""
    _may(request, enterprise, kind)
    add_part(who_of(request), enterprise, kind, **_fields(enterprise, kind, body))
    return queries.whole(enterprise)


@room.patch("/{uuid:pk}/parts/{slug:kind}/{uuid:part}/", ENTERPRISES, "edit", "pk", gives=EnterpriseOut)
def part_edit(request: Any, enterprise: Any, kind: str, part: UUID, body: PartIn) -> Any:
    """Change a part, or give it its last day."""
    old = _part(request, enterprise, kind, part)
    version = expected(request, body.version)
    change_part(who_of(request), enterprise, kind, old, version, **_fields(enterprise, kind, body, old))
    return queries.whole(enterprise)


@room.post("/{uuid:pk}/parts/{slug:kind}/{uuid:part}/remove/", ENTERPRISES, "edit", "pk", gives=EnterpriseOut)
def part_remove(request: Any, enterprise: Any, kind: str, part: UUID, body: Reason) -> Any:
    """Remove a part that was a mistake, for a reason."""
    old = _part(request, enterprise, kind, part)
    fields = checked(lambda: ReasonForm(sent(body.wanted())))
    remove_part(who_of(request), enterprise, kind, old, reason=fields["reason"])
    return queries.whole(enterprise)


@room.post("/{uuid:pk}/consents/", ENTERPRISES, "consent", "pk", gives=EnterpriseOut, status=201, made=ENTERPRISES)
def consent(request: Any, enterprise: Any, body: ConsentIn) -> Any:
    """Keep what the enterprise agrees to."""
    purposes = [p.purpose for p in queries.consents(queries.whole(enterprise)) if p.now is None]
    fields = checked(lambda: ConsentForm(sent(body.model_dump()), open_purposes=purposes, begun={}))
    give_consent(who_of(request), enterprise, **fields)
    return queries.whole(enterprise)


@room.post("/{uuid:pk}/consents/{uuid:consent}/withdraw/", ENTERPRISES, "consent", "pk", gives=EnterpriseOut)
def withdraw(request: Any, enterprise: Any, consent: UUID, body: Withdraw) -> Any:
    """Keep that the enterprise took a consent back."""
    given = queries.open_consent(enterprise, consent)
    if given is None:
        raise Http404
    version = expected(request, body.version)
    fields = checked(lambda: WithdrawForm(sent(body.wanted())))
    if fields["withdrawn_on"] < given.given_on:
        raise Wrong([found("enterprises.consent_before", "withdrawn_on")])
    withdraw_consent(who_of(request), enterprise, given, version, **fields)
    return queries.whole(enterprise)


def _may(request: Any, enterprise: Any, kind: str) -> None:
    if kind not in KINDS or not ENTERPRISES.allows(KINDS[kind].verb, who_of(request), enterprise):
        raise Http404


def _part(request: Any, enterprise: Any, kind: str, key: UUID) -> Any:
    _may(request, enterprise, kind)
    old = queries.part(enterprise, kind, key)
    if old is None:
        raise Http404
    return old


def _fields(enterprise: Any, kind: str, body: PartIn, old: Any = None) -> dict[str, Any]:
    """Return the checked fields of a part; those not sent stay as they are."""
    form, wanted = FORMS[kind], body.wanted()
    names = [n for n in form.base_fields if n != "version"]
    foreign = [n for n in wanted if n not in names]
    if foreign:
        raise Wrong(found("api.unknown_field", n) for n in foreign)
    if old is not None:
        wanted = {n: getattr(old, f"{n}_id" if n in _PLACES else n) for n in names} | wanted
    elif kind == "activity":
        wanted = {"main": True, "revision": "4"} | wanted
    fields = checked(lambda: form(sent(wanted), part=old))
    if kind == "identifier" and queries.has_number(enterprise, fields["issuer"], fields["value"], old and old.pk):
        raise Wrong([found("enterprises.has_number", "value")])
    return fields
