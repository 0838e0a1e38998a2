"""The seal: digest of an entry over its content and the digest before; and the check of the whole chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer

from namsai_centre.audit.models import Entry, Head

FIRST = "0" * 64
_SALT = "namsai.audit.head"
_WORD = "namsai-audit"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: the entry, and what is wrong (changed, missing, end, signature, outside)."""

    entry: int
    what: str


def sealed(entry: Entry) -> str:
    """Return SHA-256 over the canonical JSON of an entry's content and the digest before it."""
    content: dict[str, Any] = {
        "at": entry.at.isoformat(),
        "person": str(entry.person_id),
        "name": entry.person_name,
        "via": entry.via,
        "action": entry.action,
        "kind": entry.kind,
        "subject": entry.subject_id,
        "subject_name": entry.subject_name,
        "enterprise": str(entry.enterprise_id),
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "previous": entry.previous,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def signature(count: int, digest: str) -> str:
    """Return the signature of an end of the chain, by the centre's secret key."""
    return Signer(salt=_SALT).signature(f"{count}:{digest}")


def signed(count: int, digest: str, sign: str) -> bool:
    """Tell whether this centre signed this end of the chain (a former key of SECRET_KEY_FALLBACKS counts too)."""
    try:
        Signer(salt=_SALT).unsign(f"{count}:{digest}:{sign}")
    except BadSignature:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Export:
    """The end of the chain at a moment, signed, to be kept outside (on paper, in a mail, at the ministry)."""

    count: int
    digest: str

    def line(self) -> str:
        """Return the one line to keep: namsai-audit:count:digest:signature."""
        return f"{_WORD}:{self.count}:{self.digest}:{signature(self.count, self.digest)}"


def export() -> Export:
    """Return the end of the chain as it stands."""
    head = Head.objects.filter(pk=1).first()
    return Export(head.count, head.digest) if head else Export(0, FIRST)


def read_export(line: str) -> Export | None:
    """Return what a kept line says; None when it is no such line or this centre did not sign it."""
    parts = line.strip().split(":")
    if len(parts) != 4 or parts[0] != _WORD or not parts[1].isdecimal():
        return None
    found = Export(int(parts[1]), parts[2])
    return found if signed(found.count, found.digest, parts[3]) else None


def holds(entry: Entry) -> bool:
    """Tell whether an entry still fits its own seal and the seal of the entry before it."""
    before = Entry.objects.filter(pk__lt=entry.pk).order_by("-pk").values_list("digest", flat=True).first()
    return sealed(entry) == entry.digest and entry.previous == (before or FIRST)


def end_holds(head: Head, last: Entry) -> bool:
    """Tell whether the end of the chain is signed by this centre and is the last entry, as it stands."""
    signed_end = signed(head.count, head.digest, head.signature)
    return signed_end and head.digest == last.digest and holds(last)


def breaks(outside: Export | None = None) -> Iterator[Break]:
    """Yield every place where the chain does not hold; `outside`: an end kept elsewhere that must lie on it."""
    before, count, last, met = FIRST, 0, 0, outside is None or outside.count == 0
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous != before:
            yield Break(entry.pk, "missing")
        if sealed(entry) != entry.digest:
            yield Break(entry.pk, "changed")
        before, count, last = entry.digest, count + 1, entry.pk
        met = met or (outside is not None and count == outside.count and before == outside.digest)
    head = Head.objects.filter(pk=1).first()
    if (head.digest if head else FIRST) != before or (head.count if head else 0) != count:
        yield Break(last, "end")
    if head and head.count and not signed(head.count, head.digest, head.signature):
        yield Break(last, "signature")
    if outside is not None and not met:
        yield Break(outside.count, "outside")
