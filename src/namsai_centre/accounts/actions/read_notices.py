"""Mark own notices as read."""

from __future__ import annotations

from namsai_centre import clock
from namsai_centre.accounts.models import Notice
from namsai_centre.accounts.policies import NOTICES
from namsai_centre.who import Who


def read_notice(who: Who, notice: Notice) -> Notice:
    """Mark one as read (reading is no change worth an audit entry)."""
    NOTICES.demand("read", who, notice)
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


def read_all(who: Who) -> int:
    """Mark all own notices as read; return how many."""
    return NOTICES.visible(who).filter(read_at__isnull=True).update(read_at=clock.now())
