"""What to do next with an assessment, for who looks at it: one sentence and the way to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse

from namsai.texts import Lang
from namsai_centre.assessments import sections
from namsai_centre.assessments.judge import Judged
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.assessments.section_form import fullness
from namsai_centre.ui.words import say
from namsai_centre.who import Who

Act = Literal["", "run", "submit"]


@dataclass(frozen=True, slots=True)
class Step:
    """The sentence; a link with its words, or what is done by a button on the page itself."""

    says: str
    url: str = ""
    link: str = ""
    act: Act = ""


def next_step(
    who: Who, assessment: Any, newest: Any, found: Judged | None, runs: Sequence[Any], lang: Lang
) -> Step | None:
    """Return the next step of a draft; None where there is nothing for this person to do."""
    if assessment.state != "draft" or newest is None or found is None:
        return None
    if not found.complete:
        return _data(who, assessment, newest.document, found, lang) if ASSESSMENTS.edit(who, assessment) else None
    if not ASSESSMENTS.run(who, assessment):
        return None
    own = [r for r in runs if r.case_id == newest.pk]
    busy = next((r for r in own if r.state in ("waiting", "running")), None)
    if busy is not None:
        url = reverse("assessments_progress", args=[busy.pk])
        return Step(say("assessments.next_wait_run"), url, say("assessments.go_to_progress"))
    if not any(r.state == "done" for r in own):
        return Step(say("assessments.next_rerun" if runs else "assessments.next_run"), act="run")
    return Step(say("assessments.next_submit"), act="submit") if ASSESSMENTS.submit(who, assessment) else None


def _data(who: Who, assessment: Any, document: sections.Doc, found: Judged, lang: Lang) -> Step:
    counts = {name: fullness(document, name) for name in sections.FIRST}
    gap = next((name for name, (rows, filled, needed) in counts.items() if not rows or filled < needed), "")
    if not gap:
        url = reverse("assessments_findings", args=[assessment.pk])
        count = found.count("error")
        return Step(say("assessments.next_correct", count=count), url, say("assessments.go_to_findings"))
    name = sections.title(gap, lang)
    blank = not any(counts[table][0] for table in sections.FIRST if table != sections.VALUES)
    key = "next_fill_new" if blank and gap == sections.VALUES else "next_fill"
    url = reverse("assessments_section", args=[assessment.pk, gap])
    return Step(say(f"assessments.{key}", name=name), url, say("assessments.go_to_section", name=name))
