"""Take the names of an enterprise away instead of deleting it: records and totals stay under a pseudonym."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q

from namsai.texts import text
from namsai_centre import action, clock
from namsai_centre.enterprises.erasing import erase, words_of
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who

_PARTS = ("contacts", "aliases", "identifiers", "sites")


def forget(who: Who, enterprise: Enterprise, expected: int, *, reason: str) -> Enterprise:
    """Put a pseudonym in the place of the names; take other names, numbers, people, sites, village and notes away.

    Records that were joined into it are the same enterprise: they go along. So do the names in all that was written
    about it (erasing). The pseudonym is drawn by lot (it cannot be computed from the name). The audit entry keeps the
    reason and how many parts went, not the names; older entries stay as sealed. Errors: records.Stale.
    """
    ENTERPRISES.demand("forget", who, enterprise)
    code = secrets.token_hex(4).upper()
    lo, en = (text("enterprises.pseudonym", lang, code=code) for lang in ("lo", "en"))
    with transaction.atomic():
        joined = list(Enterprise.objects.filter(Q(merged_into=enterprise) | Q(merged_into__merged_into=enterprise)))
        words = words_of(enterprise, lo, en)
        for one in joined:
            for said, instead in words_of(one, lo, en).instead.items():
                words.add(said, instead)
        group = enterprise.group
        alone = group is not None and group.enterprises.exclude(pk__in=[e.pk for e in joined]).count() == 1
        if group is not None and alone:
            words.add(group.name_lo, lo)
            words.add(group.name_en, en)
        gone: dict[str, int] = {}
        for one in (enterprise, *joined):
            for name in _PARTS:
                parts = getattr(one, name).all()
                gone[f"removed_{name}"] = gone.get(f"removed_{name}", 0) + parts.count()
                parts.delete()
            one.consents.update(given_by="", withdrawn_by="", note="")
        enterprise.change(expected, **_nameless(lo, en))
        for one in joined:
            one.change(one.version, **_nameless(lo, en))
        if group is not None and alone:
            group.change(group.version, name_lo=enterprise.name_lo, name_en=enterprise.name_en)
        erase([enterprise, *joined], words)
        enterprise.refresh_from_db()
        action.made(who, "enterprises.forget", enterprise, reason, gone)
    return enterprise


def _nameless(lo: str, en: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"name_lo": lo, "name_en": en, "forgotten_at": clock.now()}
    return fields | dict.fromkeys(("village", "note", "factory_class"), "")
