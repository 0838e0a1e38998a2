"""Every kind of record that can be taken along: which exist for a person, and the fields of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet

from namsai.cli.common import as_data
from namsai.knowhow import KnowHow, Option, SourceRecord
from namsai.texts import LANGS
from namsai_centre.accounts.policies import GLASSES, GRANTS, NOTICES, PEOPLE, TOKENS
from namsai_centre.assessments.models import CaseVersion, Review
from namsai_centre.assessments.policies import ASSESSMENTS, RUNS, UPLOADS
from namsai_centre.audit.policies import ENTRIES
from namsai_centre.engagements.models import Club, ClubModule, StageStep
from namsai_centre.engagements.policies import ASSIGNMENTS, CLUBS, ENGAGEMENTS, SELF_CHECKS, TASKS
from namsai_centre.enterprises.models import Activity, Alias, Consent, Contact, Identifier, Site
from namsai_centre.enterprises.policies import ENTERPRISES, GROUPS, IMPORTS, LOOKALIKES, MERGES
from namsai_centre.fieldwork.models import Change, Entry, Photo
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.knowhow.models import ReviewStep
from namsai_centre.knowhow.policies import FEEDBACK, PROPOSALS, RELEASES
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.savings import models as ledger
from namsai_centre.savings.policies import CHECKS, EVIDENCE, MEASURES, SAVINGS
from namsai_centre.who import Who

Seen = Callable[[Who], "QuerySet[Any] | list[dict[str, Any]]"]
_OWN = "id version created_at changed_at"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: which exist for somebody, its fields (name=path), and those only the centre's staff read."""

    seen: Seen
    fields: tuple[str, ...]
    staff: tuple[str, ...] = ()

    def names(self, who: Who) -> tuple[str, ...]:
        """Return the names of the fields for this person."""
        return tuple(self.paths(who))

    def paths(self, who: Who) -> dict[str, str]:
        """Return where each field is found, by its name."""
        own = self.fields + (self.staff if who.staff else ())
        return {f.partition("=")[0].replace("__", "_"): f.rpartition("=")[2] for f in own}


def _of(model: Any, path: str, seen: Callable[[Who], QuerySet[Any]]) -> Seen:
    return lambda who: model.objects.filter(**{f"{path}__in": seen(who).order_by().values("pk")})


def _kind(seen: Seen, fields: str, staff: str = "", own: str = _OWN, firm: str = "", by: str = "") -> Kind:
    """Return a kind; `firm`, `by`: the path to the enterprise or person whose names come along in both languages."""
    named = [
        f"{n}_{lang}={path}__name_{lang}" for n, path in (("enterprise", firm), (by, by)) if path for lang in LANGS
    ]
    return Kind(seen, (*own.split(), *fields.split(), *named), tuple(staff.split()))


def _told(read: Callable[[KnowHow], Iterable[Any]], model: Any) -> Kind:
    """Return a kind of the know-how itself: the same for everybody."""
    return Kind(lambda _: [as_data(one) for one in read(current_knowhow())], tuple(f.name for f in fields(model)))


_firms, _works, _cases = ENTERPRISES.visible, ENGAGEMENTS.visible, ASSESSMENTS.visible
_measures, _savings, _visits, _clubs = MEASURES.visible, SAVINGS.visible, VISITS.visible, CLUBS.visible


def _members(who: Who) -> QuerySet[Any]:
    """Return which firm is in which club, as far as both exist for the person."""
    return Club.engagements.through.objects.filter(club__in=_clubs(who), engagement__in=_works(who))


def _attendance(who: Who) -> QuerySet[Any]:
    """Return which firm came to which module, as far as both exist for the person."""
    return ClubModule.present.through.objects.filter(clubmodule__club__in=_clubs(who), engagement__in=_works(who))


