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
    CURRENCIES,
    KINDS,
    TECHNIQUES,
    UNITS,
    unit_sign,
)
from namsai_centre.savings.models import STATES
from namsai_centre.ui.forms import NameField, PageForm, choices
from namsai_centre.ui.templatetags.words import number
from namsai_centre.ui.words import language, later, say

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,.xlsx,.csv,.txt"


class AmountField(forms.CharField):
    """A number as people type it (Lao digits, 1.234,5 or 1,234.5); one with two readings is asked back."""

    def __init__(self, *, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.whole = whole  # kip: a mark before three digits can only part groups, so 500.000 has one reading
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        """Return a Decimal with at most four decimals, None for nothing."""
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            found = Decimal(str(self._read(typed)))
        except NamsaiError as problem:
            raise forms.ValidationError([" ".join(finding_text(f, language())) for f in problem.findings]) from None
        if not found.is_finite() or abs(found) >= Decimal(10) ** 15:
            raise forms.ValidationError(say("savings.amount_needed"))
        rounded = found.quantize(Decimal(1) if self.whole else Decimal("0.0001"))
        if rounded != found:
            raise forms.ValidationError(say("savings.too_many_decimals"))
        return rounded

    def _read(self, typed: str) -> float:
        try:
            return parse_number(typed)
        except NamsaiError:
            if not self.whole:
                raise
        readings = [parse_number(typed, form) for form in ("lo", "en")]
        return max(readings, key=abs)

    def prepare_value(self, value: Any) -> Any:
        """Show what stands there as the reader writes numbers; what was typed stays as typed."""
        return number(value) if self.whole and isinstance(value, int | Decimal) else super().prepare_value(value)

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
            (u, unit_sign(u) if u != "LAK" else later("savings.kip"))
            for u in dict.fromkeys(u for units in UNITS.values() for u in units)
        ]
    )
    prices_on = forms.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carrier"].widget.attrs["list"] = "carriers"
        self.carriers = [(c, later(f"savings.carrier_{c}")) for c in CARRIERS]
        amount: Any = self.fields["amount"]
        amount.whole = self.is_bound and self.data.get(self.add_prefix("unit")) == "LAK"
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
