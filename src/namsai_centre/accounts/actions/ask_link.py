"""Somebody who forgot the password asks for a link (called by a job; nobody is logged in)."""

from __future__ import annotations

from datetime import timedelta

from namsai_centre import clock
from namsai_centre.accounts.actions.notify import notify
from namsai_centre.accounts.backend import person_of
from namsai_centre.accounts.letters import mail_works, post, words
from namsai_centre.accounts.links import path_of
from namsai_centre.accounts.models import Notice
from namsai_centre.accounts.queries import holders


def ask_link(typed: str, base: str) -> str:
    """Send the link by mail; without e-mail (theirs or the centre's) tell the directors and officers, once a day."""
    person = person_of(typed)
    if person is None or not person.is_active:
        return "nobody"
    if person.email and mail_works():
        lang = person.language
        body = words("accounts.letter_reset", lang, name=str(person), where=f"{base.rstrip('/')}{path_of(person)}")
        post(person.email, words("accounts.letter_reset_subject", lang), body)
        return "sent"
    url = f"/people/{person.pk}/"
    since = clock.now() - timedelta(days=1)
    if not Notice.objects.filter(key="accounts.told_forgot", url=url, at__gte=since).exists():
        for staff in holders("director", "officer"):
            notify(staff, "accounts.told_forgot", url, person=person)
    return "told"
