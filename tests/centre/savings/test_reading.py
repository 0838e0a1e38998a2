"""What a page of the ledger tells its reader: what is theirs to do, why not, where it comes from, how much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from namsai_centre import clock
from namsai_centre.assessments.models import Run
from namsai_centre.engagements.models import Assignment, Engagement
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.savings.models import Interest, Measure, Saving
from namsai_centre.savings.origin import Origin, origin_of
from namsai_centre.savings.queries import measure_page
from namsai_centre.savings.templatetags.ledger import amount, in_words
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.ledger import bring_to

Know = Callable[[str], Who]
Browser = Callable[[str], Client]


def _page(client: Client, measure: Measure) -> str:
    return client.get(reverse("savings_see", args=[measure.pk])).content.decode()


def test_the_owner_is_told_to_decide_and_the_officer_for_whom_it_waits(cast: Cast, browser: Browser) -> None:
    measure = cast.records["measure"]
    assert "You decide" in _page(browser("owner"), measure)
    officers = _page(browser("officer"), measure)
    assert "You decide" not in officers
    assert "the owner of the firm agrees" in officers


def test_rare_steps_do_not_stand_beside_the_one_it_waits_for(cast: Cast, who: Know) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    page = measure_page(who("officer"), saving.measure)
    assert page.main == ["measure"]
    assert page.other == ["discontinue", "restate", "correct"]
    assert measure_page(who("owner"), saving.measure).main == []
    second = Saving.objects.create(measure=saving.measure, kind="water", amount=3, unit="m3")
    bring_to("measured", second, who)
    assert measure_page(who("verifier"), saving.measure).main == ["verify", "give_back"]


def test_a_verifier_with_a_part_in_it_reads_why_somebody_else_must_verify(
    cast: Cast, who: Know, browser: Browser
) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    assert "You cannot verify" not in _page(browser("verifier"), saving.measure)
    Interest.objects.create(measure=saving.measure, person=cast.people["verifier"], kind="paid")
    page = _page(browser("verifier"), saving.measure)
    assert "You cannot verify this measure" in page
    assert "You were paid for it." in page
    assert reverse("savings_verify", args=[saving.measure_id]) not in page
    assert "You cannot verify" not in _page(browser("owner"), saving.measure)


def test_staff_read_that_no_verifier_is_there_and_where_to_give_one(cast: Cast, who: Know, browser: Browser) -> None:
    saving = bring_to("measured", cast.records["saving"], who)
    give = f"{reverse('engagements_assign', args=[saving.measure.engagement_id])}?role=verifier"
    assert give not in _page(browser("officer"), saving.measure)
    Assignment.objects.filter(role="verifier").update(ends=clock.today() - timedelta(days=1))
    assert give in _page(browser("officer"), saving.measure)
    assert give not in _page(browser("owner"), saving.measure)


def test_savings_that_went_the_same_way_are_shown_on_one_line(cast: Cast, who: Know) -> None:
    saving = bring_to("agreed", cast.records["saving"], who)
    Saving.objects.create(measure=saving.measure, kind="water", amount=3, unit="m3")
    Saving.objects.create(measure=saving.measure, kind="waste", amount=4, unit="kg")
    groups = measure_page(who("owner"), saving.measure).groups
    assert [[line.saving.kind for line in lines] for _, lines in groups] == [["energy"], ["water", "waste"]]


@pytest.mark.parametrize(
    ("lang", "value", "shown", "words"),
    [
        ("lo", "18500000", "18.500.000 ກີບ", "18,5 ລ້ານກີບ"),
        ("en", "95000000", "95,000,000 kip", "95 million kip"),
        ("en", "2340000000", "2,340,000,000 kip", "2.34 billion kip"),
        ("en", "900000", "900,000 kip", ""),
    ],
)
def test_kip_are_said_in_words(lang: str, value: str, shown: str, words: str) -> None:
    with override(lang):
        assert amount(Decimal(value), "LAK") == shown
        assert in_words(Decimal(value), "LAK") == words
        assert in_words(Decimal(value), "kWh") == ""


def test_a_measure_leads_to_its_card_and_to_why_it_was_suggested(cast: Cast, who: Know, browser: Browser) -> None:
    entry = current_knowhow().options[0].id
    measure, run = cast.records["measure"], cast.records["run"]
    assert origin_of(who("owner"), measure) == Origin()
    Measure.objects.filter(pk=measure.pk).update(option_id="own-1", assessment=run.assessment_id)
    measure.refresh_from_db()
    result: Any = {**(run.result or {}), "proposals": {"items": [{"id": "own-1", "knowhow_id": entry}]}}
    Run.objects.filter(pk=run.pk).update(result=result, state="done")
    assert origin_of(who("officer"), measure) == Origin(run.pk, entry)
    assert origin_of(who("owner"), measure).run is None  # not released
    page = _page(browser("officer"), measure)
    assert reverse("knowhow_see", args=[entry]) in page
    assert reverse("knowhow_why", args=[run.pk, "own-1"]) in page
    result["proposals"]["items"][0]["knowhow_id"] = None
    Run.objects.filter(pk=run.pk).update(result=result)
    assert origin_of(who("officer"), measure) == Origin(run.pk, "")


def test_an_owner_with_one_engagement_is_not_asked_for_which_firm(cast: Cast, browser: Browser) -> None:
    url = reverse("savings_new")
    assert 'name="title_lo"' in browser("owner").get(url).content.decode()
    assert 'name="title_lo"' not in browser("officer").get(url).content.decode()
    Engagement.objects.filter(enterprise=cast.records["enterprise"]).update(stage="dropped")
    assert "There is no engagement yet" in browser("owner").get(url).content.decode()


def test_whole_money_with_one_mark_has_one_reading(cast: Cast, browser: Browser) -> None:
    today = clock.today().isoformat()
    sent = {"title_lo": "ມ", "investment": "500.000", "currency": "LAK", "prices_on": today,
            "saving-kind": "money", "saving-amount": "750,000", "saving-unit": "LAK",
            "saving-prices_on": today}  # fmt: skip
    url = f"{reverse('savings_new')}?engagement={cast.records['engagement'].pk}"
    assert browser("expert").post(url, sent).status_code == 302
    measure = Measure.objects.get(title_lo="ມ")
    assert (measure.investment, measure.savings.get().amount) == (500_000, Decimal(750_000))
    page = browser("expert").get(reverse("savings_edit", args=[measure.pk])).content.decode()
    assert 'value="500,000"' in page


def test_what_was_measured_must_be_written_and_is_never_taken_from_the_estimate(
    cast: Cast, who: Know, browser: Browser
) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    key, file = saving.pk.hex, saving.measure.evidence.all()[0]
    sent = {"on": clock.today().isoformat(), "method": "bills", "confidence": "90", "evidence": str(file.pk),
            f"take_{key}": "True", f"version_{key}": saving.version, f"uncertainty_{key}": "5"}  # fmt: skip
    answer = browser("expert").post(reverse("savings_measure", args=[saving.measure_id]), sent)
    assert answer.status_code == 422
    assert "Write what was measured" in answer.content.decode()


def test_the_totals_say_what_the_states_have_in_common(cast: Cast, browser: Browser) -> None:
    page = browser("director").get(reverse("savings_totals")).content.decode()
    assert page.index("Only planned") < page.index("In place in the plant") < page.index("Given up")
    assert "Only this is proven" in page


def test_a_late_measure_is_marked_only_while_it_waits_to_be_done(cast: Cast, who: Know, browser: Browser) -> None:
    measure = cast.records["measure"]
    Measure.objects.filter(pk=measure.pk).update(due=clock.today() - timedelta(days=5))
    url = reverse("savings_browse")
    assert "was due on" not in browser("officer").get(url).content.decode()
    bring_to("agreed", cast.records["saving"], who)
    assert "was due on" in browser("officer").get(url).content.decode()


def test_a_new_amount_alone_says_which_saving_is_restated(cast: Cast, browser: Browser) -> None:
    saving = cast.records["saving"]
    second = Saving.objects.create(measure=saving.measure, kind="water", amount=3, unit="m3")
    url = reverse("savings_restate", args=[saving.measure_id])
    sent: dict[str, Any] = {"on": clock.today().isoformat(), "note": "counted again"}
    sent |= {f"version_{s.pk.hex}": s.version for s in (saving, second)}
    assert browser("officer").post(url, sent).status_code == 422
    assert browser("officer").post(url, sent | {f"amount_{second.pk.hex}": "7"}).status_code == 302
    saving.refresh_from_db()
    second.refresh_from_db()
    assert (second.amount, saving.version) == (Decimal(7), 1)


def test_without_a_cost_no_day_of_prices_is_kept(cast: Cast, browser: Browser) -> None:
    measure = cast.records["measure"]
    url = reverse("savings_edit", args=[measure.pk])
    today = clock.today().isoformat()
    assert f'value="{today}"' in browser("expert").get(url).content.decode()
    sent = {"title_lo": "ມ", "currency": "LAK", "prices_on": today, "version": measure.version}
    assert browser("expert").post(url, sent).status_code == 302
    measure.refresh_from_db()
    assert (measure.investment, measure.prices_on) == (None, None)
