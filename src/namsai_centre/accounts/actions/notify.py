"""Tell a person something, in the application and (if there is an address) by mail."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import override

from namsai_centre.accounts.letters import post, words
from namsai_centre.accounts.models import Notice, Person
from namsai_centre.ui.templatetags.words import day
from namsai_centre.who import Who


def notify(person: Person, key: str, url: str = "", /, **facts: Any) -> Notice:
    """Write a notice and queue a letter in the person's language.

    A fact may be a record or a pair {"lo": …, "en": …}: both names are kept, the reader sees the right one.

    Call it inside the action's transaction: if the action fails, nobody is told. A mail server or queue that is down
    never breaks the action; the notice stays.
    """
    kept = {name: _kept(value) for name, value in facts.items()}
    line = words(
        key, person.language, **in_language(kept, person.language)
    )  # an unknown key fails here, not on the page
    with transaction.atomic():
        notice = Notice.objects.create(person=person, key=key, facts=kept, url=url)
    if person.is_active and person.email:
        where = f"{site()}{url}" if url and site() else ""
        subject = words("accounts.letter_subject", person.language)
        body = words("accounts.letter", person.language, name=str(person), text=line, where=where)
        post(person.email, subject, body)
    return notice


def notify_all(people: Any, key: str, url: str = "", /, **facts: Any) -> int:
    """Tell several people; return how many."""
    count = 0
    for person in people:
        notify(person, key, url, **facts)
        count += 1
    return count


def site() -> str:
    """Return the address of this centre as people reach it; empty when no host is known (the demo)."""
    if settings.DEMO or not settings.ALLOWED_HOSTS:
        return ""
    return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}"


def in_language(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the facts with pairs of names replaced by the one of a language (else the other)."""
    other = "en" if language == "lo" else "lo"
    return {k: (v.get(language) or v.get(other) or "–") if isinstance(v, dict) else v for k, v in facts.items()}


def role_names(role: str) -> dict[str, str]:
    """Return a role's name as a fact in both languages."""
    return {lang: words(f"accounts.role_{role}", lang) for lang in ("lo", "en")}


def doer(who: Who) -> dict[str, str]:
    """Return who did it as a fact in both languages."""
    person = Person.objects.filter(pk=who.person_id).first() if who.person_id else None
    return _kept(person) if person else {"lo": who.name, "en": who.name}


def day_names(on: date) -> dict[str, str]:
    """Return a day as a fact, written as each language writes it."""
    written = {}
    for lang in ("lo", "en"):
        with override(lang):
            written[lang] = day(on)
    return written


def _kept(value: Any) -> Any:
    if isinstance(value, models.Model):
        return {lang: str(getattr(value, f"name_{lang}", "") or "") for lang in ("lo", "en")}
    return value if isinstance(value, str | int | float | dict) or value is None else str(value)
