"""What joins records: pairs that look like one enterprise, merges with their log, lists brought in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from namsai_centre.records import Record

RUN_STATES = ("uploaded", "checked", "done", "refused")
LOOK_STATES = ("waiting", "running", "done", "failed")


class Merge(Record):
    """Two records of one enterprise made one: what moved where, so that it can be undone exactly."""

    kept = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+")
    gone = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="+")
    moved = models.JSONField()  # see joining.Log
    reason = models.TextField()
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        """Return which went into which."""
        return f"{self.gone} → {self.kept}"


class Lookalike(Record):
    """Two enterprises that may be one (found by `duplicates`), or of which a person said that they are not."""

    first = models.ForeignKey("enterprises.Enterprise", models.CASCADE, related_name="+")  # the smaller id
    second = models.ForeignKey("enterprises.Enterprise", models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(db_index=True)  # of 100
    reasons = models.JSONField(default=list)  # [[slug, facts], ...]
    not_same = models.BooleanField(default=False, db_index=True)
    said_by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    said_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-score", "id")
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="lookalike_once_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="lookalike_of_two"),
        )

    def __str__(self) -> str:
        """Return both names."""
        return f"{self.first} / {self.second}"


class Look(Record):
    """One search of the whole registry for duplicates, done by the worker; at most one is open at a time."""

    state = models.CharField(max_length=10, default="waiting", choices=[(s, s) for s in LOOK_STATES])
    is_open = models.BooleanField(null=True, unique=True, default=True)  # None once it is done or failed
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    enterprises = models.PositiveIntegerField(null=True)  # compared
    pairs = models.PositiveIntegerField(null=True)  # to look at, that nobody said are not the same
    crowds = models.JSONField(default=list)  # values that too many share: [[slug, facts], ...]

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        """Return the moment it was asked for."""
        return str(self.created_at)


class ImportRun(Record):
    """A list of enterprises brought in from a file: its cells, the mapping, what it would do or did."""

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    heads = models.CharField(max_length=64, db_index=True, default="")  # digest of the headers (mapping is remembered)
    table = models.JSONField(default=dict)  # sheet, head (row number), headers, rows: the cells as read
    mapping = models.JSONField(default=dict)  # columns: {column number: field}, numbers: lo, en or ""
    state = models.CharField(max_length=20, default="checked", db_index=True)  # uploaded, checked, done, refused
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # of the file as a whole: codes with facts
    rows = models.JSONField(default=list)  # per row: what it would do (importing.check.Row)
    answers = models.JSONField(default=dict)  # row number -> new, skip or the id of the enterprise it is
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        """Return the file's name."""
        return self.file_name


class Brought(models.Model):
    """Under which key a row of a list stands for an enterprise: the same row is known again (without a number too)."""

    key = models.CharField(max_length=64, unique=True)
    enterprise = models.ForeignKey("enterprises.Enterprise", models.CASCADE, related_name="+")
    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="brought")

    def __str__(self) -> str:
        """Return the key."""
        return self.key
