"""Secrets in the database (second factors) are sealed with a key drawn from NAMSAI_SECRET_KEY."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box(secret: str | bytes) -> Fernet:
    raw = secret.encode() if isinstance(secret, str) else secret
    key = hashlib.sha256(b"namsai.accounts.sealing:" + raw).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str) -> str:
    """Return the text sealed."""
    return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text; keys before the present one (SECRET_KEY_FALLBACKS) still open what they sealed."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _box(secret).decrypt(sealed.encode()).decode()
        except InvalidToken:
            continue
    raise InvalidToken
