"""Make a group of enterprises under one control, and change its names."""

from __future__ import annotations

from django.db import transaction

from namsai_centre import action
from namsai_centre.enterprises.models import Group
from namsai_centre.enterprises.policies import ENTERPRISES, GROUPS
from namsai_centre.who import Who


def make_group(who: Who, *, name_lo: str, name_en: str = "") -> Group:
    """Make a group."""
    ENTERPRISES.demand("group", who)
    with transaction.atomic():
        group = Group.objects.create(name_lo=name_lo, name_en=name_en)
        action.made(who, "enterprises.make_group", group)
    return group


def edit_group(who: Who, group: Group, expected: int, *, name_lo: str, name_en: str) -> Group:
    """Change the names of a group. Errors: records.Stale."""
    GROUPS.demand("edit", who, group)
    with action.changing(who, "enterprises.edit_group", group):
        group.change(expected, name_lo=name_lo, name_en=name_en)
    return group
