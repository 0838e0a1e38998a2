"""The list, the board, who is stuck and the funnel: what they hold, for whom, and that queries do not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.engagements.funnel import GROUPS, Number, funnel
from namsai_centre.engagements.models import Assignment, Engagement, StageStep, Task
from namsai_centre.engagements.queries import Filters, browse, narrowed, reached
from namsai_centre.engagements.stages import ORDER, rank
from namsai_centre.engagements.stuck import stuck_on, usual_days
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.who import Who
from tests.centre.cast import Cast

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]


def work(cast: Cast, number: int, **fields: Any) -> Engagement:
    firm = Enterprise.objects.create(name_lo=f"ໂຮງງານ {number}", name_en=f"Plant {number}", sector="wood")
    e = Engagement.objects.create(enterprise=firm, **fields)
    stands = e.dropped_from or e.stage
    for stage in ORDER[: rank(stands) + 1]:
        StageStep.objects.create(engagement=e, stage=stage, on=e.stage_since, by=cast.people["officer"])
    return e


def many(cast: Cast, count: int) -> None:
    today = clock.today()
    for n in range(count):
        e = work(cast, n, stage=ORDER[n % 6], project=f"P{n % 3}", stage_since=today - timedelta(days=n), starts=today)
        Assignment.objects.create(engagement=e, person=cast.people["expert"], role="expert", starts=today)
        Task.objects.create(engagement=e, title="t", due=today - timedelta(days=1))


@pytest.mark.parametrize("name", ["engagements_browse", "engagements_stuck", "engagements_board", "engagements_funnel"])
def test_the_number_of_queries_does_not_grow_with_rows(cast: Cast, browser: Browser, name: str) -> None:
    client, counts = browser("officer"), []
    many(cast, 6)
    client.get(reverse(name))
    for more in (0, 18):
        many(cast, more)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_a_page_shows_the_same_number_of_queries_for_an_expert(cast: Cast, browser: Browser) -> None:
    client, counts = browser("expert"), []
    for more in (1, 15):
        many(cast, more)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("engagements_browse"))
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_search_finds_lao_and_latin_spellings(cast: Cast, who: AsWho) -> None:
    firm = Enterprise.objects.create(name_lo="ໂຮງງານໜ້າຜາ", name_en="Napha Works")
    e = Engagement.objects.create(enterprise=firm)
    for text in ("ໜ້າຜາ", "ຫນ້າຜາ", "nApHa", "works nap"):
        assert list(browse(who("officer"), Filters(q=text))) == [e], text
    assert list(browse(who("rival"), Filters(q="napha"))) == []


def test_filters_narrow(cast: Cast, who: AsWho) -> None:
    a, b = cast.records["engagement"], cast.records["engagement_b"]
    officer = who("officer")

    def found(**asked: str) -> set[Engagement]:
        return set(browse(officer, Filters.read(asked)))

    everything = set(Engagement.objects.all())
    assert found(stage="signed") == {e for e in everything if e.stage == "signed"} != everything
    assert found(sector="garment") == {e for e in everything if e.enterprise.sector == "garment"} != everything
    assert found(expert=str(cast.people["expert"].pk)) == {a}
    assert found(expert=str(cast.people["former"].pk)) == set()  # ended yesterday
    assert a not in found(expert="-")
    assert b in found(expert="-")
    assert found(late="1") == set()
    Task.objects.filter(engagement=a).update(due=clock.today() - timedelta(days=1))
    assert found(late="1") == {a}
    assert found(stage="nonsense") == found(expert="nonsense") | everything


def test_stuck_means_longer_than_usual_and_the_setting_changes_it(cast: Cast, who: AsWho, settings: Any) -> None:
    Engagement.objects.all().update(stage="dropped")
    days = usual_days("full", "signed")
    assert days is not None
    today = clock.today()
    just = work(cast, 1, stage="signed", stage_since=today - timedelta(days=days))
    over = work(cast, 2, stage="signed", stage_since=today - timedelta(days=days + 1))
    work(cast, 3, stage="alumni", stage_since=today - timedelta(days=5000))
    assert list(Engagement.objects.filter(stuck_on(today))) == [over]
    settings.USUAL_DAYS = {"full": {"signed": days - 1}}
    assert set(Engagement.objects.filter(stuck_on(today))) == {just, over}


def test_the_stuck_page_tells_by_how_much(cast: Cast, browser: Browser) -> None:
    work(cast, 1, stage="signed", tier="light", stage_since=clock.today() - timedelta(days=47))
    text = browser("officer").get(reverse("engagements_stuck")).content.decode()
    assert "17\u00a0days longer than usual" in text
    assert "assumption" in text


def test_the_board_moves_a_card_by_a_plain_form(cast: Cast, browser: Browser) -> None:
    e = work(cast, 1, stage="aware")
    client = browser("officer")
    assert "→&nbsp;</span>Signed" in client.get(reverse("engagements_board")).content.decode()
    sent = {"version": 1, "stage": "signed", "on": clock.today().isoformat(), "back": "board"}
    response = client.post(reverse("engagements_advance", args=[e.pk]), sent)
    assert response["Location"] == reverse("engagements_board")
    e.refresh_from_db()
    assert e.stage == "signed"


def test_reached_counts_the_stages_really_passed(cast: Cast) -> None:
    Engagement.objects.all().update(stage="aware")
    skipped = work(cast, 1, stage="implementing", tier="light")
    skipped.steps.filter(stage="assessed").delete()
    dropped = work(cast, 2, stage="dropped", dropped_from="assessed")
    back = work(cast, 3, stage="implementing")
    Engagement.objects.filter(pk=back.pk).update(stage="signed")  # taken back after all
    assert set(Engagement.objects.filter(reached("assessed"))) == {dropped}
    assert set(Engagement.objects.filter(reached("implementing"))) == {skipped}
    assert {skipped, dropped, back} <= set(Engagement.objects.filter(reached("signed")))


def test_the_funnel_tells_how_many_went_on(cast: Cast, who: AsWho) -> None:
    Engagement.objects.all().update(project="x")
    for n, stage in enumerate(("signed", "signed", "assessed", "implementing")):
        work(cast, n, stage=stage, project="F")
    work(cast, 9, stage="dropped", dropped_from="signed", project="F")
    rows = {r.stage: r for r in funnel(who("officer"), Filters(project="F"), "sector").reach}
    assert (rows["signed"].reached.count, rows["signed"].went_on, rows["signed"].percent) == (5, 2, 40.0)
    assert (rows["assessed"].reached.count, rows["assessed"].went_on) == (2, 1)
    assert (rows["verified"].reached.count, rows["verified"].percent) == (
        0,
        None,
    )  # nothing came so far: no share, not 0 %


@pytest.mark.parametrize("by", sorted(GROUPS))
def test_each_number_of_the_funnel_opens_its_list(cast: Cast, who: AsWho, by: str) -> None:
    many(cast, 12)
    Engagement.objects.filter(project="P1").update(starts=None)
    work(cast, 50, stage="dropped", dropped_from="assessed", tier="light")
    officer = who("officer")
    shown = funnel(officer, Filters(), by)

    def numbers() -> Iterator[Number]:
        yield shown.all
        yield from (n for _, n in shown.stands)
        yield from (r.reached for r in shown.reach)
        for row in shown.rows:
            yield row.all
            yield from row.stands

    for number in numbers():
        asked = {k: v[0] for k, v in parse_qs(number.query).items()}
        listed = narrowed(Engagement.objects.all(), Filters.read(asked), officer.day)
        assert listed.count() == number.count, number
    assert sum(r.all.count for r in shown.rows) == shown.all.count == Engagement.objects.count()


def test_the_funnel_keeps_what_was_narrowed(cast: Cast, browser: Browser) -> None:
    many(cast, 6)
    query = urlencode({"tier": "full", "by": "project"})
    text = browser("director").get(reverse("engagements_funnel") + f"?{query}").content.decode()
    assert "tier=full&amp;project=P1&amp;stage=signed" in text


def test_nobody_sees_the_engagements_of_others(cast: Cast, browser: Browser) -> None:
    for name, sees in (
        ("owner", {"Garment A"}),
        ("rival", {"Food B"}),
        ("expert", {"Garment A"}),
        ("verifier", {"Garment A"}),
    ):
        text = browser(name).get(reverse("engagements_browse")).content.decode()
        assert {n for n in ("Garment A", "Food B") if n in text} == sees, name


def test_an_owner_reads_the_page_without_the_tools_of_staff(cast: Cast, browser: Browser) -> None:
    e = cast.records["engagement"]
    text = browser("owner").get(reverse("engagements_see", args=[e.pk])).content.decode()
    for name in ("engagements_advance", "engagements_edit", "engagements_assign", "engagements_task_new"):
        assert reverse(name, args=[e.pk]) not in text, name
    assert "ອ່ານໝໍ້ໄຟ" not in text  # a task of the centre's own
    text = browser("officer").get(reverse("engagements_see", args=[e.pk])).content.decode()
    assert reverse("engagements_advance", args=[e.pk]) in text
    assert "ອ່ານໝໍ້ໄຟ" in text


def test_the_page_of_one_engagement_asks_the_same_number_of_questions(cast: Cast, browser: Browser) -> None:
    e, client, counts = cast.records["engagement"], browser("officer"), []
    for more in (2, 12):
        for n in range(more):
            Task.objects.create(engagement=e, title=f"t{n}", person=cast.people["expert"])
            StageStep.objects.create(engagement=e, stage="signed", by=cast.people["officer"])
        client.get(reverse("engagements_see", args=[e.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("engagements_see", args=[e.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1], counts
