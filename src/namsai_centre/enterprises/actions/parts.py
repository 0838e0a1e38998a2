"""Add, change or remove what belongs to an enterprise (sites, numbers, other names, activities, people to talk to)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from namsai_centre import action
from namsai_centre.enterprises.erasing import erase_person
from namsai_centre.enterprises.models import Activity, Enterprise
from namsai_centre.enterprises.parts import KINDS
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


def add_part(who: Who, enterprise: Enterprise, kind: str, /, **fields: Any) -> Any:
    """Add a part; a new main activity takes the place of the one before."""
    ENTERPRISES.demand(KINDS[kind].verb, who, enterprise)
    with transaction.atomic():
        _one_main(who, enterprise, kind, fields)
        part = KINDS[kind].model.objects.create(enterprise=enterprise, **fields)
        action.made(who, f"enterprises.add_{kind}", part)
    return part


def change_part(who: Who, enterprise: Enterprise, kind: str, part: Any, expected: int, /, **fields: Any) -> Any:
    """Change a part of this enterprise. Errors: records.Stale."""
    ENTERPRISES.demand(KINDS[kind].verb, who, enterprise)
    with transaction.atomic():
        _one_main(who, enterprise, kind, fields, part)
        with action.changing(who, f"enterprises.change_{kind}", part):
            part.change(expected, **fields)
    return part


def remove_part(who: Who, enterprise: Enterprise, kind: str, part: Any, *, reason: str) -> None:
    """Remove a part that was a mistake; the audit log keeps what stood there. A person goes out of lists, too."""
    ENTERPRISES.demand(KINDS[kind].verb, who, enterprise)
    with transaction.atomic():
        action.made(who, f"enterprises.remove_{kind}", part, reason)
        if kind == "contact":
            erase_person(enterprise, part)
        part.delete()


def _one_main(who: Who, enterprise: Enterprise, kind: str, fields: dict[str, Any], but: Any = None) -> None:
    if kind != "activity" or not fields.get("main"):
        return
    mains = Activity.objects.filter(enterprise=enterprise, main=True)
    for other in mains.exclude(pk=but.pk) if but else mains:
        with action.changing(who, "enterprises.change_activity", other):
            other.change(other.version, main=False)
