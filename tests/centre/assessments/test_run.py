"""The engine runs as a job: once for a double click, step by step, never half done, never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from namsai import __version__
from namsai.assessment import STEPS, assess
from namsai.assessment import Assessment as Result
from namsai.cli.common import as_data
from namsai.findings import NamsaiError, error
from namsai.knowhow import load
from namsai.plant.case_file import read_case
from namsai_centre import clock
from namsai_centre.assessments import jobs
from namsai_centre.assessments.actions.run import start_run
from namsai_centre.assessments.actions.save import save_section
from namsai_centre.assessments.merge import Edit
from namsai_centre.assessments.models import Assessment, Run
from namsai_centre.assessments.results import result_of
from namsai_centre.assessments.revive import OtherShape, revive
from namsai_centre.who import Who

Browser = Callable[[str], Client]
EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*/case.json"))


@pytest.fixture
def fresh(assessment: Assessment, who: Callable[[str], Who]) -> Run:
    """A run that waits."""
    return start_run(who("expert"), assessment)


def test_a_click_makes_a_job_that_runs_and_keeps_what_it_was_made_with(
    assessment: Assessment, browser: Browser, django_capture_on_commit_callbacks: Any
) -> None:
    Run.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        response = browser("expert").post(reverse("assessments_run", args=[assessment.pk]))
    run = Run.objects.get()
    assert response["Location"] == reverse("assessments_progress", args=[run.pk])
    assert (run.state, run.step, run.tries) == ("done", STEPS[-1], 1)
    assert (run.engine_version, run.knowhow_version) == (__version__, load().version)
    assert run.result is not None
    assert run.case.number == 1
    assert browser("expert").get(response["Location"])["Location"] == reverse("assessments_results", args=[run.pk])


def test_case_11_a_second_click_while_it_waits_is_the_same_run(
    fresh: Run, assessment: Assessment, who: Callable[[str], Who]
) -> None:
    assert start_run(who("officer"), assessment).pk == fresh.pk


def test_each_step_is_told_while_it_runs(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def watched(case: Any, knowhow: Any, progress: Callable[[str], None]) -> Result:
        def step(name: str) -> None:
            progress(name)
            seen.append(Run.objects.get(pk=fresh.pk).step)

        return assess(case, knowhow, step)

    monkeypatch.setattr(jobs, "assess", watched)
    jobs.work_on(str(fresh.pk))
    assert tuple(seen) == STEPS


def test_the_progress_page_polls_with_script_and_has_a_link_without(fresh: Run, browser: Browser) -> None:
    url = reverse("assessments_progress", args=[fresh.pk])
    said = browser("expert").get(url).content.decode()
    assert 'hx-trigger="every 2s"' in said
    assert f'href="{url}"' in said
    assert "Waits for its turn" in said
    part = browser("expert").get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    jobs.work_on(str(fresh.pk))
    done = browser("expert").get(url, headers={"HX-Request": "true"})
    assert done["HX-Redirect"] == reverse("assessments_results", args=[fresh.pk])


class Killed(BaseException):
    """The worker process dies."""


def test_case_23_a_killed_job_leaves_no_half_result_and_is_taken_up_again(
    fresh: Run, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    def dies(case: Any, knowhow: Any, progress: Callable[[str], None]) -> Result:
        progress("balance")
        raise Killed

    with monkeypatch.context() as m:
        m.setattr(jobs, "assess", dies)
        with pytest.raises(Killed):
            jobs.work_on(str(fresh.pk))
    fresh.refresh_from_db()
    assert (fresh.state, fresh.step, fresh.result) == ("running", "balance", None)
    assert jobs.work_on(str(fresh.pk)) == "running"  # somebody is at it, as far as anybody can know
    assert jobs.take_up_stuck() == 0
    Run.objects.filter(pk=fresh.pk).update(started_at=clock.now() - timedelta(minutes=6))
    browser("expert").get(reverse("assessments_progress", args=[fresh.pk]))  # whoever looks takes it up
    fresh.refresh_from_db()
    assert (fresh.state, fresh.tries) == ("done", 2)


def test_a_worker_thought_dead_that_ends_after_all_does_not_write_over_the_second(
    fresh: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(case: Any, knowhow: Any, progress: Callable[[str], None]) -> Result:
        Run.objects.filter(pk=fresh.pk).update(tries=2, state="done", problem="second")  # the other worker was faster
        return assess(case, knowhow)

    monkeypatch.setattr(jobs, "assess", slow)
    jobs.work_on(str(fresh.pk))
    fresh.refresh_from_db()
    assert (fresh.tries, fresh.problem, fresh.result) == (2, "second", None)


def test_a_run_is_given_up_after_three_deaths(fresh: Run, browser: Browser) -> None:
    Run.objects.filter(pk=fresh.pk).update(state="running", tries=3, started_at=clock.now() - timedelta(hours=1))
    assert jobs.work_on(str(fresh.pk)) == "failed"
    said = browser("expert").get(reverse("assessments_progress", args=[fresh.pk])).content.decode()
    assert "broken off three times" in said
    assert "Calculate again" in said


def test_a_fault_of_the_engine_is_said_in_words_without_a_trace(
    fresh: Run, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    def broken(*_: Any) -> Result:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(jobs, "assess", broken)
    assert jobs.work_on(str(fresh.pk)) == "failed"
    said = browser("expert").get(reverse("assessments_progress", args=[fresh.pk])).content.decode()
    assert "your data is safe" in said
    assert "secret" not in said


def test_what_the_engine_cannot_do_is_said_with_its_findings(
    fresh: Run, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    def refuses(*_: Any) -> Result:
        raise NamsaiError(error("plant.period-order", "period", start="2", end="1"))

    monkeypatch.setattr(jobs, "assess", refuses)
    jobs.work_on(str(fresh.pk))
    fresh.refresh_from_db()
    assert (fresh.state, fresh.problem, len(fresh.findings)) == ("failed", "findings", 1)
    assert browser("expert").get(reverse("assessments_progress", args=[fresh.pk])).status_code == 200


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_a_stored_result_is_the_same_again_to_the_last_bit(path: Path) -> None:
    import json

    case, _ = read_case(path, load())
    assert case is not None
    result = assess(case, load())
    assert revive(Result, json.loads(json.dumps(as_data(result)))) == result


def test_a_result_of_another_shape_is_told_and_offered_to_be_made_again(fresh: Run, browser: Browser) -> None:
    jobs.work_on(str(fresh.pk))
    fresh.refresh_from_db()
    assert fresh.result is not None
    fresh.result["balance"]["new_part"] = 1
    fresh.save()
    with pytest.raises(OtherShape):
        result_of(fresh)
    for name in ("assessments_results", "assessments_options", "assessments_plan"):
        response = browser("expert").get(reverse(name, args=[fresh.pk]))
        assert response.status_code == 409
        assert "Calculate again" in response.content.decode()


def test_two_runs_side_by_side_say_what_changed_and_by_how_much(
    assessment: Assessment, who: Callable[[str], Who], browser: Browser
) -> None:
    Run.objects.all().delete()
    first = start_run(who("expert"), assessment)
    jobs.work_on(str(first.pk))
    Run.objects.filter(pk=first.pk).update(knowhow_version="2025.1")
    coal = next(n for n, row in enumerate(assessment.cases.get().document["materials"]) if row["id"] == "coal")
    price = assessment.cases.get().document["materials"][coal]["price"]["amount"]
    save_section(who("expert"), assessment, "materials", Edit(changed={coal: {"price.amount": price * 2}}), base=1)
    second = start_run(who("expert"), assessment)
    jobs.work_on(str(second.pk))
    said = browser("expert").get(reverse("assessments_compare", args=[assessment.pk])).content.decode()
    assert "The data was changed: fields that differ: 1" in said
    assert f"The know-how is another: 2025.1 → {load().version}" in said
    assert "The engine is another" not in said
    assert "+" in said.split("The main numbers")[2]
