"""Adding and changing: own fields only, one record per form, no silent overwrite, look-alikes shown first."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.actions.edit import edit
from namsai_centre.enterprises.forms import StaffForm
from namsai_centre.enterprises.models import Enterprise, Place
from namsai_centre.records import Stale
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.reading import page_of

Browser = Callable[[str], Client]


def sent(firm: Enterprise, **changes: Any) -> dict[str, Any]:
    """The fields as the page of the firm would send them."""
    facts = {k: "" if v is None else v for k, v in StaffForm.initial_of(firm).items()}
    return {**facts, **changes}


def test_staff_add_an_enterprise_and_the_log_tells(cast: Cast, browser: Browser) -> None:
    district = Place.objects.get(code="0106")
    answer = browser("officer").post(
        reverse("enterprises_new"), {"name_lo": "ໂຮງ\u200bງານ  ໃໝ່", "district": district.pk, "workers": "໑.໒໐໐"}
    )
    made = Enterprise.objects.get(name_lo="ໂຮງງານ ໃໝ່")
    assert answer["Location"] == reverse("enterprises_see", args=[made.pk])
    assert made.province == district.parent
    assert (made.workers, made.women) == (1200, None)
    assert Entry.objects.filter(action="enterprises.make", subject_id=str(made.pk)).exists()


def test_all_errors_come_at_once_and_what_was_typed_is_kept(cast: Cast, browser: Browser) -> None:
    vientiane, other = Place.objects.get(code="LA-VT"), Place.objects.get(code="1301")
    answer = browser("officer").post(
        reverse("enterprises_new"),
        {
            "village": "ໂພນໄຊ", "province": vientiane.pk, "district": other.pk, "workers": "10",
            "women": "3", "men": "4",
            "workers_on": "2569-01-01", "assets_kip": "-5", "figures_on": "2099-01-01", "income_kip": "1,000",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {"name_lo", "district", "workers", "workers_on", "assets_kip", "figures_on", "income_kip"}
    assert "2026" in str(errors["workers_on"])
    assert 'value="ໂພນໄຊ"' in answer.content.decode()
    assert Enterprise.objects.filter(village="ໂພນໄຊ").count() == 0


def test_case_04_fields_that_are_not_the_owners_are_ignored_and_logged(
    cast: Cast, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    firm = cast.records["enterprise"]
    changes = {
        "village": "ບ້ານໃໝ່",
        "status": "closed",
        "risk_class": "low",
        "merged_into": cast.records["enterprise_b"].pk,
    }
    with caplog.at_level(logging.WARNING, "namsai_centre.unread"):
        answer = browser("owner").post(reverse("enterprises_edit", args=[firm.pk]), sent(firm, **changes))
    assert answer.status_code == 302
    firm.refresh_from_db()
    assert (firm.village, firm.status, firm.risk_class, firm.merged_into) == ("ບ້ານໃໝ່", "active", "", None)
    assert "ignored" in caplog.text
    assert "status" in caplog.text
    assert "risk_class" in caplog.text


def test_case_04_the_action_itself_leaves_them_alone(cast: Cast, who: Callable[[str], Who]) -> None:
    firm = cast.records["enterprise"]
    edit(who("owner"), firm, 1, village="ກ", risk_class="low", status="closed")
    firm.refresh_from_db()
    assert (firm.village, firm.risk_class, firm.status) == ("ກ", "", "active")
    with pytest.raises(PermissionDenied):
        edit(who("member"), firm, 2, village="ຂ")


def test_case_12_a_stale_edit_is_409_with_the_difference_and_writes_nothing(cast: Cast, browser: Browser) -> None:
    firm = cast.records["enterprise"]
    url, first, second = reverse("enterprises_edit", args=[firm.pk]), browser("officer"), browser("owner")
    province = Place.objects.get(code="LA-CH")
    assert first.post(url, sent(firm, village="ໜຶ່ງ", province=province.pk)).status_code == 302
    answer = second.post(url, sent(firm, village="ສອງ"))
    assert answer.status_code == 409
    rows = {row.name: (row.before, row.after) for row in answer.context["rows"]}
    assert rows == {"Village": ("ໜຶ່ງ", "ສອງ"), "Province": (province.name_en, "–")}
    firm.refresh_from_db()
    assert firm.village == "ໜຶ່ງ"
    again = dict(answer.context["sent"]) | {"version": answer.context["version"]}
    assert second.post(url, again).status_code == 302
    firm.refresh_from_db()
    assert firm.village == "ສອງ"


def test_case_12_an_edit_without_a_version_is_never_taken_as_fresh(cast: Cast, browser: Browser) -> None:
    firm = cast.records["enterprise"]
    facts = {k: v for k, v in sent(firm, village="x").items() if k != "version"}
    assert browser("officer").post(reverse("enterprises_edit", args=[firm.pk]), facts).status_code == 409


def test_stale_is_raised_by_the_action(cast: Cast, who: Callable[[str], Who]) -> None:
    firm = cast.records["enterprise"]
    copy = Enterprise.objects.get(pk=firm.pk)
    edit(who("officer"), firm, 1, village="ກ")
    with pytest.raises(Stale):
        edit(who("officer"), copy, 1, village="ຂ")
    assert Entry.objects.filter(action="enterprises.edit", subject_id=str(firm.pk)).count() == 2  # one is the cast's


def test_case_11_a_form_sent_twice_makes_one_enterprise(cast: Cast, browser: Browser) -> None:
    client = browser("officer")
    facts = {"name_lo": "ໂຮງງານດຽວ", "once": "00000000-0000-4000-8000-000000000001"}
    first = client.post(reverse("enterprises_new"), facts)
    second = client.post(reverse("enterprises_new"), facts)
    assert first["Location"] == second["Location"]
    assert Enterprise.objects.filter(name_lo="ໂຮງງານດຽວ").count() == 1


def test_case_21_a_name_that_looks_the_same_is_shown_first_with_a_link(cast: Cast, browser: Browser) -> None:
    client, twin = browser("officer"), "G\u0430rment \u0410"  # Cyrillic а and А
    answer = client.post(reverse("enterprises_new"), {"name_en": twin})
    assert answer.status_code == 422
    assert reverse("enterprises_see", args=[cast.records["enterprise"].pk]) in answer.content.decode()
    assert not Enterprise.objects.filter(name_en=twin).exists()
    assert client.post(reverse("enterprises_new"), {"name_en": twin, "looked": "on"}).status_code == 302
    page = client.get(reverse("enterprises_see", args=[Enterprise.objects.get(name_en=twin).pk]))
    assert page.context["alike"] == [cast.records["enterprise"]]


def test_an_owner_learns_nothing_of_others_by_taking_their_name(cast: Cast, browser: Browser) -> None:
    firm = cast.records["enterprise"]
    answer = browser("owner").post(reverse("enterprises_edit", args=[firm.pk]), sent(firm, name_en="Food B"))
    assert answer.status_code == 302
    assert browser("owner").get(answer["Location"]).context["alike"] == []


def test_case_21_markup_in_a_name_is_shown_as_text(cast: Cast, browser: Browser) -> None:
    firm = cast.records["enterprise"]
    Enterprise.objects.filter(pk=firm.pk).update(name_lo="<script>alert(1)</script>", name_en="")
    for url in (reverse("enterprises_browse"), reverse("enterprises_see", args=[firm.pk])):
        assert "<script>alert" not in browser("officer").get(url).content.decode()


def test_closing_needs_a_reason_keeps_the_record_and_can_be_taken_back(cast: Cast, browser: Browser) -> None:
    firm, client = cast.records["enterprise"], browser("officer")
    url = reverse("enterprises_close", args=[firm.pk])
    assert client.post(url, {"closed_on": clock.today(), "version": 1}).status_code == 422
    assert client.post(url, {"closed_on": clock.today(), "reason": "ເຊົາ", "version": 1}).status_code == 302
    firm.refresh_from_db()
    assert (firm.status, firm.closed_on) == ("closed", clock.today())
    assert Entry.objects.get(action="enterprises.close").reason == "ເຊົາ"
    assert (
        client.post(reverse("enterprises_reopen", args=[firm.pk]), {"reason": "ເປີດ", "version": 2}).status_code == 302
    )
    firm.refresh_from_db()
    assert (firm.status, firm.closed_on) == ("active", None)


def test_workers_by_sex_stay_unknown(cast: Cast, browser: Browser) -> None:
    firm = cast.records["enterprise"]
    firm.workers = 12
    firm.save()
    page = page_of(browser("owner").get(reverse("enterprises_see", args=[firm.pk])))
    assert "<dt>Women</dt><dd>–</dd>" in page
    assert "<dt>Workers</dt><dd>12</dd>" in page
