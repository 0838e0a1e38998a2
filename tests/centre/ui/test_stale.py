"""The page that says that somebody else saved first: who, and each field in people's words."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from tests.centre.cast import Cast

Browser = Callable[[str], Client]


def told(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split('<main id="main">')[1].split("</main>")[0]))


def test_the_page_names_the_other_and_the_fields_in_words(cast: Cast, browser: Browser) -> None:
    officer, person = browser("officer"), cast.people["member"]
    path = f"/people/{person.pk}/edit/"
    first = {"name_lo": "ນາງ ຈັນ", "name_en": "Chan", "language": "lo", "version": person.version}
    assert browser("director").post(path, first).status_code == 302
    answer = officer.post(path, first | {"name_en": "Chanh", "language": "en"})
    assert answer.status_code == 409
    page = told(answer.content.decode())
    assert "Director saved on" in page, "by the name of the reader's language"
    assert "Name in Latin letters Chan Chanh" in page
    assert "Language Lao English" in page, "words, not lo and en"
    assert "name_en" not in page
    assert "ນາງ ຈັນ" not in page, "what is the same for both is left out"


def test_saving_mine_sends_everything_again(cast: Cast, browser: Browser) -> None:
    officer, person = browser("officer"), cast.people["member"]
    path = f"/people/{person.pk}/edit/"
    first = {"name_lo": "ນາງ ຈັນ", "name_en": "Chan", "language": "lo", "version": person.version}
    browser("director").post(path, first)
    page = officer.post(path, first | {"name_en": "Chanh", "several": ["a", "b"]}).content.decode()
    again = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert [v for n, v in again if n == "several"] == ["a", "b"], "a choice of several keeps all of them"
    person.refresh_from_db()
    assert ("version", str(person.version)) in again
    assert officer.post(path, dict(again)).status_code == 302
    person.refresh_from_db()
    assert person.name_en == "Chanh"
