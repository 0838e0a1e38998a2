"""Add an enterprise to the registry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from namsai_centre import action
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who

OWN_FIELDS = (
    "name_lo", "name_en", "sector", "economic_kind", "province", "district", "village",
    "workers", "women", "men", "workers_on", "assets_kip", "income_kip", "figures_on",
)  # fmt: skip
STAFF_FIELDS = (*OWN_FIELDS, "group", "factory_class", "risk_class", "note")


def make(who: Who, id: UUID | None = None, **fields: Any) -> Enterprise:
    """Add an enterprise (under an id of the client's own, if given); only the staff's fields are written."""
    ENTERPRISES.demand("make", who)
    with transaction.atomic():
        enterprise = Enterprise.objects.create(
            **({"id": id} if id else {}), **{n: fields[n] for n in STAFF_FIELDS if n in fields}
        )
        action.made(who, "enterprises.make", enterprise)
    return enterprise
