"""Joining two records of one enterprise, and taking them apart again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from namsai.texts import has
from namsai_centre import clock
from namsai_centre.accounts.models import BreakGlass, RoleGrant
from namsai_centre.assessments.models import Assessment
from namsai_centre.audit.chain import breaks
from namsai_centre.audit.models import Entry
from namsai_centre.engagements.models import Engagement, SelfCheck, Task
from namsai_centre.enterprises import joining
from namsai_centre.enterprises.actions.merge import Refused, merge
from namsai_centre.enterprises.actions.undo_merge import undo_merge
from namsai_centre.enterprises.models import (
    Activity,
    Alias,
    Consent,
    Contact,
    Enterprise,
    Identifier,
    Merge,
    Place,
    Site,
)
from namsai_centre.records import Stale, snapshot
from namsai_centre.savings.models import Measure, Saving
from namsai_centre.who import Who
from tests.centre.cast import Cast

WhoOf = Callable[[str], Who]


@pytest.fixture
def pair(cast: Cast) -> tuple[Enterprise, Enterprise]:
    """Firms A and B of the cast, both with everything."""
    a, b = cast.records["enterprise"], cast.records["enterprise_b"]
    province = Place.objects.filter(kind="province").first()
    district = Place.objects.filter(kind="district", parent=province).first()
    for firm in (a, b):
        Site.objects.create(enterprise=firm, name_lo="ໂຮງງານ 2", province=province, district=district)
        Identifier.objects.create(enterprise=firm, issuer="tax", value=f"{firm.pk.int}"[:9])
        Alias.objects.create(enterprise=firm, name=f"ຊື່ອື່ນ {firm}")
        Activity.objects.create(enterprise=firm, code="1410", main=True)
        Contact.objects.create(enterprise=firm, name_lo="ທ່ານ ດີ", phone="020 5550 0101")
        Consent.objects.create(enterprise=firm, purpose="store", given_on=date(2025, 1, 1), given_by="ທ່ານ ດີ")
        SelfCheck.objects.create(enterprise=firm, answers={"q": "yes"})
        BreakGlass.objects.create(person=cast.people["officer"], enterprise=firm, reason="x", expires_at=clock.now())
    Consent.objects.create(enterprise=b, purpose="benchmark", given_on=date(2025, 2, 1), given_by="ທ່ານ ດີ")
    work = Engagement.objects.get(enterprise=b)
    Assessment.objects.create(
        engagement=work, title="2025", sector="food_beverage", by=cast.people["expert"], state="released"
    )
    measure = Measure.objects.create(enterprise=b, engagement=work, title_lo="ຫຸ້ມທໍ່ອາຍ")
    Saving.objects.create(measure=measure, kind="energy", carrier="steam", amount="10", unit="t")
    b.province, b.district, b.women, b.men, b.workers = province, district, 4, 6, 10
    b.save()
    return a, b


def everything() -> dict[str, dict[str, dict[str, Any]]]:
    """Return every row of every table but the audit log and the log of merges."""
    out = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in ("audit.Entry", "audit.Head", "enterprises.Merge", "sessions.Session", "ui.Sent"):
            continue
        out[model._meta.label] = {str(r.pk): snapshot(r) for r in model._base_manager.all()}
    for row in out["enterprises.Enterprise"].values():
        del row["version"], row["changed_at"]  # they only grow
    return out


def versions(*firms: Enterprise) -> tuple[int, ...]:
    return tuple(Enterprise.objects.get(pk=f.pk).version for f in firms)


def join(who: Who, kept: Enterprise, gone: Enterprise, take: frozenset[str] = frozenset()) -> Merge:
    kept, gone = Enterprise.objects.get(pk=kept.pk), Enterprise.objects.get(pk=gone.pk)
    return merge(who, kept, gone, (kept.version, gone.version), take=take, reason="ອັນດຽວກັນ")


def again(done: Merge) -> Merge:
    return Merge.objects.get(pk=done.pk)


def test_case_22_merge_then_undo_restores_every_table(pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    a, b = pair
    before, entries = everything(), list(Entry.objects.values_list("pk", "enterprise_id"))
    done = join(who("officer"), a, b, frozenset({"name_en", "province", "district", "women", "men", "workers"}))
    joined = everything()
    assert joined != before
    left = [link.key for link in joining.links() if link.key not in joining.STAY and link.rows(b).exists()]
    assert left == [("enterprises.consent", "enterprise")], "only the consent the kept record has already stays"
    for model in (BreakGlass, RoleGrant, Engagement, Measure, SelfCheck, Identifier, Alias, Site, Contact, Activity):
        assert not model._base_manager.filter(enterprise=b).exists(), model._meta.label
    kept = Enterprise.objects.get(pk=a.pk)
    assert (kept.name_en, kept.workers, kept.name_lo) == ("Food B", 10, "ໂຮງງານຕັດຫຍິບ ກ")
    assert Alias.objects.filter(enterprise=a, name__in=("Garment A", "ໂຮງງານອາຫານ ຂ")).count() == 2
    assert Activity.objects.filter(enterprise=a, main=True).count() == 1
    for kind in ("assessments.Assessment", "savings.Saving", "assessments.CaseVersion", "assessments.Run"):
        assert joined[kind] == before[kind], "published and released things are not touched"
    undo_merge(who("director"), again(done), 1, reason="ຄົນລະອັນ")
    assert everything() == before
    assert list(Entry.objects.filter(pk__in=[pk for pk, _ in entries]).values_list("pk", "enterprise_id")) == entries
    assert list(breaks()) == []
    assert Entry.objects.filter(action__in=("enterprises.merge", "enterprises.merge_away")).count() == 2
    assert Entry.objects.filter(action="enterprises.undo_merge").count() == 2


def test_every_foreign_key_to_an_enterprise_is_known(pair: tuple[Enterprise, Enterprise]) -> None:
    for link in joining.links():
        if link.key in joining.STAY:
            continue
        word = f"joining.kind_{link.key[0].replace('.', '_')}"
        assert has(word), f"a new kind of record moves with a merge: give it a word, {word}"
    keys = {link.key for link in joining.links()}
    assert set(joining.STAY) <= keys
    assert ("accounts.breakglass", "enterprise") in keys, "hidden relations are walked too"


def test_the_old_address_leads_to_the_kept_record_for_the_owner_too(
    pair: tuple[Enterprise, Enterprise], who: WhoOf, browser: Callable[[str], Client]
) -> None:
    a, b = pair
    join(who("officer"), a, b)
    page = browser("rival").get(reverse("enterprises_see", args=[b.pk]))
    assert page.status_code == 200
    assert reverse("enterprises_see", args=[a.pk]) in page.content.decode()
    assert browser("rival").get(reverse("enterprises_see", args=[a.pk])).status_code == 200
    assert browser("trainer").get(reverse("enterprises_see", args=[b.pk])).status_code == 404


def test_what_is_joined_is_found_by_the_old_name_and_number(pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    from namsai_centre.enterprises.search import found

    a, b = pair
    number = b.identifiers.get().value
    join(who("officer"), a, b)
    alive = Enterprise.objects.exclude(status="merged")
    assert [e.pk for e in found(alive, "ໂຮງງານອາຫານ ຂ")] == [a.pk]
    assert [e.pk for e in found(alive, number)] == [a.pk]


@pytest.mark.parametrize("name", ["expert", "verifier", "owner", "member", "ministry", "donor", "trainer"])
def test_only_staff_join(name: str, pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    with pytest.raises(PermissionDenied):
        join(who(name), *pair)


def test_never_with_itself_never_twice_never_without_a_reason(pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    a, b = pair
    with pytest.raises(Refused):
        join(who("officer"), a, a)
    with pytest.raises(Refused):
        merge(who("officer"), a, b, (a.version, b.version), take=set(), reason="  ")
    join(who("officer"), a, b)
    for kept, gone in ((a, b), (b, a)):
        with pytest.raises(PermissionDenied):
            join(who("officer"), kept, gone)


def test_a_stale_look_joins_nothing(pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    a, b = pair
    with pytest.raises(Stale):
        merge(who("officer"), a, b, (a.version, b.version + 1), take=set(), reason="x")
    assert not Merge.objects.filter(kept=a).exists()


def test_values_that_do_not_fit_together_are_refused(pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    a, b = pair
    Enterprise.objects.filter(pk=a.pk).update(workers=99)
    with pytest.raises(Refused) as told:
        join(who("officer"), a, b, frozenset({"women", "men"}))
    assert [slug for slug, _ in told.value.problems] == ["workers_wrong"]
    with pytest.raises(Refused) as told:
        join(who("officer"), a, b, frozenset({"district"}))
    assert [slug for slug, _ in told.value.problems] == ["district_wrong"]


def test_a_withdrawn_consent_is_never_given_again_by_joining(pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    a, b = pair
    Consent.objects.create(
        enterprise=a, purpose="benchmark", given_on=date(2024, 1, 1), given_by="x", withdrawn_on=date(2025, 6, 1)
    )
    done = join(who("officer"), a, b)
    assert not Consent.objects.filter(enterprise=a, purpose="benchmark", withdrawn_on=None).exists()
    undo_merge(who("officer"), again(done), 1, reason="x")
    Consent.objects.filter(enterprise=b, purpose="store").update(withdrawn_on=date(2025, 7, 1))
    with pytest.raises(Refused) as told:
        join(who("officer"), a, b)
    assert told.value.problems[0][0] == "against_consent"


def test_undo_is_refused_with_a_list_when_something_would_be_lost(
    pair: tuple[Enterprise, Enterprise], who: WhoOf, browser: Callable[[str], Client]
) -> None:
    a, b = pair
    done = join(who("officer"), a, b, frozenset({"name_en"}))
    kept = Enterprise.objects.get(pk=a.pk)
    kept.change(kept.version, name_en="A new name")
    Contact.objects.filter(
        pk__in=[i for m in done.moved["moved"] if m["model"] == "enterprises.Contact" for i in m["ids"]]
    ).delete()
    mark = everything()
    with pytest.raises(Refused) as told:
        undo_merge(who("officer"), again(done), 1, reason="x")
    assert {slug for slug, _ in told.value.problems} == {"undo_field", "undo_removed"}
    assert everything() == mark
    page = browser("officer").post(reverse("enterprises_undo_merge", args=[done.pk]), {"reason": "x", "version": 1})
    assert page.status_code == 422
    assert "A new name" in page.content.decode()
    assert "ທ່ານ ດີ" in page.content.decode()


def test_undo_leaves_what_was_edited_since_and_takes_along_what_was_made_for_it(
    pair: tuple[Enterprise, Enterprise], who: WhoOf
) -> None:
    a, b = pair
    work_b = Engagement.objects.get(enterprise=b)
    done = join(who("officer"), a, b)
    Engagement.objects.filter(pk=work_b.pk).update(title_lo="ຊື່ໃໝ່")
    later = Measure.objects.create(enterprise=a, engagement=work_b, title_lo="ມາດຕະການໃໝ່")
    own = Measure.objects.create(enterprise=a, title_lo="ຂອງ ກ")
    task = Task.objects.create(engagement=work_b, title="ວຽກ")
    undo_merge(who("officer"), again(done), 1, reason="x")
    for one, firm in ((later, b), (own, a)):
        one.refresh_from_db()
        assert one.enterprise_id == firm.pk
    work_b.refresh_from_db()
    assert (work_b.enterprise_id, work_b.title_lo) == (b.pk, "ຊື່ໃໝ່")
    assert task.engagement.enterprise_id == b.pk


def test_merges_on_merges_are_undone_last_first(pair: tuple[Enterprise, Enterprise], who: WhoOf) -> None:
    a, b = pair
    c = Enterprise.objects.create(name_lo="ຄ")
    before = everything()
    first = join(who("officer"), a, b)
    second = join(who("officer"), c, a)
    with pytest.raises(Refused) as told:
        undo_merge(who("officer"), again(first), 1, reason="x")
    assert "undo_kept_joined" in {slug for slug, _ in told.value.problems}
    undo_merge(who("officer"), again(second), 1, reason="x")
    undo_merge(who("officer"), again(first), 1, reason="x")
    assert everything() == before
    with pytest.raises(PermissionDenied):
        undo_merge(who("officer"), again(first), 2, reason="x")


def test_the_pages_join_and_undo(pair: tuple[Enterprise, Enterprise], browser: Callable[[str], Client]) -> None:
    a, b = pair
    client = browser("officer")
    url = reverse("enterprises_merge", args=[a.pk, b.pk])
    page = client.get(url)
    text = page.content.decode()
    assert "Food B" in text
    assert "Engagements" in text
    empty = client.post(url, {"kept_version": 1, "gone_version": 1})
    assert empty.status_code == 422
    form = page.context["form"]
    sent = {"reason": "ອັນດຽວກັນ", "kept_version": a.version, "gone_version": b.version}
    sent |= {f.name: "gone" for f in (*form.conflicts(), *form.fills())}
    done = client.post(url, sent)
    assert done.status_code == 302, done.content.decode()[:3000]
    assert RoleGrant.objects.filter(enterprise=a).count() == 3
    merged = Merge.objects.get(kept=a)
    shown = client.get(done["Location"]).content.decode()
    assert "Undo the joining" in shown
    undone = client.post(reverse("enterprises_undo_merge", args=[merged.pk]), {"reason": "ຄົນລະອັນ", "version": 1})
    assert undone.status_code == 302
    assert Enterprise.objects.get(pk=b.pk).status == "active"
    assert "Undone" in client.get(reverse("enterprises_merges")).content.decode()


def test_a_stale_page_of_a_merge_shows_the_records_again(
    pair: tuple[Enterprise, Enterprise], browser: Callable[[str], Client]
) -> None:
    a, b = pair
    url = reverse("enterprises_merge", args=[a.pk, b.pk])
    form = browser("officer").get(url).context["form"]
    sent = {"reason": "x", "kept_version": 1, "gone_version": 77} | {
        f.name: "kept" for f in (*form.conflicts(), *form.fills())
    }
    page = browser("officer").post(url, sent)
    assert page.status_code == 409
    assert not Merge.objects.filter(kept=a).exists()
