"""Keep a photo a device sent: once by its hash."""

from __future__ import annotations

from django.db import transaction

from namsai_centre.action import made
from namsai_centre.fieldwork.models import Photo, Visit
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.files.pictures import NotAPicture, picture_of
from namsai_centre.files.store import digest_of, drop, keep
from namsai_centre.who import Who

MOST_BYTES = 4_000_000
MOST_PIXELS = 16_000_000


class BadPhoto(Exception):
    """The bytes are not what they are said to be: `why` is too_large, not_a_photo or other_hash."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def keep_photo(who: Who, visit: Visit, digest: str, content: bytes, *, subject: str, device_time: str) -> Photo:
    """Keep a photo; sending it again gives the first one back. Errors: BadPhoto, files.store.NoRoom."""
    VISITS.demand("record", who, visit)
    if len(content) > MOST_BYTES:
        raise BadPhoto("too_large")
    if digest_of(content) != digest:
        raise BadPhoto("other_hash")
    try:
        picture = picture_of(content)
    except NotAPicture:
        picture = None
    if picture is None or picture.end != len(content) or not 0 < picture.width * picture.height <= MOST_PIXELS:
        raise BadPhoto("not_a_photo")
    name, new = keep(content)
    try:
        with transaction.atomic():
            photo, made_now = Photo.objects.get_or_create(
                visit=visit, digest=digest,
                defaults={"subject": subject[:160], "file": name, "kind": picture.kind, "size": len(content),
                          "device_time": device_time[:40], "by_id": who.person_id},
            )  # fmt: skip
            if made_now:
                made(who, "fieldwork.keep_photo", photo)
    except Exception:
        if new:
            drop(name)
        raise
    return photo
