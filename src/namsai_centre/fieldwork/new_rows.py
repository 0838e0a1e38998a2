"""Streams and machines the case does not have yet: what somebody chooses of each, to make a row of the case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from namsai.texts import Lang
from namsai_centre.assessments import sections
from namsai_centre.fieldwork.models import Entry, Visit
from namsai_centre.fieldwork.pack import UNITS
from namsai_centre.fieldwork.take import Row, addable, added
from namsai_centre.fieldwork.told import HOWS
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.ui.forms import PageForm
from namsai_centre.ui.words import say

NEEDED = {"stream": ("from", "to", "material"), "equipment": ("kind",)}
MORE = {"stream": (), "equipment": ("process",)}


class RowForm(PageForm):
    """One new row: empty, it stays with the visit; begun, all that a row needs must be chosen. Nothing is proposed."""

    room = "fieldwork"

    def __init__(self, entry: Entry, visit: Visit, document: Row, lang: Lang, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=entry.pk.hex, **kwargs)
        del self.fields["version"]
        self.entry, self.kind = entry, entry.kind
        table = "streams" if entry.kind == "stream" else "equipment"
        self.name = str((added(visit, table, entry) or {"name": entry.in_words()})["name"])
        sector = visit.assessment.sector if visit.assessment else ""
        for key in (*NEEDED[self.kind], *MORE[self.kind]):
            column = sections.column(table, key)
            words = sections.words_for(document, table, column, sector, lang, current_knowhow())
            self._offer(key, sections.label(table, column, lang), words.words if words else ())
        if self.kind == "stream" and not entry.fields.get("unit"):
            self._offer("unit", say("fieldwork.f_unit"), [(u, u) for u in UNITS])
        if self.kind == "stream" and not entry.fields.get("how"):
            self._offer("how", say("fieldwork.f_how"), [(h, say(f"fieldwork.how_{h}")) for h in HOWS])

    def _offer(self, key: str, label: str, words: Any) -> None:
        self.fields[key] = forms.ChoiceField(choices=[("", "–"), *words], label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing as soon as anything is chosen; a stream that ends where it begins is none."""
        data: dict[str, Any] = super().clean() or {}
        if any(data.values()):
            for key in self.fields:
                if not data.get(key) and key not in MORE[self.kind] and key not in self.errors:
                    self.add_error(key, ValidationError(say("fieldwork.choose_this", name=self.name)))
            if data.get("from") and data.get("from") == data.get("to"):
                self.add_error("to", ValidationError(say("fieldwork.same_place")))
        return data

    def row(self) -> Row | None:
        """Return what was chosen; None: it stays with the visit."""
        return {k: v for k, v in self.cleaned_data.items() if v} or None


def row_forms(visit: Visit, document: Row, lang: Lang, posted: Any = None) -> list[RowForm]:
    """Return a form for each stream and machine that the case does not have yet."""
    return [RowForm(e, visit, document, lang, posted) for e in addable(visit, document)]


def chosen(asked: list[RowForm]) -> dict[str, Row]:
    """Return the new rows by subject (the forms are valid)."""
    return {f.entry.subject: row for f in asked if (row := f.row()) is not None}
