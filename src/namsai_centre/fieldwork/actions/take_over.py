"""Set what a visit took against the newest case; the assessment's own page shows and takes over the differences."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied

from namsai_centre.assessments.actions.upload import receive
from namsai_centre.assessments.incoming import Incoming
from namsai_centre.fieldwork.models import Visit
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.fieldwork.queries import case_of
from namsai_centre.fieldwork.take import proposed
from namsai_centre.who import Who


def take_over(who: Who, visit: Visit) -> Any:
    """Keep the proposed case as an upload of the assessment; None when the case says all of it already."""
    VISITS.demand("take", who, visit)
    document, _ = proposed(visit, case_of(visit))
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    if visit.assessment is None:
        raise PermissionDenied
    return receive(who, visit.assessment, Incoming(digest, document, ()), name=str(visit))
