"""How allauth behaves here: nobody signs up, people are invited; phone numbers log in like e-mail addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from namsai_centre.accounts.fresh import is_fresh
from namsai_centre.accounts.language import keep_language
from namsai_centre.accounts.models import Person
from namsai_centre.ui.words import later


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts by invitation only; the person's language from the log-in on; letters in our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": later("accounts.wrong_login"),
        "enter_current_password": later("accounts.wrong_password_now"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Read on in the person's own language."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        keep_language(response, user.language)
        return response

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Check the password of whoever is logged in, throttled like a log-in."""
        found = self.authenticate(self.request, email=user.email or user.phone, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again only when the last proof is old (a log-in a minute ago is proof enough)."""
        return not is_fresh(self.request)

    def set_password(self, user: Person, password: str) -> None:
        """Set the password; all sessions of the person end, and the audit log knows."""
        from namsai_centre.accounts.actions.password import set_password

        set_password(user, password, self.request.session.session_key or "")

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person of a grave change to the own account, in the application and by mail."""
        from namsai_centre.accounts.actions.notify import notify

        key = "accounts.told_" + template_prefix.rpartition("/")[2]
        notify(user, key, "/people/me/")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The name shown in the authenticator, and who may go without."""

    def get_totp_issuer(self) -> str:
        """Return the name."""
        return "Namsai"

    def get_totp_label(self, user: Any) -> str:
        """Return what the person logs in with."""
        return str(user.email or user.phone)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Refuse to switch off what the person's roles ask for (a new one may take its place: `me_factor_renew`)."""
        from namsai_centre.accounts.identity import who_is
        from namsai_centre.accounts.policies import asks_second_factor

        return not asks_second_factor(who_is(authenticator.user))

    def encrypt(self, text: str) -> str:
        """Keep the authenticator's secret unreadable to a reader of the database alone."""
        from namsai_centre.accounts.sealing import seal

        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read it."""
        from namsai_centre.accounts.sealing import unseal

        return unseal(encrypted_text)
