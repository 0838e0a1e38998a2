"""Log in by e-mail or phone: one field, same answer and same time for an unknown name and a wrong password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from namsai_centre.accounts.models import Person
from namsai_centre.accounts.phone import phone_of


def person_of(typed: str) -> Person | None:
    """Return the person of an e-mail or phone as typed, open or closed."""
    phone = phone_of(typed)
    found = Person.objects.filter(phone=phone) if phone else Person.objects.filter(email__iexact=typed.strip())
    return found.first()


class EmailOrPhone(BaseBackend):
    """Find a person by what was typed and check the password."""

    def authenticate(
        self, request: HttpRequest | None, email: str | None = None, password: str | None = None, **_: Any
    ) -> Person | None:
        """Return the person, or None; one hash is computed in every case."""
        if not email or password is None:
            return None
        person = person_of(email)
        if person is None or not person.is_active or not person.has_usable_password():
            make_password(password)  # as long as a check takes
            return None
        return person if person.check_password(password) else None

    def get_user(self, user_id: Any) -> Person | None:
        """Return the person of a session while the account is open."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
