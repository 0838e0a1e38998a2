"""What belongs to an enterprise, and its consents: dated, never lost silently, never another firm's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.actions.parts import add_part
from namsai_centre.enterprises.models import Activity, Consent, Contact, Identifier
from namsai_centre.who import Who
from tests.centre.cast import Cast

Browser = Callable[[str], Client]
KINDS = {
    "contact": {"name_lo": "ນາງ ຂ", "phone": "+856 20 5550 0001"},
    "site": {"name_lo": "ໂຮງງານ 2"},
    "activity": {"code": "1410", "revision": "4", "main": "on"},
    "identifier": {"issuer": "tax", "value": "=222"},
    "alias": {"kind": "former", "name": "ຊື່ເກົ່າ"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_staff_add_each_kind_and_the_page_and_the_log_tell(kind: str, cast: Cast, browser: Browser) -> None:
    firm, client = cast.records["enterprise"], browser("officer")
    assert client.get(reverse("enterprises_part_new", args=[firm.pk, kind])).status_code == 200
    answer = client.post(reverse("enterprises_part_new", args=[firm.pk, kind]), KINDS[kind])
    assert answer.status_code == 302, answer.context["form"].errors
    assert Entry.objects.filter(action=f"enterprises.add_{kind}", enterprise_id=firm.pk).count() == 1
    page = client.get(answer["Location"]).content.decode()
    assert next(v for k, v in KINDS[kind].items() if k in ("name_lo", "code", "value", "name")) in page


def test_the_owner_adds_people_but_no_numbers_of_other_offices(
    cast: Cast, browser: Browser, who: Callable[[str], Who]
) -> None:
    firm, client = cast.records["enterprise"], browser("owner")
    assert client.post(reverse("enterprises_part_new", args=[firm.pk, "contact"]), KINDS["contact"]).status_code == 302
    number = cast.records["identifier_a"]
    for url in (
        reverse("enterprises_part_new", args=[firm.pk, "identifier"]),
        reverse("enterprises_part_edit", args=[firm.pk, "identifier", number.pk]),
        reverse("enterprises_part_remove", args=[firm.pk, "identifier", number.pk]),
    ):
        assert client.get(url).status_code == client.post(url, {"value": "9", "reason": "x"}).status_code == 404
    assert Identifier.objects.filter(enterprise=firm).count() == 1
    with pytest.raises(PermissionDenied):
        add_part(who("owner"), firm, "identifier", issuer="tax", value="9")
    with pytest.raises(PermissionDenied):
        add_part(who("member"), firm, "contact", name_lo="x")


def test_a_part_of_another_firm_is_not_found_under_the_own(cast: Cast, browser: Browser) -> None:
    other = Contact.objects.create(enterprise=cast.records["enterprise_b"], name_lo="ລັບ")
    firm = cast.records["enterprise"]
    for name in ("enterprises_part_edit", "enterprises_part_remove"):
        url = reverse(name, args=[firm.pk, "contact", other.pk])
        assert browser("owner").get(url).status_code == 404
        assert browser("owner").post(url, {"name_lo": "x", "reason": "x", "version": 1}).status_code == 404
    other.refresh_from_db()
    assert other.name_lo == "ລັບ"


def test_no_such_kind_is_not_found(cast: Cast, browser: Browser) -> None:
    url = reverse("enterprises_part_new", args=[cast.records["enterprise"].pk, "consent"])
    assert browser("director").get(url).status_code == 404


def test_a_part_that_ended_is_shown_as_over_until_its_last_day_it_holds(cast: Cast, browser: Browser) -> None:
    firm, contact, client = cast.records["enterprise"], cast.records["contact_a"], browser("officer")
    url = reverse("enterprises_part_edit", args=[firm.pk, "contact", contact.pk])
    facts = {"name_lo": contact.name_lo, "ends": clock.today(), "version": 1}
    assert client.post(url, facts).status_code == 302
    shown = client.get(reverse("enterprises_see", args=[firm.pk])).context["parts"]["contact"]
    assert (shown.now, shown.over) == ([contact], [])
    facts |= {"ends": clock.today() - timedelta(days=1), "version": 2}
    client.post(url, facts)
    shown = client.get(reverse("enterprises_see", args=[firm.pk])).context["parts"]["contact"]
    assert (shown.now, shown.over) == ([], [contact])


def test_case_12_a_stale_edit_of_a_part_is_409(cast: Cast, browser: Browser) -> None:
    firm, contact = cast.records["enterprise"], cast.records["contact_a"]
    url = reverse("enterprises_part_edit", args=[firm.pk, "contact", contact.pk])
    assert browser("owner").post(url, {"name_lo": "ໜຶ່ງ", "version": 1}).status_code == 302
    assert browser("officer").post(url, {"name_lo": "ສອງ", "version": 1}).status_code == 409
    contact.refresh_from_db()
    assert contact.name_lo == "ໜຶ່ງ"


def test_a_removed_part_stays_in_the_log_with_the_reason(cast: Cast, browser: Browser) -> None:
    firm, contact = cast.records["enterprise"], cast.records["contact_a"]
    url = reverse("enterprises_part_remove", args=[firm.pk, "contact", contact.pk])
    assert browser("owner").post(url, {}).status_code == 422
    assert browser("owner").post(url, {"reason": "ຂຽນຜິດ"}).status_code == 302
    assert not Contact.objects.filter(pk=contact.pk).exists()
    entry = Entry.objects.get(action="enterprises.remove_contact")
    assert entry.reason == "ຂຽນຜິດ"
    assert entry.after is not None
    assert entry.after["phone"] == "+856 20 5550 0000"


def test_one_activity_is_the_main_one(cast: Cast, browser: Browser) -> None:
    firm, client = cast.records["enterprise"], browser("owner")
    for code in ("1410", "13"):
        client.post(
            reverse("enterprises_part_new", args=[firm.pk, "activity"]), {"code": code, "revision": "4", "main": "on"}
        )
    assert dict(Activity.objects.filter(enterprise=firm).values_list("code", "main")) == {"1410": False, "13": True}


@pytest.mark.parametrize(
    ("code", "revision", "fine"), [("14", "4", True), ("34", "4", False), ("1x", "4", False), ("34", "5", True)]
)
def test_an_activity_code_is_of_its_revision(
    code: str, revision: str, fine: bool, cast: Cast, browser: Browser
) -> None:
    url = reverse("enterprises_part_new", args=[cast.records["enterprise"].pk, "activity"])
    answer = browser("officer").post(url, {"code": code, "revision": revision})
    assert answer.status_code == (302 if fine else 422)


def test_the_same_number_twice_is_refused_and_at_another_firm_it_is_told(cast: Cast, browser: Browser) -> None:
    client = browser("officer")
    url = reverse("enterprises_part_new", args=[cast.records["enterprise"].pk, "identifier"])
    assert client.post(url, {"issuer": "tax", "value": "111"}).status_code == 422
    url = reverse("enterprises_part_new", args=[cast.records["enterprise_b"].pk, "identifier"])
    answer = client.post(url, {"issuer": "tax", "value": "111"}, follow=True)
    assert "Garment A" in " ".join(str(m) for m in answer.context["messages"])


def test_consent_is_given_once_per_purpose_and_withdrawn_with_day_and_person(cast: Cast, browser: Browser) -> None:
    firm, client = cast.records["enterprise"], browser("owner")
    url = reverse("enterprises_consent", args=[firm.pk])
    facts = {"purpose": "benchmark", "given_on": clock.today(), "given_by": "ນາງ ກ"}
    assert client.post(url, facts).status_code == 302
    assert client.post(url, facts).status_code == 422
    given = Consent.objects.get(enterprise=firm, purpose="benchmark")
    back = reverse("enterprises_withdraw", args=[firm.pk, given.pk])
    early = clock.today() - timedelta(days=1)
    assert client.post(back, {"withdrawn_on": early, "withdrawn_by": "x", "version": 1}).status_code == 422
    assert client.post(back, {"withdrawn_on": clock.today(), "withdrawn_by": "ນາງ ກ", "version": 1}).status_code == 302
    assert client.get(back).status_code == 404
    page = client.get(reverse("enterprises_see", args=[firm.pk]))
    shown = {c.purpose: (c.now, c.before) for c in page.context["consents"]}
    assert shown["benchmark"][0] is None
    assert [c.withdrawn_by for c in shown["benchmark"][1]] == ["ນາງ ກ"]
    assert client.post(url, facts).status_code == 302  # and may be given anew


def test_a_consent_of_another_firm_cannot_be_withdrawn(cast: Cast, browser: Browser) -> None:
    other = Consent.objects.create(enterprise=cast.records["enterprise_b"], purpose="store", given_by="x")
    url = reverse("enterprises_withdraw", args=[cast.records["enterprise"].pk, other.pk])
    assert (
        browser("owner").post(url, {"withdrawn_on": clock.today(), "withdrawn_by": "x", "version": 1}).status_code
        == 404
    )
