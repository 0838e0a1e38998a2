"""Steps between stages: only along the table, dated, with a reason where one is due, by whom may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.engagements.actions.advance import advance
from namsai_centre.engagements.actions.make import make
from namsai_centre.engagements.models import Engagement, StageStep
from namsai_centre.engagements.refusal import Refused
from namsai_centre.engagements.stages import FORWARD, ORDER, steps_from
from namsai_centre.records import Stale
from namsai_centre.who import Who
from tests.centre.cast import Cast

AsWho = Callable[[str], Who]
Browser = Callable[[str], Client]


def day(ago: int) -> date:
    return clock.today() - timedelta(days=ago)


def begun(cast: Cast, who: AsWho, ago: int = 100, tier: str = "full") -> Engagement:
    return make(who("officer"), cast.records["enterprise_b"], tier=tier, on=day(ago))


def refusal(*args: object, **kwargs: object) -> Refused:
    with pytest.raises(Refused) as caught:
        advance(*args, **kwargs)  # type: ignore[arg-type]
    return caught.value


def test_a_new_engagement_is_aware_since_its_first_day(cast: Cast, who: AsWho) -> None:
    e = begun(cast, who)
    assert (e.stage, e.stage_since) == ("aware", day(100))
    assert [(s.stage, s.on, s.by) for s in e.steps.all()] == [("aware", day(100), cast.people["officer"])]
    assert Entry.objects.filter(action="engagements.make", subject_id=str(e.pk), enterprise_id=e.enterprise_id).exists()


def test_each_step_forward_is_dated_and_signed(cast: Cast, who: AsWho) -> None:
    e = begun(cast, who)
    advance(who("officer"), e, e.version, stage="signed", on=day(90), note="MoU")
    e.refresh_from_db()
    step = e.steps.get(stage="signed")
    assert (e.stage, e.stage_since, step.on, step.by, step.note) == (
        "signed", day(90), day(90), cast.people["officer"], "MoU",
    )  # fmt: skip
    entry = Entry.objects.filter(action="engagements.advance").latest("pk")
    assert entry.before
    assert entry.after
    assert (entry.before["stage"], entry.after["stage"]) == ("aware", "signed")


@pytest.mark.parametrize("stage", [s for s in ORDER if s not in ("signed", "aware")])
def test_no_stage_is_jumped_over(cast: Cast, who: AsWho, stage: str) -> None:
    e = begun(cast, who)
    assert refusal(who("officer"), e, e.version, stage=stage, on=day(0)).slug == "step_not_allowed"
    assert Engagement.objects.get(pk=e.pk).stage == "aware"


def test_the_light_tier_may_go_on_without_a_full_assessment(cast: Cast, who: AsWho) -> None:
    light = begun(cast, who, tier="light")
    advance(who("officer"), light, light.version, stage="signed", on=day(90))
    advance(who("officer"), light, light.version, stage="implementing", on=day(80))
    assert light.stage == "implementing"
    full = begun(cast, who)
    advance(who("officer"), full, full.version, stage="signed", on=day(90))
    assert refusal(who("officer"), full, full.version, stage="implementing", on=day(80)).slug == "step_not_allowed"


def test_the_day_is_neither_in_the_future_nor_before_the_last_step(cast: Cast, who: AsWho) -> None:
    e = begun(cast, who, 10)
    assert refusal(who("officer"), e, e.version, stage="signed", on=day(-1)).slug == "step_in_future"
    assert refusal(who("officer"), e, e.version, stage="signed", on=day(11)).slug == "step_before_last"
    advance(who("officer"), e, e.version, stage="signed", on=day(10))
    assert e.stage == "signed"


def test_back_drop_and_reopen_need_a_reason(cast: Cast, who: AsWho) -> None:
    e = begun(cast, who)
    advance(who("officer"), e, e.version, stage="signed", on=day(90))
    assert refusal(who("officer"), e, e.version, stage="aware", on=day(80)).slug == "step_needs_reason"
    assert refusal(who("officer"), e, e.version, stage="dropped", on=day(80), note="  ").slug == "step_needs_reason"
    advance(who("officer"), e, e.version, stage="dropped", on=day(80), note="moved away")
    e.refresh_from_db()
    assert (e.stage, e.dropped_because, e.dropped_from) == ("dropped", "moved away", "signed")
    assert refusal(who("officer"), e, e.version, stage="signed", on=day(70)).slug == "step_needs_reason"
    assert refusal(who("officer"), e, e.version, stage="assessed", on=day(70), note="x").slug == "step_not_allowed"
    advance(who("officer"), e, e.version, stage="signed", on=day(70), note="came back")
    e.refresh_from_db()
    assert (e.stage, e.dropped_because, e.dropped_from) == ("signed", "", "")
    assert [s.stage for s in e.steps.all()] == ["aware", "signed", "dropped", "signed"]


def test_every_stage_can_be_dropped_and_only_the_table_leads_forward() -> None:
    for tier, rows in FORWARD.items():
        for stage in ORDER:
            steps = steps_from(stage, tier)
            assert any(s.kind == "drop" and s.reason for s in steps), stage
            assert tuple(s.to for s in steps if s.kind == "forward") == rows[stage]
            assert all(s.reason for s in steps if s.kind != "forward")


def test_verified_needs_a_verified_saving(cast: Cast, who: AsWho) -> None:
    e = cast.records["engagement"]
    assert refusal(who("officer"), e, e.version, stage="verified", on=day(0)).slug == "step_nothing_verified"
    saving = cast.records["saving"]
    type(saving).objects.filter(pk=saving.pk).update(state="verified")
    advance(who("officer"), e, e.version, stage="verified", on=day(0))
    assert e.stage == "verified"


def test_an_expert_moves_forward_but_only_staff_verify_or_take_back(cast: Cast, who: AsWho) -> None:
    e = cast.records["engagement"]
    saving = cast.records["saving"]
    type(saving).objects.filter(pk=saving.pk).update(state="verified")
    with pytest.raises(PermissionDenied):
        advance(who("expert"), e, e.version, stage="verified", on=day(0))
    with pytest.raises(PermissionDenied):
        advance(who("expert"), e, e.version, stage="assessed", on=day(0), note="measure again")
    for stranger in ("former", "verifier", "owner", "rival", "donor"):
        with pytest.raises(PermissionDenied):
            advance(who(stranger), e, e.version, stage="dropped", on=day(0), note="x")
    advance(who("expert"), e, e.version, stage="dropped", on=day(0), note="owner gave up")
    assert e.stage == "dropped"


def test_an_expert_who_drops_the_work_is_led_to_a_page_they_may_see(cast: Cast, browser: Browser) -> None:
    e = cast.records["engagement"]
    sent = {"version": e.version, "stage": "dropped", "on": day(0).isoformat(), "note": "owner gave up"}
    response = browser("expert").post(reverse("engagements_advance", args=[e.pk]), sent, follow=True)
    assert response.status_code == 200
    assert browser("expert").get(reverse("engagements_see", args=[e.pk])).status_code == 404


def test_case_12_a_step_from_a_stale_page_is_shown_and_not_taken(cast: Cast, who: AsWho, browser: Browser) -> None:
    e = begun(cast, who)
    old = e.version
    advance(who("director"), e, e.version, stage="signed", on=day(90))
    with pytest.raises(Stale):
        advance(who("officer"), e, old, stage="assessed", on=day(80))
    sent = {"version": old, "stage": "assessed", "on": day(80).isoformat(), "note": ""}
    assert browser("officer").post(reverse("engagements_advance", args=[e.pk]), sent).status_code == 409
    e.refresh_from_db()
    assert (e.stage, StageStep.objects.filter(engagement=e).count()) == ("signed", 2)


def test_case_12_a_stale_edit_shows_field_by_field(cast: Cast, browser: Browser) -> None:
    e = cast.records["engagement"]
    url = reverse("engagements_edit", args=[e.pk])
    sent = {
        "version": e.version,
        "tier": "full",
        "title_lo": "ກ",
        "title_en": "First",
        "project": "",
        "starts": "",
        "ends": "",
    }
    assert browser("officer").post(url, sent).status_code == 302
    response = browser("director").post(url, {**sent, "title_en": "Second"})
    assert response.status_code == 409
    assert "First" in response.content.decode()
    assert "Second" in response.content.decode()
    assert Engagement.objects.get(pk=e.pk).title_en == "First"


def test_case_11_a_double_click_makes_one_engagement(cast: Cast, browser: Browser) -> None:
    url = reverse("engagements_new") + f"?enterprise={cast.records['enterprise_b'].pk}"
    sent = {
        "once": "0d9a3c1e-6a1c-4a57-9a6e-0d3b0a9d1a11",
        "tier": "light",
        "on": day(3).isoformat(),
        "title_en": "Twice",
    }
    first, second = browser("officer").post(url, sent), browser("officer").post(url, sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Engagement.objects.filter(title_en="Twice").count() == 1


def test_all_errors_of_a_step_come_at_once_and_input_is_kept(cast: Cast, browser: Browser) -> None:
    e = cast.records["engagement"]
    sent = {"version": e.version, "stage": "dropped", "on": "", "note": ""}
    response = browser("officer").post(reverse("engagements_advance", args=[e.pk]), sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"on", "note"}


def test_case_04_hidden_fields_are_not_written(cast: Cast, browser: Browser) -> None:
    e = cast.records["engagement"]
    sent = {"version": e.version, "tier": "full", "stage": "alumni", "enterprise": cast.records["enterprise_b"].pk,
            "title_en": "New"}  # fmt: skip
    browser("officer").post(reverse("engagements_edit", args=[e.pk]), sent)
    e.refresh_from_db()
    assert (e.title_en, e.stage, e.enterprise) == ("New", "implementing", cast.records["enterprise"])
