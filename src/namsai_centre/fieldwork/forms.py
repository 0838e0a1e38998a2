"""Forms of visits: the day and what amounts are per, the sheets, a file from a device, a moment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.plan import TABLES, BadLine, lines_of, offers, read_lines
from namsai_centre.ui.forms import NameField, PageForm, choices
from namsai_centre.ui.words import language, later, say

MOST_FILE = 80_000_000


class VisitForm(PageForm):
    """Day, title, notes, and what the amounts of the visit are per."""

    room = "fieldwork"
    on = forms.DateField()
    title = NameField(max_length=200, required=False)
    basis = forms.ChoiceField(choices=choices("fieldwork", "basis", queries.BASES, empty=False))
    per_period = forms.FloatField(required=False, min_value=0.001, max_value=1e7, localize=True)
    notes = forms.CharField(widget=forms.Textarea, required=False, max_length=4000)


class NewForm(VisitForm):
    """The same, with the assessment it belongs to."""

    assessment: Any = forms.ModelChoiceField(queryset=None, required=False)
    field_order = ("on", "title", "assessment", "basis", "per_period", "notes")

    def __init__(self, found: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessment"].queryset = found  # type: ignore[attr-defined]


class PlanForm(PageForm):
    """Which sheets go along; what is not in the case is added a line each."""

    room = "fieldwork"

    def __init__(self, plan: dict[str, Any], document: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        initial = {"version": kwargs.pop("version", None)}
        initial |= {key: plan.get(key, []) for key in ("checklists", *TABLES)}
        initial |= {f"added_{table}": lines_of(plan, table) for table in TABLES}
        super().__init__(*args, initial=initial, **kwargs)
        for key, words in offers(document, language()).items():
            if words:
                self.fields[key] = forms.MultipleChoiceField(
                    choices=words, required=False, widget=forms.CheckboxSelectMultiple, label=later(f"fieldwork.{key}")
                )
        for table in ("meters", "streams", "equipment"):
            rows = max(4, len(initial[f"added_{table}"].splitlines()) + 2)
            self.fields[f"added_{table}"] = forms.CharField(
                widget=forms.Textarea(attrs={"rows": rows}), required=False, max_length=60_000,
                label=later(f"fieldwork.added_{table}"), help_text=later(f"fieldwork.added_{table}_help"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read the added lines; say of each that cannot be read which and why."""
        data: dict[str, Any] = super().clean() or {}
        for table in TABLES:
            try:
                data[f"rows_{table}"] = read_lines(data.get(f"added_{table}", ""), table)
            except BadLine as bad:
                column = say(f"fieldwork.column_{bad.column}")
                self.add_error(
                    f"added_{table}", say("fieldwork.bad_line", number=bad.number, line=bad.line, column=column)
                )
        return data

    def plan(self) -> dict[str, Any]:
        """Return the plan that was chosen."""
        data = self.cleaned_data
        chosen = {key: list(data.get(key, [])) for key in ("checklists", *TABLES)}
        return chosen | {"added": {table: data[f"rows_{table}"] for table in TABLES}}


class FileForm(PageForm):
    """The file a device exported."""

    room = "fieldwork"
    file = forms.FileField(allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".json"

    def clean_file(self) -> Any:
        """Refuse a file larger than any export."""
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE:
            raise ValidationError(say("fieldwork.file_too_large"))
        return file


class MomentForm(PageForm):
    """Day and hour in Vientiane."""

    room = "fieldwork"
    at = forms.DateTimeField(
        label=later("fieldwork.taken_at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
