"""The log as people read it: filters, names, before and after, own firm only, and fast with very many entries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.audit.differences import differences
from namsai_centre.audit.models import Entry
from namsai_centre.audit.queries import history
from namsai_centre.audit.record import record
from namsai_centre.audit.words import label
from namsai_centre.savings import actions
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.ledger import line, told

Know = Callable[[str], Who]
Browser = Callable[[str], Client]


def _page(client: Client, **asked: Any) -> str:
    return client.get(reverse("audit_browse"), asked).content.decode()


def _write(who: Who, subject: Any, action: str = "enterprises.edit", **fields: Any) -> Entry:
    with transaction.atomic():
        return record(who, action, subject, dict.fromkeys(fields, ""), fields)


def test_entries_are_found_by_person_action_kind_and_days(cast: Cast, who: Know, browser: Browser) -> None:
    _write(who("director"), cast.records["enterprise"], village="ກ")
    _write(who("expert"), cast.records["measure"], "savings.edit", title_lo="ຂ")
    client = browser("officer")
    assert "Director" in _page(client, q="director")
    assert "Measure changed" not in _page(client, q="director").split("<tbody>")[1]
    assert "Mend air leaks" in _page(client, action="savings.edit")
    assert "Garment A" not in _page(client, action="savings.edit").split("<tbody>")[1]
    assert "Mend air leaks" in _page(client, kind="savings.measure")
    today = clock.today()
    assert "Mend air leaks" in _page(client, since=today.isoformat(), until=today.isoformat())
    before = (today - timedelta(days=1)).isoformat()
    assert "No entry found." in _page(client, until=before)
    assert client.get(reverse("audit_browse"), {"since": today.isoformat(), "until": before}).status_code == 422


def test_the_last_day_counts_to_its_end_in_vientiane(cast: Cast, who: Know, browser: Browser) -> None:
    day = clock.today() - timedelta(days=3)
    late = datetime.fromisoformat(f"{day}T23:30:00+07:00")
    Entry.objects.bulk_create(
        [Entry(at=late, action="x.late", kind="x.y", subject_id="1", subject_name="late one", digest=uuid4().hex)]
    )
    client = browser("officer")
    assert "late one" in _page(client, since=day.isoformat(), until=day.isoformat())
    assert "late one" not in _page(client, since=(day + timedelta(days=1)).isoformat())


def test_an_owner_reads_only_the_own_firm(cast: Cast, who: Know, browser: Browser) -> None:
    theirs = _write(who("officer"), cast.records["enterprise_b"], village="ລັບ")
    mine = _write(who("officer"), cast.records["enterprise"], village="ກ")
    page = _page(browser("owner"))
    assert reverse("audit_see", args=[mine.pk]) in page
    assert reverse("audit_see", args=[theirs.pk]) not in page
    assert browser("owner").get(reverse("audit_see", args=[theirs.pk])).status_code == 404
    asked = {"enterprise": cast.records["enterprise_b"].pk}
    assert "No entry found." in _page(browser("owner"), **asked)
    assert history(cast.records["enterprise_b"], who("owner")) == []


def test_an_owner_reads_what_was_done_with_the_firms_savings(cast: Cast, who: Know, browser: Browser) -> None:
    actions.agree(who("officer"), cast.records["measure"], [line(cast.records["saving"])], told())
    page = _page(browser("owner"))
    assert "Saving agreed" in page.split("<tbody>")[1]
    assert "Mend air leaks: Energy (electricity)" in page
    assert "Saving agreed" not in _page(browser("rival")).split("<tbody>")[1]


def test_before_and_after_stand_in_words_and_relations_by_name(cast: Cast, who: Know) -> None:
    entry = _write(
        who("officer"), cast.records["saving"], "savings.agree",
        state="agreed", measure_id=str(cast.records["measure"].pk), amount="1200.0000", state_since="2026-01-31",
    )  # fmt: skip
    from django.utils.translation import override

    with override("en"):
        rows = {d.name: (d.before, d.after) for d in differences(entry)}
    assert rows["State"] == ("–", "agreed")
    assert rows["Measure"] == ("–", "Mend air leaks")
    assert rows["Amount per year"] == ("–", "1,200")
    assert rows["State since"] == ("–", "31 January 2026")
    with override("lo"):
        rows = {d.name: (d.before, d.after) for d in differences(entry)}
        assert label("savings.saving", "state") == "ສະຖານະ"
    assert rows["ສະຖານະ"] == ("–", "ຕົກລົງແລ້ວ")
    assert rows["ມາດຕະການ"][1] == "ຊ່ອມທໍ່ລົມ"


def test_an_entry_of_a_record_and_a_field_that_are_gone_is_still_read(cast: Cast, browser: Browser) -> None:
    old = Entry(
        action="gone.did", kind="gone.thing", subject_id="77", subject_name="ຂອງເກົ່າ",
        person_id=uuid4(), person_name="ຄົນເກົ່າ",
        before={"colour": "red"}, after={"colour": None, "parts": ["a", "b"]}, digest=uuid4().hex,
    )  # fmt: skip
    Entry.objects.bulk_create([old])
    page = browser("officer").get(reverse("audit_see", args=[Entry.objects.get(action="gone.did").pk])).content.decode()
    for text in ("ຂອງເກົ່າ", "ຄົນເກົ່າ", "colour", "red"):
        assert text in page


def test_values_are_shown_as_text_and_never_run(cast: Cast, who: Know, browser: Browser) -> None:
    entry = _write(who("officer"), cast.records["enterprise"], village="<script>alert(1)</script>")
    page = browser("officer").get(reverse("audit_see", args=[entry.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_lead_on_and_back_without_a_gap(cast: Cast, who: Know, browser: Browser) -> None:
    for n in range(120):
        _write(who("officer"), cast.records["enterprise"], village=str(n))
    client = browser("officer")
    seen: list[int] = []
    asked: dict[str, Any] = {}
    while True:
        page = client.get(reverse("audit_browse"), asked).context["page"]
        seen += [t.entry.pk for t in page.rows]
        if page.older is None:
            break
        asked = {"older": page.older}
    assert seen == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))
    back = client.get(reverse("audit_browse"), {"newer": page.newer}).context["page"]
    assert [t.entry.pk for t in back.rows] == seen[len(seen) - len(page.rows) - 50 : len(seen) - len(page.rows)]


def test_the_list_takes_the_same_number_of_queries_for_2_and_for_50_rows(
    cast: Cast, who: Know, browser: Browser
) -> None:
    client = browser("officer")
    counts = []
    for size in (2, 50):
        while Entry.objects.count() < size:
            _write(who("officer"), cast.records["enterprise"], village="ກ")
        with CaptureQueriesContext(
            connection,
        ) as taken:
            client.get(reverse("audit_browse"))
        counts.append(len(taken))
    assert counts[0] == counts[1]
    assert not any("COUNT(" in q["sql"] and "audit_entry" in q["sql"] for q in taken)


COLUMNS = (
    "at, person_id, person_name, via, action, kind, subject_id, subject_name, enterprise_id, before, after, reason, "
    "previous"
)


@pytest.fixture
def hundred_thousand(cast: Cast) -> None:
    """128,000 entries on 1,000 records by 40 people (not sealed: the speed of reading is looked at)."""
    people = [uuid4() for _ in range(40)]
    firm = cast.records["enterprise"].pk
    start = clock.now() - timedelta(days=1000)
    Entry.objects.bulk_create(
        Entry(
            at=start + timedelta(days=n), person_id=people[n % 40], person_name=f"ຄົນ {n % 40}",
            action=("enterprises.edit", "savings.agree", "savings.verify")[n % 3], kind="enterprises.enterprise",
            subject_id=str(uuid4()), subject_name=f"ໂຮງງານ {n}", enterprise_id=firm if n == 7 else None,
            before={"a": n}, after={"a": n + 1}, previous="", digest=f"first-{n}",
        )
        for n in range(1000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        for turn in range(7):
            source = f"SELECT {COLUMNS}, '{turn}-' || id FROM audit_entry WHERE previous = ''"
            cursor.execute(f"INSERT INTO audit_entry ({COLUMNS}, digest) {source}")
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE audit_entry")
    assert Entry.objects.count() > 100_000


def test_a_hundred_thousand_entries_are_browsed_without_counting_them(
    hundred_thousand: None, cast: Cast, browser: Browser
) -> None:
    officer, owner = browser("officer"), browser("owner")
    someone = str(Entry.objects.order_by("-pk").values_list("person_id", flat=True)[0])
    middle = Entry.objects.order_by("pk").values_list("pk", flat=True)[50_000]
    day = (clock.today() - timedelta(days=500)).isoformat()
    counted = []
    for client, asked in (
        (officer, {}), (officer, {"older": middle}), (officer, {"newer": middle}), (officer, {"person": someone}),
        (officer, {"action": "savings.verify"}), (officer, {"kind": "enterprises.enterprise"}),
        (officer, {"since": day, "until": day}),
        (owner, {}), (owner, {"q": "ບໍ່ມີຢູ່ໃສ"}), (officer, {"q": "ໂຮງງານ 77"}), (officer, {"q": "ບໍ່ມີຢູ່ໃສ"}),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("audit_browse"), asked).status_code == 200
        counted += [(asked, q["sql"]) for q in queries if "COUNT(" in q["sql"] and "audit_entry" in q["sql"]]
        assert len(queries) < 20, asked
    assert counted == []
