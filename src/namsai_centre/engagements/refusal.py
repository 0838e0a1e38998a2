"""Why something was not done: a catalogue key with facts, and the field of the form it belongs to."""

from __future__ import annotations

from namsai.findings import Fact
from namsai_centre.ui.words import say


class Refused(Exception):
    """The action was not done; `key` (of texts/engagements.toml) with `facts` says why, `field` where to mend it."""

    def __init__(self, slug: str, field: str | None = None, **facts: Fact) -> None:
        super().__init__(slug)
        self.slug = slug
        self.field = field
        self.facts = facts

    @property
    def text(self) -> str:
        """Return the reason in the reader's language."""
        return say(f"engagements.{self.slug}", **self.facts)
