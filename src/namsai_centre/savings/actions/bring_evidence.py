"""Bring a file that shows something: looked at, kept once by its hash, logged."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from namsai_centre.action import made
from namsai_centre.files.store import NoRoom, digest_of, drop, keep
from namsai_centre.savings.actions.step import known
from namsai_centre.savings.files import Refused, look
from namsai_centre.savings.models import Evidence, Measure
from namsai_centre.savings.policies import MEASURES
from namsai_centre.ui.forms import plain
from namsai_centre.ui.words import say
from namsai_centre.who import Who


@dataclass(frozen=True, slots=True)
class Brought:
    """The file as kept; whether it was there before; whether something behind the photo was cut off."""

    evidence: Evidence
    known: bool
    cut: bool


def bring_evidence(who: Who, measure: Measure, content: bytes, name: str) -> Brought:
    """Keep a file with a measure, the same one once; ValidationError says why one is refused."""
    MEASURES.demand("evidence", who, measure)
    try:
        looked = look(content, name)
    except Refused as refused:
        raise ValidationError(say(f"savings.file_{refused.why}"), code=refused.why) from None
    digest = digest_of(looked.content)
    there = measure.evidence.filter(digest=digest).first()
    if there is not None:
        return Brought(there, True, looked.cut)
    try:
        path, new = keep(looked.content)
    except NoRoom:
        raise ValidationError(say("savings.file_no_room"), code="no_room") from None
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                measure=measure,
                file=path,
                name=_short(plain(name)),
                digest=digest,
                size=len(looked.content),
                kind=looked.kind,
                by_id=known(who),
            )
            made(who, "savings.bring_evidence", evidence)
    except BaseException:
        if new and not Evidence.objects.filter(digest=digest).exists():
            drop(path)
        raise
    return Brought(evidence, False, looked.cut)


def _short(name: str) -> str:
    """Return the file's own name without a folder, its ending kept when it is long."""
    base = name.replace("\\", "/").rpartition("/")[2] or "file"
    stem, dot, ending = base.rpartition(".")
    return base if len(base) <= 200 else f"{stem[: 190 - len(ending)]}{dot}{ending}"
