"""What the centre does with an enterprise: stages, people given, tasks, clubs and self-checks."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from namsai_centre import clock
from namsai_centre.records import Record

STAGES = ("aware", "signed", "assessed", "implementing", "verified", "alumni", "dropped")
TIERS = ("light", "full")


class Engagement(Record):
    """One piece of work with one enterprise."""

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="engagements")
    title_lo = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    tier = models.CharField(max_length=10, choices=[(t, t) for t in TIERS], default="full")
    project = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=20, choices=[(s, s) for s in STAGES], default="aware", db_index=True)
    stage_since = models.DateField(default=clock.today)
    dropped_because = models.TextField(blank=True)
    dropped_from = models.CharField(max_length=20, blank=True)  # the stage it had reached when it was dropped
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-stage_since", "id")

    def __str__(self) -> str:
        """Return the title, else the enterprise's name."""
        return self.title_lo or self.title_en or str(self.enterprise)


class StageStep(Record):
    """One step from stage to stage: when, by whom, why."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=20, choices=[(s, s) for s in STAGES])
    on = models.DateField(default=clock.today)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("on", "created_at")

    def __str__(self) -> str:
        """Return the stage."""
        return self.stage

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise (the audit log files it there)."""
        return self.engagement.enterprise_id


class Assignment(Record):
    """An expert or verifier given to an engagement between two days (both included)."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="assignments")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=10, choices=[("expert", "expert"), ("verifier", "verifier")])
    starts = models.DateField(default=clock.today)
    ends = models.DateField(null=True, blank=True)
    paid = models.BooleanField(default=True)  # by the centre, a donor or the firm: paid work on it excludes verifying

    class Meta:
        ordering = ("starts", "created_at")

    def __str__(self) -> str:
        """Return person and role."""
        return f"{self.person}: {self.role}"

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise (the audit log files it there)."""
        return self.engagement.enterprise_id


class Task(Record):
    """Something to do until a day."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    due = models.DateField(null=True, blank=True)
    person = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, blank=True, related_name="tasks")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due", "created_at")

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise (the audit log files it there)."""
        return self.engagement.enterprise_id


class Club(Record):
    """Eight to ten firms that go through six modules together (light tier)."""

    name_lo = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    starts = models.DateField(null=True, blank=True)
    leader = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    engagements = models.ManyToManyField(Engagement, related_name="clubs", blank=True)

    class Meta:
        ordering = ("-starts", "name_lo", "id")

    def __str__(self) -> str:
        """Return the Lao name."""
        return self.name_lo or self.name_en


class ClubModule(Record):
    """One of the six modules of a club, with its day and who came."""

    club = models.ForeignKey(Club, models.CASCADE, related_name="modules")
    number = models.PositiveSmallIntegerField()
    on = models.DateField(null=True, blank=True)
    present = models.ManyToManyField(Engagement, related_name="+", blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["club", "number"], name="module_once_per_club"),)

    def __str__(self) -> str:
        """Return the number."""
        return str(self.number)


class SelfCheck(Record):
    """The owner's own answers on one page (light tier)."""

    enterprise = models.ForeignKey("enterprises.Enterprise", models.CASCADE, related_name="self_checks")
    engagement = models.ForeignKey(Engagement, models.SET_NULL, null=True, blank=True, related_name="self_checks")
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    on = models.DateField(default=clock.today)
    answers = models.JSONField(default=dict)  # question -> yes, partly, no, unknown

    class Meta:
        ordering = ("-on", "-created_at")

    def __str__(self) -> str:
        """Return the day."""
        return str(self.on)
