"""Whose hand it is: what is made names its maker."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied

from namsai_centre.who import Who


def me(who: Who) -> UUID:
    """Return the id of the person; nobody makes nothing (PermissionDenied)."""
    if who.person_id is None:
        raise PermissionDenied
    return who.person_id
