"""Files on the disk, each once by its hash: written beside and put in place whole, so that none is ever half there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

FOLDER = "evidence"


class NoRoom(Exception):
    """The file could not be written (disk full, or no right to write)."""


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of the bytes."""
    return hashlib.sha256(content).hexdigest()


def name_of(digest: str) -> str:
    """Return the name under MEDIA_ROOT.

    >>> name_of("ab12")
    'evidence/ab/ab12'
    """
    return f"{FOLDER}/{digest[:2]}/{digest}"


def keep(content: bytes) -> tuple[str, bool]:
    """Write the bytes unless they are there; return their name, and whether they are new. NoRoom leaves nothing."""
    name = name_of(digest_of(content))
    path = Path(settings.MEDIA_ROOT) / name
    if path.is_file() and path.stat().st_size == len(content):
        return name, False
    beside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    except OSError as problem:
        if beside:
            with contextlib.suppress(OSError):
                os.unlink(beside)
        raise NoRoom(str(problem)) from problem
    return name, True


def drop(name: str) -> None:
    """Take a file away again that was written for a change that did not happen."""
    with contextlib.suppress(OSError):
        (Path(settings.MEDIA_ROOT) / name).unlink()


def is_there(name: str) -> bool:
    """Tell whether a kept file stands on the disk."""
    return (Path(settings.MEDIA_ROOT) / name).is_file()


def pieces(name: str, size: int = 1 << 16) -> Iterator[bytes]:
    """Yield a kept file piece by piece; it is opened when the first piece is asked for, and closed after the last."""
    with (Path(settings.MEDIA_ROOT) / name).open("rb") as stream:
        while piece := stream.read(size):
            yield piece
