"""Bring a checked list in: all or nothing, in one transaction; an audit entry per enterprise and one for the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from namsai.texts import text
from namsai_centre import clock
from namsai_centre.audit.models import Head
from namsai_centre.audit.record import Told, record_all
from namsai_centre.enterprises.comparing import number_key, phone_key
from namsai_centre.enterprises.importing import registry, runs
from namsai_centre.enterprises.importing.beside import Row
from namsai_centre.enterprises.importing.fields import NUMBERS
from namsai_centre.enterprises.importing.registry import COLUMNS, Registry
from namsai_centre.enterprises.keys import folded
from namsai_centre.enterprises.models import Activity, Brought, Contact, Enterprise, Identifier, ImportRun
from namsai_centre.enterprises.policies import IMPORTS
from namsai_centre.records import Stale, snapshot
from namsai_centre.who import Who

_BATCH = 500
_KEYS = ("search", "sorting", "looks_lo", "looks_en")


class NotReady(Exception):
    """The list cannot be brought in: `slug` says why (wrong_left, open_left, moved, nothing)."""

    def __init__(self, slug: str, **facts: int) -> None:
        super().__init__(slug)
        self.slug, self.facts = slug, facts


@dataclass(slots=True)
class _Batch:
    """What is to be written."""

    firms: list[Enterprise] = field(default_factory=list)
    parts: list[Identifier | Contact | Activity] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def apply_import(who: Who, run: ImportRun, expected: int) -> ImportRun:
    """Write what the check showed. Errors: NotReady, records.Stale (nothing is written then)."""
    IMPORTS.demand("apply", who, run)
    if run.counts.get("wrong"):
        raise NotReady("wrong_left", count=run.counts["wrong"])
    if run.counts.get("possible"):
        raise NotReady("open_left", count=run.counts["possible"])
    if not run.counts.get("new") and not run.counts.get("changed"):
        raise NotReady("nothing")
    with transaction.atomic():
        Head.objects.get_or_create(pk=1)
        Head.objects.select_for_update().get(pk=1)  # one list at a time; every change of a record waits here too
        run.change(expected, state="done", done_at=clock.now())
        known = registry.load()
        found = runs.checked(run, known, look=False)
        if runs.outcome([runs.as_data(r, known) for r in found.rows]) != runs.outcome(run.rows):
            raise NotReady("moved")
        batch = _Batch()
        for row in found.rows:
            if row.state == "new":
                _new(who, row, run, batch)
            elif row.state == "changed":
                _changed(row, run, known, batch)
            if row.key and row.firm is not None and row.key not in known.brought and row.state != "skipped":
                batch.brought.append(Brought(key=row.key, enterprise_id=row.firm, run=run))
        _write(batch)
        done = {k: v for k, v in found.counts.items() if v}
        about = {"file_name": run.file_name, "digest": run.digest, **done}
        batch.told.append(Told("enterprises.import", run, None, about))
        record_all(who, batch.told)
    return run


def _new(who: Who, row: Row, run: ImportRun, batch: _Batch) -> None:
    """Make an enterprise with its numbers, activity and person."""
    values = row.values
    firm = Enterprise(**{name: values[name] for name in COLUMNS if name in values})
    parts = list(_parts(firm, row))
    firm.set_keys((), [p.value for p in parts if isinstance(p, Identifier)])
    row.firm = firm.pk
    batch.firms.append(firm)
    batch.parts += parts
    extra = {"import": str(run.pk), "row": row.place + 1, **{n: values[n] for n in _EXTRA if n in values}}
    batch.told.append(Told("enterprises.import_new", firm, None, {**snapshot(firm), **extra}))


_EXTRA = (*NUMBERS, "isic", "contact", "phone", "email")


def _parts(firm: Enterprise, row: Row) -> Iterator[Identifier | Contact | Activity]:
    """Yield the numbers, the activity and the person of a new enterprise."""
    for issuer in NUMBERS:
        for value in row.values.get(issuer, ()):
            yield Identifier(enterprise=firm, issuer=issuer, value=value)
    if code := row.values.get("isic"):
        yield Activity(enterprise=firm, code=code, revision="4", main=True)
    if any(row.values.get(n) for n in ("contact", "phone", "email")):
        yield _contact(firm, row)


def _contact(firm: Enterprise, row: Row) -> Contact:
    """Return the person to talk to; a number without a name is that of the office."""
    name = row.values.get("contact", "")
    names = _names(name) if name else {"name_lo": text("joining.office", "lo"), "name_en": text("joining.office", "en")}
    return Contact(enterprise=firm, phone=row.values.get("phone", ""), email=row.values.get("email", ""), **names)


def _names(name: str) -> dict[str, str]:
    """Return the name under the field of its script."""
    return {"name_lo" if any("\u0e80" <= c <= "\u0eff" for c in name) else "name_en": name}


def _changed(row: Row, run: ImportRun, known: Registry, batch: _Batch) -> None:
    """Write the changes of one enterprise, if it still is as it was looked at."""
    assert row.firm is not None
    there = known.rows[row.firm]
    changes = {name: new for name, _, new in row.changes if name in COLUMNS}
    firm = Enterprise(pk=row.firm, **{n: v for n, v in {**there, **changes}.items() if n in COLUMNS})
    numbers = [value for _, value in known.numbers.get(row.firm, [])]
    told = {name for name, _, _ in row.changes}
    for issuer in NUMBERS:
        if issuer in told:
            has = {number_key(v) for i, v in known.numbers.get(row.firm, ()) if i == issuer}
            for value in row.values[issuer]:
                if number_key(value) not in has:
                    batch.parts.append(Identifier(enterprise=firm, issuer=issuer, value=value))
                    numbers.append(value)
    firm.set_keys(known.aliases.get(row.firm, ()), numbers)
    keys = {name: getattr(firm, name) for name in _KEYS}
    rows = Enterprise.objects.filter(pk=row.firm, version=there["version"])
    if not rows.update(**changes, **keys, version=F("version") + 1, changed_at=clock.now()):
        raise Stale(Enterprise.objects.get(pk=row.firm), changes)
    if "isic" in told:
        _main_activity(firm, row.values["isic"], known)
    if "contact" in told:
        _person(firm, row, known, batch)
    before = {name: old for name, old, _ in row.changes}
    after = {name: new for name, _, new in row.changes} | {"import": str(run.pk), "row": row.place + 1}
    batch.told.append(Told("enterprises.import_change", firm, _plain(before), _plain(after)))


def _main_activity(firm: Enterprise, code: str, known: Registry) -> None:
    """Make the code the main activity; the one before stays, no longer as the main one."""
    for one in known.activities.get(firm.pk, ()):
        if one.main and one.code != code:
            one.change(one.version, main=False)
    same = [a for a in known.activities.get(firm.pk, ()) if a.code == code and a.revision == "4"]
    if same:
        same[0].change(same[0].version, main=True)
    else:
        Activity.objects.create(enterprise=firm, code=code, revision="4", main=True)


def _person(firm: Enterprise, row: Row, known: Registry, batch: _Batch) -> None:
    """Change how a known person is reached, or add a person."""
    name = row.values.get("contact", "")
    people = known.contacts.get(firm.pk, ())
    same = [c for c in people if name and folded(name) in (folded(c.name_lo), folded(c.name_en))]
    if not same and not name:
        phone, email = row.values.get("phone", ""), row.values.get("email", "")
        same = [c for c in people if (phone and phone_key(c.phone) == phone_key(phone)) or (email and c.email == email)]
    if same:
        same[0].change(same[0].version, **{n: row.values[n] for n in ("phone", "email") if row.values.get(n)})
    else:
        batch.parts.append(_contact(firm, row))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return values as the audit log keeps them."""
    return {name: value if isinstance(value, int) or value is None else str(value) for name, value in values.items()}


def _write(batch: _Batch) -> None:
    """Write what was gathered."""
    Enterprise.objects.bulk_create(batch.firms, batch_size=_BATCH)
    for kind in (Identifier, Contact, Activity):
        mine: list[Any] = [p for p in batch.parts if isinstance(p, kind)]
        kind.objects.bulk_create(mine, batch_size=_BATCH)
    Brought.objects.bulk_create(batch.brought, batch_size=_BATCH)
