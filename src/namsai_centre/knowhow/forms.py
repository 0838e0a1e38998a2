"""The form of a proposal, made from the library's own schema, and the forms of review and release."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django import forms

from namsai.findings import Finding
from namsai.knowhow import KnowHow
from namsai.knowhow.schema import Column, shapes, vocabulary
from namsai.lao.sort import sort_key
from namsai.texts import finding_text, has
from namsai_centre.knowhow import draft
from namsai_centre.ui.forms import PageForm
from namsai_centre.ui.words import language, later, say

_LONG = frozenset(
    {"mechanism", "prerequisites", "tradeoffs", "note", "scope_note", "formula", "inputs", "saving_basis", "addresses"}
    | {"why_lo", "needs_lo", "costs_lo", "not_when_en", "not_when_lo", "mistakes_en", "mistakes_lo", "title"}
)
_FILE = re.compile(r"\b(\w+)\.csv\b")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MOST_FLOWS = 4


class TextField(forms.CharField):
    """A text of the data: one line, no space at its ends, Lao in one order of marks (as the checks want it)."""

    def to_python(self, value: Any) -> str:
        """Return the text as it stands in a file."""
        from namsai.lao.normalise import normalise

        return " ".join(normalise(str(value or "")).split())


class KeysSelect(forms.MultiWidget):
    """Several words of a list, each in a select of its own, in their order; read from one cell ("a;b") too."""

    def __init__(self, choices: list[tuple[str, Any]], many: int) -> None:
        named = [{"aria-label": later("knowbase.nth", n=n + 1)} for n in range(many)]
        super().__init__([forms.Select(choices=choices, attrs=attrs) for attrs in named])

    def decompress(self, value: Any) -> list[str]:
        """Return the words of a cell, one for each select."""
        words = str(value or "").split(";")
        return [*words, *[""] * len(self.widgets)][: len(self.widgets)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the words chosen as one cell; a cell that was sent whole stays as it is."""
        if name in data:
            return data[name]
        return ";".join(w for w in super().value_from_datadict(data, files, name) if w)


def field_of(column: Column, knowhow: KnowHow) -> forms.Field:
    """Return the form's field for a column of the schema; its own checks stay with the library."""
    help_text = f"knowbase.help_{column.name}"
    common: dict[str, Any] = {
        "label": later(f"knowbase.col_{column.name}"),
        "required": column.required,
        "help_text": later(help_text) if has(help_text) else "",
    }
    match column.type:
        case "word":
            words = [(v, _word(column.of, v)) for v in vocabulary(column.of)]
            return forms.ChoiceField(choices=[("", "—"), *words], **common)
        case "flag":
            return forms.ChoiceField(choices=[("", later("ui.no")), ("yes", later("ui.yes"))], **common)
        case "key" | "keys" if column.of in ("flows", "processes"):
            named = [("", "—"), *_named(knowhow, column.of)]
            if column.type == "keys":
                return TextField(widget=KeysSelect(named, MOST_FLOWS), **common)
            return forms.ChoiceField(choices=named, **common)
    if column.name in _LONG:
        return TextField(widget=forms.Textarea(attrs={"rows": 2}), **common)
    return TextField(max_length=500, **common)


def _named(knowhow: KnowHow, table: str) -> list[tuple[str, Any]]:
    """Return the words of a list, sorted as its readers expect."""
    kind, keys = ("flow", knowhow.flows) if table == "flows" else ("process", knowhow.processes)
    lang = language()
    named: list[tuple[str, Any]] = [(k, knowhow.label(kind, k, lang)) for k in keys]
    return sorted(named, key=lambda pair: sort_key(pair[1]))


def _word(group: str, value: str) -> Any:
    key = f"knowbase.{group}_{value}"
    if not has(key):
        return value
    return f"{value} · {say(key)}" if group == "evidence" and len(value) == 1 else later(key)


