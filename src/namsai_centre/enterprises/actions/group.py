"""Make a group of enterprises under one control."""

from __future__ import annotations

from django.db import transaction

from namsai_centre import action
from namsai_centre.enterprises.models import Group
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


def make_group(who: Who, *, name_lo: str, name_en: str = "") -> Group:
    """Make a group."""
    ENTERPRISES.demand("group", who)
    with transaction.atomic():
        group = Group.objects.create(name_lo=name_lo, name_en=name_en)
        action.made(who, "enterprises.make_group", group)
    return group
