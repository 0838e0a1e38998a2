"""Names and words instead of ids and keys; the same know-how for form, sections, checks and the next run."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from namsai.knowhow import load, next_version, texts_of, with_row
from namsai_centre.assessments import sections
from namsai_centre.assessments.differences import differences, lines
from namsai_centre.assessments.judge import judged, tell_all
from namsai_centre.assessments.models import Assessment, CaseVersion, Run
from namsai_centre.assessments.next_step import next_step
from namsai_centre.assessments.spoken import spoken
from namsai_centre.assessments.typed import shown
from namsai_centre.knowhow.actions.release import bring
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.reading import page_of

Browser = Callable[[str], Client]
People = Callable[[str], Who]
Newest = Callable[[], CaseVersion]


def release(who: Who) -> None:
    """Make a release of the centre that knows one flow and one process more."""
    texts = with_row(
        texts_of(), "flows", {"key": "bamboo_dust", "parent": "material", "en": "bamboo dust", "lo": "ຝຸ່ນໄມ້ໄຜ່"}
    )
    texts = with_row(
        texts, "processes", {"key": "bamboo_splitting", "sector": "wood", "en": "bamboo splitting", "lo": "ຜ່າໄມ້ໄຜ່"}
    )
    texts["VERSION"] = next_version(load().version, "2027-01-15") + "\n"
    bring(who, texts, note="bamboo")


def codes(assessment: Assessment) -> set[str]:
    newest = assessment.cases.order_by("-number").first()
    return {f.code for f in judged(newest).findings if "kind" in f.where.path}


def test_form_sections_and_checks_follow_the_release_the_centre_holds(
    cast: Cast, assessment: Assessment, browser: Browser, who: People, kiln: dict[str, Any]
) -> None:
    kiln["materials"][0]["kind"], kiln["processes"][0]["kind"] = "bamboo_dust", "bamboo_splitting"
    CaseVersion.objects.create(assessment=assessment, number=2, document=kiln, by=assessment.by)
    materials = reverse("assessments_section", args=[assessment.pk, "materials"])
    assert codes(assessment)  # both words are unknown to the library's own data
    assert "bamboo dust" not in browser("expert").get(materials).content.decode()
    release(who("director"))
    assert not codes(assessment)  # judged anew, though the version was judged before
    assert 'value="bamboo dust"' in browser("expert").get(materials).content.decode()
    form = browser("expert").get(reverse("assessments_form", args=[assessment.pk])).content
    book = openpyxl.load_workbook(io.BytesIO(form), read_only=True)
    words = {str(c) for page in book for row in page.iter_rows(values_only=True) for c in row if c}
    assert any("bamboo_dust" in word for word in words)
    assert any("bamboo_splitting" in word for word in words)


def test_differences_call_rows_and_words_by_their_names(cast: Cast, kiln: dict[str, Any]) -> None:
    after = {**kiln, "streams": [dict(s) for s in kiln["streams"]], "materials": [dict(m) for m in kiln["materials"]]}
    old, new = kiln["streams"][0]["to"], kiln["processes"][-1]["id"]
    after["streams"][0]["to"] = new
    after["materials"][0]["kind"] = "coal"
    told = {line["name"]: line for line in lines(differences(kiln, after, "lo"), "lo")}
    names = {p["id"]: sections.name_of(p, "lo") for p in kiln["processes"]}
    assert (told["ໄປ"]["before"], told["ໄປ"]["after"]) == (names[old], names[new])
    assert told["ປະເພດວັດຖຸ"]["after"] == load().flows["coal"].lo


@pytest.mark.parametrize(
    ("section", "key", "value", "said"),
    [
        ("values", "enterprise.subsector", "cassava_starch", "ແປ້ງມັນຕົ້ນ"),
        ("values", "enterprise.country", "KH", "ກຳປູເຈຍ"),
        ("values", "period.start", "2012-01-31", "31/01/2012"),
        ("values", "period.start", "31.1.2012", "31.1.2012"),
        ("values", "output.amount.unit", "piece", "ອັນ"),
        ("values", "finance.budget", 4e8, "400.000.000"),
        ("materials", "kind", "no_such_kind", "no_such_kind"),
    ],
)
def test_a_value_is_said_as_a_lao_reader_says_it(section: str, key: str, value: Any, said: str, cast: Cast) -> None:
    assert spoken({}, section, sections.column(section, key), value, "lo", load()) == said


def test_the_word_stands_in_the_field_and_comes_back_as_its_key(
    assessment: Assessment, browser: Browser, save: Callable[..., Any], newest: Newest
) -> None:
    client = browser("expert")
    client.cookies["django_language"] = "lo"
    page = page_of(client.get(reverse("assessments_section", args=[assessment.pk, "materials"])))
    key = newest().document["materials"][0]["kind"]
    assert f'name="r0.kind" value="{load().flows[key].lo}"' in page
    save("materials", {"r0.kind": load().flows["coal"].lo, "r1.kind": "Coal", "r2.kind": "my own word"})
    kinds = [m["kind"] for m in newest().document["materials"][:3]]
    assert kinds == ["coal", "coal", "my own word"]


def test_a_new_row_gets_an_id_of_its_own(save: Callable[..., Any], newest: Newest) -> None:
    save("materials", {"n1.name.en": "Rice husk!", "n1.kind": "coal", "n2.name.lo": "ແກບ", "n2.kind": "coal"})
    ids = [m["id"] for m in newest().document["materials"]]
    assert ids[-2:] == ["rice-husk", "coal"] or ids[-2:] == ["rice-husk", "coal-2"]
    save("materials", {"n1.name.en": "Rice husk", "n1.kind": "coal"}, base=2)
    assert newest().document["materials"][-1]["id"] == "rice-husk-2"
    assert len(set(ids)) == len(ids)


def test_large_numbers_stand_in_groups_and_years_do_not() -> None:
    column = sections.column("values", "finance.budget")
    assert [shown(column, v, "lo") for v in (4e8, 12345.5, 2012, 9999)] == ["400 000 000", "12 345,5", "2012", "9999"]


def test_findings_speak_of_names_and_of_this_page(assessment: Assessment, kiln: dict[str, Any], who: People) -> None:
    kiln.pop("period")
    kiln["streams"][0]["amount"]["source"] = "guessed"
    kiln["streams"][1]["material"] = "zzzz"
    version = CaseVersion.objects.create(assessment=assessment, number=2, document=kiln, by=assessment.by)
    told = " ".join(f"{t.says} {t.fix}" for t in tell_all(judged(version).findings, kiln, "lo"))
    assert "“period”" not in told
    assert "weighed" not in told  # the choices in words
    assert ": –)" not in told  # nothing alike is not said


def test_a_blank_one_says_where_to_begin_and_a_complete_one_to_calculate(
    assessment: Assessment, who: People, kiln: dict[str, Any]
) -> None:
    expert = who("expert")

    def step(document: dict[str, Any], number: int) -> Any:
        made = CaseVersion.objects.create(assessment=assessment, number=number, document=document, by=assessment.by)
        return next_step(expert, assessment, made, judged(made), [], "en")

    blank = step({"schema": "namsai.case/1", "id": "x", "enterprise": {"name": {"en": "X"}, "sector": "garment"}}, 2)
    assert "Nothing is entered yet" in blank.says
    assert blank.url.endswith("/edit/values/")
    without = step({k: v for k, v in kiln.items() if k != "streams"}, 3)
    assert without.url.endswith("/edit/streams/")
    assert step(kiln, 4).act == "run"
    newest = assessment.cases.get(number=4)
    runs = [Run(assessment=assessment, case=newest, state=state) for state in ("running", "done")]
    for own, act in ((runs, ""), (runs[1:], "submit")):  # a run that works is waited for, also after a finished one
        found = next_step(expert, assessment, newest, judged(newest), own, "en")
        assert found is not None
        assert found.act == act
    verifier = next_step(
        who("verifier"), assessment, assessment.cases.first(), judged(assessment.cases.first()), [], "en"
    )
    assert verifier is None
