"""Two records of one enterprise made one, and apart again: what moves, what stays, what stands against it.

Everything that points to the record that goes is found by walking all foreign keys to Enterprise of the whole site
(also those without a way back), so a new app's records move too. STAY names the few that do not, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from namsai.findings import Fact
from namsai_centre.enterprises.models import Consent, Enterprise, Identifier, Merge
from namsai_centre.records import snapshot

FIELDS = (
    "name_lo", "name_en", "sector", "economic_kind", "province", "district", "village", "workers", "women", "men",
    "workers_on", "assets_kip", "income_kip", "figures_on", "group", "factory_class", "risk_class", "note",
)  # fmt: skip
STAY: dict[tuple[str, str], str] = {
    ("enterprises.enterprise", "merged_into"): "a record joined earlier still leads to the one it was joined into",
    ("enterprises.merge", "kept"): "the log of a merge tells of the records as they were",
    ("enterprises.merge", "gone"): "as above",
    ("enterprises.lookalike", "first"): "a pair is about two records, not about the enterprise",
    ("enterprises.lookalike", "second"): "as above",
}
Problem = tuple[str, dict[str, Fact]]


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key to Enterprise somewhere in the site."""

    model: type[Model]
    field: str

    @property
    def key(self) -> tuple[str, str]:
        """Return (app.model, field)."""
        return self.model._meta.label_lower, self.field

    def rows(self, enterprise: Enterprise) -> Any:
        """Return the records that point to the enterprise."""
        return self.model._base_manager.filter(**{self.field: enterprise})


def links() -> list[Link]:
    """Return every foreign key to Enterprise, those of hidden relations and of link tables too, by name."""
    found = []
    for relation in Enterprise._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation) or relation.concrete or relation.many_to_many:
            continue  # a many-to-many relation is a link table, whose own foreign key comes by itself
        model, name = relation.related_model, relation.field.name  # type: ignore[union-attr]
        if not model._meta.proxy:  # type: ignore[union-attr]
            found.append(Link(model, name))  # type: ignore[arg-type]
    return sorted(found, key=lambda link: link.key)


