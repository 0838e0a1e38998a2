"""What the centre notes for itself about a firm is not read by the firm in the audit log: page, API, export."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.test import Client

from namsai_centre.api.exported import rows
from namsai_centre.audit.record import record
from namsai_centre.who import Who
from tests.centre.cast import Cast


def test_a_note_of_the_staff_stays_with_the_staff(
    cast: Cast, browser: Callable[[str], Client], who: Callable[[str], Who]
) -> None:
    firm = cast.records["enterprise"]
    with transaction.atomic():
        before, after = {"note": "", "village": "ກ"}, {"note": "SECRET-OF-STAFF", "village": "VILLAGE-NEW"}
        entry = record(who("officer"), "enterprises.edit", firm, before, after)
    for path in (f"/audit/{entry.pk}/", f"/api/v1/audit/{entry.pk}/"):
        for person, may in (("officer", True), ("owner", False)):
            answer = browser(person).get(path)
            assert answer.status_code == 200, (path, person)
            assert b"VILLAGE-NEW" in answer.content, (path, person)
            assert (b"SECRET-OF-STAFF" in answer.content) == may, (path, person)
    for person, may in (("officer", True), ("owner", False)):
        taken = str(list(rows(who(person), "audit")))
        assert "VILLAGE-NEW" in taken
        assert ("SECRET-OF-STAFF" in taken) == may
