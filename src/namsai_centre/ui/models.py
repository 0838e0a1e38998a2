"""What the pages themselves remember."""

from __future__ import annotations

import uuid

from django.db import models

from namsai_centre import clock


class Sent(models.Model):
    """A form that was sent and worked: its key and where its result is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person_id = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now, db_index=True)
    url = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        """Return the key."""
        return str(self.id)
