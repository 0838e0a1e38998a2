"""Read what firms said of options, and for which firms somebody may speak."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from namsai.findings import NamsaiError
from namsai.knowhow import KnowHow
from namsai.texts import Lang
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.search import found
from namsai_centre.knowhow.card import title_of
from namsai_centre.knowhow.models import Feedback
from namsai_centre.knowhow.policies import FEEDBACK
from namsai_centre.knowhow.words import Words
from namsai_centre.who import Who


def firms_for(who: Who, text: str) -> QuerySet[Enterprise]:
    """Return the firms somebody may speak for, found by name."""
    return found(FEEDBACK.firms(who), text)


def firm_for(who: Who, key: str) -> Enterprise | None:
    """Return the firm asked for, or the only one somebody may speak for; None where one must be chosen."""
    firms = FEEDBACK.firms(who)
    if key:
        try:
            return firms.filter(pk=UUID(key)).first()
        except ValueError:
            return None
    two = list(firms[:2])
    return two[0] if len(two) == 1 else None


def told(who: Who, firm: UUID, option: str) -> Feedback | None:
    """Return what a firm said of an option, as far as one may see it."""
    return FEEDBACK.visible(who).filter(enterprise=firm, option=option).first()


def may_tell(who: Who, firm: UUID) -> bool:
    """Tell whether somebody may speak for a firm."""
    return FEEDBACK.make(who) and FEEDBACK.firms(who).filter(pk=firm).exists()


def title_of_option(knowhow: KnowHow, key: str, lang: Lang) -> Words:
    """Return the title of an option, its id where it is no longer there."""
    try:
        return title_of(knowhow.option(key), lang)
    except NamsaiError:
        return Words(key)


def own(who: Who, page: Iterable[Feedback]) -> set[UUID]:
    """Return those of the page that somebody may change (one query for all of them)."""
    rows = list(page)
    firms = set(FEEDBACK.firms(who).filter(pk__in={f.enterprise_id for f in rows}).values_list("pk", flat=True))
    return {f.pk for f in rows if f.enterprise_id in firms}
