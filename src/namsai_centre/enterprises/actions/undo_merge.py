"""Take two records that were joined apart again, exactly as they were; refused when something would be lost."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction

from namsai_centre import clock
from namsai_centre.audit.record import record
from namsai_centre.enterprises import joining
from namsai_centre.enterprises.actions.merge import Refused
from namsai_centre.enterprises.models import Enterprise, Merge
from namsai_centre.enterprises.policies import MERGES
from namsai_centre.records import snapshot
from namsai_centre.who import Who


def undo_merge(who: Who, merge: Merge, expected: int, *, reason: str) -> Merge:
    """Undo a merge. What was made since for something that moves back goes along. Errors: Refused, records.Stale."""
    MERGES.demand("undo", who, merge)
    if not reason.strip():
        raise Refused([("no_reason", {})])
    with transaction.atomic():
        pair = (merge.kept_id, merge.gone_id)
        both = {e.pk: e for e in Enterprise.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
        merge.kept, merge.gone = kept, gone = both[merge.kept_id], both[merge.gone_id]
        merge.change(expected, undone_at=clock.now(), undone_by_id=who.person_id)
        problems = joining.before_undo(merge)
        if problems:
            raise Refused(problems)
        before = {"kept": snapshot(kept), "gone": snapshot(gone)}
        along = _back(merge)
        kept.change(kept.version, **_old(kept, merge.moved["kept"]))
        gone.change(gone.version, **_old(gone, merge.moved["gone"]))
        told: dict[str, Any] = {"merge": str(merge.pk), "went_along": along}
        record(who, "enterprises.undo_merge", kept, before["kept"], snapshot(kept) | told, reason)
        record(who, "enterprises.undo_merge", gone, before["gone"], snapshot(gone) | told, reason)
    return merge


def _back(merge: Merge) -> dict[str, int]:
    """Point everything back; return how many records made since went along, by kind."""
    log, gone = merge.moved, merge.gone
    along = {link.key[0]: (link, ids) for link, ids, _ in joining.followers(merge)}
    for altered in log["altered"]:
        old = {name: value for name, (value, _) in altered["fields"].items()}
        apps.get_model(altered["model"])._base_manager.filter(pk=altered["id"]).update(**old)
    for made in log["made"]:
        apps.get_model(made["model"])._base_manager.filter(pk=made["id"]).delete()
    for moved in log["moved"]:
        apps.get_model(moved["model"])._base_manager.filter(pk__in=moved["ids"]).update(**{moved["field"]: gone})
    for link, ids in along.values():
        link.model._base_manager.filter(pk__in=ids).update(**{link.field: gone})
    return {kind: len(ids) for kind, (_, ids) in along.items()}


def _old(one: Enterprise, changed: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the values before the merge, as the fields hold them."""
    kinds = {f.attname: f for f in Enterprise._meta.concrete_fields}
    return {name: kinds[name].to_python(old) for name, (old, _) in changed.items()}
