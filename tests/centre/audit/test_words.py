"""The log in people's words: every field has a word, values are words, nothing nested is shown as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from namsai_centre.audit.differences import differences
from namsai_centre.audit.models import Entry, Head
from namsai_centre.audit.names import names_for
from namsai_centre.audit.record import record
from namsai_centre.audit.words import label
from namsai_centre.who import Who
from tests.centre.cast import Cast

Know = Callable[[str], Who]


@pytest.mark.parametrize("lang", ["lo", "en"])
def test_every_field_of_every_record_has_a_word(lang: str) -> None:
    own = [m for m in apps.get_models() if m.__module__.startswith("namsai_centre.") and m._meta.app_label != "ui"]
    assert len(own) > 30
    with override(lang):
        bare = {
            f"{m._meta.label_lower}.{f.attname}"
            for m in own
            for f in m._meta.concrete_fields
            if label(m._meta.label_lower, f.attname) == f.attname
        }
    assert bare == set()


def _told(who: Who, subject: Any, action: str, before: dict[str, Any] | None, after: dict[str, Any]) -> Entry:
    with transaction.atomic():
        return record(who, action, subject, before, after)


def _rows(entry: Entry, lang: str = "lo") -> dict[str, tuple[str, str]]:
    with override(lang):
        return {d.name: (d.before, d.after) for d in differences(entry)}


def test_closed_lists_phones_and_nested_values_are_words(cast: Cast, who: Know) -> None:
    firm = cast.records["enterprise"]
    rows = _rows(_told(who("officer"), firm, "enterprises.edit", {"risk_class": "low"}, {"risk_class": "high"}))
    assert rows == {"ລະດັບຄວາມສ່ຽງ": ("ຕ່ຳ", "ສູງ")}
    contact = firm.contacts.first()
    after = {"phone": "+8562055500111", "enterprise_id": str(firm.pk), "email": ""}
    rows = _rows(_told(who("officer"), contact, "enterprises.add_contact", None, after))
    assert rows == {"ໂທລະສັບ": ("–", "+856 20 5550 0111"), "ວິສາຫະກິດ": ("–", str(firm))}  # the empty one is left out
    moved = {"moved": {"enterprises.contact": 2, "engagements.engagement": 1}, "from": str(firm.pk)}
    rows = _rows(_told(who("officer"), cast.records["enterprise_b"], "enterprises.merge", {"women": 1}, moved), "en")
    assert rows["What moved"] == ("–", "People to talk to: 2\nEngagement: 1")
    assert rows["Joined from"][1] == firm.name_en
    assert not any(sign in "".join(map("".join, rows.values())) for sign in '{}[]"')


def test_a_change_of_a_case_names_section_and_column(cast: Cast, who: Know) -> None:
    names = {"streams/clay: kiln/amount.value": "18", "gone/row/odd": "1"}
    entry = _told(who("expert"), cast.records["assessment"], "assessments.save", dict.fromkeys(names, "17"), names)
    assert set(_rows(entry)) == {"ສາຍໄຫຼ › clay: kiln › ປະລິມານ: ຄ່າ", "gone › row › odd"}


def test_records_without_a_name_are_called_in_the_readers_language(cast: Cast) -> None:
    kinds = ("savings.saving", "engagements.engagement", "accounts.rolegrant", "assessments.run", "enterprises.consent")
    wanted = [(kind, str(key)) for kind in kinds for key in apps.get_model(kind).objects.values_list("pk", flat=True)]
    assert {kind for kind, _ in wanted} == set(kinds)
    for lang in ("lo", "en"):
        with override(lang):
            for found in names_for(wanted).values():
                assert found.name.strip("– :")
                assert not found.name.endswith((": owner", ": store", ": energy", "(done)")), found.name


def test_an_entry_changed_past_the_system_says_so(cast: Cast, who: Know, browser: Callable[[str], Client]) -> None:
    firm = cast.records["enterprise"]
    entry = _told(who("officer"), firm, "enterprises.edit", {"village": "ກ"}, {"village": "ຂ"})
    client, page = browser("officer"), reverse("audit_see", args=[entry.pk])
    assert "Intact" in client.get(page).content.decode()
    assert "The end of the chain is intact." in client.get(reverse("audit_browse")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET reason = 'x' WHERE id = %s", [entry.pk])
    assert "changed past the system" in client.get(page).content.decode()
    assert "The end of the chain does not hold" in client.get(reverse("audit_browse")).content.decode()
    assert "Intact" not in client.get(page).content.decode()


def test_the_owner_reads_that_an_entry_is_intact_though_a_part_of_it_is_not_shown(
    cast: Cast, who: Know, browser: Callable[[str], Client]
) -> None:
    firm = cast.records["enterprise"]
    entry = _told(who("officer"), firm, "enterprises.edit", {"note": "ລັບ", "women": 1}, {"note": "ລັບ 2", "women": 2})
    page = browser("owner").get(reverse("audit_see", args=[entry.pk])).content.decode()
    assert "ລັບ 2" not in page
    assert "Intact" in page


def test_a_signed_end_without_entries_is_a_broken_chain(cast: Cast, browser: Callable[[str], Client]) -> None:
    Head.objects.filter(pk=1).update(signature="x")
    assert "The end of the chain does not hold" in browser("officer").get(reverse("audit_browse")).content.decode()
