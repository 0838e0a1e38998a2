"""Forms of the registry: an enterprise, its closing, its names taken away, a group."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from namsai.findings import NamsaiError
from namsai.lao.numbers import parse_number
from namsai_centre import clock
from namsai_centre.enterprises import queries
from namsai_centre.enterprises.models import KINDS, RISKS
from namsai_centre.enterprises.words import sector_choices
from namsai_centre.ui.forms import NameField, PageForm, choices
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say

_MOST_KIP = 10**16
_MOST_WORKERS = 1_000_000
_BUDDHIST_FROM, _BUDDHIST_YEARS = 2400, 543


class PastDateField(forms.DateField):
    """A day that has come; a year of the Buddhist era is asked back, never converted."""

    def clean(self, value: Any) -> date | None:
        """Return the day."""
        day: date | None = super().clean(value)
        if day and day.year >= _BUDDHIST_FROM:
            raise forms.ValidationError(say("enterprises.buddhist_year", year=str(day.year - _BUDDHIST_YEARS)))
        if day and day > clock.today():
            raise forms.ValidationError(say("enterprises.not_future"))
        return day


class AnyDateField(forms.DateField):
    """A day, also one to come; a year of the Buddhist era is asked back."""

    def clean(self, value: Any) -> date | None:
        """Return the day."""
        day: date | None = super().clean(value)
        if day and day.year >= _BUDDHIST_FROM:
            raise forms.ValidationError(say("enterprises.buddhist_year", year=str(day.year - _BUDDHIST_YEARS)))
        return day


class WholeField(forms.CharField):
    """A whole number as people type it (Lao digits, dots or commas between thousands); two readings are asked back."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> int | None:
        """Return the number; None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        readings = {int(n) for n in self._readings(text) if float(n).is_integer() and n >= 0}
        if not readings:
            raise forms.ValidationError(say("enterprises.number_wrong"))
        if len(readings) > 1:
            one, other = sorted(readings)
            raise forms.ValidationError(say("enterprises.number_twice", one=str(one), other=str(other)))
        number = readings.pop()
        if number > self.most:
            raise forms.ValidationError(say("enterprises.number_big", most=self.most))
        return number

    def _readings(self, text: str) -> list[float]:
        try:
            return [parse_number(text)]
        except NamsaiError as problem:
            facts = problem.findings[0].facts
            return [float(facts[k]) for k in ("lo", "en") if k in facts]  # type: ignore[arg-type]


class PlaceMixin(forms.Form):
    """Province, district and village: the district belongs to the province; alone it brings its province along."""

    def set_places(self, current: tuple[Any, Any] = (None, None)) -> None:
        """Fill the choices with the places of today, and those the record has already."""
        today = clock.today()
        self.provinces = {str(p.pk): p for p in queries.provinces(today)}
        found = queries.districts(today)
        self.districts = {str(d.pk): d for d in found}
        for kept, known in ((current[0], self.provinces), (current[1], self.districts)):
            if kept is not None:
                known.setdefault(str(kept.pk), kept)
        by_province: dict[str, list[tuple[str, Any]]] = {}
        for d in self.districts.values():
            by_province.setdefault(str(d.parent_id), []).append((str(d.pk), later_name(d)))
        self.fields["province"].choices = [("", "—"), *((k, later_name(p)) for k, p in self.provinces.items())]  # type: ignore[attr-defined]
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((later_name(p), by_province[k]) for k, p in self.provinces.items() if k in by_province),
        ]

    def clean_places(self, cleaned: dict[str, Any]) -> None:
        """Put the records in the place of their keys."""
        province = self.provinces.get(cleaned.get("province") or "")
        district = self.districts.get(cleaned.get("district") or "")
        if district is not None and province is None and "province" not in self.errors:
            province = self.provinces.get(str(district.parent_id))
        if district is not None and province is not None and district.parent_id != province.pk:
            self.add_error("district", say("enterprises.not_in_province"))
        cleaned["province"], cleaned["district"] = province, district


def later_name(place: Any) -> str:
    """Return the place's name in the reader's language (forms are made per request)."""
    return named(place)


class EnterpriseForm(PageForm, PlaceMixin):
    """All fields of an enterprise that its owner may change; `StaffForm` has those of the centre besides."""

    room = "enterprises"
    name_lo = NameField(max_length=200, required=False)
    name_en = NameField(max_length=200, required=False)
    sector = forms.ChoiceField(required=False)
    economic_kind = forms.ChoiceField(choices=lambda: choices("enterprises", "kind", KINDS), required=False)
    province = forms.ChoiceField(required=False)
    district = forms.ChoiceField(required=False)
    village = NameField(max_length=120, required=False)
    workers = WholeField(most=_MOST_WORKERS, required=False)
    women = WholeField(most=_MOST_WORKERS, required=False)
    men = WholeField(most=_MOST_WORKERS, required=False)
    workers_on = PastDateField(required=False)
    assets_kip = WholeField(most=_MOST_KIP, required=False)
    income_kip = WholeField(most=_MOST_KIP, required=False)
    figures_on = PastDateField(required=False)

    def __init__(self, *args: Any, enterprise: Any = None, **kwargs: Any) -> None:
        if enterprise is not None:
            kwargs.setdefault("initial", self.initial_of(enterprise))
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = sector_choices(enterprise.sector if enterprise else "")  # type: ignore[attr-defined]
        self.set_places((enterprise.province, enterprise.district) if enterprise else (None, None))

    @classmethod
    def initial_of(cls, enterprise: Any) -> dict[str, Any]:
        """Return what stands in the enterprise's fields of this form, and its version."""
        initial = {n: getattr(enterprise, n) for n in cls.base_fields if n not in ("version", "looked")}
        initial |= {n: getattr(enterprise, f"{n}_id") for n in ("province", "district", "group") if n in initial}
        return initial | {"version": enterprise.version}

    def clean(self) -> dict[str, Any]:
        """Check what needs more than one field."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name_lo") and not cleaned.get("name_en"):
            self.add_error("name_lo", say("enterprises.say_name"))
        self.clean_places(cleaned)
        women, men, workers = (cleaned.get(n) for n in ("women", "men", "workers"))
        if workers is not None:
            if women is not None and men is not None and women + men != workers:
                facts = {"women": women, "men": men, "sum": women + men, "workers": workers}
                self.add_error("workers", say("enterprises.sum_wrong", **facts))
            for name, part in (("women", women), ("men", men)):
                if part is not None and part > workers:
                    self.add_error(name, say("enterprises.more_than_all", workers=workers))
        return cleaned


class StaffForm(EnterpriseForm):
    """An enterprise as the centre's staff change it."""

    group = forms.ChoiceField(required=False)
    factory_class = NameField(max_length=20, required=False)
    risk_class = forms.ChoiceField(choices=lambda: choices("enterprises", "risk", RISKS), required=False)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=5000, required=False)
    looked = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(g.pk): g for g in queries.groups()}
        self.fields["group"].choices = [("", "—"), *((k, named(g)) for k, g in self.groups.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put the group's record in the place of its key."""
        cleaned = super().clean()
        cleaned["group"] = self.groups.get(cleaned.get("group") or "")
        return cleaned


class CloseForm(PageForm):
    """From which day an enterprise is closed, and why."""

    room = "enterprises"
    closed_on = PastDateField()
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


class ReasonForm(PageForm):
    """Why."""

    room = "enterprises"
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


class ForgetForm(ReasonForm):
    """Why the names go, and that it is understood."""

    forget_sure = forms.BooleanField()


class GroupForm(PageForm):
    """A group of enterprises under one control."""

    room = "enterprises"
    name_lo = NameField(max_length=200)
    name_en = NameField(max_length=200, required=False)
