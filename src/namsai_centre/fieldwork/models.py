"""Records of visits: what was prepared, what was taken in the plant, and every change the devices sent."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db import models

from namsai_centre import clock
from namsai_centre.fieldwork.called import called
from namsai_centre.records import Record

KINDS = ("check", "equipment", "reading", "stream", "note")
BASES = ("period", "hour", "shift", "batch", "day", "month", "year")
OUTCOMES = ("applied", "parallel", "conflict", "held", "forced", "settled")


class Visit(Record):
    """One visit to a plant: the day, and which sheets go along (`plan`, see fieldwork.plan)."""

    engagement = models.ForeignKey("engagements.Engagement", models.PROTECT, related_name="visits")
    assessment = models.ForeignKey("assessments.Assessment", models.SET_NULL, null=True, related_name="visits")
    on = models.DateField(default=clock.today, db_index=True)
    title = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    basis = models.CharField(max_length=10, choices=[(b, b) for b in BASES], default="day")  # amounts are per ...
    per_period = models.FloatField(null=True, blank=True)  # so many of them in the period of the case; None: unknown
    plan = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-created_at", "id")

    def __str__(self) -> str:
        """Return title, else enterprise, and day."""
        return f"{self.title or self.engagement.enterprise} {self.on}"

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise (the audit log files it there)."""
        return self.engagement.enterprise_id

    def slot(self, subject: str) -> UUID:
        """Return the id that the first entry about a subject has on every device."""
        return uuid.uuid5(self.id, subject)


class Entry(Record):
    """One thing taken in the plant, as it stands. The device makes the id; `version` is what its next change names."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in KINDS])
    subject = models.CharField(max_length=160)
    fields = models.JSONField(default=dict)
    mark = models.CharField(max_length=10, blank=True)  # parallel, conflict, forced
    device_time = models.CharField(max_length=40, blank=True)  # as the device wrote it
    received_at = models.DateTimeField(default=clock.now)  # beside it: the server's
    taken_at = models.DateTimeField(null=True)  # what is believed; None: nobody knows
    time_mark = models.CharField(max_length=12, blank=True, db_index=True)  # why the time waits for a person
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("received_at", "id")

    def in_words(self) -> str:
        """Return what the subject is called in the reader's language."""
        return called(self.subject, self.visit.plan, self.fields.get("name", ""))

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise."""
        return self.visit.engagement.enterprise_id


class Change(Record):
    """One change a device sent (its id is the device's): kept for ever, whatever became of it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="changes")
    entry_id = models.UUIDField(db_index=True)  # no key: the change may come before its entry
    kind = models.CharField(max_length=10)
    subject = models.CharField(max_length=160)
    base = models.PositiveIntegerField()
    after = models.UUIDField(null=True)  # the device's change before this one that was not sent yet
    fields = models.JSONField()
    taken = models.JSONField(default=list)  # names of the fields that were put into the entry
    clash = models.JSONField(default=dict)  # field -> the value that was wanted and waits for a person
    device = models.CharField(max_length=40, db_index=True)
    device_time = models.CharField(max_length=40, blank=True)
    sent_time = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=10, choices=[(o, o) for o in OUTCOMES], db_index=True)
    gave = models.PositiveIntegerField(null=True)  # the version of the entry after it
    digest = models.CharField(max_length=64)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("received_at", "id")

    def in_words(self) -> str:
        """Return what the subject is called in the reader's language."""
        return called(self.subject, self.visit.plan, self.fields.get("name", ""))

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise."""
        return self.visit.engagement.enterprise_id


class Photo(Record):
    """A photo taken in the plant, once by its hash in a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    subject = models.CharField(max_length=160)
    digest = models.CharField(max_length=64)
    file = models.FileField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    device_time = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("received_at", "id")
        constraints = (models.UniqueConstraint(fields=["visit", "digest"], name="photo_once_per_visit"),)

    def in_words(self) -> str:
        """Return what the subject is called in the reader's language."""
        return called(self.subject, self.visit.plan)

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise."""
        return self.visit.engagement.enterprise_id
