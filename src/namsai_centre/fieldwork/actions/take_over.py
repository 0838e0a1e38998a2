"""Set what a visit took against the newest case; the assessment's own page shows and takes over the differences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import formats

from namsai_centre.assessments.actions.upload import receive
from namsai_centre.assessments.incoming import Incoming
from namsai_centre.assessments.judge import judge
from namsai_centre.fieldwork.models import Visit
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.fieldwork.queries import case_of
from namsai_centre.fieldwork.take import Row, proposed
from namsai_centre.who import Who


def take_over(who: Who, visit: Visit, new: Mapping[str, Row] | None = None) -> Any:
    """Keep the proposed case, checked, as an upload of the assessment; None when the case says all of it already.

    `new`: by subject, what was chosen for streams and machines the case does not have yet.
    """
    VISITS.demand("take", who, visit)
    if visit.assessment is None:
        raise PermissionDenied
    document, _ = proposed(visit, case_of(visit), new)
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    day = formats.date_format(visit.on, "DATE_FORMAT", use_l10n=True)
    name = f"{visit.title or visit.engagement.enterprise}, {day}"
    return receive(who, visit.assessment, Incoming(digest, document, judge(document).findings), name=name)
