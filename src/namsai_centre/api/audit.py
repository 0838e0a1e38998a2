"""The audit log: read it, and check that nothing in it was changed or taken out."""

from __future__ import annotations

from itertools import islice
from typing import Any

from ninja import Query

from namsai_centre.api.asked import checked, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.people import Entries, EntriesAsked, EntryOut, SealAsked, SealOut
from namsai_centre.audit import chain
from namsai_centre.audit import queries as log
from namsai_centre.audit.forms import FilterForm
from namsai_centre.audit.policies import ENTRIES, EntryPolicy, as_seen
from namsai_centre.rights import who_of
from namsai_centre.who import Who

room = Room("audit")
MOST = 100  # breaks told


class SealPolicy(EntryPolicy):
    """Rights over the seal of the whole log."""

    def check(self, who: Who) -> bool:
        """Staff."""
        return who.staff


SEAL = SealPolicy()


@room.get("/", ENTRIES, "browse", gives=Entries)
def entries(request: Any, asked: Query[EntriesAsked]) -> Any:
    """List entries of the audit log, newest first."""
    told = {n: v for n, v in checked(lambda: FilterForm(sent(asked.model_dump()))).items() if v}
    older, newer = told.pop("older", None), told.pop("newer", None)
    page = log.sliced(log.filtered(ENTRIES.visible(who_of(request)), told), older, newer)
    return {"older": page.older, "newer": page.newer, "items": [t.entry for t in page.rows]}


@room.get("/check/", SEAL, "check", gives=SealOut)
def check(request: Any, asked: Query[SealAsked]) -> Any:
    """Check that the log is whole: no entry changed, none missing, the end as it was signed."""
    outside = chain.read_export(asked.outside) if asked.outside else None
    if asked.outside and outside is None:
        raise Wrong([found("api.no_seal", "outside")])
    breaks = list(islice(chain.breaks(outside), MOST))
    now = chain.export()
    return {"whole": not breaks, "count": now.count, "keep": now.line(), "breaks": breaks}


@room.get("/{int:pk}/", ENTRIES, "see", "pk", gives=EntryOut)
def entry(request: Any, one: Any) -> Any:
    """Show one entry with what stood there before and after."""
    return as_seen(who_of(request), one)
