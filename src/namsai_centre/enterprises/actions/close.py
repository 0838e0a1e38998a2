"""Close an enterprise, or open it again."""

from __future__ import annotations

from datetime import date

from namsai_centre import action
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


def close(who: Who, enterprise: Enterprise, expected: int, *, closed_on: date, reason: str) -> Enterprise:
    """Close the enterprise from a day on, for a reason. Errors: records.Stale."""
    ENTERPRISES.demand("close", who, enterprise)
    with action.changing(who, "enterprises.close", enterprise, reason):
        enterprise.change(expected, status="closed", closed_on=closed_on)
    return enterprise


def reopen(who: Who, enterprise: Enterprise, expected: int, *, reason: str) -> Enterprise:
    """Open the enterprise again, for a reason. Errors: records.Stale."""
    ENTERPRISES.demand("reopen", who, enterprise)
    with action.changing(who, "enterprises.reopen", enterprise, reason):
        enterprise.change(expected, status="active", closed_on=None)
    return enterprise
