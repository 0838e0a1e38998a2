"""One change of state: right, change and audit entry in one transaction. Only `actions/` use this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from namsai_centre.audit.record import record
from namsai_centre.records import snapshot
from namsai_centre.who import Who

__all__ = ["changing", "made"]


@contextmanager
def changing(who: Who, action: str, subject: models.Model, reason: str = "") -> Iterator[None]:
    """Log what the block changes on a record that stands in the database; all or nothing."""
    with transaction.atomic():
        before = snapshot(subject)
        yield
        record(who, action, subject, before, snapshot(subject), reason)


def made(who: Who, action: str, subject: models.Model, reason: str = "", facts: dict[str, Any] | None = None) -> None:
    """Log that a record was made (call inside the transaction that makes it)."""
    record(who, action, subject, None, {**snapshot(subject), **(facts or {})}, reason)
