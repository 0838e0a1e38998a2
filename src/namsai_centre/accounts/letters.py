"""Letters: sent by a job, tried again when the mail server is down; nothing here breaks what somebody was doing."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks import task

from namsai.texts import Lang, text
from namsai_centre import clock

log = logging.getLogger("namsai_centre.mail")

# Minutes until the next try; after the last one the job stays as failed (the health page shows it).
WAITS = (1, 5, 15, 60, 240, 720)


@task()
def send_letter(to: str, subject: str, body: str, tries: int = 0) -> str:
    """Send one letter; when that fails, try again later, in the end fail for good."""
    try:
        EmailMessage(" ".join(subject.split()), body, to=[to]).send()
    except Exception:
        log.warning("letter not sent (try %d)", tries + 1, exc_info=True)
        if tries >= len(WAITS) or not send_letter.get_backend().supports_defer:
            raise
        later = clock.now() + timedelta(minutes=WAITS[tries])
        send_letter.using(run_after=later).enqueue(to, subject, body, tries + 1)
        return "later"
    return "sent"


def mail_works() -> bool:
    """Tell whether letters leave the house; without a mail server links would land in the log (fine in the demo)."""
    return settings.DEMO or not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def post(to: str | None, subject: str, body: str) -> bool:
    """Put a letter into the queue, in the transaction of what it tells; False if there is no address or no queue."""
    if not to or not mail_works():
        return False
    try:
        with transaction.atomic():
            send_letter.enqueue(to, subject, body)
    except Exception:
        log.exception("letter not queued")
        return False
    return True


def words(key: str, language: Any, /, **facts: Any) -> str:
    """Return a text of the catalogue in a person's language."""
    lang: Lang = "en" if language == "en" else "lo"
    return text(key, lang, "", **facts)
