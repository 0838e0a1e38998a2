"""Take the names of an enterprise away instead of deleting it: records and totals stay under a pseudonym."""

from __future__ import annotations

import secrets

from django.db import transaction

from namsai.texts import text
from namsai_centre import action, clock
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


def forget(who: Who, enterprise: Enterprise, expected: int, *, reason: str) -> Enterprise:
    """Put a pseudonym in the place of the names; take other names, numbers, people, sites, village and notes away.

    The pseudonym is drawn by lot (it cannot be computed from the name). The audit entry keeps the reason and how many
    parts went, not the names; older entries stay as sealed. Errors: records.Stale.
    """
    ENTERPRISES.demand("forget", who, enterprise)
    code = secrets.token_hex(4).upper()
    with transaction.atomic():
        gone = {}
        for name in ("contacts", "aliases", "identifiers", "sites"):
            parts = getattr(enterprise, name).all()
            gone[f"removed_{name}"] = parts.count()
            parts.delete()
        enterprise.consents.update(given_by="", withdrawn_by="", note="")
        group = enterprise.group
        alone = group is not None and group.enterprises.count() == 1
        enterprise.change(
            expected,
            name_lo=text("enterprises.pseudonym", "lo", code=code),
            name_en=text("enterprises.pseudonym", "en", code=code),
            village="",
            note="",
            factory_class="",
            forgotten_at=clock.now(),
        )
        if group is not None and alone:
            group.change(group.version, name_lo=enterprise.name_lo, name_en=enterprise.name_en)
        action.made(who, "enterprises.forget", enterprise, reason, gone)
    return enterprise
