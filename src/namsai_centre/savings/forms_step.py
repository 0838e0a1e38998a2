"""Forms on which savings take a step, and on which a persistence check is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from namsai_centre.savings.forms import ACCEPTED, AmountField
from namsai_centre.savings.kinds import CONFIDENCES, METHODS, places, unit_word
from namsai_centre.savings.models import Evidence, Saving, StateStep
from namsai_centre.savings.states import Step
from namsai_centre.ui.forms import PageForm, choices
from namsai_centre.ui.templatetags.words import number
from namsai_centre.ui.words import later, say


@dataclass(frozen=True, slots=True)
class SavingFields:
    """One saving on a step's page: what was told of it last, and the fields it is asked by."""

    saving: Saving
    step: StateStep | None
    take: Any
    version: Any
    fields: list[Any]

    @property
    def wrong(self) -> bool:
        """Tell whether a field of it has an error (what is folded must then stand open)."""
        return any(f.errors for f in self.fields)


class StepForm(PageForm):
    """One step for savings of a measure: day, method, file and words once; tick, amount, uncertainty for each.

    Where there is only one saving nobody is asked which: it is taken.
    """

    room = "savings"
    OF_LINE = ("amount", "uncertainty")
    WITHOUT_AMOUNT = ("reject", "discontinue", "give_back")  # nobody is asked how much of what is not there
    on = forms.DateField()
    method = forms.ChoiceField(choices=choices("savings", "method", METHODS))
    confidence = forms.TypedChoiceField(
        choices=[("", "—"), *((c, f"{c} %") for c in CONFIDENCES)], coerce=int, empty_value=None
    )
    period_from = forms.DateField(required=False)
    period_until = forms.DateField(required=False)
    evidence = forms.ChoiceField(required=False)
    upload = forms.FileField(
        required=False, widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}), allow_empty_file=True
    )
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)

    def __init__(
        self, *args: Any, taking: list[tuple[Saving, Step]], files: list[Evidence], verb: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        needs = {need for _, step in taking for need in step.needs}
        if "method" not in needs:
            for name in ("method", "confidence", "period_from", "period_until"):
                del self.fields[name]
        told = {"statement": "savings.statement", "reason": "ui.reason"}
        self.fields["note"].label = next(
            (later(key) for need, key in told.items() if need in needs), later("savings.note")
        )
        self.fields["note"].required = bool(needs & {"reason", "statement"})
        evidence: Any = self.fields["evidence"]
        evidence.choices = [("", "—"), *((str(f.pk), f.name) for f in files)]
        self.proof = "evidence" in needs
        self.verb = verb
        self.taking = taking
        for saving, step in taking:
            self._line(saving, "uncertainty" in step.needs)

    def _line(self, saving: Saving, uncertain: bool) -> None:
        key, kip = saving.pk.hex, saving.unit == "LAK"
        shown, unit = number(saving.amount, places(saving.amount, saving.unit)), unit_word(saving.unit)
        self.fields[f"take_{key}"] = forms.BooleanField(
            required=False,
            initial=True,
            label=later("savings.line_of", kind=saving.in_words(), amount=shown, unit=unit),
            widget=forms.CheckboxInput if len(self.taking) > 1 and self.verb != "restate" else forms.HiddenInput,
        )
        self.fields[f"version_{key}"] = forms.IntegerField(initial=saving.version, widget=forms.HiddenInput)
        if self.verb not in self.WITHOUT_AMOUNT:
            asked = {"measure": "savings.amount_found", "restate": "savings.amount_new"}.get(
                self.verb, "savings.amount_stated"
            )
            label = later(asked, amount=shown, unit=unit)
            self.fields[f"amount_{key}"] = AmountField(required=False, label=label, whole=kip)
        if uncertain:
            self.fields[f"uncertainty_{key}"] = AmountField(
                required=False, label=later("savings.uncertainty_in", unit=unit), whole=kip
            )

    def what(self) -> list[Any]:
        """Return the bound fields of the day and the method."""
        return [self[n] for n in ("on", "method", "confidence") if n in self.fields]

    def period(self) -> list[Any]:
        """Return the bound fields of the days that were measured."""
        return [self[n] for n in ("period_from", "period_until") if n in self.fields]

    def lines(self) -> list[SavingFields]:
        """Return each saving with its last step and its bound fields."""
        return [
            SavingFields(
                saving,
                next(reversed(list(saving.steps.all())), None),
                self[f"take_{saving.pk.hex}"],
                self[f"version_{saving.pk.hex}"],
                [self[name] for n in self.OF_LINE if (name := f"{n}_{saving.pk.hex}") in self.fields],
            )
            for saving, _ in self.taking
        ]

    def _take_restated(self, found: dict[str, Any]) -> None:
        for saving, _ in self.taking:
            amount = f"amount_{saving.pk.hex}"
            found[f"take_{saving.pk.hex}"] = amount in self.errors or found.get(amount) is not None

    def clean(self) -> dict[str, Any]:
        """Ask for at least one saving, its uncertainty, and a file where the step must be shown."""
        found = super().clean() or {}
        if self.verb == "restate":  # a new amount says which: nobody ticks as well
            self._take_restated(found)
        chosen = [s for s, _ in self.taking if found.get(f"take_{s.pk.hex}")]
        if not chosen:
            self.add_error(
                None, say(f"savings.{'new_amount_needed' if self.verb == 'restate' else 'no_saving_chosen'}")
            )
        for saving in chosen:
            amount = f"amount_{saving.pk.hex}"
            if self.verb == "measure" and amount not in self.errors and found.get(amount) is None:
                self.add_error(amount, say("savings.found_amount_needed"))
            name = f"uncertainty_{saving.pk.hex}"
            if name in self.fields and name not in self.errors:
                if found.get(name) is None:
                    self.add_error(name, say("savings.uncertainty_needed"))
                elif found[name] < 0:
                    self.add_error(name, say("savings.not_negative"))
        if self.proof and not found.get("evidence") and not found.get("upload") and "upload" not in self.errors:
            self.add_error("upload", say("savings.evidence_needed"))
        return found


class CheckForm(PageForm):
    """Is the measure still in place?"""

    room = "savings"
    answer = forms.ChoiceField(
        choices=choices("savings", "answer", ("in_place", "partly", "gone"), empty=False), widget=forms.RadioSelect
    )
    on = forms.DateField()
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False)

    def __init__(self, *args: Any, savings: list[Saving], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.savings = savings
        for s in savings:
            was = number(s.amount, places(s.amount, s.unit))
            label = later("savings.amount_now", kind=s.in_words(), amount=was, unit=unit_word(s.unit))
            self.fields[f"amount_{s.pk.hex}"] = AmountField(required=False, label=label, whole=s.unit == "LAK")

    def left(self) -> list[Any]:
        """Return the bound fields of what is still saved (asked for the answer "partly" only)."""
        return [self[f"amount_{s.pk.hex}"] for s in self.savings]

    def clean(self) -> dict[str, Any]:
        """Ask why when something changed, and for the amount that is left."""
        found = super().clean() or {}
        if found.get("answer") in ("partly", "gone") and not (found.get("note") or "").strip():
            self.add_error("note", say("savings.reason_needed"))
        if found.get("answer") == "partly" and not any(
            found.get(f"amount_{s.pk.hex}") is not None for s in self.savings
        ):
            self.add_error(None, say("savings.new_amount_needed"))
        return found
