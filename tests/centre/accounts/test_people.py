"""People: found in Lao and Latin, invited, changed; roles with dates; nobody gives more than they may."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from namsai_centre import clock
from namsai_centre.accounts.actions.edit import reach_person
from namsai_centre.accounts.actions.grant import end_role, grant_role
from namsai_centre.accounts.actions.invite import invite, make_link
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import ROLES, Person, RoleGrant
from namsai_centre.audit.models import Entry
from namsai_centre.who import Who
from tests.centre.accounts.help import is_in, log_in
from tests.centre.cast import Cast

Browser = Callable[[str], Client]
WhoOf = Callable[[str], Who]


def names(page: Any) -> set[str]:
    return {p.name_en for p in page.context["page"]}


@pytest.mark.parametrize(
    "typed", ["ນາງ ນ້ຳ", "ນໍ້າ", "ນ\u0ecd\u0ec9\u0eb2 ໝອກ", "ຫມອກ", "nang nam", "NAM mok", "5550 1234", "mok@"]
)
def test_a_person_is_found_however_the_name_is_written(cast: Cast, browser: Browser, typed: str) -> None:
    Person.objects.create_user(
        "mok@example.la", None, name_lo="ນາງ ນ້ຳໝອກ", name_en="Nang Nam Mok", phone="+8562055501234"
    )
    found = browser("officer").get("/people/", {"q": typed})
    assert names(found) == {"Nang Nam Mok"}


def test_people_stand_in_lao_order_and_are_filtered_by_role_and_state(cast: Cast, browser: Browser) -> None:
    for lo in ("ແສງ", "ຂາວ", "ໂກສົນ", "ກາ"):
        Person.objects.create_user(f"{ord(lo[-1])}@x.la", None, name_lo=lo, name_en="new", is_active=False)
    page = browser("officer").get("/people/", {"state": "closed"})
    assert [p.name_lo for p in page.context["page"]] == ["ກາ", "ໂກສົນ", "ຂາວ", "ແສງ"]
    assert names(browser("officer").get("/people/", {"role": "verifier"})) == {"Verifier", "Proposer"}


def test_an_owner_sees_the_people_of_the_own_firm_only(cast: Cast, browser: Browser) -> None:
    assert names(browser("owner").get("/people/")) == {"Owner", "Member"}
    assert names(browser("rival").get("/people/")) == {"Rival"}


def test_a_list_of_people_asks_the_database_no_more_for_more_people(cast: Cast, browser: Browser) -> None:
    officer = browser("officer")
    officer.get("/people/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        officer.get("/people/")
    for n in range(8):
        person = Person.objects.create_user(f"p{n}@x.la", None, name_en=f"P{n}")
        RoleGrant.objects.create(
            person=person, role="owner", enterprise=cast.records["enterprise"], starts=clock.today()
        )
    with CaptureQueriesContext(connection) as more:
        assert len(officer.get("/people/").context["page"]) == 20
    assert len(more) == len(few)


def test_a_persons_page_asks_no_more_for_more_roles(cast: Cast, browser: Browser) -> None:
    director, person = browser("director"), cast.people["member"]
    director.get(f"/people/{person.pk}/")
    with CaptureQueriesContext(connection) as few:
        director.get(f"/people/{person.pk}/")
    for n in range(5):
        day = clock.today() - timedelta(days=1000 + n * 10)
        RoleGrant.objects.create(
            person=person, role="owner", enterprise=cast.records["enterprise"], starts=day, ends=day,
            granted_by=cast.people["director"],
        )  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        director.get(f"/people/{person.pk}/")
    assert len(more) == len(few)


def new_person(**changed: str) -> dict[str, str]:
    return {"name_lo": "ນາງ ໃໝ່", "name_en": "New", "email": "", "phone": "020 5550 1234", "language": "lo", **changed}


def test_somebody_invited_by_phone_sets_a_password_by_the_link_and_is_a_member(cast: Cast, browser: Browser) -> None:
    owner = browser("owner")
    sent = owner.post("/people/invite/", new_person(role="member"))
    page = owner.get(sent["Location"])
    link = page.context["link"]
    assert link.startswith("http://testserver/account/password/reset/key/")
    assert owner.get(sent["Location"]).context["link"] == "", "shown once"
    person = Person.objects.get(phone="+8562055501234")
    assert not person.has_usable_password()
    theirs = Client()
    form = theirs.get(link.removeprefix("http://testserver"), follow=True)
    theirs.post(form.redirect_chain[-1][0], {"password1": "ນ້ຳໃສສະອາດດີ", "password2": "ນ້ຳໃສສະອາດດີ"})
    assert is_in(log_in("020 55501234", "ນ້ຳໃສສະອາດດີ", client=theirs)[0])
    assert who_is(person).firms == {cast.records["enterprise"].pk}
    assert link.rsplit("/", 2)[-2] not in str(list(Entry.objects.values())), "the link is not kept"


def test_an_invitation_sent_twice_makes_one_person(cast: Cast, browser: Browser) -> None:
    officer = browser("officer")
    once = re.search(r'name="once" value="([^"]+)"', officer.get("/people/invite/").content.decode())
    assert once is not None
    first = officer.post("/people/invite/", new_person(once=once[1]))
    second = officer.post("/people/invite/", new_person(once=once[1]))
    assert first["Location"] == second["Location"]
    assert Person.objects.filter(phone="+8562055501234").count() == 1


def test_all_errors_of_an_invitation_are_told_at_once_and_nothing_is_lost(cast: Cast, browser: Browser) -> None:
    page = browser("officer").post(
        "/people/invite/", {"email": "no-mail", "phone": "12", "language": "lo", "role": "owner", "ends": "2000-01-01"}
    )
    assert page.status_code == 422
    assert {"email", "phone", "firm_name", "ends"} <= set(page.context["form"].errors)
    assert 'value="no-mail"' in page.content.decode()
    assert not Person.objects.filter(name_lo="").exists()


def test_of_several_firms_of_a_name_one_is_chosen_without_a_script(cast: Cast, browser: Browser) -> None:
    officer = browser("officer")
    page = officer.post("/people/invite/", new_person(role="owner", firm_name="ໂຮງງານ"))
    assert page.status_code == 422
    offered = {key for key, _ in page.context["form"].fields["firm"].choices}
    assert offered >= {str(cast.records["enterprise"].pk), str(cast.records["enterprise_b"].pk)}
    chosen = str(cast.records["enterprise_b"].pk)
    assert officer.post("/people/invite/", new_person(role="owner", firm_name="ໂຮງງານ", firm=chosen)).status_code == 302
    assert who_is(Person.objects.get(phone="+8562055501234")).owned == {cast.records["enterprise_b"].pk}


def test_a_firm_named_anew_counts_more_than_the_one_chosen_before(cast: Cast, browser: Browser) -> None:
    before = str(cast.records["enterprise_b"].pk)
    sent = browser("officer").post("/people/invite/", new_person(role="owner", firm_name="Garment A", firm=before))
    assert sent.status_code == 302
    assert who_is(Person.objects.get(phone="+8562055501234")).owned == {cast.records["enterprise"].pk}


def test_an_e_mail_that_logs_in_already_is_told_to_staff_by_name_and_not_to_owners(
    cast: Cast, browser: Browser
) -> None:
    taken = new_person(email="Rival@example.la", phone="", role="member")
    staff = browser("officer").post("/people/invite/", taken | {"firm_name": "Garment A"})
    assert "already logs in" in str(staff.context["form"].errors)
    owner = browser("owner").post("/people/invite/", taken)
    assert owner.status_code == 422
    assert "rival" not in str(owner.context["form"].errors).lower()
    assert "ທ່ານ" not in str(owner.context["form"].errors)


@pytest.mark.parametrize("role", [r for r in ROLES if r != "member"])
def test_an_owner_gives_no_role_but_member_and_none_in_another_firm(cast: Cast, who: WhoOf, role: str) -> None:
    firm = cast.records["enterprise"] if role == "owner" else None
    facts: dict[str, Any] = {"name_lo": "ກ", "name_en": "", "email": "k@x.la", "phone": "", "language": "lo"}
    with pytest.raises(PermissionDenied):
        invite(who("owner"), **facts, role=role, enterprise=firm)
    with pytest.raises(PermissionDenied):
        invite(who("owner"), **facts, role="member", enterprise=cast.records["enterprise_b"])
    with pytest.raises(PermissionDenied):
        invite(who("owner"), **facts)
    assert not Person.objects.filter(email="k@x.la").exists()


@pytest.mark.parametrize("role", ["director", "officer", "expert", "verifier", "ministry", "donor", "trainer"])
def test_an_officer_gives_no_role_outside_a_firm(cast: Cast, who: WhoOf, role: str) -> None:
    with pytest.raises(PermissionDenied):
        invite(who("officer"), name_lo="ກ", name_en="", email="k@x.la", phone="", language="lo", role=role)
    assert not Person.objects.filter(email="k@x.la").exists()


def test_nobody_gives_themselves_a_role(cast: Cast, who: WhoOf) -> None:
    for name in ("director", "owner"):
        firm = cast.records["enterprise"] if name == "owner" else None
        with pytest.raises(PermissionDenied):
            grant_role(
                who(name), cast.people[name], "member" if firm else "verifier",
                enterprise=firm, starts=clock.today(), ends=None,
            )  # fmt: skip


def test_an_officer_cannot_take_over_the_directors_account(cast: Cast, who: WhoOf, browser: Browser) -> None:
    director = cast.people["director"]
    with pytest.raises(PermissionDenied):
        reach_person(who("officer"), director, director.version, email="mine@x.la", phone="")
    with pytest.raises(PermissionDenied):
        make_link(who("officer"), director)
    for verb in ("reach", "link", "close", "factor", "grant"):
        assert browser("officer").post(f"/people/{director.pk}/{verb}/", {"email": "mine@x.la"}).status_code == 404
    with pytest.raises(PermissionDenied):
        make_link(who("owner"), cast.people["owner"])


def test_an_owner_makes_no_link_for_a_member_who_is_more_elsewhere(cast: Cast, who: WhoOf) -> None:
    member = cast.people["member"]
    assert make_link(who("owner"), member)
    RoleGrant.objects.create(person=member, role="expert", starts=clock.today() + timedelta(days=3))
    with pytest.raises(PermissionDenied):
        make_link(who("owner"), member)


def test_a_role_holds_from_its_first_to_its_last_day(cast: Cast, who: WhoOf) -> None:
    today = clock.today()
    person = cast.people["trainer"]
    grant_role(
        who("director"),
        person,
        "expert",
        enterprise=None,
        starts=today + timedelta(days=2),
        ends=today + timedelta(days=4),
    )
    held = [who_is(person, today + timedelta(days=n)).has("expert") for n in range(7)]
    assert held == [False, False, True, True, True, False, False]


def test_a_role_ended_now_is_gone_now_and_is_written_down(cast: Cast, who: WhoOf) -> None:
    grant = RoleGrant.objects.get(person=cast.people["verifier"])
    end_role(who("director"), grant, grant.version)
    assert not who_is(cast.people["verifier"]).roles
    entry = Entry.objects.get(action="accounts.end_role")
    assert (entry.before or {})["ends"] is None
    assert cast.people["verifier"].notices.filter(key="accounts.told_role_end").exists()


def test_the_same_role_is_not_given_twice_for_the_same_days(cast: Cast) -> None:
    director, _ = log_in("director@example.la")
    page = director.post(
        f"/people/{cast.people['trainer'].pk}/grant/", {"role": "trainer", "starts": str(clock.today())}
    )
    assert page.status_code == 422
    assert "role" in page.context["form"].errors


def test_the_director_gives_a_role_by_the_page(cast: Cast) -> None:
    director, _ = log_in("director@example.la")
    person = cast.people["trainer"]
    sent = director.post(f"/people/{person.pk}/grant/", {"role": "verifier", "starts": str(clock.today()), "ends": ""})
    assert sent["Location"] == f"/people/{person.pk}/"
    assert who_is(person).roles == {"trainer", "verifier"}


def test_case_04_fields_nobody_asked_for_are_ignored_and_logged(
    cast: Cast, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    member = cast.people["member"]
    before = {f: getattr(member, f) for f in ("is_active", "password", "phone", "email", "pk")}
    strange = {"is_active": "", "password": "x", "role": "director", "email": "mine@x.la", "id": "1", "last_login": "x"}
    with caplog.at_level(logging.WARNING, "namsai_centre.unread"):
        sent = browser("member").post(
            "/people/me/edit/", {"name_lo": "ກ", "name_en": "K", "language": "en", "version": 1, **strange}
        )
    assert sent.status_code == 302
    member.refresh_from_db()
    assert {f: getattr(member, f) for f in before} == before
    assert member.name_lo == "ກ"
    assert set(who_is(member).roles) == {"member"}
    assert all(name in caplog.text for name in strange)


def test_case_12_a_stale_edit_of_a_person_is_shown_and_not_written_over(cast: Cast, browser: Browser) -> None:
    member = cast.people["member"]
    first = {"name_lo": "ທີໜຶ່ງ", "name_en": "First", "language": "lo", "version": 1}
    browser("officer").post(f"/people/{member.pk}/edit/", first)
    answer = browser("director").post(f"/people/{member.pk}/edit/", first | {"name_en": "Second"})
    assert answer.status_code == 409
    assert "First" in answer.content.decode()
    member.refresh_from_db()
    assert member.name_en == "First"


def test_a_closed_account_is_opened_again_by_the_director(cast: Cast, browser: Browser) -> None:
    director, member = browser("director"), cast.people["member"]
    short = director.post(f"/people/{member.pk}/close/", {"reason": "x", "version": 1})
    assert short.status_code == 422
    director.post(f"/people/{member.pk}/close/", {"reason": "left the firm", "version": 1})
    assert not is_in(log_in("member@example.la")[0])
    assert Entry.objects.get(action="accounts.close").reason == "left the firm"
    director.post(f"/people/{member.pk}/reopen/", {"version": 2})
    assert is_in(log_in("member@example.la")[0])


def test_a_new_phone_is_told_to_its_person(cast: Cast, browser: Browser) -> None:
    member = cast.people["member"]
    browser("officer").post(f"/people/{member.pk}/reach/", {"email": "", "phone": "020 5550 9999", "version": 1})
    member.refresh_from_db()
    assert (member.email, member.phone) == (None, "+8562055509999")
    assert member.notices.filter(key="accounts.told_reach").exists()
