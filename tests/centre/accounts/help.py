"""What the tests of the accounts share: logging in as people do, and a clock for second factors."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from tests.centre.cast import PASSWORD


def log_in(name: str, password: str = PASSWORD, client: Client | None = None, **extra: Any) -> tuple[Client, Any]:
    """Log in by the form; return the browser and the answer."""
    browser = client or Client(headers={"accept-language": "en"})
    answer = browser.post("/account/login/", {"login": name, "password": password, **extra})
    return browser, answer


def code_of(secret: str, step: int = 0) -> str:
    """Return the six digits an authenticator shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step)))


def give_factor(person: Any) -> str:
    """Set a second factor up for a person; return its secret."""
    secret = str(generate_totp_secret())
    TOTP.activate(person, secret)
    return secret


def is_in(browser: Client) -> bool:
    """Tell whether somebody is logged in there."""
    return browser.get("/people/me/").status_code == 200