KINDS: dict[str, Kind] = {
    "enterprises": _kind(
        _firms,
        "name_lo name_en sector province__code province__name_lo province__name_en district__code district__name_lo "
        "district__name_en village economic_kind workers women men workers_on assets_kip income_kip figures_on "
        "factory_class risk_class group_id group__name_lo group__name_en status closed_on merged_into_id forgotten_at",
        staff="note",
    ),
    "groups": _kind(GROUPS.visible, "name_lo name_en"),
    "contacts": _kind(
        _of(Contact, "enterprise", _firms), "enterprise_id name_lo name_en duty phone email starts ends",
        firm="enterprise",
    ),
    "sites": _kind(
        _of(Site, "enterprise", _firms),
        "enterprise_id name_lo name_en province__code province__name_lo province__name_en district__code "
        "district__name_lo district__name_en village starts ends", firm="enterprise",
    ),
    "activities": _kind(
        _of(Activity, "enterprise", _firms), "enterprise_id code revision main starts ends", firm="enterprise"
    ),
    "identifiers": _kind(
        _of(Identifier, "enterprise", _firms), "enterprise_id issuer value valid_from valid_until", firm="enterprise"
    ),
    "aliases": _kind(_of(Alias, "enterprise", _firms), "enterprise_id kind name ends", firm="enterprise"),
    "consents": _kind(
        _of(Consent, "enterprise", _firms),
        "enterprise_id purpose given_on given_by withdrawn_on withdrawn_by note", firm="enterprise",
    ),
    "duplicates": _kind(
        LOOKALIKES.visible,
        "first_id first__name_lo first__name_en second_id second__name_lo second__name_en score not_same said_why "
        "said_by_id", by="said_by",
    ),
    "merges": _kind(
        MERGES.visible,
        "kept_id kept__name_lo kept__name_en gone_id gone__name_lo gone__name_en reason by_id undone_at undone_by_id",
        by="by",
    ),
    "imports": _kind(
        IMPORTS.visible, "file_name state counts problems mapping answers rows by_id done_at", by="by"
    ),
    "engagements": _kind(
        _works,
        "enterprise_id title_lo title_en tier project stage stage_since dropped_because dropped_from starts ends",
        firm="enterprise",
    ),
    "stage-steps": _kind(
        _of(StageStep, "engagement", _works), "engagement_id stage on by_id note",
        firm="engagement__enterprise", by="by",
    ),
    "assignments": _kind(
        ASSIGNMENTS.visible, "engagement_id person_id role starts ends paid",
        firm="engagement__enterprise", by="person",
    ),
    "tasks": _kind(
        TASKS.visible, "engagement_id title due person_id done_on done_by_id",
        firm="engagement__enterprise", by="person",
    ),
    "clubs": _kind(_clubs, "name_lo name_en starts leader_id", by="leader"),
    "club-members": _kind(
        _members, "club_id club__name_lo club__name_en engagement_id", own="id", firm="engagement__enterprise"
    ),
    "club-modules": _kind(_of(ClubModule, "club", _clubs), "club_id club__name_lo club__name_en number on"),
    "club-attendance": _kind(
        _attendance, "module_id=clubmodule_id club_id=clubmodule__club_id number=clubmodule__number engagement_id",
        own="id", firm="engagement__enterprise",
    ),
    "selfchecks": _kind(
        SELF_CHECKS.visible, "enterprise_id engagement_id by_id on answers", firm="enterprise", by="by"
    ),
    "assessments": _kind(
        _cases, "engagement_id title sector state by_id released_at released_run_id",
        firm="engagement__enterprise", by="by",
    ),
    "cases": _kind(
        _of(CaseVersion, "assessment", _cases), "assessment_id number document complete by_id at note origin",
        firm="assessment__engagement__enterprise", by="by",
    ),
    "uploads": _kind(
        UPLOADS.visible, "assessment_id name base document findings taken_id by_id",
        firm="assessment__engagement__enterprise", by="by",
    ),
    "runs": _kind(
        RUNS.visible,
        "assessment_id case__number by_id state engine_version knowhow_version started_at finished_at problem "
        "findings result", firm="assessment__engagement__enterprise", by="by",
    ),
    "reviews": _kind(
        _of(Review, "run__assessment", _cases), "run_id by_id at accepted note",
        firm="run__assessment__engagement__enterprise", by="by",
    ),
    "visits": _kind(
        _visits, "engagement_id assessment_id on title notes basis per_period plan by_id",
        firm="engagement__enterprise", by="by",
    ),
    "visit-entries": _kind(
        _of(Entry, "visit", _visits),
        "visit_id kind subject fields mark device_time received_at taken_at time_mark by_id",
        firm="visit__engagement__enterprise", by="by",
    ),
    "visit-changes": _kind(
        _of(Change, "visit", _visits),
        "visit_id entry_id kind subject base after fields taken clash device device_time sent_time received_at "
        "outcome by_id", firm="visit__engagement__enterprise", by="by",
    ),
    "photos": _kind(
        _of(Photo, "visit", _visits), "visit_id subject digest kind size device_time received_at by_id",
        firm="visit__engagement__enterprise", by="by",
    ),
    "measures": _kind(
        _measures,
        "enterprise_id engagement_id assessment_id option_id title_lo title_en technique investment currency "
        "prices_on due", firm="enterprise",
    ),
    "savings": _kind(
        _savings,
        "measure_id measure__title_lo measure__title_en kind carrier amount unit prices_on state state_since",
        firm="measure__enterprise",
    ),
    "saving-steps": _kind(
        _of(ledger.StateStep, "saving", _savings),
        "saving_id verb state on by_id amount uncertainty confidence method period_from period_until evidence_id note",
        firm="saving__measure__enterprise", by="by",
    ),
    "evidence": _kind(
        EVIDENCE.visible, "measure_id name digest size kind by_id", firm="measure__enterprise", by="by"
    ),
    "interests": _kind(
        _of(ledger.Interest, "measure", _measures), "measure_id person_id kind on",
        firm="measure__enterprise", by="person",
    ),
    "checks": _kind(
        CHECKS.visible, "measure_id years due done_on by_id answer note", firm="measure__enterprise", by="by"
    ),
    "options": _told(lambda knowhow: knowhow.options, Option),
    "sources": _told(lambda knowhow: knowhow.sources.values(), SourceRecord),
    "feedback": _kind(
        FEEDBACK.visible,
        "enterprise_id option outcome reason note done_on saving_percent method saving_kip cost_kip knowhow_version "
        "by_id", firm="enterprise", by="by",
    ),
    "proposals": _kind(
        PROPOSALS.visible, "table key kind wanted before base why state release_id by_id", by="by"
    ),
    "proposal-steps": _kind(_of(ReviewStep, "proposal", PROPOSALS.visible), "proposal_id step at note by_id", by="by"),
    "releases": _kind(lambda who: RELEASES.visible(who), "knowhow_version number origin base at note log"),
    "people": _kind(
        PEOPLE.visible, "name_lo name_en language is_active", staff="email phone", own="id version created_at"
    ),
    "roles": _kind(GRANTS.visible, "person_id role enterprise_id starts ends", firm="enterprise", by="person"),
    "emergencies": _kind(
        GLASSES.visible, "person_id enterprise_id reason expires_at", firm="enterprise", by="person"
    ),
    "notices": _kind(NOTICES.visible, "at key facts url read_at", own="id"),
    "tokens": _kind(TOKENS.visible, "name scopes expires_on ended_at used_at"),
    "audit": _kind(
        ENTRIES.visible,
        "at person_id person_name via action kind subject_id subject_name enterprise_id before after reason previous "
        "digest",
        own="id",
    ),
}  # fmt: skip
