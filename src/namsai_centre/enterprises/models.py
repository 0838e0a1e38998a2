"""The registry: enterprises with names, numbers, places, activities, contacts and what they agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models

from namsai.lao.sort import sort_key
from namsai_centre import clock
from namsai_centre.enterprises.keys import folded, looks, search_text
from namsai_centre.enterprises.models_joining import Brought, ImportRun, Look, Lookalike, Merge
from namsai_centre.records import Record

__all__ = [  # with what the other file of models holds
    "ALIAS_KINDS",
    "ISSUERS",
    "KINDS",
    "PURPOSES",
    "RISKS",
    "SIZES",
    "STATUSES",
    "Activity",
    "Alias",
    "Brought",
    "Consent",
    "Contact",
    "Enterprise",
    "Group",
    "Identifier",
    "ImportRun",
    "Look",
    "Lookalike",
    "Merge",
    "Part",
    "Place",
    "Site",
    "SizeThreshold",
    "order_key",
]  # fmt: skip
SIZES = ("household", "micro", "small", "medium", "large")
RISKS = ("low", "medium", "high")
KINDS = ("production", "trade", "services")
STATUSES = ("active", "closed", "merged")
ISSUERS = ("enterprise_registration", "tax", "factory_licence", "statistics", "other")
ALIAS_KINDS = ("spelling", "former", "short", "brand")
PURPOSES = ("store", "share_ministry", "share_donor", "publish_name", "publish_case", "benchmark")


class Place(models.Model):
    """A province or a district, with the days between which it exists; a later one may follow it."""

    code = models.CharField(max_length=8)
    kind = models.CharField(max_length=10, choices=[("province", "province"), ("district", "district")])
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="districts")
    name_lo = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "valid_from"], name="place_once_per_day"),)

    def __str__(self) -> str:
        """Return the Lao name."""
        return self.name_lo


class Group(Record):
    """Enterprises under one control (a holding counts once wherever firms are protected)."""

    name_lo = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        """Return the Lao name."""
        return self.name_lo or self.name_en


class Enterprise(Record):
    """One enterprise. Missing is not zero: a figure nobody gave is empty."""

    name_lo = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="enterprises")
    sector = models.CharField(max_length=40, blank=True, db_index=True)
    province = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    village = models.CharField(max_length=120, blank=True)
    economic_kind = models.CharField(max_length=20, blank=True)  # production, trade, services (the decree's own split)
    factory_class = models.CharField(max_length=20, blank=True)
    risk_class = models.CharField(max_length=10, blank=True, choices=[(r, r) for r in RISKS])
    women = models.PositiveIntegerField(null=True, blank=True)
    men = models.PositiveIntegerField(null=True, blank=True)
    workers = models.PositiveIntegerField(null=True, blank=True)  # all; may be known without the split
    workers_on = models.DateField(null=True, blank=True)
    assets_kip = models.BigIntegerField(null=True, blank=True)
    income_kip = models.BigIntegerField(null=True, blank=True)
    figures_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, default="active", db_index=True)  # active, closed, merged
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    closed_on = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, editable=False)  # its names were taken away (actions.forget)
    note = models.TextField(blank=True)
    search = models.TextField(editable=False, default="")  # folded names, other names and numbers, Lao and Latin
    sorting = models.CharField(max_length=400, editable=False, default="", db_index=True)
    looks_lo = models.CharField(max_length=200, editable=False, default="", db_index=True)
    looks_en = models.CharField(max_length=200, editable=False, default="", db_index=True)

    class Meta:
        ordering = ("sorting", "id")

    def __str__(self) -> str:
        """Return the Lao name, else the Latin one."""
        return self.name_lo or self.name_en

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys for search and order beside the names."""
        if self._state.adding:
            self.set_keys()
        else:
            self.set_keys(
                list(self.aliases.values_list("name", flat=True)),
                list(self.identifiers.values_list("value", flat=True)),
            )
        super().save(*args, **kwargs)

    def set_keys(self, other_names: Sequence[str] = (), numbers: Sequence[str] = ()) -> None:
        """Set the keys of search, order and look-alikes (save does; whoever makes many at once calls it themselves)."""
        self.search = search_text([self.name_lo, self.name_en, *other_names], numbers)
        self.sorting = order_key(self.name_lo or self.name_en)
        self.looks_lo, self.looks_en = looks(self.name_lo), looks(self.name_en)

    @property
    def all_workers(self) -> int | None:
        """Return the number of workers: as told, else women and men if both are known, else None."""
        if self.workers is None and self.women is not None and self.men is not None:
            return self.women + self.men
        return self.workers


