"""The form for what became of an option in a firm."""

from __future__ import annotations

from typing import Any

from django import forms

from namsai_centre import clock
from namsai_centre.knowhow.models import METHODS, REASONS
from namsai_centre.savings.forms import AmountField
from namsai_centre.ui.forms import PageForm, choices
from namsai_centre.ui.words import later, say

FIELDS = ("outcome", "reason", "note", "done_on", "saving_percent", "method", "saving_kip", "cost_kip")
OUTCOMES = ("done", "not_applicable")
ASKED = {  # what belongs to an outcome, in the order in which it is asked
    "done": ("done_on", "saving_percent", "method", "saving_kip", "cost_kip", "note"),
    "not_applicable": ("reason", "note"),
}


class FeedbackForm(PageForm):
    """Done, with day and what was measured; or not applicable, with the reason. Where the outcome is known before
    (`outcome`), only what belongs to it is asked."""

    room = "knowbase"
    outcome = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[
            ("done", later("knowbase.outcome_done")),
            ("not_applicable", later("knowbase.outcome_not_applicable")),
        ],
    )
    done_on = forms.DateField(required=False)
    saving_percent = AmountField(required=False)
    method = forms.ChoiceField(required=False, choices=choices("knowbase", "method", METHODS))
    saving_kip = AmountField(required=False, whole=True)
    cost_kip = AmountField(required=False, whole=True)
    reason = forms.ChoiceField(required=False, choices=choices("knowbase", "reason", REASONS))
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, outcome: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outcome:
            self.fields["outcome"] = forms.ChoiceField(
                widget=forms.HiddenInput, choices=[(outcome, outcome)], initial=outcome
            )
            self.initial["outcome"] = outcome
            for name in set(FIELDS) - {"outcome", *ASKED[outcome]}:
                del self.fields[name]
        if outcome == "done":
            self.fields["done_on"].required = True
            self.fields["done_on"].help_text = later("knowbase.only_day")
            self.fields["done_on"].error_messages["required"] = later("knowbase.need_day")
        if outcome == "not_applicable":
            self.fields["reason"] = forms.ChoiceField(
                widget=forms.RadioSelect,
                label=later("knowbase.reason"),
                choices=choices("knowbase", "reason", REASONS, empty=False),
                error_messages={"required": later("knowbase.need_reason")},
            )
            self.order_fields(["reason", "note"])

    def clean(self) -> dict[str, Any]:
        """Tell all that is missing or does not go together."""
        data = super().clean() or {}
        done, percent, day = data.get("outcome") == "done", data.get("saving_percent"), data.get("done_on")
        if data.get("outcome") == "not_applicable":
            if not data.get("reason") and "reason" not in self.errors:
                self.add_error("reason", say("knowbase.need_reason"))
            for name in ("saving_percent", "saving_kip", "cost_kip", "done_on", "method"):
                if data.get(name):
                    self.add_error(name, say("knowbase.only_done"))
            if data.get("reason") == "other" and not data.get("note"):
                self.add_error("note", say("knowbase.need_note"))
        if done and data.get("reason"):
            self.add_error("reason", say("knowbase.reason_not_done"))
        if done and not day and "done_on" not in self.errors:
            self.add_error("done_on", say("knowbase.need_day"))
        if day and day > clock.today():
            self.add_error("done_on", say("knowbase.not_future"))
        if percent is not None and not 0 <= percent <= 100:
            self.add_error("saving_percent", say("knowbase.percent_range"))
        elif percent is not None and percent != round(percent, 2):
            self.add_error("saving_percent", say("savings.too_many_decimals"))
        if done and percent is not None and not data.get("method"):
            self.add_error("method", say("knowbase.need_method"))
        for name in ("saving_kip", "cost_kip"):
            if data.get(name) is not None and data[name] < 0:
                self.add_error(name, say("knowbase.not_negative"))
        return data

    @property
    def said(self) -> Any:
        """What was written, ready to be kept."""
        nothing = dict.fromkeys(("reason", "note", "method"), "")
        return {name: self.cleaned_data.get(name, nothing.get(name)) for name in FIELDS}
