"""Join two records of one enterprise: values chosen field by field, everything moved, a log for an exact undo."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from namsai_centre.audit.record import record
from namsai_centre.enterprises import joining
from namsai_centre.enterprises.models import Activity, Alias, Enterprise, Merge
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.records import Stale, snapshot
from namsai_centre.who import Who


class Refused(Exception):
    """The two cannot be joined like this; `problems` says why (slugs of the texts with facts)."""

    def __init__(self, problems: list[joining.Problem]) -> None:
        super().__init__(str(problems))
        self.problems = problems


def merge(
    who: Who, kept: Enterprise, gone: Enterprise, expected: tuple[int, int], *, take: Collection[str], reason: str
) -> Merge:
    """Join `gone` into `kept`.

    Args: expected - the versions of kept and gone that were looked at; take - the fields whose value comes from `gone`
    (it is never a blank one); reason. Errors: Refused, records.Stale.
    """
    ENTERPRISES.demand("merge", who, kept)
    ENTERPRISES.demand("merge", who, gone)
    if kept.pk == gone.pk:
        raise Refused([("same_record", {})])
    if not reason.strip():
        raise Refused([("no_reason", {})])
    with transaction.atomic():
        rows = Enterprise.objects.select_for_update().filter(pk__in=(kept.pk, gone.pk)).order_by("pk")
        both = {e.pk: e for e in rows}
        kept, gone = both[kept.pk], both[gone.pk]
        for one, version in ((kept, expected[0]), (gone, expected[1])):
            if one.version != version:
                raise Stale(one, {})
        ENTERPRISES.demand("merge", who, kept)  # once more, on what stands there now
        ENTERPRISES.demand("merge", who, gone)
        plan = joining.plan(kept, gone)
        values = _values(plan, take)
        problems = plan.against + joining.wrong_values(values)
        if problems:
            raise Refused(problems)
        before = {"kept": snapshot(kept), "gone": snapshot(gone)}
        log: dict[str, Any] = {"moved": [], "altered": [], "made": [], "stayed": []}
        _move(plan, kept, log)
        _one_main_activity(plan, kept, log)
        _other_names(kept, gone, values, log)
        kept.change(kept.version, **{c.name: values[c.name] for c in plan.choices if values[c.name] != c.kept})
        gone.change(gone.version, status="merged", merged_into=kept)
        after = {"kept": snapshot(kept), "gone": snapshot(gone)}
        log["kept"] = _changed(before["kept"], after["kept"])
        log["gone"] = _changed(before["gone"], after["gone"])
        done = Merge.objects.create(kept=kept, gone=gone, moved=log, reason=reason, by_id=who.person_id)
        counts = {m["model"].lower(): len(m["ids"]) for m in log["moved"]}
        told = {"merge": str(done.pk), "moved": counts}
        record(who, "enterprises.merge", kept, before["kept"], after["kept"] | told | {"from": str(gone.pk)}, reason)
        record(who, "enterprises.merge_away", gone, before["gone"], after["gone"] | told, reason)
    return done


def _values(plan: joining.Plan, take: Collection[str]) -> dict[str, Any]:
    """Return the values the kept record will have."""
    return {c.name: c.gone if c.name in take and (c.fills or c.differs) else c.kept for c in plan.choices}


def _move(plan: joining.Plan, kept: Enterprise, log: dict[str, Any]) -> None:
    """Point everything that moves to the kept record (their versions stay: nothing else of them changes)."""
    for moving in plan.moving:
        model, field = moving.link.model, moving.link.field
        rows = model._base_manager.filter(pk__in=moving.ids)
        names = {str(r.pk): joining.said(r)[:120] for r in rows}
        rows.update(**{field: kept})
        log["moved"].append({"model": model._meta.label, "field": field, "ids": moving.ids, "names": names})
    for staying in plan.staying:
        log["stayed"].append({"model": staying.link.model._meta.label, "ids": staying.ids, "why": staying.why})


def _one_main_activity(plan: joining.Plan, kept: Enterprise, log: dict[str, Any]) -> None:
    """Leave one main activity: the kept record's own."""
    moved = {id for m in plan.moving if m.link.model is Activity for id in m.ids}
    mains = list(Activity.objects.filter(enterprise=kept, main=True))
    if any(str(a.pk) not in moved for a in mains):
        for one in mains:
            if str(one.pk) in moved:
                Activity.objects.filter(pk=one.pk).update(main=False)
                altered = {"model": "enterprises.Activity", "id": str(one.pk), "fields": {"main": [True, False]}}
                log["altered"].append(altered)


def _other_names(kept: Enterprise, gone: Enterprise, values: dict[str, Any], log: dict[str, Any]) -> None:
    """Keep the names that were not chosen as other names, so that the enterprise is still found by them."""
    known = {values["name_lo"], values["name_en"], ""}
    known |= set(Alias.objects.filter(enterprise=kept).values_list("name", flat=True))
    for name in (gone.name_lo, gone.name_en, kept.name_lo, kept.name_en):
        if name not in known:
            known.add(name)
            alias = Alias.objects.create(enterprise=kept, kind="spelling", name=name)
            log["made"].append({"model": "enterprises.Alias", "id": str(alias.pk), "fields": snapshot(alias)})


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Return the fields that changed with both values, without what grows by itself or is computed."""
    own = {"version", "changed_at", "search", "sorting", "looks_lo", "looks_en"}
    return {name: [before[name], after[name]] for name in before if name not in own and before[name] != after[name]}
