"""The public pages: for a stranger on a phone, in both languages, on both databases."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from namsai.knowhow import Held, KnowHow, load, texts_of, without_row
from namsai_centre.assessments.models import Run
from namsai_centre.knowhow import catalogue, queries
from namsai_centre.knowhow.card import card_of
from namsai_centre.knowhow.views_card import document_of
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.knowhow.test_workflow import publish, suggest

PAGES = (
    "/knowhow/",
    "/knowhow/?loss=hot_flue_gas",
    "/knowhow/?q=%E0%BA%9C%E0%BB%89%E0%BA%B2",
    "/knowhow/?all=1",
    "/knowhow/option/UTI-001/",
    "/knowhow/compare/",
    "/knowhow/compare/?option=UTI-001&option=UTI-038",
    "/knowhow/sources/",
    "/knowhow/sources/EFDB/",
    "/knowhow/releases/",
    "/knowhow/evidence/",
    "/knowhow/sources/IAC-DB/",
    "/knowhow/?q=zzzz",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["lo", "en"])
def test_a_stranger_reads_every_page_quickly_and_lightly(path: str, lang: str, db: None) -> None:
    client = Client(headers={"accept-language": lang})
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path)
    assert response.status_code == 200
    assert len(seen) <= 8
    assert len(gzip.compress(response.content)) < 20_000


@pytest.mark.parametrize(
    "path", ["/knowhow/option/NO-1/", "/knowhow/sources/NO/", "/knowhow/releases/1.1.1/", "/knowhow/compare/?option=X"]
)
def test_what_is_not_there_is_not_found(path: str, db: None) -> None:
    assert Client().get(path).status_code == 404


def test_every_card_can_be_shown_in_both_languages(db: None) -> None:
    know = load()
    for option in know.options:
        for lang in ("lo", "en"):
            card = card_of(know, option, lang)
            assert card.line.title.text
            assert card.origins, option.id
            if card.line.saving.span:
                assert card.line.saving.of or card.line.saving.note, option.id
                assert card.line.saving.badge.letter in "RCSMK"


def test_a_source_is_said_in_words_and_its_exact_place_is_kept(db: None) -> None:
    know = load()
    calc, recalled, statistic = card_of(know, know.option("GAR-001"), "en").origins
    assert (calc.title.text, calc.tone) == ("Worked out by this project, with a formula", "good")
    assert (recalled.how, recalled.tone) == ("from memory, not opened", "warn")
    assert statistic.inside.startswith("From 2,485 measures on raw material in factories of all kinds")
    assert "raw_material all n=2485" in dict(statistic.exact).values()
    assert ("Formula", "1-a/b") in calc.exact
    for option in know.options:
        for lang in ("lo", "en"):
            said = [f"{o.title.text} {o.inside}" for o in card_of(know, option, lang).origins]
            assert not any(".csv" in s or "n=" in s or "_" in s for s in said), (option.id, said)


def test_every_letter_on_a_card_leads_to_what_it_means(db: None) -> None:
    legend = Client().get("/knowhow/evidence/").content.decode()
    know = load()
    used = {o.evidence_saving for o in know.options} | {o.evidence_payback for o in know.options} | {"M"}
    assert [letter for letter in used if f'<li id="{letter}">' not in legend] == []
    assert 'href="/knowhow/evidence/#C"' in Client().get("/knowhow/option/GAR-001/").content.decode()


def test_a_recalled_number_says_that_it_is_not_checked(db: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/knowhow/option/TEX-034/").content.decode()
    assert "<b>K</b> not checked, does not calculate" in page
    assert "25 – 50 %" in page


def test_a_number_without_evidence_is_not_shown_as_zero(db: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/knowhow/option/FOO-040/").content.decode()
    assert "no number with a source" in page


def test_a_lao_reader_sees_lao_numbers_and_is_told_where_only_english_stands(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Client(headers={"accept-language": "lo"}).get("/knowhow/option/UTI-001/").content.decode()
    assert "2,4 – 2,5 %" in page
    without = KnowHow(Held(without_row(texts_of(), "cards", "TEX-035")))
    monkeypatch.setattr(queries, "current_knowhow", lambda: without)
    other = Client(headers={"accept-language": "lo"}).get("/knowhow/option/TEX-035/").content.decode()
    assert '<span lang="en">' in other


def test_facets_count_what_choosing_them_finds(db: None) -> None:
    know = load()
    for asked in ({}, {"q": "water"}, {"loss": "rinse_water"}, {"sector": "textile", "evidence": "K"}):
        found = catalogue.find(know, asked, "en")
        for name, choices in found.facets.items():
            for choice in choices:
                narrowed = catalogue.find(know, {**asked, name: choice.value}, "en")
                assert len(narrowed.options) == choice.count, (asked, name, choice)


def test_a_facet_that_finds_nothing_stays_visible_and_says_so(db: None) -> None:
    response = Client(headers={"accept-language": "en"}).get("/knowhow/?q=fabric&flow=beer")
    assert response.context["count"] == 0
    assert "Nothing found" in response.content.decode()
    assert 'value="beer" selected' in response.content.decode()


def test_more_than_four_are_not_compared_and_it_is_said(db: None) -> None:
    query = "&".join(f"option=UTI-00{n}" for n in range(1, 7))
    response = Client(headers={"accept-language": "en"}).get(f"/knowhow/compare/?{query}")
    assert len(response.context["cards"]) == 4
    assert "Only 4 options stand side by side" in response.content.decode()


def test_strange_input_breaks_nothing(db: None) -> None:
    for text in ("'", '"><script>x</script>', "x" * 5000, "%", "\u202e\u200b", "ນ້ຳ" * 500):
        for name in ("page", "loss", *catalogue.FACETS):
            response = Client().get(f"/knowhow/?q={quote(text)}&{name}={quote(text)}")
            assert response.status_code == 200, (name, text)
        assert b"<script>x" not in response.content


@pytest.mark.parametrize("lang", ["lo", "en"])
def test_the_card_to_print_is_one_page(lang: str, db: None) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    for option in ("UTI-001", "GAR-001", "TEX-034", "WOO-025"):
        response = Client().get(f"/knowhow/option/{option}/card-{lang}.pdf")
        assert response["Content-Type"] == "application/pdf"
        assert len(PdfReader(BytesIO(response.content)).pages) == 1, option
    assert Client().get("/knowhow/option/UTI-001/card-xx.pdf").status_code == 404


def test_the_card_names_the_version_it_was_printed_from(cast: Cast, who: Callable[[str], Who]) -> None:
    made = publish(who, suggest(who("expert")))
    know = queries.current_knowhow()
    assert made.knowhow_version in document_of(know, know.option("GAR-001"), None, "en", "2026-01-01").footer


def test_why_an_option_was_suggested_names_rule_stream_and_source(cast: Cast, browser: Callable[[str], Client]) -> None:
    run = cast.records["run"]
    page = browser("expert").get(f"/knowhow/why/{run.pk}/COM-001/")
    found = page.context["found"]
    assert page.status_code == 200
    assert found.reason
    assert found.matched
    assert found.origins
    assert (found.entry, bool(found.shares), bool(found.saving)) == ("COM-001", True, True)
    own = browser("expert").get(f"/knowhow/why/{run.pk}/vsbk/")
    assert own.context["found"].entry == ""
    uncounted = browser("expert").get(f"/knowhow/why/{run.pk}/COM-002/").context["found"]
    assert uncounted.saving == ""
    assert uncounted.missing
    assert browser("expert").get(f"/knowhow/why/{run.pk}/NO/").status_code == 404


def test_why_stays_on_the_version_of_the_run_and_says_that_there_is_a_newer_one(
    cast: Cast, who: Callable[[str], Who], browser: Callable[[str], Client]
) -> None:
    run = cast.records["run"]
    made = publish(who, suggest(who("expert"), key="COM-001", tradeoffs="New words"))
    page = browser("expert").get(f"/knowhow/why/{run.pk}/COM-001/").content.decode()
    assert f"the newest is {made.knowhow_version}" in page
    assert Run.objects.get(pk=run.pk).knowhow_version == load().version


def test_a_new_run_calculates_with_the_newest_release(cast: Cast, who: Callable[[str], Who]) -> None:
    from namsai_centre.assessments.jobs import work_on

    made = publish(who, suggest(who("expert"), key="COM-001", saving_low="20", saving_high="21"))
    old = cast.records["run"]
    run = Run.objects.create(assessment=old.assessment, case=old.case, by=old.by)
    assert work_on(str(run.pk)) == "done"
    run.refresh_from_db()
    assert run.knowhow_version == made.knowhow_version
