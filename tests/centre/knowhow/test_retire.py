"""An option that is no longer suggested: proposed, reviewed, released; out of search and engine; taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client

from namsai.knowhow import check, load, texts_of
from namsai.report.blocks import Paragraph
from namsai_centre import clock
from namsai_centre.engagements.selfcheck import result
from namsai_centre.knowhow import catalogue, queries
from namsai_centre.knowhow.actions import propose as actions
from namsai_centre.knowhow.actions.review import review
from namsai_centre.knowhow.card import title_of
from namsai_centre.knowhow.views_card import document_of
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.knowhow.test_workflow import publish, suggest

People = Callable[[str], Who]
PAGE = "/knowhow/option/GAR-001/"


def retired(who: People, instead: str = "GAR-002", option: str = "GAR-001") -> str:
    one = actions.retire(who("expert"), option=option, why="the buyer\nsends the markers", instead=instead)
    return publish(who, one).knowhow_version


def test_a_retired_option_is_neither_found_nor_suggested_but_its_card_opens_and_says_why(
    cast: Cast, who: People, browser: Callable[[str], Client]
) -> None:
    retired(who)
    know = queries.current_knowhow()
    assert "GAR-001" not in [o.id for o in catalogue.find(know, {"all": "1"}, "en").options]
    found = catalogue.find(know, {"q": know.option("GAR-001").title_en}, "en")
    assert "GAR-001" not in [o.id for o in found.options]
    assert found.retired == 1
    page = browser("stranger").get(PAGE).content.decode()
    assert "the buyer sends the markers" in page
    assert 'href="/knowhow/option/GAR-002/"' in page
    assert know.retired["GAR-001"].since == clock.today().isoformat()


def test_the_card_on_paper_says_first_that_it_is_no_longer_suggested(cast: Cast, who: People) -> None:
    retired(who)
    know = queries.current_knowhow()
    for lang in ("lo", "en"):
        first, second = document_of(know, know.option("GAR-001"), None, lang, "2026-11-26").blocks[:2]
        assert isinstance(first, Paragraph)
        assert isinstance(second, Paragraph)
        assert first.text.endswith("the buyer sends the markers")
        assert title_of(know.option("GAR-002"), lang).text in second.text


def test_the_search_says_that_there_are_retired_ones_and_shows_them_when_asked(
    cast: Cast, who: People, browser: Callable[[str], Client]
) -> None:
    retired(who)
    page = browser("stranger").get("/knowhow/?q=marker").content.decode()
    assert "retired=1" in page
    shown = browser("stranger").get("/knowhow/?q=marker&retired=1")
    assert [line.id for line in shown.context["lines"]] == ["GAR-001"]
    assert "no longer suggested" in shown.content.decode()


def test_what_was_calculated_before_keeps_the_option_in_its_version(cast: Cast, who: People) -> None:
    before = load().version
    retired(who)
    assert queries.knowhow_of(before).option("GAR-001").in_use


def test_why_says_that_the_option_is_no_longer_suggested(
    cast: Cast, who: People, browser: Callable[[str], Client]
) -> None:
    publish(who, actions.retire(who("expert"), option="COM-001", why="no bricks are fired any more"))
    page = browser("expert").get(f"/knowhow/why/{cast.records['run'].pk}/COM-001/").content.decode()
    assert "no bricks are fired any more" in page


def test_the_export_of_a_retired_option_passes_the_librarys_checks(cast: Cast, who: People, tmp_path: Path) -> None:
    retired(who)
    call_command("export_knowhow", tmp_path / "out", verbosity=0)
    assert check(tmp_path / "out") == ()
    assert load(tmp_path / "out").retired["GAR-001"].why == "the buyer sends the markers"


def test_taking_it_back_is_a_proposal_and_leaves_no_trace_in_the_files(cast: Cast, who: People) -> None:
    retired(who)
    publish(who, actions.restore(who("expert"), option="GAR-001", why="markers are made here again"))
    assert queries.current_knowhow().option("GAR-001").in_use
    assert queries.current_texts()["retired.csv"] == texts_of()["retired.csv"]
    with pytest.raises(actions.Refused) as problem:
        actions.restore(who("expert"), option="GAR-001", why="again")
    assert problem.value.slug == "not_retired"


def test_a_change_of_a_retired_option_does_not_bring_it_back(cast: Cast, who: People) -> None:
    retired(who)
    publish(who, suggest(who("expert"), tradeoffs="Other words"))
    option = queries.current_knowhow().option("GAR-001")
    assert (option.tradeoffs, option.in_use) == ("Other words", False)


def test_one_does_not_retire_alone_nor_twice_nor_in_favour_of_a_retired_one(cast: Cast, who: People) -> None:
    own = actions.retire(who("officer"), option="GAR-003", why="x", instead="GAR-001")
    with pytest.raises(PermissionDenied):
        review(who("officer"), own, own.version, decision="accepted", note="")
    with pytest.raises(PermissionDenied):
        actions.retire(who("owner"), option="GAR-003", why="x")
    retired(who)
    with pytest.raises(actions.Refused) as problem:
        actions.retire(who("expert"), option="GAR-001", why="y")
    assert problem.value.slug == "retired_before"
    with pytest.raises(actions.Refused) as problem:
        review(who("director"), own, own.version, decision="accepted", note="")
    assert [f.code for f in problem.value.findings] == ["knowhow.retired-instead"]


def test_the_reason_is_asked_for_and_may_be_changed_before_the_review(
    cast: Cast, who: People, browser: Callable[[str], Client]
) -> None:
    client = browser("expert")
    assert client.post("/knowhow/proposals/retire/GAR-001/", {"why": " ", "instead": ""}).status_code == 422
    sent = {"why": "first", "instead": "GAR-002"}
    assert client.post("/knowhow/proposals/retire/GAR-001/", sent).status_code == 302
    one = queries.waiting_on("options", "GAR-001").get()
    page = client.get(f"/knowhow/proposals/{one.pk}/").content.decode()
    assert load().option("GAR-002").title_en.split(":")[0] in page
    sent = {"why": "better", "instead": "", "version": str(one.version)}
    assert client.post(f"/knowhow/proposals/{one.pk}/edit/", sent).status_code == 302
    one.refresh_from_db()
    assert one.wanted == {"options": {"review_status": "retired"}, "retired": {"why": "better"}}


def test_a_self_check_does_not_suggest_what_is_retired(cast: Cast, who: People) -> None:
    before = result({"switch_off": "no"}, "garment", queries.current_knowhow()).first[0]
    assert [o.id for o in before.options] == ["GAR-012", "UTI-034", "UTI-039"]
    retired(who, option="GAR-012")
    after = result({"switch_off": "no"}, "garment", queries.current_knowhow()).first[0]
    assert [o.id for o in after.options] == ["UTI-034", "UTI-039"]
