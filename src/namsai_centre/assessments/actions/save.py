"""Save the case as a new version: what a page changed, an older version again, or a form that was brought back."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from namsai_centre.assessments.actions.person import me
from namsai_centre.assessments.differences import differences
from namsai_centre.assessments.judge import judged
from namsai_centre.assessments.merge import Conflict, Edit, merged
from namsai_centre.assessments.models import Assessment, CaseVersion, Upload
from namsai_centre.assessments.policies import ASSESSMENTS, UPLOADS
from namsai_centre.assessments.typed import said
from namsai_centre.audit.record import record
from namsai_centre.who import Who

_MOST = 200  # changed fields named in the audit log


class Conflicting(Exception):
    """Somebody else changed the same fields meanwhile; nothing was saved."""

    def __init__(self, latest: CaseVersion, conflicts: list[Conflict]) -> None:
        super().__init__(f"{len(conflicts)} fields were changed meanwhile")
        self.latest = latest
        self.conflicts = conflicts


def save_section(
    who: Who, assessment: Assessment, section: str, edit: Edit, *, base: int, over: int | None = None, note: str = ""
) -> CaseVersion | None:
    """Put an edit onto the newest version. None when nothing changed. Errors: Conflicting.

    Args: base - number of the version the page was made of; over - number of the version whose conflicts were seen.
    """
    ASSESSMENTS.demand("edit", who, assessment)
    with transaction.atomic():
        newest = _locked(who, assessment)
        before = newest if newest.number == base else assessment.cases.get(number=base)
        document, conflicts = merged(section, before.document, newest.document, edit, over == newest.number)
        if conflicts:
            raise Conflicting(newest, conflicts)
        return _add(who, assessment, newest, document, note, "web")


def restore(who: Who, assessment: Assessment, old: CaseVersion) -> CaseVersion | None:
    """Make an older version the newest again (as a new version: nothing is taken away). None when nothing changes."""
    ASSESSMENTS.demand("edit", who, assessment)
    with transaction.atomic():
        newest = _locked(who, assessment)
        return _add(who, assessment, newest, old.document, f"← {old.number}", "restore")


def take_over(who: Who, upload: Upload) -> CaseVersion | None:
    """Make the content of a form the newest version. None when nothing changed. Errors: Conflicting."""
    UPLOADS.demand("take", who, upload)
    with transaction.atomic():
        newest = _locked(who, upload.assessment)
        upload.refresh_from_db(fields=["taken", "version"])
        if upload.taken_id is not None:
            return upload.taken
        if upload.document is None or newest.number != upload.base:
            raise Conflicting(newest, [])
        made = _add(who, upload.assessment, newest, upload.document, upload.name[:300], "form")
        upload.change(upload.version, taken=made)
        return made


def _locked(who: Who, assessment: Assessment) -> CaseVersion:
    """Lock the assessment until the end of the transaction; return its newest version (still open for edits)."""
    now = Assessment.objects.select_for_update().get(pk=assessment.pk)
    assessment.version, assessment.state = now.version, now.state
    ASSESSMENTS.demand("edit", who, assessment)
    return assessment.cases.order_by("-number")[:1].get()


def _add(
    who: Who, assessment: Assessment, newest: CaseVersion, document: dict[str, Any], note: str, origin: str
) -> CaseVersion | None:
    if document == newest.document:
        return None
    changed = differences(newest.document, document, "en")
    version = CaseVersion(
        assessment=assessment,
        number=newest.number + 1,
        document=document,
        by_id=me(who),
        note=note[:300],
        origin=origin,
    )
    version.complete = judged(version).complete
    version.save(force_insert=True)
    sector = document.get("enterprise", {}).get("sector") if isinstance(document.get("enterprise"), dict) else None
    assessment.change(assessment.version, sector=str(sector or assessment.sector)[:40])
    names = {f"{d.section}/{d.row}/{d.column.key}": d for d in changed[:_MOST]}
    before = {name: said(d.column, d.before, "en") for name, d in names.items()} | {"version": newest.number}
    after = {name: said(d.column, d.after, "en") for name, d in names.items()} | {"version": version.number}
    if len(changed) > _MOST:
        after["…"] = len(changed)
    record(who, f"assessments.{'save' if origin == 'web' else origin}", assessment, before, after, note)
    return version
