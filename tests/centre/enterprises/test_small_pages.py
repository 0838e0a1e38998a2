"""Small things of the registry's pages: groups get other names, consent is one tap away, phones stand in groups."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from namsai_centre.audit.models import Entry
from namsai_centre.enterprises.models import Consent, Contact, Group, Lookalike
from tests.centre.cast import Cast

Browser = Callable[[str], Client]


def test_a_group_gets_another_name_and_a_stale_one_is_shown(cast: Cast, browser: Browser) -> None:
    group = cast.records["group"]
    url, client = reverse("enterprises_group_edit", args=[group.pk]), browser("officer")
    assert client.post(url, {"name_lo": "", "version": 1}).status_code == 422
    assert client.post(url, {"name_lo": "ກຸ່ມ ຂ", "name_en": "Group B", "version": 1}).status_code == 302
    assert client.post(url, {"name_lo": "ກຸ່ມ ຄ", "version": 1}).status_code == 409
    assert client.post(url, {"name_lo": "ກຸ່ມ ຄ"}).status_code == 409
    assert Group.objects.get(pk=group.pk).name_en == "Group B"
    assert Entry.objects.latest("id").action == "enterprises.edit_group"
    assert url in client.get(reverse("enterprises_groups")).content.decode()


def test_consent_is_given_from_its_line_with_the_owners_own_name(cast: Cast, browser: Browser) -> None:
    firm = cast.records["enterprise"]
    url, owner = reverse("enterprises_consent", args=[firm.pk]), browser("owner")
    assert "?purpose=benchmark#give" in owner.get(url).content.decode()
    form = owner.get(url, {"purpose": "benchmark"}).context["form"]
    assert (form["purpose"].value(), form["given_by"].value()) == ("benchmark", str(cast.people["owner"]))
    assert browser("officer").get(url).context["form"]["given_by"].value() == "", "staff write who told them"
    answer = owner.post(url, {n: form[n].value() or "" for n in ("purpose", "given_on", "given_by", "note")})
    assert (answer.status_code, answer["Location"]) == (302, url)
    given = Consent.objects.get(enterprise=firm, purpose="benchmark")
    back = reverse("enterprises_withdraw", args=[firm.pk, given.pk])
    form = owner.get(back).context["form"]
    sent = {n: form[n].value() for n in ("withdrawn_on", "withdrawn_by", "version")}
    assert owner.post(back, sent)["Location"] == url
    given.refresh_from_db()
    assert given.withdrawn_by == str(cast.people["owner"])


def test_a_phone_stands_in_groups_and_is_dialled_at_a_touch(cast: Cast, browser: Browser) -> None:
    firm = cast.records["enterprise"]
    Contact.objects.create(enterprise=firm, name_lo="ທ້າວ ສີ", phone="02055500777")
    page = browser("officer").get(reverse("enterprises_see", args=[firm.pk])).content.decode()
    assert 'href="tel:+8562055500777">+856 20 5550 0777</a>' in page


def test_pairs_found_before_are_offered_for_joining(cast: Cast, browser: Browser) -> None:
    pair = Lookalike.objects.get(pk=cast.records["lookalike"].pk)
    page = browser("officer").get(reverse("enterprises_merge_find", args=[pair.first_id])).content.decode()
    assert reverse("enterprises_merge", args=[pair.first_id, pair.second_id]) in page
