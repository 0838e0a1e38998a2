"""What the pages show besides: comparison, another budget, the funnel, devices, know-how, visits; a POST sent twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from namsai.assessment import assess
from namsai.cli.common import as_data
from namsai.knowhow import load
from namsai.plant.case_file import read_case, to_data
from namsai_centre.accounts.models import Device
from namsai_centre.assessments.models import CaseVersion, Run
from namsai_centre.enterprises.models import Group
from tests.centre.cast import Cast


def test_two_runs_stand_side_by_side(cast: Cast, caller: Callable[..., Any]) -> None:
    assessment, run, expert = cast.records["assessment"], cast.records["run"], caller("expert")
    path = f"assessments/{assessment.pk}/compare/"
    assert expert("GET", path).json()["findings"][0]["code"] == "api.two_runs"
    again = Run.objects.create(
        assessment=assessment, case=run.case, by=run.by, state="done", result=run.result, engine_version="0.2.0",
        knowhow_version=run.knowhow_version, finished_at=run.finished_at,
    )  # fmt: skip
    answer = expert("GET", f"{path}?before={run.pk}&after={again.pk}")
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["causes"], answer.json()["inputs"]) == (["engine"], [])
    assert all(line["same"] for line in answer.json()["losses"])
    other = cast.records["run_review"].pk  # of another assessment
    assert expert("GET", f"{path}?before={other}").json()["findings"][0]["where"] == {"path": "before"}


@pytest.fixture
def paper(cast: Cast) -> Run:
    """A finished run of the example paper mill: there every budget has another best set."""
    case, _ = read_case(Path(__file__).parents[3] / "examples" / "phong-chau-paper" / "case.json", load())
    assert case is not None
    run: Run = cast.records["run"]
    version = CaseVersion.objects.create(
        assessment=run.assessment, number=2, document=to_data(case), complete=True, by=run.by
    )
    return Run.objects.create(
        assessment=run.assessment, case=version, by=run.by, state="done", result=as_data(assess(case, load())),
        engine_version="0.1.0", knowhow_version=load().version, finished_at=run.finished_at,
    )  # fmt: skip


def test_another_budget_chooses_anew_and_stores_nothing(paper: Run, caller: Callable[..., Any]) -> None:
    expert, path = caller("expert"), f"assessments/runs/{paper.pk}/plan/"

    def plan(asked: str = "") -> tuple[dict[str, Any], dict[str, float]]:
        said = expert("GET", f"{path}{asked}").json()
        return said, {c["id"]: c["investment"] for c in said["plan"]["chosen"]}

    own, chosen = plan()
    assert (own["added"], own["dropped"]) == ([], [])
    assert own["budget"] == own["own_budget"] == 2_000_000_000
    assert set(chosen) == {"recovery", "UTI-001", "UTI-005"}
    for budget, added, dropped in (
        (0, [], ["recovery", "UTI-001", "UTI-005"]),
        (100_000_000, [], ["recovery", "UTI-005"]),
        (1_900_000_000, [], ["UTI-005"]),
        (3_000_000_000, ["UTI-047"], []),
    ):
        said, costs = plan(f"?budget={budget}")
        assert (said["added"], said["dropped"]) == (added, dropped), budget
        assert set(costs) == set(chosen) - set(dropped) | set(added)
        assert said["plan"]["spent"] == pytest.approx(sum(costs.values()), abs=1)
        assert said["plan"]["spent"] <= budget == said["budget"]
    everything, _ = plan("?unlimited=true")
    assert (everything["budget"], everything["own_budget"]) == (None, 2_000_000_000)
    assert expert("GET", f"{path}?budget=-1").status_code == 422
    assert expert("GET", f"{path}?budget=5&unlimited=true").status_code == 422
    assert plan()[0] == own


def test_the_funnel_groups_and_who_is_stuck_says_since_when(cast: Cast, caller: Callable[..., Any]) -> None:
    officer = caller("officer")
    shown = officer("GET", "engagements/funnel/?by=tier").json()
    assert sum(row["all"] for row in shown["rows"]) == shown["all"] == sum(s["now"] for s in shown["stands"])
    assert officer("GET", "engagements/funnel/?by=moon").status_code == 422
    work = cast.records["engagement"]
    type(work).objects.filter(pk=work.pk).update(stage="aware", stage_since="2020-01-01")
    line = next(x for x in officer("GET", "engagements/stuck/").json()["items"] if x["id"] == str(work.pk))
    assert line["stage_since"] == "2020-01-01"
    assert 0 < line["over"] < line["days"]


@pytest.mark.parametrize(
    "path",
    [
        "engagements/?stage=moon", "engagements/?tier=moon", "engagements/?year=soon", "engagements/?province=x",
        "assessments/?state=moon", "people/?role=king", "people/?state=moon", "enterprises/?status=moon",
        "enterprises/?risk=moon", "measures/?state=moon", "proposals/?state=moon", "knowhow/options/?sector=moon",
        "knowhow/options/?loss=moon",
    ],
)  # fmt: skip
def test_a_filter_value_that_does_not_exist_is_told(path: str, caller: Callable[..., Any]) -> None:
    answer = caller("director")("GET", path)
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["where"]["path"].endswith(path.partition("?")[2].partition("=")[0])


def test_devices_are_ones_own_and_can_be_ended(cast: Cast, caller: Callable[..., Any]) -> None:
    device, owner = cast.records["device_owner"], caller("owner")
    assert owner("GET", "me/devices/").status_code == 200
    assert caller("member")("POST", f"me/devices/{device.pk}/end/").status_code == 404
    assert owner("POST", f"me/devices/{device.pk}/end/").json()["browser"] == "Firefox"
    assert not Device.objects.filter(pk=device.pk).exists()


def test_the_knowhow_is_found_read_and_compared(caller: Callable[..., Any]) -> None:
    owner = caller("owner")
    found = owner("GET", "knowhow/options/?sector=textile&size=3").json()
    assert all(o["sector"] == "textile" for o in found["items"])
    two = [o["id"] for o in found["items"]][:2]
    card = owner("GET", f"knowhow/options/{two[0]}/").json()
    assert card["option"]["id"] == card["card"]["line"]["id"] == two[0]
    assert len(owner("GET", f"knowhow/compare/?option={two[0]}&option={two[1]}").json()) == 2
    assert owner("GET", f"knowhow/compare/?option={two[0]}").status_code == 422
    assert owner("GET", "knowhow/options/NO-1/").status_code == 404
    source = owner("GET", "knowhow/sources/?size=1").json()["items"][0]
    assert "options" in owner("GET", f"knowhow/sources/{source['key']}/").json()["used_by"]


def test_a_proposal_is_made_reviewed_by_another_and_released(cast: Cast, caller: Callable[..., Any]) -> None:
    expert, officer = caller("expert"), caller("officer")
    body = {"table": "options", "kind": "change", "key": "UTI-001", "why": "seen in three mills",
            "wanted": {"options": {"prerequisites": "A leak survey first"}}}  # fmt: skip
    foreign = {**body, "wanted": {"options": {"reviewer": "me"}}}
    assert expert("POST", "proposals/", foreign).json()["findings"][0]["where"] == {"path": "wanted/options/reviewer"}
    made = [expert("POST", "proposals/", body, **{"Idempotency-Key": "p"}) for _ in range(2)]
    assert made[0].status_code == 201, made[0].json()
    one = made[0].json()
    assert made[1].json()["id"] == one["id"]
    assert one["wanted"] == body["wanted"]
    path = f"proposals/{one['id']}/review/"
    assert expert("POST", path, {"decision": "accepted", "version": 1}).status_code == 404
    assert officer("POST", path, {"decision": "returned", "version": 1}).status_code == 422
    assert officer("POST", path, {"decision": "accepted", "version": 0}).status_code == 409
    done = officer("POST", path, {"decision": "accepted", "version": 1})
    assert (done.status_code, done.json()["state"]) == (200, "accepted"), done.json()
    base = officer("GET", "knowhow/options/?size=1").json()["knowhow_version"]
    assert officer("POST", "knowhow/releases/", {"base": "1", "note": "x"}).status_code == 409
    new = officer("POST", "knowhow/releases/", {"base": base, "note": "leaks"})
    assert new.status_code == 201, new.json()
    log = expert("GET", f"knowhow/releases/{new.json()['knowhow_version']}/").json()["log"]
    assert [entry["key"] for entry in log] == ["UTI-001"]


def test_a_visit_is_listed_packed_and_taken_over(cast: Cast, caller: Callable[..., Any]) -> None:
    visit, entry, expert = cast.records["visit"], cast.records["visit_entry"], caller("expert")
    line = expert("GET", "visits/").json()["items"][0]
    assert (line["id"], line["taken"]) == (str(visit.pk), 1)
    assert expert("GET", f"visits/{visit.pk}/").json()["entries"][0]["fields"] == {"value": 5}
    assert expert("GET", f"visits/{visit.pk}/pack/").json()["entries"][0]["id"] == str(entry.pk)
    left = expert("GET", f"visits/{visit.pk}/take/").json()
    assert [(x["entry"], x["why"]) for x in left["left"]] == [(str(entry.pk), "time")]
    entry.taken_at, entry.mark = entry.received_at, "forced"
    entry.save()
    assert [e["id"] for e in expert("GET", f"visits/{visit.pk}/review/").json()["forced"]] == [str(entry.pk)]
    assert expert("GET", f"visits/{visit.pk}/take/").json()["changes"]
    taken = expert("POST", f"visits/{visit.pk}/take/").json()
    assert expert("POST", f"assessments/uploads/{taken['upload']}/take/").json()["changed"] is True


def test_a_post_sent_twice_makes_one(cast: Cast, caller: Callable[..., Any]) -> None:
    officer, measure = caller("officer"), cast.records["measure"]
    key = {"Idempotency-Key": "k1"}
    ids = {officer("POST", "enterprises/groups/", {"name_lo": "ກຸ່ມ"}, **key).json()["id"] for _ in range(2)}
    assert len(ids) == Group.objects.filter(name_lo="ກຸ່ມ").count() == 1
    water = {"kind": "water", "amount": "5", "unit": "m3"}
    answers = [officer("POST", f"measures/{measure.pk}/savings/", water, **key) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert officer("POST", f"measures/{measure.pk}/savings/", water).status_code == 422
    interest = {"person": str(cast.people["expert"].pk), "interest": "paid"}
    path = f"measures/{measure.pk}/interests/"
    assert [officer("POST", path, interest, **key).status_code for _ in range(2)] == [201, 201]


def test_a_file_sent_twice_under_one_key_is_one_and_another_is_refused(cast: Cast, caller: Callable[..., Any]) -> None:
    owner, path = caller("owner"), f"/api/v1/measures/{cast.records['measure'].pk}/files/"

    def send(text: str) -> Any:
        file = SimpleUploadedFile("a.txt", text.encode())
        return owner.client.post(path, {"file": file}, headers={**owner.headers, "Idempotency-Key": "f"})

    first, again, other = send("12"), send("12"), send("13")
    assert (first.status_code, again.status_code) == (201, 201), first.json()
    assert first.json()["id"] == again.json()["id"]
    assert other.json()["findings"][0]["code"] == "api.key_reused"
