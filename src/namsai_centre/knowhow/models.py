"""Know-how kept by the centre: proposals with review, releases with all files, what firms say of options."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from namsai_centre import clock
from namsai_centre.records import Record

KINDS = ("new", "change", "approve", "retire", "restore")
STATES = ("proposed", "returned", "accepted", "released", "withdrawn")
STEPS = ("proposed", "changed", "accepted", "returned", "withdrawn", "released")
METHODS = ("meter", "bill", "weighed", "counted", "estimated")
MEASURED = frozenset({"meter", "bill", "weighed", "counted"})
REASONS = ("no_process", "done_before", "too_dear", "not_possible", "quality", "no_supplier", "other")


class KeptFile(models.Model):
    """The text of a data file, once for all releases that have it so (by SHA-256)."""

    digest = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()

    def __str__(self) -> str:
        """Return the digest."""
        return self.digest


class Release(Record):
    """A version of the know-how: every file as it stands in it, and what changed against the one before."""

    knowhow_version = models.CharField(max_length=40, unique=True)
    number = models.PositiveIntegerField(unique=True)
    origin = models.CharField(max_length=10)  # library, centre, folder
    base = models.CharField(max_length=40, blank=True)  # the version it was made from
    by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    note = models.TextField(blank=True)
    files = models.JSONField()  # file name: digest
    log = models.JSONField(default=list)  # what changed: table, key, kind, columns, why, by, accepted_by

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        """Return the version."""
        return self.knowhow_version


class Proposal(Record):
    """A change of one record of the data: the columns wanted, what stood there before, why, and how far it is."""

    table = models.CharField(max_length=30)
    key = models.CharField(max_length=200, blank=True)  # empty: a table without a key column
    kind = models.CharField(max_length=10, choices=[(k, k) for k in KINDS])
    wanted = models.JSONField()  # column: text; a Lao title and the card of an option as options_lo.x, cards.x
    before = models.JSONField(default=dict)  # column: text, of the base version
    base = models.CharField(max_length=40)
    why = models.TextField()
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="proposed", db_index=True, choices=[(s, s) for s in STATES])
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="proposals")

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        """Return table and key."""
        return f"{self.table} {self.key}".strip()


class ReviewStep(Record):
    """One step of a proposal: by whom, when, with which words."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=[(s, s) for s in STEPS])
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "created_at")

    def __str__(self) -> str:
        """Return the step."""
        return self.step


class Feedback(Record):
    """What became of an option in a firm: done (with what was measured), or not applicable and why."""

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="option_feedback")
    option = models.CharField(max_length=80, db_index=True)
    outcome = models.CharField(max_length=20, choices=[("done", "done"), ("not_applicable", "not_applicable")])
    reason = models.CharField(max_length=20, blank=True, choices=[(r, r) for r in REASONS])
    note = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    saving_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)  # of the named flow
    method = models.CharField(max_length=10, blank=True, choices=[(m, m) for m in METHODS])
    saving_kip = models.BigIntegerField(null=True, blank=True)  # per year
    cost_kip = models.BigIntegerField(null=True, blank=True)
    knowhow_version = models.CharField(max_length=40)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["enterprise", "option"], condition=Q(withdrawn_at=None), name="feedback_once_per_option"
            ),
        )

    def __str__(self) -> str:
        """Return option and outcome."""
        return f"{self.option}: {self.outcome}"
