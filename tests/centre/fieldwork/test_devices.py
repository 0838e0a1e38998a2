"""What devices send: once, by base version; parallel is merged, a conflict is kept, what comes too early is held."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.audit.models import Entry as AuditEntry
from namsai_centre.engagements.models import Assignment
from namsai_centre.fieldwork.actions.receive import receive
from namsai_centre.fieldwork.models import Change, Entry, Visit
from namsai_centre.fieldwork.told import Told, read
from namsai_centre.who import Who
from tests.centre.cast import Cast

Browser = Callable[[str], Client]
DEVICE_A, DEVICE_B = "device-aaaa", "device-bbbb"


class Phone:
    """A device: sends changes of one meter as its page does."""

    def __init__(self, client: Client, visit: Visit, device: str) -> None:
        self.client, self.visit, self.device = client, visit, device

    def send(
        self, entry: UUID, fields: dict[str, Any], *, base: int = 0, after: UUID | None = None,
        change: UUID | None = None, subject: str = "meter:m1", kind: str = "reading", **more: Any,
    ) -> tuple[UUID, Any]:  # fmt: skip
        own = change or uuid4()
        now = clock.now().isoformat()
        body = {
            "change": str(own), "kind": kind, "subject": subject, "base": base, "after": str(after) if after else None,
            "fields": fields, "device": self.device, "device_time": now, "sent_time": now, **more,
        }  # fmt: skip
        url = reverse("visits_send", kwargs={"pk": self.visit.pk, "entry": entry})
        return own, self.client.put(url, json.dumps(body), content_type="application/json")


@pytest.fixture
def visit(cast: Cast) -> Visit:
    found: Visit = cast.records["visit"]
    return found


@pytest.fixture
def phones(visit: Visit, browser: Browser) -> tuple[Phone, Phone]:
    return Phone(browser("expert"), visit, DEVICE_A), Phone(browser("officer"), visit, DEVICE_B)


def test_a_change_is_kept_with_both_times_and_an_audit_entry(visit: Visit, phones: tuple[Phone, Phone]) -> None:
    entry = uuid4()
    at = "2026-11-20T08:00:00+07:00"
    _, answer = phones[0].send(entry, {"value": 12.5, "note": "ໝໍ້ 1"}, device_time=at)
    kept = Entry.objects.get(pk=entry)
    assert answer.json()["outcome"] == "applied"
    assert (kept.fields, kept.version, kept.device_time) == ({"value": 12.5, "note": "ໝໍ້ 1"}, 1, at)
    assert kept.received_at is not None
    assert AuditEntry.objects.filter(action="fieldwork.receive", subject_id=str(entry)).count() == 1


def test_sending_twice_changes_nothing(visit: Visit, phones: tuple[Phone, Phone]) -> None:
    entry, body = uuid4(), {"value": 7}
    now = clock.now().isoformat()
    change, first = phones[0].send(entry, body, device_time=now)
    for _ in range(3):
        _, again = phones[0].send(entry, body, change=change, device_time=now)
        assert again.status_code == 200
        assert again.json() == first.json()
    assert (Entry.objects.get(pk=entry).version, Change.objects.filter(entry_id=entry).count()) == (1, 1)


def test_the_same_id_for_something_else_is_refused(visit: Visit, phones: tuple[Phone, Phone]) -> None:
    entry = uuid4()
    change, _ = phones[0].send(entry, {"value": 7})
    _, other = phones[0].send(entry, {"value": 8}, change=change)
    assert other.status_code == 409
    assert Entry.objects.get(pk=entry).fields == {"value": 7}


def test_case_13_two_devices_create_the_same_meter_and_say_different_values(
    visit: Visit, phones: tuple[Phone, Phone]
) -> None:
    slot = visit.slot("meter:m1")
    phones[0].send(slot, {"value": 100})
    _, answer = phones[1].send(slot, {"value": 140, "note": "ກະຈົກແຕກ"})
    entry = Entry.objects.get(pk=slot)
    assert answer.json()["outcome"] == "conflict"
    assert answer.json()["clash"] == ["value"]
    assert entry.fields == {"value": 100, "note": "ກະຈົກແຕກ"}, "other fields are merged, the first value stands"
    assert entry.mark == "conflict"
    assert Change.objects.get(device=DEVICE_B).clash == {"value": 140}, "the second value is kept"


def test_case_13_parallel_changes_of_different_fields_are_merged_and_marked(
    visit: Visit, phones: tuple[Phone, Phone]
) -> None:
    slot = visit.slot("meter:m1")
    phones[0].send(slot, {"value": 100})
    phones[0].send(slot, {"note": "a"}, base=1)
    _, answer = phones[1].send(slot, {"value": 101}, base=1)
    entry = Entry.objects.get(pk=slot)
    assert answer.json()["outcome"] == "parallel"
    assert (entry.fields, entry.mark, entry.version) == ({"value": 101, "note": "a"}, "parallel", 3)


def test_case_13_two_devices_in_reversed_order_lose_nothing(visit: Visit, phones: tuple[Phone, Phone]) -> None:
    """The update comes before the create it follows: held, and applied when the create arrives."""
    slot, first = visit.slot("meter:m1"), uuid4()
    _, early = phones[0].send(slot, {"value": 120}, after=first)
    assert early.status_code == 202
    assert not Entry.objects.filter(pk=slot).exists()
    assert Change.objects.get(entry_id=slot).outcome == "held"
    _, late = phones[0].send(slot, {"value": 100, "note": "x"}, change=first)
    assert late.status_code == 200
    entry = Entry.objects.get(pk=slot)
    assert (entry.fields, entry.version) == ({"value": 120, "note": "x"}, 2)
    assert set(Change.objects.filter(entry_id=slot).values_list("outcome", flat=True)) == {"applied"}


def test_case_13_a_chain_of_three_in_reversed_order_is_applied_in_its_own_order(
    visit: Visit, phones: tuple[Phone, Phone]
) -> None:
    slot, ids = visit.slot("meter:m1"), [uuid4(), uuid4(), uuid4()]
    values = [{"value": 1}, {"value": 2}, {"value": 3}]
    for n in (2, 1, 0):
        phones[0].send(slot, values[n], change=ids[n], after=ids[n - 1] if n else None)
    assert Entry.objects.get(pk=slot).fields == {"value": 3}
    assert [Change.objects.get(pk=i).gave for i in ids] == [1, 2, 3]


def test_case_13_a_held_change_is_forced_after_five_days_with_a_mark(
    visit: Visit, phones: tuple[Phone, Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = visit.slot("meter:m1")
    phones[0].send(slot, {"value": 120}, after=uuid4())
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=4, hours=23))
    call_command("release_held")
    assert not Entry.objects.filter(pk=slot).exists(), "four days and 23 hours is too early"
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=5, minutes=1))
    call_command("release_held")
    entry = Entry.objects.get(pk=slot)
    assert (entry.fields, entry.mark) == ({"value": 120}, "forced")


def test_case_13_an_update_of_an_entry_nobody_made_is_held_and_can_be_let_go_by_hand(
    visit: Visit, phones: tuple[Phone, Phone], browser: Browser
) -> None:
    slot = visit.slot("meter:m1")
    _, answer = phones[0].send(slot, {"value": 120}, base=4)
    assert answer.status_code == 202
    browser("officer").post(reverse("visits_release", kwargs={"pk": visit.pk}))
    assert Entry.objects.get(pk=slot).mark == "forced"


def test_a_devices_own_earlier_changes_are_never_in_conflict_with_its_later_ones(
    visit: Visit, phones: tuple[Phone, Phone]
) -> None:
    slot = visit.slot("meter:m1")
    first, _ = phones[0].send(slot, {"value": 1})
    _, answer = phones[0].send(slot, {"value": 2}, after=first)
    assert answer.json()["outcome"] == "applied"
    assert Entry.objects.get(pk=slot).fields == {"value": 2}


def test_a_person_decides_a_conflict_and_the_choice_stands_against_old_devices(
    visit: Visit, phones: tuple[Phone, Phone], browser: Browser
) -> None:
    slot = visit.slot("meter:m1")
    phones[0].send(slot, {"value": 100})
    other, _ = phones[1].send(slot, {"value": 140})
    page = browser("officer").get(reverse("visits_review", kwargs={"pk": visit.pk})).content.decode()
    assert "100 kWh" in page
    assert "140 kWh" in page
    url = reverse("visits_settle", kwargs={"pk": visit.pk, "entry": slot})
    browser("officer").post(url, {"version": 2, "choice_value": str(other)})
    entry = Entry.objects.get(pk=slot)
    assert (entry.fields, entry.mark) == ({"value": 140}, "")
    assert Change.objects.get(pk=other).outcome == "settled"
    _, answer = phones[0].send(slot, {"value": 90}, base=1)
    assert answer.json()["outcome"] == "conflict", "the device did not know the decision"
    assert Entry.objects.get(pk=slot).fields == {"value": 140}


def test_a_decision_on_an_old_page_changes_nothing(visit: Visit, phones: tuple[Phone, Phone], browser: Browser) -> None:
    slot = visit.slot("meter:m1")
    phones[0].send(slot, {"value": 100})
    other, _ = phones[1].send(slot, {"value": 140})
    url = reverse("visits_settle", kwargs={"pk": visit.pk, "entry": slot})
    browser("officer").post(url, {"version": 1, "choice_value": str(other)})
    assert Entry.objects.get(pk=slot).fields == {"value": 100}


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ({"fields": {"verified_by": "me"}}, "fields.verified_by"),
        ({"fields": {"value": "12"}}, "fields.value"),
        ({"fields": {"value": True}}, "fields.value"),
        ({"fields": {}}, "fields"),
        ({"kind": "visit"}, "kind"),
        ({"subject": "../x"}, "subject"),
        ({"base": -1}, "base"),
        ({"base": True}, "base"),
        ({"after": "x"}, "after"),
        ({"change": "1"}, "change"),
        ({"device": "<b>"}, "device"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_kept(raw: dict[str, Any], wrong: str) -> None:
    good = {
        "change": str(uuid4()), "kind": "reading", "subject": "meter:m1", "base": 0, "after": None,
        "fields": {"value": 1}, "device": DEVICE_A, "device_time": "", "sent_time": "",
    }  # fmt: skip
    assert read(uuid4(), good)[1] == []
    told, said = read(uuid4(), good | raw)
    assert told is None
    assert wrong in said


@pytest.mark.parametrize("body", ["", "[", "null", "[" * 100_000, '{"fields": {"value": NaN}}', '"x"'])
def test_rubbish_is_answered_with_422(body: str, visit: Visit, browser: Browser) -> None:
    url = reverse("visits_send", kwargs={"pk": visit.pk, "entry": uuid4()})
    assert browser("expert").put(url, body, content_type="application/json").status_code == 422


def test_case_02_and_15_an_expert_whose_assignment_ended_yesterday_is_refused_and_staff_bring_the_file(
    cast: Cast, visit: Visit, phones: tuple[Phone, Phone], browser: Browser
) -> None:
    slot = visit.slot("meter:m1")
    Assignment.objects.filter(person=cast.people["expert"]).update(ends=clock.today() - timedelta(days=1))
    change, answer = phones[0].send(slot, {"value": 9})
    assert answer.status_code == 404
    assert not Change.objects.filter(pk=change).exists()


def test_an_entry_of_another_visit_is_never_touched(cast: Cast, visit: Visit, phones: tuple[Phone, Phone]) -> None:
    other = Visit.objects.create(engagement=cast.records["engagement_b"], by=cast.people["officer"])
    entry = uuid4()
    Phone(phones[1].client, other, DEVICE_B).send(entry, {"value": 1})
    _, answer = phones[0].send(entry, {"value": 2})
    assert answer.status_code == 409
    assert Entry.objects.get(pk=entry).fields == {"value": 1}


def test_receive_itself_asks_for_the_right(visit: Visit, who: Callable[[str], Who]) -> None:
    from django.core.exceptions import PermissionDenied

    told = Told(uuid4(), uuid4(), "reading", "meter:m1", 0, None, {"value": 1}, DEVICE_A, "", "")
    with pytest.raises(PermissionDenied):
        receive(who("former"), visit, told)
