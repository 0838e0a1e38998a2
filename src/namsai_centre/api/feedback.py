"""What became of options in firms: list, tell, change, withdraw."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import Change, Day, FirmRef, In, ListOf, PersonRef, Text, Versioned, Whole, Word
from namsai_centre.knowhow.actions import feedback as actions
from namsai_centre.knowhow.forms_feedback import FIELDS, FeedbackForm
from namsai_centre.knowhow.policies import FEEDBACK
from namsai_centre.rights import who_of

room = Room("feedback")
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]


class FeedbackOut(Schema):
    """What a firm said of an option."""

    id: UUID
    version: int
    enterprise: FirmRef
    option: str
    outcome: str
    reason: str
    note: str
    done_on: date | None
    saving_percent: Decimal | None
    method: str
    saving_kip: int | None
    cost_kip: int | None
    knowhow_version: str
    by: PersonRef


class FeedbackIn(In):
    """What became of an option of the know-how in a firm."""

    enterprise: UUID
    option: Word
    outcome: Word
    reason: Word = ""
    note: Text = ""
    done_on: Day | None = None
    saving_percent: Percent | None = None
    method: Word = ""
    saving_kip: Whole | None = None
    cost_kip: Whole | None = None


class FeedbackChange(Change):
    """What of it changes."""

    outcome: Word | None = None
    reason: Word | None = None
    note: Text | None = None
    done_on: Day | None = None
    saving_percent: Percent | None = None
    method: Word | None = None
    saving_kip: Whole | None = None
    cost_kip: Whole | None = None


@room.get("/", FEEDBACK, "browse", gives=ListOf[FeedbackOut])
def browse(request: Any, asked: Query[Paged]) -> Any:
    """List what was said of options, as far as one may see."""
    return part(FEEDBACK.visible(who_of(request)).order_by("-changed_at", "id"), asked)


@room.post("/", FEEDBACK, "make", gives=FeedbackOut, status=201, made=FEEDBACK)
def tell(request: Any, body: FeedbackIn) -> Any:
    """Say what became of an option in a firm one may speak for."""
    who = who_of(request)
    firm = FEEDBACK.firms(who).filter(pk=body.enterprise).first()
    if firm is None:
        raise Wrong([found("api.not_found", "enterprise")])
    fields = checked(lambda: FeedbackForm(sent(body.model_dump(exclude={"enterprise", "option"}))))
    try:
        return actions.tell(who, firm, body.option, {n: fields[n] for n in FIELDS})  # type: ignore[arg-type]
    except actions.ToldBefore:
        raise Wrong([found("knowbase.told_before")]) from None


@room.get("/{uuid:pk}/", FEEDBACK, "see", "pk", gives=FeedbackOut)
def see(request: Any, one: Any) -> Any:
    """Show what a firm said."""
    return one


@room.patch("/{uuid:pk}/", FEEDBACK, "edit", "pk", gives=FeedbackOut)
def edit(request: Any, one: Any, body: FeedbackChange) -> Any:
    """Change what was said."""
    version = expected(request, body.version)
    values = {n: getattr(one, n) for n in FIELDS} | body.wanted()
    fields = checked(lambda: FeedbackForm(sent(values)))
    return actions.change(who_of(request), one, version, {n: fields[n] for n in FIELDS})  # type: ignore[arg-type]


@room.post("/{uuid:pk}/withdraw/", FEEDBACK, "withdraw", "pk", gives=FeedbackOut)
def withdraw(request: Any, one: Any, body: Versioned) -> Any:
    """Withdraw what was said: it no longer counts."""
    return actions.withdraw(who_of(request), one, expected(request, body.version))
