"""The light tier: self-checks and clubs."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Query

from namsai.texts import text
from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import ListOf
from namsai_centre.api.schemas.engagements import (
    ClubChange,
    ClubIn,
    ClubLine,
    ClubOut,
    ModuleIn,
    QuestionOut,
    SelfCheckIn,
    SelfCheckOut,
    SelfCheckResult,
)
from namsai_centre.engagements import clubs as club_kinds
from namsai_centre.engagements import queries_light
from namsai_centre.engagements.actions.answer_selfcheck import answer_selfcheck
from namsai_centre.engagements.actions.clubs import edit_club, hold_module, make_club
from namsai_centre.engagements.forms_light import ClubForm, ModuleForm, SelfCheckForm
from namsai_centre.engagements.policies import CHECKED_FIRMS, CLUBS, SELF_CHECKS
from namsai_centre.engagements.selfcheck import questions as all_questions
from namsai_centre.engagements.selfcheck import result
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.rights import who_of
from namsai_centre.who import Who

checks = Room("selfchecks")
clubs = Room("clubs")


def whole(who: Who, club: Any) -> Any:
    """Return a club with its modules; of its firms those that exist for the reader (as on its page)."""
    page = queries_light.whole_club(who, club)
    seen = {firm.engagement.pk for firm in page.firms}
    own = {n: getattr(club, n) for n in ClubLine.model_fields}
    modules = [
        {
            "number": m.number,
            "version": m.version,
            "on": m.on,
            "present": [e.pk for e in m.present.all() if e.pk in seen],
        }
        for m in club.modules.prefetch_related("present")
    ]
    return own | {"members": [firm.engagement.pk for firm in page.firms if firm.member], "modules": modules}


@checks.get("/questions/", None, gives=list[QuestionOut])
def questions(request: Any) -> Any:
    """List the questions of the self-check with their answers."""
    return [
        {"id": q.id, "answers": list(q.answers)}
        | {f"text_{lang}": text(f"engagements.ask_{q.id}", lang) for lang in ("lo", "en")}
        for q in all_questions()
    ]


def told(who: Who, check: Any) -> dict[str, Any]:
    """Return a self-check with what follows from it."""
    seen = result(check.answers, check.enterprise.sector, current_knowhow())
    own = {n: getattr(check, n) for n in SelfCheckOut.model_fields}
    for name in ("first", "further"):
        things = getattr(seen, name)
        own[name] = [
            {"question": t.question.id, "answer": t.answer, "options": [o.id for o in t.options]} for t in things
        ]
    return own | {"find_out": [q.id for q in seen.find_out]}


@checks.get("/firm/{uuid:pk}/", CHECKED_FIRMS, "check", "pk", gives=list[SelfCheckOut])
def earlier(request: Any, enterprise: Any) -> Any:
    """List the last self-checks of a firm."""
    return queries_light.checks_of(who_of(request), enterprise.pk)


@checks.post(
    "/firm/{uuid:pk}/", CHECKED_FIRMS, "check", "pk", gives=SelfCheckResult, status=201, made=SELF_CHECKS, shown=told
)
def answer(request: Any, enterprise: Any, body: SelfCheckIn) -> Any:
    """Keep the answers of a firm; every question must be answered."""
    known = {q.id for q in all_questions()}
    foreign = [f"answers/{n}" for n in body.answers if n not in known]
    if foreign:
        raise Wrong(found("api.unknown_field", n) for n in foreign)
    form = SelfCheckForm(sent(body.answers))
    checked(lambda: SelfCheckForm(sent(body.answers)), {q: f"answers/{q}" for q in known})
    form.full_clean()
    return answer_selfcheck(who_of(request), enterprise, answers=form.answers())


@checks.get("/{uuid:pk}/", SELF_CHECKS, "see", "pk", gives=SelfCheckResult)
def see(request: Any, check: Any) -> Any:
    """Show one self-check and what to look at first."""
    return told(who_of(request), check)


@clubs.get("/", CLUBS, "browse", gives=ListOf[ClubLine])
def browse(request: Any, asked: Query[Paged]) -> Any:
    """List the clubs one may see."""
    return part(queries_light.clubs(who_of(request)), asked)


@clubs.post("/", CLUBS, "make", gives=ClubOut, status=201, made=CLUBS, shown=whole)
def make(request: Any, body: ClubIn) -> Any:
    """Make a club with its six modules."""
    who = who_of(request)
    fields = checked(lambda: ClubForm(who, None, sent(body.model_dump())))
    return make_club(who, **{**fields, "members": list(fields["members"])})


@clubs.get("/{uuid:pk}/", CLUBS, "see", "pk", gives=ClubOut)
def see_club(request: Any, club: Any) -> Any:
    """Show one club."""
    return whole(who_of(request), club)


@clubs.patch("/{uuid:pk}/", CLUBS, "arrange", "pk", gives=ClubOut)
def edit(request: Any, club: Any, body: ClubChange) -> Any:
    """Change a club and its member firms."""
    who, version = who_of(request), expected(request, body.version)
    now = {n: getattr(club, n) for n in ("name_lo", "name_en", "starts")}
    now |= {"leader": club.leader_id, "members": list(club.engagements.values_list("pk", flat=True))}
    values = now | body.wanted()
    fields = checked(lambda: ClubForm(who, club, sent(values)))
    return whole(who, edit_club(who, club, version, **{**fields, "members": list(fields["members"])}))


@clubs.put("/{uuid:pk}/modules/{int:number}/", CLUBS, "edit", "pk", gives=ClubOut)
def module(request: Any, club: Any, number: int, body: ModuleIn) -> Any:
    """Write down the day of a module and which firms came."""
    who = who_of(request)
    if number not in {m.number for m in club_kinds.modules()}:
        raise Http404
    version = expected(request, body.version)
    fields = checked(lambda: ModuleForm(club, number, sent(body.model_dump(exclude={"version"}))))
    hold_module(who, club, number, version, on=fields["on"], present=list(fields["present"]))
    return whole(who, club)
