"""Who verifies is never who proposed, was paid, measured, or works in the firm: in the action, for all doors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import RoleGrant
from namsai_centre.engagements.models import Assignment
from namsai_centre.savings import actions
from namsai_centre.savings.actions.declare import declare
from namsai_centre.savings.models import Evidence, Saving
from namsai_centre.savings.queries import to_verify
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.ledger import bring_to, line, told

Know = Callable[[str], Who]
Browser = Callable[[str], Client]


def _verify(who: Who, saving: Saving) -> None:
    file = Evidence.objects.filter(measure=saving.measure).first()
    actions.verify(who, saving.measure, [line(saving)], told(evidence=file))


def _refused(who: Who, saving: Saving) -> None:
    with pytest.raises(PermissionDenied):
        _verify(who, saving)
    with pytest.raises(PermissionDenied):
        actions.give_back(who, saving.measure, [line(saving)], told())
    saving.refresh_from_db()
    assert saving.state == "measured"
    if not who.staff:  # staff look what waits; they cannot verify it
        assert saving not in to_verify(who)


def test_case_03_who_proposed_a_measure_cannot_verify_it(cast: Cast, who: Know, browser: Browser) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    _refused(who("proposer"), saving)
    page = browser("proposer").post(reverse("savings_verify", args=[saving.measure_id]), {"note": "ok"})
    assert page.status_code == 404
    assert saving in to_verify(who("verifier"))


def test_case_03_who_was_paid_for_a_measure_cannot_verify_it_from_that_day(cast: Cast, who: Know) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    declare(who("officer"), saving.measure, cast.people["verifier"], "paid")
    _refused(who("verifier"), saving)


def test_case_03_a_paid_expert_of_the_engagement_cannot_come_back_as_verifier(cast: Cast, who: Know) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    RoleGrant.objects.create(person=cast.people["former"], role="verifier", starts=clock.today())
    Assignment.objects.create(
        engagement=cast.records["engagement"], person=cast.people["former"], role="verifier", starts=clock.today()
    )
    _refused(who_is(cast.people["former"]), saving)


def test_case_03_who_measured_it_and_who_works_in_the_firm_cannot_verify_it(cast: Cast, who: Know) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    saving.steps.filter(verb="measure").update(by=cast.people["verifier"])
    _refused(who("verifier"), saving)
    saving.steps.filter(verb="measure").update(by=cast.people["expert"])
    member = RoleGrant.objects.create(
        person=cast.people["verifier"], role="member", enterprise=cast.records["enterprise"], starts=clock.today()
    )
    _refused(who_is(cast.people["verifier"]), saving)
    member.delete()
    _verify(who_is(cast.people["verifier"]), saving)


def test_case_03_not_even_the_director_and_not_through_the_api(cast: Cast, who: Know) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    for name in ("director", "officer", "expert", "owner"):
        _refused(who_is(cast.people[name], via="api", scopes=frozenset({"write"})), saving)


def test_a_verifier_whose_days_are_over_cannot_verify(cast: Cast, who: Know) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    Assignment.objects.filter(person=cast.people["verifier"]).update(ends=clock.today() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        _verify(who("verifier"), saving)


def test_a_verifier_gives_back_with_a_reason_and_it_is_measured_again(cast: Cast, who: Know) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    actions.give_back(who("verifier"), saving.measure, [line(saving)], told(note="ໝໍ້ແທກບໍ່ຄົບເດືອນ"))
    saving.refresh_from_db()
    assert saving.state == "implemented"
    assert saving.steps.last().note == "ໝໍ້ແທກບໍ່ຄົບເດືອນ"  # type: ignore[union-attr]


def _form(saving: Saving, **more: Any) -> dict[str, Any]:
    key = saving.pk.hex
    file = Evidence.objects.filter(measure=saving.measure).first()
    return {
        "on": clock.today().isoformat(), "method": "ipmvp_c", "confidence": "90", "note": "seen",
        "evidence": str(file and file.pk),
        f"take_{key}": "on", f"version_{key}": saving.version, f"uncertainty_{key}": "40", f"amount_{key}": "900",
    } | more  # fmt: skip


def test_case_04_hidden_fields_are_ignored_and_logged(
    cast: Cast, who: Know, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    sent = _form(saving, state="verified", verified_by=str(cast.people["owner"].pk), by=str(cast.people["owner"].pk))
    with caplog.at_level(logging.WARNING):
        answer = browser("expert").post(reverse("savings_measure", args=[saving.measure_id]), sent)
    assert answer.status_code == 302
    saving.refresh_from_db()
    step = saving.steps.last()
    assert step is not None
    assert (saving.state, step.state, step.by) == ("measured", "measured", cast.people["expert"])
    assert any("verified_by" in r.getMessage() and "state" in r.getMessage() for r in caplog.records)


def test_case_04_a_measure_is_not_moved_to_another_firm_by_a_hidden_field(
    cast: Cast, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    measure = cast.records["measure"]
    sent = {
        "title_lo": "ໃໝ່",
        "currency": "LAK",
        "version": measure.version,
        "enterprise": str(cast.records["enterprise_b"].pk),
    }
    assert browser("expert").post(reverse("savings_edit", args=[measure.pk]), sent).status_code == 302
    measure.refresh_from_db()
    assert (measure.title_lo, measure.enterprise) == ("ໃໝ່", cast.records["enterprise"])
    assert "enterprise" in caplog.text


def test_a_verifier_verifies_in_the_browser(cast: Cast, who: Know, browser: Browser) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    client = browser("verifier")
    assert saving.measure.title_en in client.get(reverse("savings_to_verify")).content.decode()
    url = reverse("savings_verify", args=[saving.measure_id])
    assert client.post(url, _form(saving, note="")).status_code == 422
    assert client.post(url, _form(saving)).status_code == 302
    saving.refresh_from_db()
    assert saving.state == "verified"
    assert saving.measure.title_en not in client.get(reverse("savings_to_verify")).content.decode()


def test_case_12_a_stale_page_gets_409_with_both_values(cast: Cast, who: Know, browser: Browser) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    client, url = browser("verifier"), reverse("savings_verify", args=[saving.measure_id])
    sent = _form(saving) | {f"amount_{saving.pk.hex}": "930"}
    file = Evidence.objects.filter(measure=saving.measure).first()
    actions.measure(who("expert"), saving.measure, [line(saving, 910)], told(evidence=file))
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "910 kWh" in page
    assert "930 kWh" in page
    saving.refresh_from_db()
    assert saving.state == "measured"
    assert (
        f'name="version_{saving.pk.hex}" value="{saving.version}"' in page
    )  # sent again, it is on what stands there now


def test_case_11_the_same_form_twice_takes_one_step(cast: Cast, who: Know, browser: Browser) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    sent = _form(saving, once="7d444840-9dc0-11d1-b245-5ffdce74fad2")
    client, url = browser("expert"), reverse("savings_measure", args=[saving.measure_id])
    first, second = client.post(url, sent), client.post(url, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert saving.steps.filter(verb="measure").count() == 1


def test_the_verifier_sees_beside_the_form_what_was_measured_and_its_file(
    cast: Cast, who: Know, browser: Browser
) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    page = browser("verifier").get(reverse("savings_verify", args=[saving.measure_id])).content.decode()
    step = saving.steps.get(verb="measure")
    assert reverse("savings_download", args=[step.evidence_id]) in page
    assert "± 50 kWh (at 90 % confidence)" in page
