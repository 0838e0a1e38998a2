"""The board: a column per stage with its first cards and how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from namsai_centre.engagements.models import STAGES, Engagement
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.engagements.queries import Filters, listed, mark_waiting, narrowed
from namsai_centre.engagements.stages import next_stage
from namsai_centre.who import Who

MOST = 12  # cards in a column; the rest is behind the link to the list


@dataclass(frozen=True, slots=True)
class Card:
    """One engagement on the board with the next stage forward to which this person may move it ("" for none)."""

    engagement: Engagement
    next: str


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: how many engagements stand in it, and the cards shown (longest waiting first)."""

    stage: str
    count: int
    cards: list[Card]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.cards)


def board(who: Who, filters: Filters) -> list[Column]:
    """Read the board: two queries for each of the seven stages and one for the counts, however many engagements."""
    found = narrowed(ENGAGEMENTS.visible(who), filters, who.day)
    counts = dict(found.order_by().values_list("stage").annotate(Count("pk", distinct=True)))
    columns = []
    for stage in STAGES:
        count = counts.get(stage, 0)
        rows: list[Engagement] = []
        if count:
            rows = mark_waiting(listed(found.filter(stage=stage), who).order_by("stage_since", "id")[:MOST], who.day)
        columns.append(Column(stage, count, [Card(e, next_stage(e, who)) for e in rows]))
    return columns