class Part(Record):
    """Something that belongs to an enterprise; those in the search text renew it when they change."""

    searched: ClassVar[bool] = False
    enterprise: models.ForeignKey[Enterprise, Enterprise]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, then renew the enterprise's search text."""
        super().save(*args, **kwargs)
        self._renew()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, then renew the enterprise's search text."""
        done = super().delete(*args, **kwargs)
        self._renew()
        return done

    def _renew(self) -> None:
        if self.searched:
            firm = Enterprise.objects.get(pk=self.enterprise_id)  # type: ignore[attr-defined]
            firm.set_keys(
                list(firm.aliases.values_list("name", flat=True)),
                list(firm.identifiers.values_list("value", flat=True)),
            )
            Enterprise.objects.filter(pk=firm.pk).update(search=firm.search)


def order_key(name: str) -> str:
    """Return a text that a database sorts (by code point) as a Lao reader would."""
    first, second, _ = sort_key(name)
    # hexadecimal digits only, so that every collation of a database gives the same order
    return "".join(f"{n:03x}" for n in (*first[:90], 0, *second[:30]))[:400]


class Site(Part):
    """A place where the enterprise works."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="sites")
    name_lo = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    province = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    village = models.CharField(max_length=120, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the Lao name."""
        return self.name_lo or self.name_en


class Identifier(Part):
    """A number somebody else gave the enterprise; none is a unique key, and each has its days."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="identifiers")
    searched = True
    issuer = models.CharField(max_length=40)  # enterprise_registration, tax, factory_licence, statistics
    value = models.CharField(max_length=60, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Return issuer and number."""
        return f"{self.issuer} {self.value}"


class Alias(Part):
    """Another spelling or a former name."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="aliases")
    searched = True
    kind = models.CharField(max_length=10, default="spelling")  # spelling, former, short, brand
    name = models.CharField(max_length=200)
    ends = models.DateField(null=True, blank=True)
    search = models.CharField(max_length=400, editable=False, default="", db_index=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search key beside the name."""
        self.search = folded(self.name)[:400]
        super().save(*args, **kwargs)


class Activity(Part):
    """What the enterprise does: an ISIC code together with its revision, with dates; one is the main one."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="activities")
    code = models.CharField(max_length=6)
    revision = models.CharField(max_length=4, choices=[("4", "4"), ("5", "5")], default="4")
    main = models.BooleanField(default=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Return code and revision."""
        return f"ISIC {self.revision}: {self.code}"


class Contact(Part):
    """Somebody to talk to at the enterprise."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="contacts")
    name_lo = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    duty = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name_lo or self.name_en


class Consent(Record):
    """What the enterprise agreed to, for one purpose (Law 25/NA of 2017), until withdrawn."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="consents")
    purpose = models.CharField(
        max_length=30
    )  # store, share_ministry, share_donor, publish_name, publish_case, benchmark
    given_on = models.DateField(default=clock.today)
    given_by = models.CharField(max_length=120)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        """Return the purpose."""
        return self.purpose


class SizeThreshold(models.Model):
    """One line of a decree's table of size classes: up to which workers, assets or income, from a day on."""

    economic_kind = models.CharField(max_length=20)
    size = models.CharField(max_length=10, choices=[(s, s) for s in SIZES])
    most_workers = models.PositiveIntegerField(null=True, blank=True)
    most_assets_kip = models.BigIntegerField(null=True, blank=True)
    most_income_kip = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)

    def __str__(self) -> str:
        """Return kind and size."""
        return f"{self.economic_kind}: {self.size}"
