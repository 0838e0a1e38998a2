"""Keep a form that was brought back, until its differences were seen and it is taken over (actions.save.take_over)."""

from __future__ import annotations

from django.db import transaction

from namsai_centre.action import made
from namsai_centre.assessments.actions.person import me
from namsai_centre.assessments.incoming import Incoming
from namsai_centre.assessments.models import Assessment, Upload
from namsai_centre.assessments.outgoing import canonical
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.ui.forms import plain
from namsai_centre.who import Who


def receive(who: Who, assessment: Assessment, incoming: Incoming, *, name: str) -> Upload | None:
    """Keep what a file holds, set against the newest version; None when it says just what that version says."""
    ASSESSMENTS.demand("edit", who, assessment)
    with transaction.atomic():
        newest = assessment.cases.order_by("-number")[:1].get()
        if incoming.document is not None and canonical(incoming.document) == canonical(newest.document):
            return None
        found = Upload.objects.create(
            assessment=assessment,
            by_id=me(who),
            name=plain(name)[:200],
            digest=incoming.digest,
            base=newest.number,
            document=incoming.document,
            findings=[f.as_data() for f in incoming.findings][:500],
        )
        made(who, "assessments.upload", found)
    return found
