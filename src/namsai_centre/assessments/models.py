"""Assessments: the case in every version saved, what the engine said of it, and who looked it over."""

from __future__ import annotations

from django.db import models

from namsai_centre import clock
from namsai_centre.records import Record

STATES = ("draft", "in_review", "released")


class Assessment(Record):
    """One plant and period looked at in an engagement. `version` grows with each saved case."""

    engagement = models.ForeignKey("engagements.Engagement", models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=200)
    sector = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=[(s, s) for s in STATES], default="draft", db_index=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_run = models.ForeignKey("Run", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-changed_at", "id")

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def enterprise_id(self) -> object:
        """Return the id of the enterprise."""
        return self.engagement.enterprise_id


class CaseVersion(Record):
    """A saved version of the case document (schema namsai.case/1); never changed."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="cases")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    complete = models.BooleanField(default=False)  # passed the library's check without an error
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=20, default="web")  # web, form, api, start

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["assessment", "number"], name="case_number_once"),)

    def __str__(self) -> str:
        """Return the number."""
        return str(self.number)


class Run(Record):
    """One run of the engine over a case version; keeps the versions it was done with."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="runs")
    case = models.ForeignKey(CaseVersion, models.PROTECT, related_name="runs")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="waiting", db_index=True)  # waiting, running, done, failed
    step = models.CharField(max_length=30, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    engine_version = models.CharField(max_length=20, blank=True)
    knowhow_version = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    findings = models.JSONField(default=list)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-created_at",)

    @property
    def enterprise_id(self) -> object:
        """Return the id of the enterprise."""
        return self.assessment.enterprise_id

    def __str__(self) -> str:
        """Return assessment and state."""
        return f"{self.assessment} ({self.state})"


class Review(Record):
    """A second person's word on a run before it is released."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="reviews")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    accepted = models.BooleanField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        """Return the decision."""
        return "accepted" if self.accepted else "returned"


class Upload(Record):
    """A filled form that was brought back: what it holds, kept until somebody takes it over (or does not)."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="uploads")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    base = models.PositiveIntegerField()  # number of the version it is set against
    document = models.JSONField(null=True)  # None: nothing in it could be read
    findings = models.JSONField(default=list)
    taken = models.ForeignKey(CaseVersion, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        """Return the name of the file."""
        return self.name

    @property
    def enterprise_id(self) -> object:
        """Return the id of the enterprise."""
        return self.assessment.enterprise_id
