"""Forms of the log-in, of passwords and of the second factor, with our words and one field for e-mail or phone."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpRequest, HttpResponse

from namsai.lao.numbers import western_digits
from namsai_centre.accounts.devices import LONGEST, REMEMBERED
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.phone import phone_of
from namsai_centre.accounts.policies import FACTOR_ROLES
from namsai_centre.ui.words import later

LOGIN_ATTRS = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}


def login_key(typed: str) -> str:
    """Return one spelling of what somebody logs in with, so that throttling counts every spelling as one.

    >>> login_key("020 5555 1234"), login_key(" Dala@Example.LA ")
    ('+8562055551234', 'dala@example.la')
    """
    return phone_of(typed) or typed.strip().casefold()


def _plain(form: Any, **labels: str) -> None:
    """Give the fields our labels; no placeholders (a label stays when one types), no help of the package."""
    for name, field in form.fields.items():
        if name in labels:
            field.label = later(f"accounts.{labels[name]}")
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""


class LoginForm(account.LoginForm):  # type: ignore[misc]
    """Log-in with one field for e-mail or phone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(max_length=254, widget=forms.TextInput(attrs=LOGIN_ATTRS))
        _plain(self, login="login_name", password="password", remember="remember")
        self.fields["remember"].help_text = later("accounts.remember_help")
        self.order_fields(["login", "password", "remember"])

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Log in; the browser remembers it for weeks, that of whoever sees many firms for a working day (`is_over`)."""
        response: HttpResponse = super().login(request, redirect_url)
        if self.cleaned_data["remember"]:
            kept = LONGEST if who_is(self.user).roles & FACTOR_ROLES else REMEMBERED
            request.session.set_expiry(int(kept.total_seconds()))
        return response

    def user_credentials(self) -> dict[str, Any]:
        """Return what the back end is asked with."""
        return {"email": login_key(self.cleaned_data["login"]), "password": self.cleaned_data["password"]}


class ResetForm(forms.Form):
    """Ask for a link to set a new password; the answer is the same for every name, and the work is done by a job."""

    email = forms.CharField(max_length=254, widget=forms.TextInput(attrs=LOGIN_ATTRS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email="login_name")

    def clean_email(self) -> str:
        """Return the one spelling (the key of the throttle)."""
        return login_key(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **_: Any) -> str:
        """Leave the request to a job: here a known and an unknown name cost the same."""
        from namsai_centre.accounts.jobs import send_reset_link

        send_reset_link.enqueue(self.cleaned_data["email"], request.build_absolute_uri("/"))
        return str(self.cleaned_data["email"])


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Set a password by a one-time link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1="password_new", password2="password_again")
        self.fields["password1"].help_text = later("accounts.password_new_help")


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """Change the own password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, oldpassword="password_now", password1="password_new", password2="password_again")
        self.fields["password1"].help_text = later("accounts.password_new_help")


class AgainForm(account.ReauthenticateForm):  # type: ignore[misc]
    """Give the password once more before something grave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password="password")


class _Code:
    """A code from the authenticator or the sheet of recovery codes; Lao digits count as digits."""

    fields: dict[str, Any]

    def _code(self) -> None:
        _plain(self, code="code")
        self.fields["code"].max_length = 40
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 40, "autofocus": True}
        self.fields["code"].to_python = lambda value: western_digits(str(value or "")).strip()


class CodeForm(_Code, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of the log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code()


class CodeAgainForm(_Code, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more before something grave."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code()


class ActivateForm(_Code, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code()
        self.fields["code"].widget.attrs.pop("autofocus", None)  # the steps above come first
