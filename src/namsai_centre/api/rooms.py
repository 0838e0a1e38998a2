"""All rooms of the API by the part of the address they stand under."""

from __future__ import annotations

from namsai_centre.api import (
    assessments,
    assessments_runs,
    assessments_sections,
    audit,
    engagements,
    engagements_light,
    enterprises,
    enterprises_parts,
    exports,
    feedback,
    joining,
    knowhow,
    people,
    proposals,
    savings,
    visits,
    visits_work,
)
from namsai_centre.api.room import Room

BESIDE = (enterprises_parts, assessments_runs, assessments_sections, visits_work)  # stand in the rooms of others

ROOMS: dict[str, Room] = {
    "enterprises": enterprises.room,
    "engagements": engagements.room,
    "selfchecks": engagements_light.checks,
    "clubs": engagements_light.clubs,
    "assessments": assessments.room,
    "measures": savings.room,
    "export": exports.room,
    "feedback": feedback.room,
    "knowhow": knowhow.room,
    "proposals": proposals.room,
    "visits": visits.room,
    "people": people.people,
    "me": people.me,
    "audit": audit.room,
    "duplicates": joining.duplicates,
    "merges": joining.merges,
    "imports": joining.imports,
}
