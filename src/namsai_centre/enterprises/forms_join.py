"""Forms of joining: which value stays, why; and why two are not the same."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model

from namsai_centre.enterprises.words import sector_word
from namsai_centre.ui.forms import NameField, PageForm
from namsai_centre.ui.templatetags.words import day, kip, named, number
from namsai_centre.ui.words import language, later, say, say_or

_WORDS = {"economic_kind": "kind", "risk_class": "risk"}


def shown(name: str, value: Any) -> str:
    """Return the value of a field as a reader knows it; a dash for none."""
    if value in (None, ""):
        return "–"
    if isinstance(value, Model):
        return named(value)
    if isinstance(value, date):
        return day(value)
    if name == "sector":
        return sector_word(value)
    if name in _WORDS:
        return say_or(f"enterprises.{_WORDS[name]}_{value}", str(value))
    if name.endswith("_kip"):
        return kip(value)
    return number(value) if isinstance(value, int) else str(value)


def _choice(name: str, value: Any) -> str:
    """Return a value to choose; an empty one says that it is empty."""
    return say("joining.empty") if value in (None, "") else shown(name, value)


class MergeForm(PageForm):
    """Which value stays where the two records differ, and why they are one."""

    room = "joining"
    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    def __init__(self, *args: Any, plan: Any, kept: Any, gone: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kept_version": kept.version, "gone_version": gone.version})
        super().__init__(*args, **kwargs)
        self.asked = [c for c in plan.choices if c.differs or c.fills]
        for c in self.asked:
            self.fields[c.name] = forms.ChoiceField(
                choices=[("kept", _choice(c.name, c.kept)), ("gone", _choice(c.name, c.gone))],
                widget=forms.RadioSelect(attrs={"class": "pick"}),
                initial="gone" if c.fills else "kept",
                label=later(f"enterprises.{c.name}"),
            )
        for name in ("kept_version", "gone_version"):
            self.fields[name].label = ""

    def conflicts(self) -> list[Any]:
        """Return the fields where both records know something, and not the same."""
        return [self[c.name] for c in self.asked if c.differs]

    def fills(self) -> list[Any]:
        """Return the fields that only the record that goes knows: taken over unless somebody says otherwise."""
        return [self[c.name] for c in self.asked if not c.differs]

    def take(self) -> set[str]:
        """Return the fields whose value comes from the record that goes."""
        return {c.name for c in self.asked if self.cleaned_data.get(c.name) == "gone"}

    def versions(self) -> tuple[int, int]:
        """Return the versions that were looked at."""
        return self.cleaned_data["kept_version"], self.cleaned_data["gone_version"]

    def refuse(self, problems: list[tuple[str, dict[str, Any]]]) -> None:
        """Show what stands against it."""
        for slug, facts in problems:
            self.add_error(None, told(slug, facts))


class UndoForm(PageForm):
    """Why a merge is undone."""

    room = "joining"
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class NotSameForm(PageForm):
    """Why two are not the same (may be left open)."""

    room = "joining"
    why = NameField(max_length=300, required=False)


def told(slug: str, facts: dict[str, Any]) -> str:
    """Return a problem or reason in words; facts that are themselves words are looked up."""
    shown_facts = dict(facts)
    if "field" in facts:
        shown_facts["label"] = say_or(f"enterprises.{facts['field']}", str(facts["field"]))
        shown_facts.pop("field")
    if "kind" in facts:
        shown_facts["kind"] = say_or(f"joining.kind_{facts['kind']}", str(facts["kind"]))
    if "purpose" in facts:
        shown_facts["purpose"] = say_or(f"enterprises.purpose_{facts['purpose']}", str(facts["purpose"]))
    if isinstance(facts.get("day"), str):
        shown_facts["day"] = day(facts["day"])
    if slug == "why_looks":
        shown_facts["value"] = _letters(str(facts["value"]))
    return say(f"joining.{slug}", **shown_facts)


def _letters(text: str) -> str:
    """Return the odd letters of a name themselves; Unicode names are English, so only English readers get them."""
    if language() != "lo":
        return text

    def shown(found: re.Match[str]) -> str:
        letter = chr(int(found[2], 16))
        return f"{letter} ({found[1]})" if letter.isprintable() and not letter.isspace() else f"({found[1]})"

    return re.sub(r"[A-Z0-9? -]+ \((U\+([0-9A-F]+))\)", shown, text)
