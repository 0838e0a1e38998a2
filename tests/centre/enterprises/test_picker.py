"""Choosing an enterprise by typing, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.test import Client
from django.urls import reverse

from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.picker import EnterpriseField
from namsai_centre.who import Who
from tests.centre.cast import Cast


class PickForm(forms.Form):
    enterprise = EnterpriseField()


def form(who: Who, **data: str) -> PickForm:
    made = PickForm(data)
    made.fields["enterprise"].who = who  # type: ignore[attr-defined]
    return made


def test_a_text_that_means_one_enterprise_is_that_one(cast: Cast, who: Callable[[str], Who]) -> None:
    for text in ("Garment A", "ຕັດຫຍິບ", str(cast.records["enterprise"].pk)):
        made = form(who("officer"), enterprise=text)
        assert made.is_valid(), text
        assert made.cleaned_data["enterprise"] == cast.records["enterprise"]


def test_an_unclear_text_comes_back_with_the_choices(cast: Cast, who: Callable[[str], Who]) -> None:
    two = [Enterprise.objects.create(name_lo=f"ໂຮງສີ {n}", name_en=f"Mill {n}") for n in ("North", "South")]
    made = form(who("officer"), enterprise="Mill")
    assert not made.is_valid()
    html = str(made["enterprise"])
    assert all(f'value="{firm.pk}"' in html for firm in two)
    made = form(who("officer"), enterprise="Mill", enterprise_choice=str(two[1].pk))
    assert made.is_valid()
    assert made.cleaned_data["enterprise"] == two[1]


def test_the_exact_name_wins_over_longer_ones(cast: Cast, who: Callable[[str], Who]) -> None:
    short = Enterprise.objects.create(name_lo="ໂຮງສີ")
    Enterprise.objects.create(name_lo="ໂຮງສີ 2")
    made = form(who("officer"), enterprise="ໂຮງສີ")
    assert made.is_valid()
    assert made.cleaned_data["enterprise"] == short


def test_case_01_nobody_chooses_what_does_not_exist_for_them(cast: Cast, who: Callable[[str], Who]) -> None:
    for text in ("Garment A", str(cast.records["enterprise"].pk)):
        made = form(who("rival"), enterprise=text)
        assert not made.is_valid()
        assert "Garment A" not in str(made["enterprise"]).replace(text, "")
    assert not form(who("stranger"), enterprise="Garment A").is_valid()


def test_the_proposals_are_options(cast: Cast, browser: Callable[[str], Client]) -> None:
    html = browser("officer").get(
        reverse("enterprises_pick"), {"as": "options", "of": "enterprise", "enterprise": "garm"}
    )
    assert html.content.decode().strip() == '<option value="Garment A"></option>'
