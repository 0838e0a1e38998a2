"""The list as a file: all of it, counted, only what one may see, and no text that becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from namsai.workbook.lists import write_list
from namsai_centre.accounts.models import Person
from namsai_centre.audit.models import Entry
from namsai_centre.enterprises import views_export
from namsai_centre.enterprises.models import Enterprise
from tests.centre.cast import PASSWORD, Cast

Browser = Callable[[str], Client]
URL = "enterprises_export"


def fresh(cast: Cast, name: str) -> Client:
    """A browser in which the person has just given the password."""
    client = Client(headers={"accept-language": "en"})
    Person.objects.filter(pk=cast.people[name].pk).update(language="en")
    client.post(reverse("account_login"), {"login": cast.people[name].email, "password": PASSWORD})
    return client


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_file_has_every_enterprise_and_its_count(cast: Cast) -> None:
    Enterprise.objects.bulk_create(Enterprise(name_lo=f"ໂຮງ {i:04}", sorting=f"{i:04}") for i in range(1200))
    answer = fresh(cast, "officer").post(reverse(URL), {"form": "csv"})
    got = lines(answer.content)
    total = Enterprise.objects.exclude(status="merged").count()
    assert got[total + 1] == []
    assert got[total + 2] == ["Number of enterprises", str(total)]
    assert len({row[0] for row in got[1 : total + 1]}) == total > 1200
    assert got[0][1] == "ຊື່ພາສາລາວ / Name in Lao"


def test_case_05_text_is_never_a_formula_and_minus_five_stays_a_number(cast: Cast) -> None:
    Enterprise.objects.all().update(status="merged")
    Enterprise.objects.create(name_lo="=1+1", name_en="-5", village="@x", factory_class="+1", women=0, workers=7)
    client = fresh(cast, "officer")
    row = lines(client.post(reverse(URL), {"form": "csv"}).content)[1]
    assert [row[i] for i in (1, 2, 8)] == ["'=1+1", "'-5", "'@x"]
    assert (row[9], row[10], row[11]) == ("7", "0", "")
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(client.post(reverse(URL), {"form": "xlsx"}).content)
    ).get_sheet_by_index(0)
    cells: list[Any] = sheet.to_python()[1]
    assert [cells[i] for i in (1, 2, 8, 9, 10, 11)] == ["=1+1", "-5", "@x", 7.0, 0.0, ""]


def test_case_05_the_workbook_holds_numbers_as_numbers_and_no_formula() -> None:
    import zipfile

    content = write_list(["a", "b"], [["=HYPERLINK(1)", -5], ["http://x", None]], foot=[["n", 2]])
    xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<v>-5</v>" in xml
    assert "hyperlink" not in xml
    with pytest.raises(ValueError, match="row 1"):
        write_list(["a"], [["x", "y"]])


def test_case_01_the_file_has_only_what_the_person_may_see(cast: Cast) -> None:
    for name, own, others in (
        ("rival", "Food B", "Garment A"),
        ("owner", "Garment A", "Food B"),
        ("expert", "Garment A", "Food B"),
    ):
        text = fresh(cast, name).post(reverse(URL), {"form": "csv"}).content.decode()
        assert own in text, name
        assert others not in text, name


def test_the_log_tells_who_took_the_list_along(cast: Cast) -> None:
    fresh(cast, "officer").post(reverse(URL) + "?q=garment", {"form": "xlsx"})
    entry = Entry.objects.get(action="enterprises.export")
    assert entry.person_id == cast.people["officer"].pk
    assert entry.after == {"form": "xlsx", "count": 1, "q": "garment"}


def test_case_19_an_old_login_is_asked_for_the_password_again(cast: Cast, browser: Browser) -> None:
    answer = browser("officer").post(reverse(URL), {"form": "csv"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert views_export.export.rule.verb == "export"  # type: ignore[attr-defined]
