"""The savings ledger: measures and their savings, each in exactly one state, with date, person and evidence."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from namsai_centre import clock
from namsai_centre.records import Record
from namsai_centre.ui.words import say, say_or

STATES = ("identified", "agreed", "implemented", "measured", "verified", "rejected", "discontinued")


class OfMeasure(Record):
    """A record that belongs to a measure, and through it to an enterprise (whose owner may read its history)."""

    measure: Measure

    class Meta:
        abstract = True

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise."""
        return self.measure.enterprise_id


class Measure(Record):
    """An option for a firm, from the day it was found; its savings carry the state."""

    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="measures")
    engagement = models.ForeignKey(
        "engagements.Engagement", models.PROTECT, null=True, blank=True, related_name="measures"
    )
    assessment = models.ForeignKey(
        "assessments.Assessment", models.PROTECT, null=True, blank=True, related_name="measures"
    )
    option_id = models.CharField(max_length=80, blank=True)
    title_lo = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    technique = models.CharField(max_length=40, blank=True)
    investment = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="LAK")
    prices_on = models.DateField(null=True, blank=True)  # the day of the prices of the investment
    due = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")

    def __str__(self) -> str:
        """Return the Lao title."""
        return self.title_lo or self.title_en


class Interest(OfMeasure):
    """Who proposed a measure or was paid for it: that person never verifies it."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="interests")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[("proposed", "proposed"), ("paid", "paid")])
    on = models.DateField(default=clock.today)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["measure", "person", "kind"], name="interest_once"),)

    def __str__(self) -> str:
        """Return person and kind."""
        return f"{self.person}: {self.kind}"


class Saving(OfMeasure):
    """One yearly saving of a measure (material, energy, water, waste, money, climate, labour), in exactly one state."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="savings")
    kind = models.CharField(max_length=20, db_index=True)
    carrier = models.CharField(max_length=80, blank=True)  # which material or energy carrier
    amount = models.DecimalField(max_digits=20, decimal_places=4)  # per year, as last stated
    unit = models.CharField(max_length=20)
    prices_on = models.DateField(null=True, blank=True)  # money: the day of the prices it was reckoned with
    state = models.CharField(max_length=20, choices=[(s, s) for s in STATES], default="identified", db_index=True)
    state_since = models.DateField(default=clock.today)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="saving_in_one_known_state"),
            models.UniqueConstraint(fields=["measure", "kind", "carrier"], name="saving_once_per_kind_and_carrier"),
            models.CheckConstraint(
                condition=~Q(kind="money") | Q(prices_on__isnull=False), name="money_saving_has_the_day_of_its_prices"
            ),
        )

    def in_words(self) -> str:
        """Return kind and carrier in the reader's language."""
        kind = say(f"savings.kind_{self.kind}")
        return f"{kind} ({say_or(f'savings.carrier_{self.carrier}', self.carrier)})" if self.carrier else kind

    def __str__(self) -> str:
        """Return kind, amount and unit."""
        return f"{self.kind} {self.amount} {self.unit}"


class Evidence(OfMeasure):
    """A file that shows something: kept once by its hash, served only as a download."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="evidence")
    file = models.FileField(upload_to="evidence/")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-created_at",)
        constraints = (models.UniqueConstraint(fields=["measure", "digest"], name="evidence_once_per_measure"),)

    def __str__(self) -> str:
        """Return the file's own name."""
        return self.name


class StateStep(Record):
    """One step of a saving: to which state, when, by whom, how, what amount, shown by what; never changed."""

    saving = models.ForeignKey(Saving, models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=20, default="identify")  # identify, or a verb of states.TABLE
    state = models.CharField(max_length=20, choices=[(s, s) for s in STATES])
    on = models.DateField(default=clock.today)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=20, decimal_places=4)
    uncertainty = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)  # percent, of the uncertainty
    method = models.CharField(max_length=200, blank=True)
    period_from = models.DateField(null=True, blank=True)  # what was measured: from the first day
    period_until = models.DateField(null=True, blank=True)  # to the last
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=("measured", "verified"))
                | (Q(uncertainty__isnull=False) & Q(evidence__isnull=False) & ~Q(method="")),
                name="measured_and_verified_are_shown",
            ),
        )

    @property
    def enterprise_id(self) -> UUID:
        """Return the id of the enterprise."""
        return self.saving.measure.enterprise_id

    def __str__(self) -> str:
        """Return the state."""
        return self.state


class PersistenceCheck(OfMeasure):
    """Is the measure still in place after 1, 2 and 4 years?"""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="checks")
    years = models.PositiveSmallIntegerField()
    due = models.DateField(db_index=True)
    done_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=10, blank=True)  # in_place, partly, gone
    in_place = models.BooleanField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("due",)
        constraints = (models.UniqueConstraint(fields=["measure", "years"], name="check_once_per_year"),)

    def __str__(self) -> str:
        """Return the years."""
        return str(self.years)