class ProposalForm(PageForm):
    """All columns of one record (with what other files say of it), why, and a mark of what one saw when opening."""

    room = "knowbase"
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, table: str, key: str, cells: draft.Cells, knowhow: KnowHow, *args: Any, **kwargs: Any) -> None:
        self.table, self.key, self.cells, self.new = table, key, cells, not kwargs.pop("old")
        shown: draft.Cells = kwargs.pop("shown", None) or cells
        initial = {f"{t}__{c}": v for t, row in shown.items() for c, v in row.items()}
        kwargs["initial"] = {**initial, "seen": mark(cells), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        for name in (table, *draft.BESIDE.get(table, ())):
            for column in shapes()[name].columns.values():
                if self._asked(name, column):
                    self.fields[f"{name}__{column.name}"] = field_of(column, knowhow)
        if table == "options" and self.new:
            self.fields["options_lo__title_lo"].required = True
        elif table == "options":
            self.fields["options_lo__title_lo"].required = bool(cells["options_lo"]["title_lo"])
        self.fields["why"] = forms.CharField(
            widget=forms.Textarea(attrs={"rows": 3}),
            label=later("knowbase.why_change"),
            help_text=later("knowbase.why_change_help"),
        )

    def _asked(self, table: str, column: Column) -> bool:
        if column.name in draft.KEPT:
            return False
        return not (shapes()[table].id == column.name and (not self.new or table != self.table))

    @property
    def parts(self) -> list[tuple[str, list[Any]]]:
        """The fields by what they are about: (word of the heading, fields), the hidden ones first without a heading."""
        numbers = draft.claimed(self.table) | {
            "capex_class",
            "unit",
            "value",
            "low",
            "high",
            "heuristic_saving",
            "heuristic_payback",
        }
        out: dict[str, list[Any]] = {"": [], "part_what": [], "part_numbers": [], "part_card": [], "part_why": []}
        for bound in self:
            table, _, column = bound.name.partition("__")
            if bound.is_hidden:
                out[""].append(bound)
            elif not column:
                out["part_why"].append(bound)
            elif table in draft.BESIDE.get(self.table, ()):
                out["part_card"].append(bound)
            else:
                out["part_numbers" if column in numbers else "part_what"].append(bound)
        return [(name, fields) for name, fields in out.items() if fields]

    @property
    def wanted(self) -> draft.Cells:
        """What was written, by table and column."""
        out: draft.Cells = {}
        for name, value in self.cleaned_data.items():
            table, _, column = name.partition("__")
            if column:
                out.setdefault(table, {})[column] = value
        return out

    @property
    def key_written(self) -> str:
        """The key of the record: the one it has, or the one written for a new entry."""
        name = shapes()[self.table].id
        return self.key or (str(self.cleaned_data.get(f"{self.table}__{name}", "")) if name else "")

    def clean(self) -> dict[str, Any]:
        """Refuse a key that could not stand in an address."""
        data = super().clean() or {}
        name = shapes()[self.table].id
        if self.new and name:
            field = f"{self.table}__{name}"
            if data.get(field) and not _KEY.fullmatch(data[field]):
                self.add_error(field, say("knowbase.key_form"))
        return data

    @property
    def overtaken(self) -> bool:
        """Whether the record is no longer as it was when the form was opened."""
        return bool(self.data.get("seen")) and self.data["seen"] != mark(self.cells)

    def differing(self) -> list[tuple[str, str, str]]:
        """Return what stands there now and what was written, where they differ (column, now, written)."""
        self.full_clean()
        new, old = draft.differing(self.cells, self.wanted)
        return [(c, old[t][c], value) for t, row in new.items() for c, value in row.items()]

    def seen_anew(self) -> None:
        """Take the record as it is now for seen: what is sent next is measured against that."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": mark(self.cells)}

    def add_findings(self, findings: list[Finding]) -> None:
        """Put each finding of the library's checks at its field (or at the head of the form)."""
        for finding in findings:
            said, fix = finding_text(finding, language())
            file = str(finding.facts.get("file", ""))
            name = f"{file.removesuffix('.csv')}__{finding.where.cell}"
            if name in self.fields and said.startswith(file):  # the field says itself where it is
                said = said.partition(": ")[2] or said
            self.add_error(name if name in self.fields else None, _FILE.sub(_table_word, f"{said} {fix}"))


def _table_word(file: re.Match[str]) -> str:
    """Return what a data file is called on the pages."""
    slug = f"knowbase.table_{file[1]}"
    return say("knowbase.the_list", name=say(slug)) if has(slug) else file[0]


def mark(cells: draft.Cells) -> str:
    """Return a short mark of a record's state."""
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()[:16]


class WhyForm(PageForm):
    """Why a number may be approved."""

    room = "knowbase"
    why = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        label=later("knowbase.why_change"),
        help_text=later("knowbase.why_change_help"),
    )


class ReviewForm(PageForm):
    """The second person's word."""

    room = "knowbase"
    decision = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("accepted", later("knowbase.decision_accepted")), ("returned", later("knowbase.decision_returned"))],
    )
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), label=later("knowbase.review_note")
    )

    def clean(self) -> dict[str, Any]:
        """Giving back needs words."""
        data = super().clean() or {}
        if data.get("decision") == "returned" and not data.get("note", "").strip():
            self.add_error("note", say("knowbase.need_review_note"))
        return data


class ReleaseForm(PageForm):
    """What a new version is about, and the version it was looked at from."""

    room = "knowbase"
    base = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label=later("knowbase.release_note"))
