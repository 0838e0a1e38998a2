"""What a device sends, read strictly: named fields only, each of its kind. Everything wrong is said at once."""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from namsai_centre.fieldwork.models import KINDS

ANSWERS = ("yes", "partly", "no", "unseen")
HOWS = ("weighed", "counted", "estimated", "meter", "bill", "calculated")
NUMBER, LINE, LONG, YES = "number", "line", "long", "yes"
FIELDS: dict[str, dict[str, Any]] = {  # name (and unit): of what was found in the plant and was not on the list
    "check": {"answer": ANSWERS, "note": LONG},
    "equipment": {
        "name": LINE, "maker": LINE, "model": LINE, "year": NUMBER, "number": NUMBER, "power": NUMBER, "load": NUMBER,
        "hours": NUMBER, "state": ("good", "worn", "broken", "off"), "note": LONG,
    },
    "reading": {"name": LINE, "unit": LINE, "value": NUMBER, "sure": YES, "note": LONG},
    "stream": {"name": LINE, "amount": NUMBER, "unit": LINE, "how": HOWS, "uncertainty": NUMBER, "note": LONG},
    "note": {"text": LONG},
}  # fmt: skip
_MOST = {LINE: 120, LONG: 4000}
_SUBJECT = re.compile(r"(check|equipment|meter|stream|note)(:[\w.-]{1,60}){0,2}")
_CONTROL = {n: None for n in range(32) if n not in (9, 10, 13)} | {127: None}


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a device sent it."""

    change: UUID
    entry: UUID
    kind: str
    subject: str
    base: int
    after: UUID | None
    fields: dict[str, Any]
    device: str
    device_time: str
    sent_time: str

    @property
    def digest(self) -> str:
        """Return the hash of what was said (without when it was sent)."""
        said = [str(self.entry), self.kind, self.subject, self.base, str(self.after), self.fields, self.device_time]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read(entry: object, raw: object) -> tuple[Told | None, list[str]]:
    """Read a change; else the names of all that is wrong."""
    if not isinstance(raw, dict):
        return None, ["change"]
    wrong: list[str] = []

    def uuid(name: str, value: object, empty: bool = False) -> UUID | None:
        if empty and value is None:
            return None
        try:
            return UUID(str(value))
        except ValueError:
            wrong.append(name)
            return None

    change, entry_id, after = (
        uuid("change", raw.get("change")),
        uuid("entry", entry),
        uuid("after", raw.get("after"), True),
    )
    kind, subject, base, device = raw.get("kind"), raw.get("subject"), raw.get("base"), raw.get("device")
    if kind not in KINDS:
        wrong.append("kind")
    if not isinstance(subject, str) or not _SUBJECT.fullmatch(subject):
        wrong.append("subject")
    if not isinstance(base, int) or isinstance(base, bool) or not 0 <= base < 1_000_000:
        wrong.append("base")
    if not isinstance(device, str) or not re.fullmatch(r"[\w-]{8,40}", device):
        wrong.append("device")
    fields, bad = _fields(str(kind), raw.get("fields"))
    wrong += bad
    if wrong or change is None or entry_id is None:
        return None, wrong
    times = [str(raw.get(name) or "")[:40] for name in ("device_time", "sent_time")]
    told = Told(change, entry_id, str(kind), str(subject), int(str(base)), after, fields, str(device), *times)
    return told, []


def _fields(kind: str, raw: object) -> tuple[dict[str, Any], list[str]]:
    known = FIELDS.get(kind, {})
    if not isinstance(raw, dict) or not raw:
        return {}, ["fields"]
    out: dict[str, Any] = {}
    wrong = []
    for name, value in raw.items():
        if name not in known or not _fits(known[name], value):
            wrong.append(f"fields.{str(name)[:40]}")
        else:
            out[name] = value.translate(_CONTROL) if isinstance(value, str) else value
    return out, wrong


def _fits(kind: Any, value: Any) -> bool:
    if value is None:
        return True
    if isinstance(kind, tuple):
        return value in kind
    if kind == NUMBER:
        return (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and math.isfinite(value)
            and abs(value) < 1e15
        )
    if kind == YES:
        return isinstance(value, bool)
    return isinstance(value, str) and len(value) <= _MOST[kind]
