"""Take names out of everything that was written about an enterprise, wherever in the site it stands.

`forget` changes the registry's own rows; this goes through the rest: every record that hangs on the enterprise over
foreign keys (however many steps), lists brought in, notices, letters of the queue. Names and people are searched for as
whole texts and inside longer ones; the audit log is sealed and stays (docs/running.md says what it keeps and why).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model, Q

from namsai_centre.enterprises.keys import folded
from namsai_centre.enterprises.models import Brought, Enterprise, ImportRun, Lookalike, Merge

LEAST = 4  # shorter texts, and figures alone, are replaced only where they are the whole of a cell of a list
_KEYS = frozenset({"search", "sorting", "digest", "heads", "looks_lo", "looks_en"})


@dataclass(slots=True)
class Words:
    """What goes, and what stands in its place."""

    instead: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, instead: str = "–") -> None:
        """Add a text that goes, also as the search writes it."""
        if text := text.strip():
            self.instead.setdefault(text, instead)
            self.instead.setdefault(folded(text), folded(instead))

    def strong(self) -> dict[str, str]:
        """Return those that may be searched for inside other texts, the longest first."""
        fit = {t: i for t, i in self.instead.items() if len(t) >= LEAST and not t.replace("-", "").isdecimal()}
        return dict(sorted(fit.items(), key=lambda pair: -len(pair[0])))

    def out_of(self, value: Any) -> Any:
        """Return a text, or anything nested, without them."""
        return _without(value, self.strong())


def _without(value: Any, gone: dict[str, str]) -> Any:
    if isinstance(value, str):
        for text, instead in gone.items():
            value = value.replace(text, instead)
        return value
    if isinstance(value, list):
        return [_without(one, gone) for one in value]
    if isinstance(value, dict):
        return {_without(name, gone): _without(one, gone) for name, one in value.items()}
    return value


def words_of(enterprise: Enterprise, lo: str, en: str) -> Words:
    """Return the names, numbers and people of an enterprise; `lo`, `en`: the pseudonym."""
    found = Words()
    found.add(enterprise.name_lo, lo)
    found.add(enterprise.name_en, en)
    for alias in enterprise.aliases.all():
        found.add(alias.name, lo)
    for number in enterprise.identifiers.all():
        found.add(number.value)
    for person in enterprise.contacts.all():
        words_of_person(person, found)
    for consent in enterprise.consents.all():
        found.add(consent.given_by)
        found.add(consent.withdrawn_by)
    return found


def words_of_person(contact: Any, found: Words | None = None) -> Words:
    """Return what somebody to talk to is called and reached by."""
    found = found or Words()
    for text in (contact.name_lo, contact.name_en, contact.phone, contact.email):
        found.add(text)
    return found


def erase(enterprises: Iterable[Enterprise], gone: Words) -> None:
    """Take the words out of all that hangs on the enterprises, and out of lists, notices and letters."""
    firms = list(enterprises)
    for model, keys in belonging(firms):
        _rewrite(model._base_manager.filter(pk__in=keys), gone)
    Lookalike.objects.filter(Q(first__in=firms) | Q(second__in=firms)).delete()
    Brought.objects.filter(enterprise__in=firms).delete()  # their keys are made of the names
    erase_from_lists(firms, gone)
    for label in ("accounts.notice", "django_tasks_database.dbtaskresult", "enterprises.look"):
        _rewrite(apps.get_model(label)._base_manager.all(), gone)


def belonging(firms: list[Enterprise]) -> Iterator[tuple[type[Model], set[Any]]]:
    """Yield the keys of all that hangs on the enterprises over foreign keys, model by model, each record once."""
    own = [m for m in apps.get_models() if m.__module__.startswith("namsai_centre.")]
    seen: dict[type[Model], set[Any]] = {Enterprise: {firm.pk for firm in firms}}
    todo: list[tuple[type[Model], set[Any]]] = [(Enterprise, seen[Enterprise])]
    while todo:
        above, keys = todo.pop()
        for model in own:
            for key in model._meta.concrete_fields:
                if not isinstance(key, models.ForeignKey) or key.related_model is not above or model is Enterprise:
                    continue
                found = set(model._base_manager.filter(**{f"{key.name}__in": keys}).values_list("pk", flat=True))
                if fresh := found - seen.setdefault(model, set()):
                    seen[model] |= fresh
                    todo.append((model, fresh))
    for model, keys in seen.items():
        if model is not Enterprise and keys:
            yield model, keys


def _rewrite(rows: Any, gone: Words) -> None:
    """Write the texts of rows without the words, where they hold any (past `save`: nothing else of them changes)."""
    texts = [f for f in rows.model._meta.concrete_fields if _is_text(f)]
    if not texts or not gone.strong():
        return
    for row in rows.only("pk", *(f.attname for f in texts)).iterator(chunk_size=500):
        changed = {}
        for one in texts:
            was = getattr(row, one.attname)
            now = gone.out_of(was)
            if now != was:
                most = getattr(one, "max_length", None)
                changed[one.attname] = now[:most] if isinstance(now, str) and most else now
        if changed:
            rows.model._base_manager.filter(pk=row.pk).update(**changed)


def _is_text(one: Any) -> bool:
    if one.name in _KEYS or one.choices or one.unique or isinstance(one, models.FileField):
        return False
    return isinstance(one, models.CharField | models.TextField | models.JSONField)


def erase_from_lists(firms: list[Enterprise], gone: Words, *, rows_too: bool = True) -> None:
    """Empty the rows of lists brought in that stand for the enterprises, and take the words out of the others.

    `rows_too=False`: the rows stay, only the words go (out of those of the enterprises, and where they are a cell).
    """
    ids = {str(firm.pk) for firm in firms}
    for run in ImportRun.objects.exclude(state="refused", rows=[]).iterator(chunk_size=1):
        head, table = run.table.get("head", 0), list(run.table.get("rows", []))
        mine = {row["place"] for row in run.rows if row["firm"] in ids}
        mine |= {
            at for at, cells in enumerate(table) if at > head and any(str(c).strip() in gone.instead for c in cells)
        }
        for at in mine:
            table[at] = [None] * len(table[at]) if rows_too else [_cell(c, gone) for c in table[at]]
        if rows_too:
            rows = [_bare(row) if row["place"] in mine else gone.out_of(row) for row in run.rows]
            for row in rows:
                row["near"] = [near for near in row["near"] if near[0] not in ids]
        else:
            rows = [gone.out_of(row) if row["place"] in mine else row for row in run.rows]
        name = gone.out_of(run.file_name) if rows_too else run.file_name
        if (rows, table, name) != (run.rows, run.table.get("rows", []), run.file_name):
            ImportRun.objects.filter(pk=run.pk).update(rows=rows, table={**run.table, "rows": table}, file_name=name)


def erase_person(enterprise: Enterprise, contact: Any) -> None:
    """Take somebody who was removed out of the lists brought in and the logs of joinings, too."""
    gone = words_of_person(contact)
    erase_from_lists([enterprise], gone, rows_too=False)
    _rewrite(Merge.objects.filter(Q(kept=enterprise) | Q(gone=enterprise)), gone)


def _cell(cell: Any, gone: Words) -> Any:
    return None if isinstance(cell, str) and cell.strip() in gone.instead else gone.out_of(cell)


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a list with its place and state alone."""
    return row | {"name": "–", "changes": [], "problems": [], "notes": [], "near": []}
