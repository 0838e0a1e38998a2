"""Forms about people, roles, break-glass and tokens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from namsai_centre import clock
from namsai_centre.accounts import queries
from namsai_centre.accounts.phone import phone_of
from namsai_centre.accounts.policies import FIRM, may_give
from namsai_centre.accounts.tokens import SCOPES
from namsai_centre.ui.forms import NameField, PageForm, choices
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say
from namsai_centre.who import Who

LANGUAGES = [("lo", "ລາວ"), ("en", "English")]


class AccountForm(PageForm):
    """A form whose labels are the accounts' own."""

    room = "accounts"

    def clean(self) -> dict[str, Any]:
        """Return the cleaned fields, never None."""
        return super().clean() or {}


class NamesForm(AccountForm):
    """How somebody is called, and the language they read."""

    name_lo = NameField(max_length=120, required=False)
    name_en = NameField(max_length=120, required=False)
    language = forms.ChoiceField(choices=LANGUAGES)

    def clean(self) -> dict[str, Any]:
        """Ask for a name in one script at least."""
        cleaned = super().clean()
        if not {"name_lo", "name_en"} & set(self.errors) and not cleaned.get("name_lo") and not cleaned.get("name_en"):
            self.add_error("name_lo", say("accounts.name_wanted"))
        return cleaned


