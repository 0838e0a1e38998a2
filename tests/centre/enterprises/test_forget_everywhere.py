"""Names that were taken away stand nowhere any more but in the sealed log: every text of every table is searched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from namsai_centre.accounts.actions.notify import notify
from namsai_centre.assessments.models import CaseVersion, Run
from namsai_centre.audit.chain import breaks
from namsai_centre.enterprises.actions.apply_import import apply_import
from namsai_centre.enterprises.actions.check_import import set_columns, upload
from namsai_centre.enterprises.actions.find_duplicates import find_duplicates
from namsai_centre.enterprises.actions.forget import forget
from namsai_centre.enterprises.actions.merge import merge
from namsai_centre.enterprises.actions.parts import remove_part
from namsai_centre.enterprises.models import Alias, Consent, Contact, Enterprise, Identifier, ImportRun
from namsai_centre.savings.models import Saving
from namsai_centre.who import Who
from tests.centre.cast import Cast

NAMES = {
    "firm": ("ໂຮງງານລືມແລ້ວ", "Zyxfirm Works"),
    "twin": ("ໂຮງງານລືມຄືນ", "Zyxtwin Works"),
    "alias": ("ຊື່ເກົ່າລືມແລ້ວ", "Zyxalias"),
    "person": ("ນາງ ລືມແລ້ວ", "Zyxperson"),
}
PHONE, MAIL, NUMBER = "+856 20 7771 2345", "zyxmail@example.la", "ZYX-0001-77"
LIST = f"name_lo,name_en,enterprise_registration,contact,phone,email,village\n{NAMES['firm'][0]},{NAMES['firm'][1]},{NUMBER},{NAMES['person'][0]},{PHONE},{MAIL},ບ້ານໃໝ່\nໂຮງງານຢູ່ຕໍ່,Stays Works,STAY-1,,,,\n"  # noqa: E501


def everything(but: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield every text of every table as (table, text), JSON decoded."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "sqlite":
            tables |= {"enterprises_words"}  # the search's own index
        for table in sorted(tables - set(but)):
            if table.startswith("enterprises_words_"):
                continue  # parts of the index in the database's own form
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, str | dict | list):
                        yield table, _decoded(value)


def _decoded(value: Any) -> str:
    try:
        value = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def found(words: list[str], but: tuple[str, ...] = ("audit_entry",)) -> set[tuple[str, str]]:
    """Return (table, word) wherever one of the words stands."""
    return {(table, word) for table, text in everything(but) for word in words if word.lower() in text.lower()}


@pytest.fixture
def written(cast: Cast, who: Callable[[str], Who]) -> Enterprise:
    """A firm whose names and people stand wherever the centre writes: lists, merges, pairs, notices, cases, titles."""
    officer = who("officer")
    firm: Enterprise = cast.records["enterprise"]
    twin: Enterprise = cast.records["enterprise_b"]
    for one, name in ((firm, "firm"), (twin, "twin")):
        one.refresh_from_db()
        one.name_lo, one.name_en = NAMES[name]
        one.save()
    Alias.objects.create(enterprise=firm, name=NAMES["alias"][0])
    Alias.objects.create(enterprise=twin, name=NAMES["alias"][1])
    Identifier.objects.create(enterprise=firm, issuer="enterprise_registration", value=NUMBER)
    lo, en = NAMES["person"]
    Contact.objects.create(enterprise=twin, name_lo=lo, name_en=en, phone=PHONE, email=MAIL)
    Consent.objects.create(enterprise=firm, purpose="publish_name", given_by=lo, note=en)
    run = upload(officer, LIST.encode(), f"{NAMES['firm'][1]}.csv")[0]
    columns = {str(n): name for n, name in enumerate(LIST.split("\n", 1)[0].split(","))}
    run = set_columns(officer, run, run.version, columns=columns, numbers="en")
    apply_import(officer, run, run.version)
    waiting = upload(officer, LIST.replace("ໃໝ່", "ເກົ່າ").encode(), "ລາຍການ.csv")[0]
    set_columns(officer, waiting, waiting.version, columns=columns, numbers="en")
    find_duplicates(officer)
    for one in (firm, twin):
        one.refresh_from_db()
    Identifier.objects.create(enterprise=twin, issuer="enterprise_registration", value=NUMBER)
    find_duplicates(officer)
    merge(officer, firm, twin, (firm.version, twin.version), take=(), reason=f"{en} ບອກ")
    notify(cast.people["owner"], "engagements.given_expert", firm=firm)
    work = cast.records["engagement"]
    type(work).objects.filter(pk=work.pk).update(title_lo=f"ວຽກກັບ {NAMES['firm'][0]}")
    for model, name in ((CaseVersion, "document"), (Run, "result")):
        for row in model.objects.all():
            data = getattr(row, name) or {}
            data["said"] = [{"by": f"{en}, {NAMES['firm'][1]}"}]
            model.objects.filter(pk=row.pk).update(**{name: data})
    firm.refresh_from_db()
    return firm


def test_case_25_a_forgotten_name_stands_nowhere_but_in_the_sealed_log(
    cast: Cast, who: Callable[[str], Who], written: Enterprise, browser: Callable[[str], Client]
) -> None:
    words = [w for pair in NAMES.values() for w in pair] + [PHONE, MAIL, NUMBER, "zyxfirmworks"]
    before = {table for table, _ in found(words)}
    assert {"enterprises_importrun", "enterprises_merge", "enterprises_lookalike", "accounts_notice"} <= before
    assert {"assessments_caseversion", "assessments_run", "engagements_engagement"} <= before
    savings = list(Saving.objects.values_list("pk", "amount", "state"))
    forget(who("director"), written, written.version, reason="ຂໍເອງ")
    assert found(words) == set()
    assert found(words, but=()) != set()  # the log is sealed: what it kept it keeps
    assert list(breaks()) == []
    assert list(Saving.objects.values_list("pk", "amount", "state")) == savings
    assert Enterprise.objects.filter(name_en="Stays Works").exists()
    assert any("ໂຮງງານຢູ່ຕໍ່" in row for run in ImportRun.objects.all() for row in run.table["rows"])
    client = browser("officer")
    for run in ImportRun.objects.all():
        for show in ("wrong", "new", "changed", "possible", "same"):
            assert client.get(reverse("enterprises_import_see", args=[run.pk]), {"show": show}).status_code == 200
    for done in apps.get_model("enterprises.merge").objects.all():
        assert client.get(reverse("enterprises_merge_see", args=[done.pk])).status_code == 200


def test_a_person_who_is_removed_stands_in_no_list_or_joining_any_more(
    cast: Cast, who: Callable[[str], Who], written: Enterprise
) -> None:
    for person in Contact.objects.filter(enterprise=written, name_lo=NAMES["person"][0]):
        remove_part(who("officer"), written, "contact", person, reason="ຂໍເອງ")
    left = {table for table, _ in found([PHONE, MAIL])}
    assert left == set()
    proof = {table for table, _ in found([NAMES["person"][0]])}
    assert proof == {"enterprises_consent"}  # who agreed stays while the consent holds
    assert {table for table, _ in found([NAMES["firm"][1]])} >= {"enterprises_enterprise", "assessments_caseversion"}