@dataclass(frozen=True, slots=True)
class Moving:
    """Records of one kind that move (or stay, `why`)."""

    link: Link
    ids: list[str]
    names: list[str]
    why: str = ""

    @property
    def kind(self) -> str:
        """Return the kind as a slug of the texts."""
        return self.link.key[0].replace(".", "_")


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of the two records: what stands in each, whether they differ, which is proposed."""

    name: str
    kept: Any
    gone: Any

    @property
    def differs(self) -> bool:
        """Whether a person has to choose: both know something, and not the same."""
        return self.kept not in (None, "") and self.gone not in (None, "") and self.kept != self.gone

    @property
    def fills(self) -> bool:
        """Whether only the record that goes knows it (taking it is proposed)."""
        return self.kept in (None, "") and self.gone not in (None, "")


@dataclass(slots=True)
class Plan:
    """What a merge would do."""

    choices: list[Choice]
    moving: list[Moving] = field(default_factory=list)
    staying: list[Moving] = field(default_factory=list)
    against: list[Problem] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # names of the record that goes, kept as other names


def plan(kept: Enterprise, gone: Enterprise) -> Plan:
    """Return what would happen if `gone` were joined into `kept`; `against` holds what must be settled before."""
    made = Plan([Choice(name, getattr(kept, name), getattr(gone, name)) for name in FIELDS])
    stay = _consents_that_stay(kept, gone, made.against)
    for link in links():
        if link.key in STAY:
            continue
        rows = list(link.rows(gone))
        staying = [r for r in rows if link.model is Consent and str(r.pk) in stay]
        going = [r for r in rows if r not in staying]
        if going:
            made.moving.append(Moving(link, [str(r.pk) for r in going], [said(r) for r in going[:20]]))
        if staying:
            made.staying.append(Moving(link, [str(r.pk) for r in staying], [str(r) for r in staying], "consent"))
    return made


def said(row: Model) -> str:
    """Return how a record is called in the list of what moves."""
    return row.value if isinstance(row, Identifier) else str(row)


def _consents_that_stay(kept: Enterprise, gone: Enterprise, against: list[Problem]) -> set[str]:
    """Return the consents that stay with the record that goes; a contradiction is noted (the stricter word holds).

    A purpose agreed to on both: the one of the kept record holds. Withdrawn on the kept record after it was given on
    the other: the withdrawal holds. Withdrawn on the other after it was given on the kept one: a person must settle it.
    """
    stay: set[str] = set()
    mine, theirs = list(kept.consents.all()), list(gone.consents.all())
    for consent in theirs:
        same = [c for c in mine if c.purpose == consent.purpose]
        if consent.withdrawn_on is None:
            withdrawn = any(c.withdrawn_on and c.withdrawn_on >= consent.given_on for c in same)
            if any(c.withdrawn_on is None for c in same) or withdrawn:
                stay.add(str(consent.pk))
        elif any(c.withdrawn_on is None and c.given_on <= consent.withdrawn_on for c in same):
            against.append(("against_consent", {"purpose": consent.purpose, "day": consent.withdrawn_on.isoformat()}))
    return stay


def wrong_values(values: dict[str, Any]) -> list[Problem]:
    """Return what does not fit together among the values chosen for the kept record."""
    found: list[Problem] = []
    women, men, workers = values["women"], values["men"], values["workers"]
    parts = [part for part in (women, men) if part is not None]
    if workers is not None and (max(parts, default=0) > workers or (len(parts) == 2 and sum(parts) != workers)):
        found.append(("workers_wrong", {"women": women, "men": men, "workers": workers}))
    district, province = values["district"], values["province"]
    if district is not None and (province is None or district.parent_id != province.pk):
        found.append(("district_wrong", {"district": str(district), "province": str(province or "–")}))
    if not values["name_lo"] and not values["name_en"]:
        found.append(("name_wrong", {}))
    return found


def before_undo(merge: Merge) -> list[Problem]:
    """Return what stands against undoing a merge: what was changed since and would be lost. Empty: it can be undone."""
    found: list[Problem] = []
    kept, gone, log = merge.kept, merge.gone, merge.moved
    if kept.status == "merged":
        found.append(("undo_kept_joined", {"name": str(kept.merged_into)}))
    if gone.status != "merged" or gone.merged_into_id != kept.pk:
        found.append(("undo_gone_changed", {"name": str(gone)}))
    if kept.forgotten_at is not None:
        found.append(("undo_forgotten", {}))
    now = snapshot(kept)
    for name, (_, after) in log["kept"].items():
        if now[name] != after:
            found.append(("undo_field", {"field": name.removesuffix("_id"), "now": _shown(now[name])}))
    for moved in log["moved"]:
        model = apps.get_model(moved["model"])
        there = {
            str(pk): firm
            for pk, firm in model._base_manager.filter(pk__in=moved["ids"]).values_list("pk", f"{moved['field']}_id")
        }
        kind = moved["model"].replace(".", "_").lower()
        for id in moved["ids"]:
            if id not in there:
                found.append(("undo_removed", {"kind": kind, "name": moved["names"].get(id, id)}))
            elif there[id] != kept.pk:
                found.append(("undo_elsewhere", {"kind": kind, "name": moved["names"].get(id, id)}))
    for altered in log["altered"]:
        one = apps.get_model(altered["model"])._base_manager.filter(pk=altered["id"]).first()
        if one is not None and any(snapshot(one)[name] != new for name, (_, new) in altered["fields"].items()):
            found.append(("undo_altered", {"name": str(one)}))
    for made in log["made"]:
        one = apps.get_model(made["model"])._base_manager.filter(pk=made["id"]).first()
        if one is not None and snapshot(one) != made["fields"]:
            found.append(("undo_altered", {"name": str(one)}))
    return found


def followers(merge: Merge) -> Iterator[tuple[Link, list[str], list[str]]]:
    """Yield what was made since for something that moves back (a measure of a moved engagement): it goes along."""
    moved = {apps.get_model(m["model"]): set(m["ids"]) for m in merge.moved["moved"]}
    own = {(m["model"].lower(), m["field"]): set(m["ids"]) for m in merge.moved["moved"]}
    for link in links():
        if link.key in STAY:
            continue
        mine = own.get(link.key, set())
        rows: dict[str, str] = {}
        for path, ids in _paths(link.model, moved):
            for one in link.rows(merge.kept).filter(**{f"{path}__in": ids}):
                if str(one.pk) not in mine:
                    rows[str(one.pk)] = str(one)
        if rows:
            yield link, list(rows), list(rows.values())


def _paths(model: type[Model], moved: dict[Any, set[str]]) -> Iterator[tuple[str, set[str]]]:
    """Yield the ways from a model to something that moved, over one foreign key or two."""
    for key in _keys(model):
        if key.related_model in moved:
            yield key.name, moved[key.related_model]
        elif key.related_model is not Enterprise:
            for second in _keys(key.related_model):
                if second.related_model in moved:
                    yield f"{key.name}__{second.name}", moved[second.related_model]


def _keys(model: Any) -> list[Any]:
    return [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]


def _shown(value: Any) -> Fact:
    return value if isinstance(value, str | int | float) or value is None else str(value)
