"""The demo's assessments: the six example plants (published figures, see their sources) in every state there is.

The case files are the ones of examples/ (a test holds them equal); the firms of the demo are invented.
"""

from __future__ import annotations

import json
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from namsai_centre.accounts.identity import who_is
from namsai_centre.assessments.actions.review import review, submit
from namsai_centre.assessments.actions.run import start_run
from namsai_centre.assessments.actions.save import save_section
from namsai_centre.assessments.actions.start import start
from namsai_centre.assessments.jobs import work_on
from namsai_centre.assessments.merge import Edit
from namsai_centre.assessments.models import Assessment
from namsai_centre.engagements.models import Engagement
from namsai_centre.who import Who

# case, who works on it, how far: released, ran, in_review, ran, draft (not complete), returned
PLANTS = (
    ("garment-new-archid", "expert", "released"),
    ("j-charoen-starch", "expert", "ran"),
    ("phong-chau-paper", "officer", "in_review"),
    ("hong-ha-brewery", "officer", "ran"),
    ("brick-kiln", "officer", "incomplete"),
    ("au-co-rattan", "officer", "returned"),
)


def fill(stage: SimpleNamespace) -> None:
    """Make one assessment for each firm; stage.assessments and stage.runs keep them."""
    stage.assessments, stage.runs = [], []
    director = who_is(stage.people["director"])
    for firm, (name, worker, state) in zip(stage.firms, PLANTS, strict=False):
        engagement = Engagement.objects.filter(enterprise=firm).order_by("created_at").first()
        if engagement is None:
            engagement = Engagement.objects.create(enterprise=firm, stage="assessed")
        who = who_is(stage.people[worker])
        if worker == "expert" and engagement.pk not in who.assigned:
            who = who_is(stage.people["officer"])
        stage.assessments.append(_one(who, director, engagement, document(name), state, stage.runs))
    stage.draft, stage.waiting, stage.incomplete = (stage.assessments[n] for n in (1, 2, 4))


def document(name: str) -> dict[str, Any]:
    """Return the case of an example plant."""
    text = (files("namsai_centre.demo") / "cases" / f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _one(
    who: Who, director: Who, engagement: Engagement, case: dict[str, Any], state: str, runs: list[Any]
) -> Assessment:
    year, sector = case["period"]["end"][:4], case["enterprise"]["sector"]
    made = start(who, engagement, title=year, sector=sector, document=case, origin="form")
    if state == "incomplete":  # a number with two readings and a material that is not there: kept as typed
        wrong: dict[int, dict[str, Any]] = {
            0: {"amount.value": "1.234", "material": "clay-2"},
            1: {"amount.unit": None},
        }
        save_section(who, made, "streams", Edit(changed=wrong), base=1, note="ຈົດຈາກປຶ້ມບັນທຶກໂຮງງານ")
        return made
    run = start_run(who, made)
    work_on(str(run.pk))
    run.refresh_from_db()
    runs.append(run)
    if state == "ran":
        return made
    submit(who, made)
    if state == "in_review":
        return made
    accepted = state == "released"
    note = "ກວດຄົບແລ້ວ" if accepted else "ກະລຸນາກວດຄືນຈຳນວນສີ ແລະ ທິນເນີ"
    review(director, made, run, accepted=accepted, note=note, expected=made.version)
    return made
