"""Who did what, when, before and after: entries that are only ever added, each sealed to the one before."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from namsai_centre import clock


class Entry(models.Model):
    """One change. `digest` seals the entry together with the digest of the one before."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    person_id = models.UUIDField(null=True)
    person_name = models.CharField(max_length=200, blank=True)
    via = models.CharField(max_length=20, default="web")
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    subject_name = models.CharField(max_length=300, blank=True)
    enterprise_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("-id",)
        indexes = (  # each filter together with the order of the pages: no sorting and no counting over the whole log
            models.Index(fields=["person_id", "-id"], name="audit_person_newest"),
            models.Index(fields=["action", "-id"], name="audit_action_newest"),
            models.Index(fields=["kind", "-id"], name="audit_kind_newest"),
            models.Index(fields=["subject_id", "-id"], name="audit_subject_newest"),
            models.Index(fields=["enterprise_id", "-id"], name="audit_enterprise_newest"),
            models.Index(fields=["at"], name="audit_at"),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; a second save is refused."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError("an audit entry is never changed or deleted")


class Head(models.Model):
    """The end of the chain: one row, locked while an entry is added.

    It is signed with the centre's secret key, which is not in the database: who can write to the database alone cannot
    write a new end.
    """

    digest = models.CharField(max_length=64, default="0" * 64)
    count = models.PositiveBigIntegerField(default=0)
    signature = models.CharField(max_length=100, default="")
