"""Results pages: for those who work on it at once, for the firm after release; the plan answers to a budget."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from namsai.assessment import assess
from namsai.cli.common import as_data
from namsai.knowhow import load
from namsai.plant.case_file import read_case, to_data
from namsai.texts import text
from namsai_centre.assessments.budget import Asked, asked_budget, change
from namsai_centre.assessments.models import Assessment, Run
from namsai_centre.assessments.results import CHAPTERS, result_of, with_budget
from tests.centre.cast import Cast
from tests.centre.reading import page_of

Browser = Callable[[str], Client]
GARMENT = Path(__file__).parents[3] / "examples" / "garment-new-archid" / "case.json"


@pytest.fixture
def run(cast: Cast) -> Run:
    """The run of firm A's draft, over the garment factory (33 options, a budget)."""
    found: Run = cast.records["run"]
    case, _ = read_case(GARMENT, load())
    assert case is not None
    found.result = as_data(assess(case, load()))
    found.save()
    found.case.document = to_data(case)
    found.case.save()
    return found


def pages_of(run: Run) -> list[str]:
    own = {"summary": "assessments_results", "options": "assessments_options", "plan": "assessments_plan"}
    return [
        reverse(own[name], args=[run.pk]) if name in own else reverse("assessments_chapter", args=[run.pk, name])
        for name in CHAPTERS
    ]


def test_every_chapter_opens_in_both_languages(run: Run, browser: Browser) -> None:
    for url in pages_of(run):
        for lang in ("lo", "en"):
            client = browser("expert")
            client.cookies["django_language"] = lang
            response = client.get(url)
            assert response.status_code == 200, url
            assert f'<html lang="{lang}">' in response.content.decode()


def test_the_five_numbers_and_the_pictures_are_there(run: Run, browser: Browser) -> None:
    said = browser("expert").get(reverse("assessments_results", args=[run.pk])).content.decode()
    assert said.count('class="stat"') == 5
    balance = browser("expert").get(reverse("assessments_chapter", args=[run.pk, "balance"])).content.decode()
    assert balance.count("<svg") >= 3
    assert "<title>" in balance.split("<svg")[2]  # says what each flow is when the pointer rests on it
    assert "fabric off-cuts" in balance


def test_case_01_the_firm_and_the_verifier_see_results_only_after_release(
    run: Run, browser: Browser, assessment: Assessment
) -> None:
    reports = [reverse("assessments_report", args=[run.pk, "en", kind]) for kind in ("html", "xlsx")]
    for person in ("owner", "member", "verifier", "rival", "ministry", "donor"):
        for url in (*pages_of(run), *reports):
            assert browser(person).get(url).status_code == 404, (person, url)
    Assessment.objects.filter(pk=assessment.pk).update(state="released", released_run=run)
    for person in ("owner", "member", "verifier"):
        for url in (*pages_of(run), *reports):
            assert browser(person).get(url).status_code == 200, (person, url)
    for person in ("rival", "ministry", "former"):
        for url in (*pages_of(run), *reports):
            assert browser(person).get(url).status_code == 404, (person, url)


def test_a_later_run_of_a_released_assessment_is_not_the_firms(
    run: Run, browser: Browser, assessment: Assessment
) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(state="released", released_run=run)
    later = Run.objects.create(
        assessment=assessment, case=run.case, by=run.by, state="done", result=run.result, finished_at=run.finished_at
    )
    assert browser("owner").get(reverse("assessments_results", args=[later.pk])).status_code == 404
    assert browser("expert").get(reverse("assessments_results", args=[later.pk])).status_code == 200
    said = browser("owner").get(reverse("assessments_see", args=[assessment.pk])).content.decode()
    assert str(later.pk) not in said


def test_another_budget_gives_another_plan_and_stores_nothing(run: Run, browser: Browser) -> None:
    url = reverse("assessments_plan", args=[run.pk])
    own = browser("expert").get(url).content.decode()
    assert 'value="400 000 000 kip"' in own
    assert "only tried out" not in own
    small = page_of(browser("expert").get(url, {"budget": "20 000 000"}))
    assert "only tried out" in small
    assert "Goes out (" in small
    assert re.search(r"<th scope=\"row\">Measures</th><td class=\"num\">7</td>", small)
    spent = with_budget(result_of(run), 20_000_000.0).plan
    assert spent is not None
    assert spent.spent <= 20_000_000
    unlimited = browser("expert").get(url, {"budget": ""}).content.decode()
    assert text("report.no-budget", "en") in unlimited
    run.refresh_from_db()
    assert result_of(run).case.finance.budget == 400_000_000


@pytest.mark.parametrize("typed", ["1.234", "-5", "lots", "1e99"])
def test_a_budget_that_cannot_be_read_is_asked_back(typed: str, run: Run, browser: Browser) -> None:
    response = browser("expert").get(reverse("assessments_plan", args=[run.pk]), {"budget": typed})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode()
    assert 'role="alert"' in response.content.decode()
    url, script = reverse("assessments_plan", args=[run.pk]), {"HX-Request": "true"}
    assert browser("expert").get(url, {"budget": typed}, headers=script).status_code == 200  # else htmx shows nothing


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("400 000 000 ກີບ", 4e8),
        ("400.000.000", 4e8),
        ("400 ລ້ານກີບ", 4e8),
        ("0,4 ຕື້", 4e8),
        ("1.5 million kip", 1.5e6),
        ("LAK 12,500,000", 1.25e7),
        ("", None),
    ],
)
def test_a_budget_is_read_as_people_type_it(typed: str, value: float | None) -> None:
    assert asked_budget(typed, "lo") == Asked(value)


