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
from namsai.texts import finding_text, has
from namsai_centre.knowhow import draft
from namsai_centre.ui.forms import PageForm
from namsai_centre.ui.words import language, later, say

_LONG = frozenset(
    {"mechanism", "prerequisites", "tradeoffs", "note", "scope_note", "formula", "inputs", "saving_basis", "addresses"}
    | {"why_lo", "needs_lo", "costs_lo", "not_when_en", "not_when_lo", "mistakes_en", "mistakes_lo", "title"}
)
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_GROUPS = {"capex": "capex", "lao_fit": "lao_fit"}


class TextField(forms.CharField):
    """A text of the data: one line, no space at its ends, Lao in one order of marks (as the checks want it)."""

    def to_python(self, value: Any) -> str:
        """Return the text as it stands in a file."""
        from namsai.lao.normalise import normalise

        return " ".join(normalise(str(value or "")).split())


def field_of(column: Column, knowhow: KnowHow, lang: str) -> forms.Field:
    """Return the form's field for a column of the schema; its own checks stay with the library."""
    label = later(f"knowbase.col_{column.name}")
    common: dict[str, Any] = {
        "label": label,
        "required": column.required,
        "help_text": column.means if lang == "en" else "",
    }
    match column.type:
        case "word":
            words = [(v, _word(column.of, v)) for v in vocabulary(column.of)]
            return forms.ChoiceField(choices=[("", "—"), *words], **common)
        case "flag":
            return forms.ChoiceField(choices=[("", later("ui.no")), ("yes", later("ui.yes"))], **common)
        case "key" if column.of in ("flows", "processes"):
            table = knowhow.flows if column.of == "flows" else knowhow.processes
            named = [
                (k, f"{knowhow.label(column.of[:-1] if column.of == 'flows' else 'process', k, lang)} ({k})")
                for k in table
            ]
            return forms.ChoiceField(choices=[("", "—"), *named], **common)
    if column.name in _LONG:
        return TextField(widget=forms.Textarea(attrs={"rows": 2}), **common)
    return TextField(max_length=500, **common)


def _word(group: str, value: str) -> Any:
    key = f"knowbase.{_GROUPS.get(group, group)}_{value}"
    return later(key) if has(key) else value


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
        lang = language()
        for name in (table, *draft.BESIDE.get(table, ())):
            for column in shapes()[name].columns.values():
                if self._asked(name, column):
                    self.fields[f"{name}__{column.name}"] = field_of(column, knowhow, lang)
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

    def add_findings(self, findings: list[Finding]) -> None:
        """Put each finding of the library's checks at its field (or at the head of the form)."""
        for finding in findings:
            said, fix = finding_text(finding, language())
            table = str(finding.facts.get("file", "")).removesuffix(".csv")
            name = f"{table}__{finding.where.cell}"
            self.add_error(name if name in self.fields else None, f"{said} {fix}")


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
