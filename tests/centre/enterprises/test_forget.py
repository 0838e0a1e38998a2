"""Case 25, second half: instead of deleting, the names go; records, totals and the sealed log stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai_centre.audit.chain import breaks
from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.actions.forget import forget
from namsai_centre.enterprises.models import Alias, Consent, Contact, Enterprise, Group, Identifier, Site
from namsai_centre.enterprises.search import found
from namsai_centre.savings.models import Saving
from namsai_centre.who import Who
from tests.centre.cast import Cast


def test_case_25_forgetting_a_firm_keeps_records_totals_and_the_seal(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    firm = cast.records["enterprise"]
    Alias.objects.create(enterprise=firm, name="Old Name")
    Site.objects.create(enterprise=firm, name_lo="ບ່ອນ 2")
    firm.refresh_from_db()
    firm.group, firm.village, firm.women, firm.note = Group.objects.create(name_lo="ກຸ່ມ ກ"), "ໂພນໄຊ", 40, "ໝາຍເຫດ"
    firm.save()
    entries, savings = Entry.objects.count(), list(Saving.objects.values_list("pk", "amount", "state"))
    url, client = reverse("enterprises_forget", args=[firm.pk]), browser("director")
    assert client.post(url, {"reason": "ຂໍເອງ", "version": firm.version}).status_code == 422  # not confirmed
    answer = client.post(url, {"reason": "ຂໍເອງ", "version": firm.version, "forget_sure": "on"})
    assert answer.status_code == 302
    firm.refresh_from_db()
    assert firm.forgotten_at is not None
    assert "ຕັດຫຍິບ" not in firm.name_lo
    assert "Garment" not in firm.name_en
    assert (firm.village, firm.note, firm.women, firm.sector) == ("", "", 40, "garment")
    assert firm.group is not None
    assert firm.group.name_lo == firm.name_lo
    for model in (Alias, Contact, Identifier, Site):
        assert not model.objects.filter(enterprise=firm).exists(), model
    assert set(Consent.objects.filter(enterprise=firm).values_list("purpose", "given_by")) == {("store", "")}
    assert list(Saving.objects.values_list("pk", "amount", "state")) == savings
    for text in ("Garment", "Old Name", "ຕັດຫຍິບ", "111"):
        assert not found(Enterprise.objects.filter(pk=firm.pk), text).exists(), text
    assert Entry.objects.count() == entries + 1
    assert list(breaks()) == []
    told = Entry.objects.first()
    assert told is not None
    assert (told.action, told.reason) == ("enterprises.forget", "ຂໍເອງ")
    assert "Garment" not in str((told.before, told.after, told.subject_name))
    page = client.get(answer["Location"]).content.decode()
    assert "Garment A" not in page


def test_only_the_director_and_only_once(cast: Cast, who: Callable[[str], Who]) -> None:
    firm = cast.records["enterprise"]
    for name in ("officer", "owner", "expert"):
        with pytest.raises(PermissionDenied):
            forget(who(name), firm, 1, reason="x")
    forget(who("director"), firm, 1, reason="x")
    with pytest.raises(PermissionDenied):
        forget(who("director"), firm, 2, reason="x")


def test_a_group_with_other_firms_keeps_its_name(cast: Cast, who: Callable[[str], Who]) -> None:
    group = Group.objects.create(name_lo="ກຸ່ມ")
    Enterprise.objects.filter(pk__in=[cast.records["enterprise"].pk, cast.records["enterprise_b"].pk]).update(
        group=group
    )
    firm = Enterprise.objects.get(pk=cast.records["enterprise"].pk)
    forget(who("director"), firm, 1, reason="x")
    group.refresh_from_db()
    assert group.name_lo == "ກຸ່ມ"
