"""The ledger's pages: writing a measure, numbers as typed, filters, and lists that ask no more for more rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.savings import actions
from namsai_centre.savings.actions.identify import identify
from namsai_centre.savings.models import Interest, Measure, Saving
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.reading import page_of
from tests.centre.savings.ledger import line, told

Know = Callable[[str], Who]
Browser = Callable[[str], Client]


def _new(**more: Any) -> dict[str, Any]:
    today = clock.today().isoformat()
    return {
        "title_lo": "ຫຸ້ມທໍ່ອາຍນ້ຳ", "technique": "equipment_modification", "investment": "12.500.000",
        "currency": "LAK", "prices_on": today,
        "saving-kind": "energy", "saving-carrier": "wood", "saving-amount": "໑.໒໓໔,໕", "saving-unit": "kWh",
    } | more  # fmt: skip


def _post_new(client: Client, cast: Cast, engagement: str = "engagement", **more: Any) -> Any:
    return client.post(f"{reverse('savings_new')}?engagement={cast.records[engagement].pk}", _new(**more))


def test_a_measure_is_written_with_lao_numbers_and_its_writer_is_its_proposer(cast: Cast, browser: Browser) -> None:
    assert _post_new(browser("expert"), cast).status_code == 302
    measure = Measure.objects.get(title_lo="ຫຸ້ມທໍ່ອາຍນ້ຳ")
    saving = measure.savings.get()
    assert (measure.investment, measure.enterprise) == (12_500_000, cast.records["enterprise"])
    assert (saving.amount, saving.state, saving.carrier) == (Decimal("1234.5"), "identified", "wood")
    assert measure.interests.get().person == cast.people["expert"]
    assert saving.steps.get().verb == "identify"
    assert Entry.objects.filter(action__in=["savings.identify", "savings.add_saving"]).count() == 2


def test_case_16_a_number_with_two_readings_is_asked_back_and_the_input_is_kept(cast: Cast, browser: Browser) -> None:
    answer = _post_new(browser("expert"), cast, **{"saving-amount": "1.234"})
    assert answer.status_code == 422
    assert 'value="1.234"' in answer.content.decode()
    assert not Measure.objects.filter(title_lo="ຫຸ້ມທໍ່ອາຍນ້ຳ").exists()


@pytest.mark.parametrize("amount", ["nan", "1e400", "9" * 40, "12%", "abc", "1,2,3", "1e-7"])
def test_a_number_that_is_none_is_told(cast: Cast, browser: Browser, amount: str) -> None:
    assert _post_new(browser("expert"), cast, **{"saving-amount": amount}).status_code == 422


def test_all_errors_are_told_at_once(cast: Cast, browser: Browser) -> None:
    wrong = {"title_lo": "", "prices_on": "", "saving-unit": "kg", "saving-kind": "money", "saving-amount": ""}
    page = _post_new(browser("officer"), cast, **wrong).content.decode()
    for text in ("Give the measure a title", "Say of which day the prices are", "does not fit this kind"):
        assert text in page


def test_missing_is_not_zero(cast: Cast, browser: Browser) -> None:
    client = browser("officer")
    _post_new(client, cast, investment="")
    measure = Measure.objects.get(title_lo="ຫຸ້ມທໍ່ອາຍນ້ຳ")
    assert measure.investment is None
    page = page_of(client.get(reverse("savings_see", args=[measure.pk])))
    assert "<dt>Cost to put in place</dt><dd>–</dd>" in page


def test_an_owner_writes_only_into_the_own_firm(cast: Cast, browser: Browser) -> None:
    assert _post_new(browser("owner"), cast, "engagement_b").status_code == 404
    assert _post_new(browser("owner"), cast).status_code == 302
    assert _post_new(browser("former"), cast).status_code == 404
    page = browser("owner").get(reverse("savings_new")).content.decode()
    assert "Food B" not in page


def test_case_11_a_measure_sent_twice_is_written_once(cast: Cast, browser: Browser) -> None:
    client, once = browser("expert"), {"once": "7d444840-9dc0-11d1-b245-5ffdce74fad2"}
    first, second = _post_new(client, cast, **once), _post_new(client, cast, **once)
    assert first["Location"] == second["Location"]
    assert Measure.objects.filter(title_lo="ຫຸ້ມທໍ່ອາຍນ້ຳ").count() == 1


def test_case_12_a_stale_edit_is_shown_and_not_written_over(cast: Cast, browser: Browser) -> None:
    measure = cast.records["measure"]
    url, sent = reverse("savings_edit", args=[measure.pk]), {"currency": "LAK", "version": measure.version}
    assert browser("expert").post(url, sent | {"title_lo": "ອັນໜຶ່ງ"}).status_code == 302
    answer = browser("officer").post(url, sent | {"title_lo": "ອັນສອງ"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "ອັນໜຶ່ງ" in page
    assert "ອັນສອງ" in page
    measure.refresh_from_db()
    assert measure.title_lo == "ອັນໜຶ່ງ"


def test_an_owner_agrees_on_the_phone_to_all_savings_at_once(cast: Cast, browser: Browser) -> None:
    measure, first = cast.records["measure"], cast.records["saving"]
    second = Saving.objects.create(measure=measure, kind="water", amount=30, unit="m3")
    third = Saving.objects.create(measure=measure, kind="waste", amount=5, unit="kg")
    sent: dict[str, Any] = {"on": clock.today().isoformat()}
    for s in (first, second, third):
        sent |= {f"version_{s.pk.hex}": s.version}
    sent |= {f"take_{first.pk.hex}": "on", f"take_{second.pk.hex}": "on", f"amount_{second.pk.hex}": "25"}
    assert browser("owner").post(reverse("savings_agree", args=[measure.pk]), sent).status_code == 302
    states = dict(measure.savings.values_list("kind", "state"))
    assert states == {"energy": "agreed", "water": "agreed", "waste": "identified"}
    second.refresh_from_db()
    assert (second.amount, list(second.steps.values_list("amount", flat=True))) == (Decimal(25), [Decimal(25)])


def test_filters_choose_by_state_kind_firm_and_words(cast: Cast, who: Know, browser: Browser) -> None:
    other = Measure.objects.create(enterprise=cast.records["enterprise_b"], title_lo="ນ້ຳ", title_en="Reuse rinse water")
    Saving.objects.create(measure=other, kind="water", amount=9, unit="m3", state="rejected")
    client = browser("officer")

    def found(**asked: Any) -> set[str]:
        page = client.get(reverse("savings_browse"), asked)
        return {m.title_en for m in page.context["page"]}

    both = {"Mend air leaks", "Reuse rinse water"}
    assert found() == both
    assert found(state="identified") == {"Mend air leaks"}
    assert found(kind="water") == {"Reuse rinse water"}
    assert found(state="identified", kind="water") == set()
    assert found(enterprise=cast.records["enterprise_b"].pk) == {"Reuse rinse water"}
    assert found(engagement=cast.records["engagement"].pk) == {"Mend air leaks"}
    assert found(q="rinse") == {"Reuse rinse water"}
    assert found(q="ຕັດຫຍິບ") == {"Mend air leaks"}
    assert client.get(reverse("savings_browse"), {"state": "half"}).status_code == 422


def test_overdue_are_agreed_measures_past_their_day(cast: Cast, who: Know, browser: Browser) -> None:
    measure = cast.records["measure"]
    Measure.objects.filter(pk=measure.pk).update(due=clock.today().replace(year=clock.today().year - 1))
    client = browser("officer")
    assert list(client.get(reverse("savings_browse"), {"due": "over"}).context["page"]) == []
    actions.agree(who("owner"), measure, [line(cast.records["saving"])], told())
    assert list(client.get(reverse("savings_browse"), {"due": "over"}).context["page"]) == [measure]


@pytest.mark.parametrize(
    "name", ["savings_browse", "savings_totals", "savings_to_verify", "savings_checks", "savings_new"]
)
def test_lists_take_the_same_number_of_queries_for_few_and_many_rows(cast: Cast, browser: Browser, name: str) -> None:
    from namsai_centre.engagements.models import Engagement
    from namsai_centre.savings.models import PersistenceCheck

    client, counts = browser("officer"), []
    for size in (2, 20):
        while Measure.objects.count() < size:
            n = Measure.objects.count()
            work = Engagement.objects.create(enterprise=cast.records["enterprise"], title_lo=f"ວ {n}")
            measure = Measure.objects.create(enterprise=cast.records["enterprise"], engagement=work, title_lo=f"ມ {n}")
            for kind, unit in (("energy", "kWh"), ("water", "m3")):
                Saving.objects.create(measure=measure, kind=kind, amount=n, unit=unit, state="measured")
            PersistenceCheck.objects.create(measure=measure, years=1, due=clock.today())
        with CaptureQueriesContext(connection) as taken:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1], counts


def _option(**more: Any) -> dict[str, Any]:
    return {
        "id": "steam-01", "title_lo": "ຫຸ້ມທໍ່", "title_en": "Insulate", "technique": "equipment_modification",
        "investment": 9e6, "currency": "LAK",
        "savings": [
            {"kind": "energy", "carrier": "wood", "amount": 1200.5, "unit": "kWh"},
            {"kind": "money", "carrier": "", "amount": 3_000_000, "unit": "LAK"},
        ],
    } | more  # fmt: skip


def test_options_of_an_assessment_become_measures_once(cast: Cast, who: Know) -> None:
    assessment = cast.records["assessment"]
    first = identify(who("officer"), assessment, [_option()], cast.people["expert"])
    again = identify(who("officer"), assessment, [_option(), _option(id="steam-02", savings=[])], cast.people["expert"])
    assert again[0] == first[0]
    assert Measure.objects.filter(assessment=assessment).count() == 2
    assert Interest.objects.get(measure=first[0]).person == cast.people["expert"]
    money = first[0].savings.get(kind="money")
    assert (money.prices_on, money.state) == (clock.today(), "identified")


def test_a_wrong_option_stops_all_of_them(cast: Cast, who: Know) -> None:
    wrong = _option(
        id="x", investment=float("nan"), savings=[{"kind": "energy", "carrier": "", "amount": "nan", "unit": "MJ"}]
    )
    with pytest.raises(ValidationError) as refused:
        identify(who("officer"), cast.records["assessment"], [_option(), wrong])
    assert len(refused.value.messages) == 3
    assert not Measure.objects.filter(assessment=cast.records["assessment"]).exists()


def test_a_stranger_takes_no_options_over(cast: Cast, who: Know) -> None:
    for name in ("owner", "verifier", "former", "rival"):
        with pytest.raises(PermissionDenied):
            identify(who(name), cast.records["assessment"], [_option()])


def test_names_and_notes_are_shown_as_text(cast: Cast, who: Know, browser: Browser) -> None:
    measure = cast.records["measure"]
    Measure.objects.filter(pk=measure.pk).update(title_en="<script>alert(1)</script>")
    actions.agree(who("owner"), measure, [line(cast.records["saving"])], told(note="<img src=x onerror=alert(1)>"))
    page = browser("officer").get(reverse("savings_see", args=[measure.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
