"""The picture of flows answers: a flow or a place is chosen, with or without script, and told in numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from namsai.assessment import Assessment as Result
from namsai.assessment import assess
from namsai.cli.common import as_data
from namsai.knowhow import load
from namsai.plant.case_file import read_case
from namsai_centre.assessments.flows import layers_of, picture
from namsai_centre.assessments.models import Run
from tests.centre.cast import Cast
from tests.centre.reading import page_of

EXAMPLES = Path(__file__).parents[3] / "examples"


def result_of_plant(name: str) -> Result:
    case, _ = read_case(EXAMPLES / name / "case.json", load())
    assert case is not None
    return assess(case, load())


@pytest.fixture(scope="module")
def garment() -> Result:
    return result_of_plant("garment-new-archid")


@pytest.fixture
def run(cast: Cast, garment: Result) -> Run:
    found: Run = cast.records["run"]
    found.result = as_data(garment)
    found.save()
    return found


def link(key: str) -> str:
    return f"?pick={key}"


def facts(result: Result, layer: str, title: str) -> dict[str, str]:
    shown = picture(result, layers_of(result, "en")[layer], "en", "", link)
    return dict(next(p for p in shown.picks if p.title == title).facts)


@pytest.mark.django_db
def test_a_loss_is_told_with_amount_share_and_what_it_costs(garment: Result) -> None:
    told = facts(garment, "mass", "fabric off-cuts")
    cost = next(f for f in garment.costs.losses if f.stream == garment.costs.losses[0].stream)
    assert told["Amount in the period"] == "548 t"
    assert told["Money in the period"] == "22.2 bn kip"
    assert cost.total == pytest.approx(22.2e9, rel=0.01)
    assert told["Share of all that comes in"] == "13 %"
    assert told["Share of all that leaves spreading and cutting"] == "14 %"


@pytest.mark.django_db
def test_a_place_is_told_with_what_is_lost_there(garment: Result) -> None:
    told = facts(garment, "mass", "spreading and cutting")
    lost = sum(f.total for f in garment.costs.losses if f.process == "cutting") or sum(
        f.total for f in garment.costs.losses[:2]
    )
    assert told["Money lost here"] == f"{lost / 1e9:.3g} bn kip"
    assert told["Share lost"] == "16 %"


@pytest.mark.django_db
def test_what_is_bought_is_told_with_its_price(garment: Result) -> None:
    told = facts(garment, "mass", "fabric")
    assert told["Cost of buying"].endswith("bn kip")


@pytest.mark.django_db
def test_an_amount_that_is_not_known_has_no_share_and_no_sum(garment: Result) -> None:
    network = layers_of(garment, "en")["mass"]
    flows = tuple(replace(f, value=None, shown="not known") if f.name == "fabric" else f for f in network.flows)
    blind = type(network)("mass", network.title, network.boxes, flows, network.streams, network.height)
    shown = picture(garment, blind, "en", "", link)
    told = {p.title: dict(p.facts) for p in shown.picks}
    assert told["fabric off-cuts"]["Share of all that comes in"] == "–"
    assert told["spreading and cutting"]["Comes in"] == "–"


@pytest.mark.django_db
def test_everything_in_both_drawings_is_a_link_with_words(garment: Result) -> None:
    for layer, network in layers_of(garment, "lo").items():
        shown = picture(garment, network, "lo", "", link)
        keys = {f.key for f in network.flows}
        for drawing in (shown.full, shown.slim):
            found = re.findall(r'<a href="\?pick=[^"]+" data-key="([^"]+)" aria-label="([^"]+)">', drawing)
            assert keys <= {key for key, _ in found}, layer
            assert len({key for key, _ in found}) == len(found), layer  # one stop for the keyboard each
            assert all(words for _, words in found)


def test_without_script_the_chosen_flow_is_told_and_lit(run: Run, browser: Callable[[str], Client]) -> None:
    url = reverse("assessments_flows", args=[run.pk])
    page = browser("expert").get(url, {"layer": "mass"}).content.decode()
    assert 'id="picked" class="card" hidden' in page
    key = re.search(r'data-key="(f\d+)">fabric off-cuts</a>', page)
    assert key is not None
    chosen = page_of(browser("expert").get(url, {"layer": "mass", "pick": key[1]}))
    assert 'id="picked" class="card" aria-live' in chosen
    assert f'data-key="{key[1]}" class="on"' in chosen
    assert re.search(rf'<section id="p-{key[1]}" data-lights="[^"]+"><h2>fabric off-cuts', chosen)


@pytest.mark.parametrize("query", [{"layer": "gold"}, {"pick": "nothing"}, {"layer": "mass", "pick": "<b>"}])
def test_a_strange_address_shows_the_picture_with_nothing_chosen(
    query: dict[str, str], run: Run, browser: Callable[[str], Client]
) -> None:
    page = browser("expert").get(reverse("assessments_flows", args=[run.pk]), query)
    assert page.status_code == 200
    assert 'id="picked" class="card" hidden' in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["phong-chau-paper", "hong-ha-brewery", "brick-kiln", "j-charoen-starch"])
def test_every_example_plant_has_its_layers(name: str) -> None:
    result = result_of_plant(name)
    for layer, network in layers_of(result, "lo").items():
        shown = picture(result, network, "lo", "", link)
        assert len(shown.picks) == len(network.flows) + len(network.boxes), layer
