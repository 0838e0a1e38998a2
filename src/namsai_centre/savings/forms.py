"""Forms of the savings ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from namsai.findings import NamsaiError
from namsai.lao.numbers import parse_number
from namsai.texts import finding_text
from namsai_centre.savings.kinds import (
    CARRIERS,
    CONFIDENCES,
    CURRENCIES,
    KINDS,
    METHODS,
    TECHNIQUES,
    UNITS,
    places,
    unit_sign,
)
from namsai_centre.savings.models import STATES, Evidence, Saving
from namsai_centre.savings.states import Step
from namsai_centre.ui.forms import NameField, PageForm, choices
from namsai_centre.ui.templatetags.words import number
from namsai_centre.ui.words import language, later, say

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.xlsx,.csv,.txt"


class AmountField(forms.CharField):
    """A number as people type it (Lao digits, 1.234,5 or 1,234.5); one with two readings is asked back."""

    def __init__(self, *, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.whole = whole
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        """Return a Decimal with at most four decimals, None for nothing."""
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            found = Decimal(str(parse_number(typed)))
        except NamsaiError as problem:
            raise forms.ValidationError([" ".join(finding_text(f, language())) for f in problem.findings]) from None
        if not found.is_finite() or abs(found) >= Decimal(10) ** 15:
            raise forms.ValidationError(say("savings.amount_needed"))
        rounded = found.quantize(Decimal(1) if self.whole else Decimal("0.0001"))
        if rounded != found:
            raise forms.ValidationError(say("savings.too_many_decimals"))
        return rounded

    def clean(self, value: Any) -> Any:
        """Return the number; required is looked at here because the number is not a text."""
        found = self.to_python(value)
        if found is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class FilterForm(PageForm):
    """What of the ledger is asked for."""

    room = "savings"
    q = forms.CharField(required=False, max_length=100)
    state = forms.ChoiceField(
        required=False, choices=[("", later("ui.all")), *choices("savings", "state", STATES, empty=False)]
    )
    kind = forms.ChoiceField(
        required=False, choices=[("", later("ui.all")), *choices("savings", "kind", KINDS, empty=False)]
    )
    due = forms.ChoiceField(required=False, choices=[("", later("ui.all")), ("over", later("savings.due_over"))])
    enterprise = forms.UUIDField(required=False, widget=forms.HiddenInput)
    engagement = forms.UUIDField(required=False, widget=forms.HiddenInput)
    assessment = forms.UUIDField(required=False, widget=forms.HiddenInput)


class MeasureForm(PageForm):
    """A measure: what it is, what it costs, until when."""

    room = "savings"
    title_lo = NameField(max_length=300, required=False)
    title_en = NameField(max_length=300, required=False)
    technique = forms.ChoiceField(
        required=False, choices=[("", "—"), *((t, later(f"terms.technique-{t}")) for t in TECHNIQUES)]
    )
    investment = AmountField(required=False, whole=True)
    currency = forms.ChoiceField(choices=[(c, c) for c in CURRENCIES], initial="LAK")
    prices_on = forms.DateField(required=False)
    due = forms.DateField(required=False, help_text=later("savings.due_until"))

    def clean(self) -> dict[str, Any]:
        """Ask for a title in one language, and for the day of the prices of a cost."""
        found = super().clean() or {}
        if not found.get("title_lo") and not found.get("title_en"):
            self.add_error("title_lo", say("savings.title_needed"))
        if found.get("investment") is not None and not found.get("prices_on") and "prices_on" not in self.errors:
            self.add_error("prices_on", say("savings.prices_day_needed"))
        if found.get("investment") is not None and found["investment"] < 0:
            self.add_error("investment", say("savings.not_negative"))
        found["title_lo"] = found.get("title_lo") or found.get("title_en") or ""
        return found


class SavingForm(PageForm):
    """One saving per year: of what, how much."""

    room = "savings"
    kind = forms.ChoiceField(choices=choices("savings", "kind", KINDS))
    carrier = NameField(max_length=80, required=False)
    amount = AmountField()
    unit = forms.ChoiceField(
        choices=[
            (u, unit_sign(u) if u != "LAK" else "LAK ₭")
            for u in dict.fromkeys(u for units in UNITS.values() for u in units)
        ]
    )
    prices_on = forms.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].widget.attrs["list"] = "carriers"
        self.carriers = [(c, later(f"savings.carrier_{c}")) for c in CARRIERS]
        if not self.is_bound:
            self.fields["unit"].initial = "kWh"

    def clean(self) -> dict[str, Any]:
        """Ask for a unit of the kind, and for the day of the prices of money; a known carrier is kept by its key."""
        found = super().clean() or {}
        kind, unit = found.get("kind"), found.get("unit")
        if kind and unit and unit not in UNITS[kind]:
            self.add_error("unit", say("savings.unknown_unit", name=unit, units=", ".join(UNITS[kind])))
        if kind == "money" and not found.get("prices_on"):
            self.add_error("prices_on", say("savings.prices_day_needed"))
        words = {str(text).casefold(): key for key, text in self.carriers}
        found["carrier"] = words.get((found.get("carrier") or "").casefold(), found.get("carrier") or "")
        return found


class StepForm(PageForm):
    """One step for savings of a measure: day, method, file and words once; tick, amount, uncertainty for each."""

    room = "savings"
    OF_LINE = ("take", "version", "amount", "uncertainty")
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
        key = saving.pk.hex
        shown = number(saving.amount, places(saving.amount, saving.unit))
        self.fields[f"take_{key}"] = forms.BooleanField(
            required=False, initial=True, label=later(f"savings.do_{self.verb}")
        )
        self.fields[f"version_{key}"] = forms.IntegerField(initial=saving.version, widget=forms.HiddenInput)
        if self.verb not in self.WITHOUT_AMOUNT:
            self.fields[f"amount_{key}"] = AmountField(
                required=False, label=later("savings.amount_stated", amount=shown, unit=unit_sign(saving.unit))
            )
        if uncertain:
            self.fields[f"uncertainty_{key}"] = AmountField(
                required=False, label=later("savings.uncertainty_in", unit=unit_sign(saving.unit))
            )

    def head(self) -> list[Any]:
        """Return the bound fields told once (without the file, which stands with the proof)."""
        names = ("on", "method", "confidence", "period_from", "period_until")
        return [self[n] for n in names if n in self.fields]

    def lines(self) -> list[tuple[Saving, Any, list[Any]]]:
        """Return each saving with its last step and its bound fields."""
        return [
            (
                s,
                next(reversed(list(s.steps.all())), None),
                [self[name] for n in self.OF_LINE if (name := f"{n}_{s.pk.hex}") in self.fields],
            )
            for s, _ in self.taking
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one saving, its uncertainty, and a file where the step must be shown."""
        found = super().clean() or {}
        chosen = [s for s, _ in self.taking if found.get(f"take_{s.pk.hex}")]
        if not chosen:
            self.add_error(None, say("savings.no_saving_chosen"))
        for saving in chosen:
            if self.verb == "restate" and found.get(f"amount_{saving.pk.hex}") is None:
                self.add_error(f"amount_{saving.pk.hex}", say("savings.new_amount_needed"))
            name = f"uncertainty_{saving.pk.hex}"
            if name in self.fields and name not in self.errors:
                if found.get(name) is None:
                    self.add_error(name, say("savings.uncertainty_needed"))
                elif found[name] < 0:
                    self.add_error(name, say("savings.not_negative"))
        if self.proof and not found.get("evidence") and not found.get("upload") and "upload" not in self.errors:
            self.add_error("upload", say("savings.evidence_needed"))
        return found


class EvidenceForm(PageForm):
    """A file that shows something."""

    room = "savings"
    upload = forms.FileField(widget=forms.FileInput(attrs={"accept": ACCEPTED}), allow_empty_file=True)


class InterestForm(PageForm):
    """Who proposed the measure or was paid for it."""

    room = "savings"
    person = forms.ChoiceField()
    interest = forms.ChoiceField(choices=choices("savings", "interest", ("proposed", "paid")))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.choices = [("", "—"), *people]


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
            label = later("savings.amount_now", kind=s.in_words(), amount=was, unit=unit_sign(s.unit))
            self.fields[f"amount_{s.pk.hex}"] = AmountField(required=False, label=label)

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
