"""Rights over assessments: the expert on it works, a second person reviews, the firm reads what was released."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from namsai_centre.assessments.models import Assessment, Run, Upload
from namsai_centre.rights import Policy
from namsai_centre.who import Who


class AssessmentPolicy(Policy[Assessment]):
    """Staff: all. Expert, verifier: of their engagements. Firm: its own (drafts too: it is their data)."""

    model = Assessment

    def visible(self, who: Who) -> QuerySet[Assessment]:
        """Return the assessments that exist for this person."""
        found = Assessment.objects.select_related("engagement__enterprise", "by")
        if who.staff:
            return found
        own = Q(engagement__in=who.assigned | who.verifying) | Q(engagement__enterprise__in=who.firms | who.glass)
        return found.filter(own)

    def browse(self, who: Who) -> bool:
        """Whoever may see some."""
        return who.staff or who.has("expert", "verifier", "owner", "member")

    def make(self, who: Who) -> bool:
        """Staff, and experts (in engagements given to them)."""
        return who.staff or who.has("expert")

    def edit(self, who: Who, assessment: Assessment) -> bool:
        """Staff, the expert on it and the firm's people, while it is a draft."""
        mine = who.staff or assessment.engagement_id in who.assigned or assessment.engagement.enterprise_id in who.firms
        return mine and assessment.state == "draft"

    def run(self, who: Who, assessment: Assessment) -> bool:
        """Staff and the expert on it (a released one too: a new run never touches the released one)."""
        return who.staff or assessment.engagement_id in who.assigned

    def submit(self, who: Who, assessment: Assessment) -> bool:
        """Staff and the expert on it, a draft."""
        return self.run(who, assessment) and assessment.state == "draft"

    def review(self, who: Who, assessment: Assessment) -> bool:
        """A second person of the staff: never who made it, wrote a version of its case or ran what is looked at."""
        if not who.staff or assessment.state != "in_review" or assessment.by_id == who.person_id:
            return False
        worked = assessment.cases.filter(by=who.person_id).exists() or assessment.runs.filter(by=who.person_id).exists()
        return not worked

    def reopen(self, who: Who, assessment: Assessment) -> bool:
        """Staff take a released or submitted one back to work."""
        return who.staff and assessment.state != "draft"


class RunPolicy(Policy[Run]):
    """Runs: who works on the assessment sees all of them; firm, verifier and break-glass only the released one."""

    model = Run

    def visible(self, who: Who) -> QuerySet[Run]:
        """Return the runs that exist for this person."""
        found = Run.objects.select_related("assessment__engagement__enterprise", "case", "by")
        if who.staff:
            return found
        released = Q(assessment__in=ASSESSMENTS.visible(who), pk=F("assessment__released_run"))
        return found.filter(Q(assessment__engagement__in=who.assigned) | released)

    def results(self, who: Who, run: Run) -> bool:
        """Whoever it exists for, once it is done."""
        return run.state == "done"

    def agree(self, who: Who, run: Run) -> bool:
        """Staff and the expert on it make measures of its options."""
        return run.state == "done" and ASSESSMENTS.run(who, run.assessment)


class UploadPolicy(Policy[Upload]):
    """Forms brought back: those who may edit the assessment."""

    model = Upload

    def visible(self, who: Who) -> QuerySet[Upload]:
        """Return the uploads that exist for this person."""
        return Upload.objects.filter(assessment__in=ASSESSMENTS.visible(who)).select_related("assessment__engagement")

    def take(self, who: Who, upload: Upload) -> bool:
        """Whoever may edit the assessment."""
        return ASSESSMENTS.edit(who, upload.assessment)


ASSESSMENTS = AssessmentPolicy()
RUNS = RunPolicy()
UPLOADS = UploadPolicy()
