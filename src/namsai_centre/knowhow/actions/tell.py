"""Tell those concerned what became of a proposal: it waits for a second person, was accepted, was given back."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from namsai.texts import Lang
from namsai_centre.accounts.actions.notify import doer, notify, notify_all
from namsai_centre.accounts.models import Person
from namsai_centre.knowhow.lines import name_of
from namsai_centre.knowhow.models import Proposal
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.who import STAFF, Who

LANGS: tuple[Lang, ...] = ("lo", "en")


def tell_waiting(who: Who, proposal: Proposal) -> int:
    """Tell the staff who may review it (never who proposed it)."""
    today = Q(grants__starts__lte=who.day) & (Q(grants__ends__isnull=True) | Q(grants__ends__gte=who.day))
    staff = Person.objects.filter(today & Q(grants__role__in=STAFF), is_active=True).exclude(pk=proposal.by_id)
    url = reverse("knowhow_proposal", args=[proposal.pk])
    return notify_all(staff.distinct(), f"knowbase.told_{proposal.kind}", url, **_facts(who, proposal))


def tell_decided(who: Who, proposal: Proposal, note: str) -> None:
    """Tell who proposed it: accepted, or given back with words."""
    url = reverse("knowhow_proposal", args=[proposal.pk])
    notify(proposal.by, f"knowbase.told_{proposal.state}", url, note=note, **_facts(who, proposal))


def _facts(who: Who, proposal: Proposal) -> dict[str, Any]:
    knowhow = current_knowhow()
    return {"title": {lang: name_of(knowhow, proposal, lang) for lang in LANGS}, "by": doer(who)}
