"""What a Lao reader sees of a card beside its texts: names of sources, found in Lao too, and rules of thumb."""

import pytest
from django.test import Client

from namsai.knowhow import load
from namsai_centre.knowhow.card import card_of
from namsai_centre.knowhow.origins import origins_of, title_said

pytestmark = pytest.mark.django_db
KNOWHOW = load()


def test_a_lao_reader_sees_the_lao_name_of_a_source_and_the_exact_title_beside() -> None:
    (origin,) = origins_of(KNOWHOW, "DOE-STEAM2", "lo")
    assert (origin.title.text.startswith("ຄຳແນະນຳ"), origin.title.foreign) == (True, False)
    assert "DOE Steam Tip 2 insulate" in [value for _, value in origin.exact]
    assert title_said(KNOWHOW, KNOWHOW.sources["DOE-STEAM2"], "en").text == "DOE Steam Tip 2 insulate"


@pytest.mark.parametrize("typed", ["ໂຮງງານເບຍ", "BREWERIES", "ift-none"])
def test_sources_are_found_by_their_lao_and_english_names(client: Client, typed: str) -> None:
    found = client.get("/knowhow/sources/", {"q": typed}).content.decode()
    assert ("/knowhow/sources/IFC-EHS-BREW/" in found) == (typed != "ift-none")


@pytest.mark.parametrize(("lang", "payback"), [("lo", "0,3 – 2"), ("en", "0.3 – 2")])
def test_a_rule_of_thumb_is_written_as_the_reader_writes_numbers(lang: str, payback: str) -> None:
    assert card_of(KNOWHOW, KNOWHOW.option("TEX-015"), lang).rule_of_thumb == ("30 – 50", payback)  # type: ignore[arg-type]
