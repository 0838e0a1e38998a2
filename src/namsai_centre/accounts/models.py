"""People, their roles with dates, what a firm's owner asked for in an emergency, and tokens for the API."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from namsai.lao.normalise import search_key
from namsai_centre import clock
from namsai_centre.enterprises.models import order_key
from namsai_centre.records import Record, Stale

ROLES = ("director", "officer", "expert", "verifier", "owner", "member", "ministry", "donor", "trainer")
FIRM_ROLES = frozenset({"owner", "member"})


class People(BaseUserManager["Person"]):
    """Make people (Django asks for this)."""

    def create_user(self, email: str | None, password: str | None = None, **fields: object) -> Person:
        """Make a person; without a password they cannot log in before they set one."""
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who can log in, by e-mail or phone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(
        max_length=20, unique=True, null=True, blank=True
    )  # +85620…: digits with the country's code
    name_lo = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, choices=[("lo", "ລາວ"), ("en", "English")], default="lo")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    search = models.TextField(editable=False, default="")  # folded names, e-mail and phone
    sorting = models.CharField(max_length=400, editable=False, default="", db_index=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="person_has_email_or_phone"
            ),
        )

    def __str__(self) -> str:
        """Return the name in the person's own language first."""
        return self.name_lo or self.name_en or self.email or self.phone or ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys for search and order beside the names."""
        self.search = search_key(" ".join((self.name_lo, self.name_en, self.email or "", self.phone or "")))
        self.sorting = order_key(str(self))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search", "sorting"}
        super().save(*args, **kwargs)

    def change(self, expected: int, **changes: Any) -> Self:
        """Write the changes if the person still is at the expected version; else raise Stale (as a `Record` does)."""
        if not Person.objects.filter(pk=self.pk, version=expected).update(version=F("version") + 1):
            raise Stale(Person.objects.get(pk=self.pk), changes)
        for name, value in changes.items():
            setattr(self, name, value)
        self.version = expected + 1
        self.save()
        return self


class RoleGrant(Record):
    """A role of a person from a day on, until a day (the last one included); in a firm for owner and member."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(r, r) for r in ROLES])
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", models.CASCADE, null=True, blank=True, related_name="people"
    )
    starts = models.DateField(default=clock.today)
    ends = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(role__in=sorted(FIRM_ROLES)) & Q(enterprise__isnull=False))
                | (~Q(role__in=sorted(FIRM_ROLES)) & Q(enterprise__isnull=True)),
                name="firm_roles_name_a_firm",
            ),
        )

    def __str__(self) -> str:
        """Return person and role."""
        return f"{self.person}: {self.role}"


class BreakGlass(Record):
    """An expert or officer opens a firm's records for a reason, for a few hours; the director is told."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey("enterprises.Enterprise", models.CASCADE, related_name="+")
    reason = models.TextField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return who opened what."""
        return f"{self.person} → {self.enterprise}"


class Notice(models.Model):
    """Something a person is told in the application: a catalogue key with facts, and where to go."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    at = models.DateTimeField(default=clock.now)
    key = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class Token(Record):
    """A key to the API for one person with a scope; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)  # of: read, write, export
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the name given by the person."""
        return self.name


class Device(models.Model):
    """A browser in which a person is logged in: so that they see where, and can end it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=45, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        """Return what the browser calls itself."""
        return self.browser
