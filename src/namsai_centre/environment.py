"""What the centre is told by its environment, and the refusal to start when that is not safe."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_SHORTEST_SECRET = 50


def flag(name: str) -> bool:
    """Tell whether a yes/no variable is set to yes (1, true, yes)."""
    return os.environ.get(name, "").strip().casefold() in {"1", "true", "yes"}


def data_folder() -> Path:
    """Return the folder for the database, the files and the collected pictures (NAMSAI_DATA, else ./namsai-data)."""
    return Path(os.environ.get("NAMSAI_DATA", "namsai-data")).resolve()


def secret_key(demo: bool) -> str:
    """Return NAMSAI_SECRET_KEY; only the demo may start without one."""
    secret = os.environ.get("NAMSAI_SECRET_KEY", "")
    if secret and len(secret) >= _SHORTEST_SECRET and len(set(secret)) > 5:
        return secret
    if demo and not secret:
        return "demo-only-" + "namsai-clear-water-" * 3
    raise ImproperlyConfigured(
        f"NAMSAI_SECRET_KEY is missing or shorter than {_SHORTEST_SECRET} characters; the centre does not start. "
        "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))' · "
        "ບໍ່ມີ NAMSAI_SECRET_KEY ຫຼື ສັ້ນເກີນໄປ; ລະບົບຈະບໍ່ເລີ່ມ."
    )


def old_secret_keys() -> list[str]:
    """Return NAMSAI_OLD_SECRET_KEYS (parted by commas): what they signed still holds, nothing new is signed by them."""
    return [key.strip() for key in os.environ.get("NAMSAI_OLD_SECRET_KEYS", "").split(",") if key.strip()]


def hosts(demo: bool) -> list[str]:
    """Return NAMSAI_HOSTS (names by which the centre is reached, parted by commas); `*` is refused."""
    told = [h.strip() for h in os.environ.get("NAMSAI_HOSTS", "").split(",") if h.strip()]
    if "*" in told:
        raise ImproperlyConfigured("NAMSAI_HOSTS must name the hosts; '*' lets any name in.")
    if told:
        return told
    if demo:
        return ["localhost", "127.0.0.1", "[::1]", "testserver"]
    raise ImproperlyConfigured("NAMSAI_HOSTS is missing: name the hosts of this centre, for example cp.example.la")


def database(folder: Path) -> dict[str, Any]:
    """Return the database: NAMSAI_DATABASE_URL (postgresql://user:password@host:port/name), else SQLite.

    SQLite: write-ahead log, and transactions that take the write lock at once (no deadlock between readers that write).
    """
    url = os.environ.get("NAMSAI_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "namsai.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("NAMSAI_DATABASE_URL must look like postgresql://user:password@host:5432/name")
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or unquote(query.get("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
