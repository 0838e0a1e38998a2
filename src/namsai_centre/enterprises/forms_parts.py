"""Forms of what belongs to an enterprise: one per kind of part, and consent."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from namsai_centre import clock
from namsai_centre.enterprises import places
from namsai_centre.enterprises.forms import AnyDateField, PastDateField, PlaceMixin
from namsai_centre.enterprises.models import ALIAS_KINDS, ISSUERS
from namsai_centre.ui.forms import NameField, PageForm, choices
from namsai_centre.ui.words import say


class PartForm(PageForm):
    """What the forms of all parts share: the record they began from, and that the last day is not before the first."""

    room = "enterprises"
    days = ("starts", "ends")

    def __init__(self, *args: Any, part: Any = None, **kwargs: Any) -> None:
        if part is not None:
            fields = {
                n: getattr(part, f"{n}_id" if n in ("province", "district") else n)
                for n in self.base_fields
                if n != "version"
            }
            kwargs.setdefault("initial", {**fields, "version": part.version})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Compare the two days."""
        cleaned = super().clean() or self.cleaned_data
        first, last = (cleaned.get(n) for n in self.days)
        if first and last and last < first:
            self.add_error(self.days[1], say("enterprises.ends_before"))
        return cleaned


class ContactForm(PartForm):
    """Somebody to talk to."""

    name_lo = NameField(max_length=120, required=False)
    name_en = NameField(max_length=120, required=False)
    duty = NameField(max_length=120, required=False)
    phone = NameField(max_length=30, required=False)
    email = forms.EmailField(required=False)
    starts = AnyDateField(required=False)
    ends = AnyDateField(required=False)

    def clean_phone(self) -> str:
        """Return the phone number as it was typed."""
        phone: str = self.cleaned_data["phone"]
        if phone and not re.fullmatch(r"\+?[0-9 ().-]{5,29}", phone):
            raise forms.ValidationError(say("enterprises.phone_wrong"))
        return phone

    def clean(self) -> dict[str, Any]:
        """A contact has a name."""
        cleaned = super().clean()
        if not cleaned.get("name_lo") and not cleaned.get("name_en"):
            self.add_error("name_lo", say("enterprises.say_name"))
        return cleaned


class SiteForm(PartForm, PlaceMixin):
    """A place where the enterprise works."""

    name_lo = NameField(max_length=200, required=False)
    name_en = NameField(max_length=200, required=False)
    province = forms.ChoiceField(required=False)
    district = forms.ChoiceField(required=False)
    village = NameField(max_length=120, required=False)
    starts = AnyDateField(required=False)
    ends = AnyDateField(required=False)

    def __init__(self, *args: Any, part: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        self.fields["province"].help_text = ""
        self.set_places((part.province, part.district) if part else (None, None))

    def clean(self) -> dict[str, Any]:
        """A site has a name; the district fits the province."""
        cleaned = super().clean()
        if not cleaned.get("name_lo") and not cleaned.get("name_en"):
            self.add_error("name_lo", say("enterprises.say_name"))
        self.clean_places(cleaned)
        return cleaned


class ActivityForm(PartForm):
    """What the enterprise does."""

    code = forms.CharField(max_length=4)
    revision = forms.ChoiceField(choices=[("4", "4"), ("5", "5")], initial="4")
    main = forms.BooleanField(required=False, initial=True)
    starts = AnyDateField(required=False)
    ends = AnyDateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["main"].label = say("enterprises.main_field")

    def clean_code(self) -> str:
        """Return the digits."""
        code: str = self.cleaned_data["code"].strip()
        if not re.fullmatch(r"[0-9]{2,4}", code):
            raise forms.ValidationError(say("enterprises.code_wrong"))
        return code

    def clean(self) -> dict[str, Any]:
        """In sections B to F the divisions are known: another one is a slip."""
        cleaned = super().clean()
        code = cleaned.get("code")
        if code and cleaned.get("revision") == "4" and "05" <= code[:2] <= "43" and not places.division(code, "4"):
            self.add_error("code", say("enterprises.code_unknown", code=code[:2]))
        return cleaned


class IdentifierForm(PartForm):
    """A number another office gave."""

    days = ("valid_from", "valid_until")
    issuer = forms.ChoiceField(choices=lambda: choices("enterprises", "issuer", ISSUERS))
    value = NameField(max_length=60)
    valid_from = AnyDateField(required=False)
    valid_until = AnyDateField(required=False)


class AliasForm(PartForm):
    """Another name."""

    days = ("none", "ends")
    kind = forms.ChoiceField(choices=lambda: choices("enterprises", "alias", ALIAS_KINDS))
    name = NameField(max_length=200)
    ends = AnyDateField(required=False)


FORMS: dict[str, type[PartForm]] = {
    "contact": ContactForm,
    "site": SiteForm,
    "activity": ActivityForm,
    "identifier": IdentifierForm,
    "alias": AliasForm,
}


class ConsentForm(PageForm):
    """What the enterprise agrees to."""

    room = "enterprises"
    purpose = forms.ChoiceField()
    given_on = PastDateField()
    given_by = NameField(max_length=120)
    note = NameField(max_length=500, required=False)

    def __init__(self, *args: Any, open_purposes: list[str], begun: dict[str, Any], **kwargs: Any) -> None:
        self.open = open_purposes
        super().__init__(*args, initial={"given_on": clock.today(), **begun}, **kwargs)
        self.fields["purpose"].choices = choices("enterprises", "purpose", open_purposes)  # type: ignore[attr-defined]
        self.fields["note"].label, self.fields["note"].help_text = say("enterprises.note_consent"), ""


class WithdrawForm(PageForm):
    """From when consent no longer holds."""

    room = "enterprises"
    withdrawn_on = PastDateField()
    withdrawn_by = NameField(max_length=120)