def test_a_million_with_two_readings_is_asked_back() -> None:
    assert asked_budget("1,234 ລ້ານ", "lo").problem  # 1,234 or 1.234 million: never guessed


def test_more_budget_says_what_comes_in_with_its_money(run: Run) -> None:
    result = result_of(run)
    found = change(with_budget(result, 20e6), with_budget(result, 4e8), "en")
    assert len(found.added) == 7 - int(found.figures[1][1]) + len(found.dropped)
    assert any("marker" in m.title and m.investment == "160 M kip" for m in found.added)


def test_the_plan_on_the_web_names_a_page_not_the_next_chapter(run: Run, browser: Browser) -> None:
    url = reverse("assessments_plan", args=[run.pk])
    assert "listed on the page Options" in browser("expert").get(url).content.decode()


def test_the_plan_is_made_anew_for_every_budget(run: Run, browser: Browser) -> None:
    client, url = browser("expert"), reverse("assessments_plan", args=[run.pk])
    shown = {client.get(url, {"budget": budget}).content for budget in ("50000000", "150000000", "250000000")}
    assert len(shown) == 3


def test_reports_are_files_to_be_saved_and_a_pdf_is_made_once(
    run: Run, browser: Browser, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for kind, begins in (("pdf", b"%PDF"), ("html", b"<!doctype html>"), ("xlsx", b"PK")):
        for lang in ("lo", "en"):
            response = browser("expert").get(reverse("assessments_report", args=[run.pk, lang, kind]))
            assert response.status_code == 200
            assert response.content.startswith(begins)
            assert response["Content-Disposition"].startswith("attachment; filename=")
            assert response["X-Content-Type-Options"] == "nosniff"
    from namsai_centre.assessments import reports

    monkeypatch.setattr(reports, "pdf_bytes", lambda *_: pytest.fail("made twice"))
    assert browser("expert").get(reverse("assessments_report", args=[run.pk, "lo", "pdf"])).status_code == 200


@pytest.mark.parametrize("ending", ["xx.pdf", "lo.exe", "lo.json"])
def test_other_reports_do_not_exist(ending: str, run: Run, browser: Browser) -> None:
    assert browser("expert").get(f"/assessments/runs/{run.pk}/report/{ending}").status_code == 404


def test_texts_of_the_case_are_never_markup_in_the_pages(run: Run, browser: Browser) -> None:
    evil = "<script>alert(1)</script>"

    def poison(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: evil if k in ("lo", "en") else poison(v) for k, v in value.items()}
        return [poison(v) for v in value] if isinstance(value, list) else value

    assert run.result is not None
    run.result = {**poison({"case": run.result["case"]}), **{k: v for k, v in run.result.items() if k != "case"}}
    other = Run.objects.create(
        assessment=run.assessment,
        case=run.case,
        by=run.by,
        state="done",
        result=run.result,
        finished_at=run.finished_at,
    )
    for url in pages_of(other):
        said = browser("expert").get(url).content.decode()
        assert evil not in said, url
    assert "&lt;script&gt;" in browser("expert").get(pages_of(other)[2]).content.decode()


def test_options_carry_reason_money_evidence_and_become_measures_once(
    run: Run, browser: Browser, assessment: Assessment
) -> None:
    said = browser("expert").get(reverse("assessments_options", args=[run.pk])).content.decode()
    ids = re.findall(r'name="option" value="([^"]+)"', said)
    assert run.result is not None
    assert len(ids) == len(run.result["proposals"]["items"])
    before = assessment.engagement.enterprise.measures.count()
    url = reverse("assessments_measures", args=[run.pk])
    for _ in range(2):  # the second time the same measures come back
        assert browser("expert").post(url, {"option": ids[:2]}).status_code == 302
    assert assessment.engagement.enterprise.measures.count() == before + 2
    browser("expert").post(url, {"option": ["NOT-IN-IT"]})
    assert assessment.engagement.enterprise.measures.count() == before + 2


def test_a_reader_of_the_firm_cannot_make_measures(run: Run, browser: Browser, assessment: Assessment) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(state="released", released_run=run)
    assert browser("owner").post(reverse("assessments_measures", args=[run.pk]), {"option": ["x"]}).status_code == 404
    assert 'name="option"' not in browser("owner").get(reverse("assessments_options", args=[run.pk])).content.decode()


def test_money_that_the_ledger_does_not_keep_is_explained_and_nothing_is_made(run: Run, browser: Browser) -> None:
    assert run.result
    run.result["costs"]["currency"] = "VND"
    run.save()
    client = browser("expert")
    url = reverse("assessments_measures", args=[run.pk])
    option = result_of(run).proposals.items[0].id
    said = client.post(url, {"option": option}, follow=True).content.decode()
    assert "add the exchange rate" in said
    assert not run.assessment.measures.filter(title_en__contains="marker").exists()
