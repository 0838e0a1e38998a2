"""Change what the registry knows of an enterprise."""

from __future__ import annotations

import logging
from typing import Any

from namsai_centre import action
from namsai_centre.enterprises.actions.make import OWN_FIELDS, STAFF_FIELDS
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who

log = logging.getLogger("namsai_centre.rights")


def allowed_fields(who: Who, enterprise: Enterprise) -> tuple[str, ...]:
    """Return the fields the person may change: all for staff, the firm's own for its owner."""
    return STAFF_FIELDS if ENTERPRISES.allows("identify", who, enterprise) else OWN_FIELDS


def edit(who: Who, enterprise: Enterprise, expected: int, **fields: Any) -> Enterprise:
    """Change the given fields; others than the person may change are left alone and logged. Errors: records.Stale."""
    ENTERPRISES.demand("edit", who, enterprise)
    mine = allowed_fields(who, enterprise)
    others = sorted(set(fields) - set(mine))
    if others:
        log.warning("ignored %s of enterprise %s from %s", ", ".join(others), enterprise.pk, who.person_id)
    with action.changing(who, "enterprises.edit", enterprise):
        enterprise.change(expected, **{n: v for n, v in fields.items() if n in mine})
    return enterprise
