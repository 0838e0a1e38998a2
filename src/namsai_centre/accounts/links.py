"""One-time links to set a password: who makes them, how long they hold, what ends them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class Links(PasswordResetTokenGenerator):
    """Ends with its first use, a log-in, a new password, e-mail or phone, a closed account, or after 3 days."""

    key_salt = "namsai.accounts.links"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        login = user.last_login.replace(microsecond=0, tzinfo=None) if user.last_login else ""
        return f"{user.pk}{user.password}{login}{timestamp}{user.email}{user.phone}{user.is_active}"


LINKS = Links()


def path_of(person: Any) -> str:
    """Return the path of a new one-time link for a person."""
    from allauth.account.utils import user_pk_to_url_str
    from django.urls import reverse

    kwargs = {"uidb36": user_pk_to_url_str(person), "key": LINKS.make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=kwargs)