class ReachForm(AccountForm):
    """What somebody logs in with: e-mail, phone or both; taken by nobody else."""

    email = forms.EmailField(required=False, max_length=254)
    phone = forms.CharField(required=False, max_length=30, widget=forms.TextInput(attrs={"type": "tel"}))

    def __init__(self, *args: Any, person: UUID | None = None, staff: bool = True, **kwargs: Any) -> None:
        self.person = person
        self.staff = staff
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """Return it in lower case."""
        return str(self.cleaned_data["email"] or "").casefold()

    def clean_phone(self) -> str:
        """Return it as +856…, however it was typed."""
        typed = str(self.cleaned_data["phone"] or "").strip()
        if not typed:
            return ""
        number = phone_of(typed)
        if number is None or not 10 <= len(number) <= 16:
            raise forms.ValidationError(say("accounts.phone_wrong"))
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for one of both, and that nobody else has it."""
        cleaned = super().clean()
        email, phone = cleaned.get("email", ""), cleaned.get("phone", "")
        if not email and not phone and not {"email", "phone"} & set(self.errors):
            self.add_error("email", say("accounts.email_or_phone"))
        other = queries.is_taken(email, phone, self.person)
        if other is not None:
            same = "email" if email and other.email == email else "phone"
            words = say("accounts.taken_by", name=named(other)) if self.staff else say("accounts.taken")
            self.add_error(same, words)
        return cleaned


class Offered(forms.ChoiceField):
    """A choice among what was offered; one of an earlier search is looked at by the form, not refused here."""

    def valid_value(self, value: Any) -> bool:
        """Say yes."""
        return True


class FirmForm(AccountForm):
    """Name a firm without a script: type a part of the name; of several found, choose one and send again.

    `among` limits the search (an owner: the own firms). The firm chosen is `cleaned_data["enterprise"]`. A name typed
    anew counts more than what was chosen before.
    """

    firm_name = NameField(max_length=200, required=False)
    firm = Offered(required=False, widget=forms.RadioSelect)
    firm_required = True

    def __init__(self, *args: Any, among: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = among
        typed = str(self.data.get(self.add_prefix("firm_name"), "")) if self.is_bound else ""
        given = str(self.data.get(self.add_prefix("firm"), "") or self.initial.get("firm", ""))
        self.found = queries.firms_named(typed, among) if typed else []
        known = queries.firm(given) if given and not typed else None
        if known is not None and (among is None or known.pk in among) and known not in self.found:
            self.found.append(known)
        if among is not None and not typed:
            self.found = [f for f in (queries.firm(k) for k in sorted(among, key=str)) if f is not None]
        field = self.fields["firm"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(f.pk), self._line(f)) for f in self.found]
        if not self.found:
            field.widget = forms.HiddenInput()
        elif len(self.found) == 1:
            field.initial = self.initial["firm"] = str(self.found[0].pk)
        if among is not None and len(among) <= 10:
            del self.fields["firm_name"]

    @staticmethod
    def _line(firm: Any) -> str:
        place = f" ({named(firm.province)})" if firm.province else ""
        return f"{named(firm)}{place}"

    def clean(self) -> dict[str, Any]:
        """Find the firm: the one chosen, else the only one of that name."""
        cleaned = super().clean()
        chosen = cleaned.get("firm")
        by_id = {str(f.pk): f for f in self.found}
        if chosen in by_id:
            cleaned["enterprise"] = by_id[chosen]
        elif len(self.found) == 1 and (cleaned.get("firm_name") or self.among is not None):
            cleaned["enterprise"] = self.found[0]
        else:
            cleaned["enterprise"] = None
            if cleaned.get("firm_name"):
                self.add_error("firm_name", say(f"accounts.{'firm_several' if self.found else 'firm_unknown'}"))
        return cleaned


class RoleForm(FirmForm):
    """A role with its days, in a firm for owner and member."""

    role = forms.ChoiceField()
    starts = forms.DateField(required=False)
    ends = forms.DateField(required=False)
    role_required = True

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        among = None if who.staff else who.owned
        super().__init__(*args, among=among, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        given = sorted(may_give(who), key=_rank)
        field.required = self.role_required
        field.choices = choices("accounts", "role", given, empty=len(given) > 1)
        if among is not None:
            field.help_text = ""  # it speaks of all roles; an owner gives only those of the own firm
        self.order_fields(["name_lo", "name_en", "email", "phone", "language", "role", "firm_name", "firm", "starts"])
        if not self.is_bound:
            self.fields["starts"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """Ask for a firm exactly with the roles that have one, and for days in order."""
        cleaned = super().clean()
        role = cleaned.get("role")
        where = "firm_name" if "firm_name" in self.fields else "firm"
        if role in FIRM and cleaned.get("enterprise") is None and where not in self.errors:
            self.add_error(where, say("accounts.firm_wanted"))
        if role not in FIRM:
            if role and cleaned.get("firm_name"):
                self.add_error(where, say("accounts.firm_not"))
            cleaned["enterprise"] = None
        cleaned["starts"] = cleaned.get("starts") or clock.today()
        if cleaned.get("ends") and cleaned["ends"] < cleaned["starts"]:
            self.add_error("ends", say("accounts.ends_before"))
        return cleaned


class InviteForm(ReachForm, NamesForm, RoleForm):
    """A new person, with what they log in with and perhaps a first role."""

    role_required = False

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        self.role_required = not who.staff
        super().__init__(*args, who=who, staff=who.staff, **kwargs)


class EndForm(AccountForm):
    """The last day of a role (empty: it ends now)."""

    last_day = forms.DateField(required=False)


class ReasonForm(AccountForm):
    """Why something grave is done."""

    reason = forms.CharField(max_length=1000, min_length=5, widget=forms.Textarea)


class GlassForm(FirmForm):
    """Which firm is opened in an emergency, and why."""

    reason = forms.CharField(max_length=1000, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """Ask for a firm."""
        cleaned = super().clean()
        if cleaned.get("enterprise") is None and "firm_name" not in self.errors:
            self.add_error("firm_name", say("accounts.firm_wanted"))
        return cleaned


class TokenForm(AccountForm):
    """A token: what for, what it may do, until when."""

    token_name = NameField(max_length=80)
    scopes = forms.MultipleChoiceField(
        choices=choices("accounts", "scope", SCOPES, empty=False), widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField()


def _rank(role: str) -> int:
    from namsai_centre.accounts.models import ROLES

    return ROLES.index(role)
