"""Finding enterprises that may be one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from namsai_centre.enterprises.actions.find_duplicates import find_duplicates
from namsai_centre.enterprises.actions.merge import merge
from namsai_centre.enterprises.comparing import NEAR, Firm
from namsai_centre.enterprises.duplicates import Found, find
from namsai_centre.enterprises.models import Enterprise, Lookalike
from namsai_centre.who import Who
from tests.centre.cast import Cast

LETTERS = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"


def two(a: Mapping[str, object], b: Mapping[str, object]) -> Found:
    made = [Firm(id=UUID(int=n), **one) for n, one in enumerate((a, b), 1)]  # type: ignore[arg-type]
    return find(made)


def alone(cast: Cast) -> None:
    """Take the pair of the cast away."""
    cast.records["twin_b"].delete()


def reasons(found: Found) -> list[str]:
    return [slug for pair in found.pairs for slug, _ in pair.reasons]


@pytest.mark.parametrize("blank", ["", "-", "0", "000-000", "N/A", "ບໍ່ມີ", "  "])
def test_nothing_is_matched_on_a_blank_number_or_phone(blank: str) -> None:
    a = {"names": (("lo", "ໂຮງງານເກືອ"),), "numbers": (("tax", blank),), "phones": (blank,)}
    b = {"names": (("lo", "ຮ້ານກາເຟ"),), "numbers": (("tax", blank),), "phones": (blank,)}
    assert two(a, b).pairs == []


def test_the_same_number_is_found_however_it_is_typed() -> None:
    a = {"names": (("lo", "ໂຮງງານເກືອ"),), "numbers": (("tax", "123 456-789"),)}
    b = {"names": (("lo", "ຮ້ານກາເຟ"),), "numbers": (("tax", "໑໒໓໔໕໖໗໘໙"),)}
    assert reasons(two(a, b)) == ["why_tax"]
    b["numbers"] = (("statistics", "123456789"),)
    assert two(a, b).pairs == [], "numbers of two offices are not one number"


def test_case_21_a_name_with_letters_that_deceive_the_eye_is_shown_as_such() -> None:
    found = two({"names": (("en", "Vientiane Beer"),)}, {"names": (("en", "V\u0456entiane Beer"),)})
    assert reasons(found) == ["why_looks"]
    assert "CYRILLIC" in str(found.pairs[0].reasons[0][1]["value"])
    hidden = two({"names": (("lo", "ນ້ຳໃສ ສະອາດ"),)}, {"names": (("lo", "ນ້ຳ\u200bໃສ ສະອາດ"),)})
    assert "ZERO WIDTH SPACE" in str(hidden.pairs[0].reasons[0][1]["value"])


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Vientiane Garment", "Vientiane Garmant", "why_letter"),
        ("Vientiane Garment", "Vietniane Garment", "why_letter"),
        ("Lao Beer Co., Ltd", "LAO BEER", "why_legal_form"),
        ("ບໍລິສັດ ນ້ຳໃສ ຈຳກັດ", "ນ້ຳໃສ", "why_legal_form"),
        ("ໂຮງງານ ຫຼວງ", "ໂຮງງານຫລວງ", "why_spelling"),
    ],
)
def test_names_that_are_nearly_the_same_are_found_with_the_reason(one: str, other: str, why: str) -> None:
    assert reasons(two({"names": (("lo", one),)}, {"names": (("lo", other),)})) == [why]


def test_factory_1_and_factory_2_are_not_one() -> None:
    assert two({"names": (("en", "Savan Sugar 1"),)}, {"names": (("en", "Savan Sugar 2"),)}).pairs == []


def test_a_common_name_in_two_districts_counts_less_than_in_one_village() -> None:
    a = {"names": (("lo", "ໂຮງສີເຂົ້າ"),), "district": 1, "village": "ໂພນໄຊ"}
    near = two(a, a).pairs[0].score
    far = two(a, {**a, "district": 2}).pairs
    assert near >= 70
    assert far == []


def test_the_join_of_near_names_misses_none_that_comparing_all_would_find() -> None:
    from namsai_centre.enterprises import duplicates as d
    from namsai_centre.enterprises.keys import trigrams

    chance = random.Random(4)
    words = ["".join(chance.choices(LETTERS, k=4)) for _ in range(30)]
    names = sorted({"".join(chance.choices(words, k=6)) for _ in range(400)})
    names += [name[:7] + "ກ" + name[8:] for name in names[::9]]
    names = sorted(set(names))
    grams = {n: trigrams(n) for n in names}
    wanted = {
        frozenset((a, b))
        for i, a in enumerate(names)
        for b in names[:i]
        if len(grams[a] & grams[b]) >= NEAR * len(grams[a] | grams[b])
    }
    assert len(wanted) > 20
    assert {frozenset(pair) for pair in d._near(names)} == wanted


def test_13148_enterprises_are_compared_in_seconds() -> None:
    chance = random.Random(3)
    words = ["".join(chance.choices(LETTERS, k=4)) for _ in range(300)]
    kinds = ["ໂຮງງານຕັດຫຍິບ", "ໂຮງສີເຂົ້າ", "ໂຮງງານນ້ຳດື່ມ", "ໂຮງເລື່ອຍ", "ໂຮງງານດິນຈີ່"]
    firms = [
        Firm(
            UUID(int=n + 1),
            (("lo", f"{chance.choice(kinds)} {chance.choice(words)}{chance.choice(words)}"),),
            district=chance.randrange(148),
            numbers=(("tax", str(chance.randrange(10**9))), ("statistics", "-")),
            phones=(f"020 5{chance.randrange(10**7):07d}",),
        )
        for n in range(13_148)
    ]
    firms.append(Firm(UUID(int=10**6), firms[77].names, district=firms[77].district))
    found = find(firms)
    assert any({p.first, p.second} == {UUID(int=78), UUID(int=10**6)} for p in found.pairs)


def test_not_the_same_is_kept_and_not_shown_again(
    cast: Cast, who: Callable[[str], Who], browser: Callable[[str], Client]
) -> None:
    alone(cast)
    a = Enterprise.objects.create(name_lo="ໂຮງງານນ້ຳກ້ອນ ໃຈດີ")
    b = Enterprise.objects.create(name_lo="ໂຮງງານນ້ຳກ້ອນ ໃຈດີ")
    assert find_duplicates(who("officer")).pairs == 1
    pair = Lookalike.objects.get()
    client = browser("officer")
    page = client.get(reverse("enterprises_duplicates"))
    assert "Same name" in page.content.decode()
    client.post(reverse("enterprises_not_same", args=[pair.pk]), {"not_same": "1", "why": "ຄົນລະເຈົ້າຂອງ", "version": 1})
    assert find_duplicates(who("officer")).pairs == 0
    assert "Same name" not in client.get(reverse("enterprises_duplicates")).content.decode()
    assert "ຄົນລະເຈົ້າຂອງ" in client.get(reverse("enterprises_duplicates"), {"show": "not_same"}).content.decode()
    a.refresh_from_db()
    b.refresh_from_db()
    assert {a.status, b.status} == {"active"}


def test_a_joined_record_is_no_duplicate_any_more(cast: Cast, who: Callable[[str], Who]) -> None:
    alone(cast)
    a = Enterprise.objects.create(name_lo="ໂຮງງານນ້ຳກ້ອນ ໃຈດີ")
    b = Enterprise.objects.create(name_lo="ໂຮງງານນ້ຳກ້ອນ ໃຈດີ")
    assert find_duplicates(who("officer")).pairs == 1
    merge(who("officer"), a, b, (1, 1), take=set(), reason="ຊ້ຳ")
    assert find_duplicates(who("officer")).pairs == 0


def test_the_page_of_pairs_asks_no_more_of_the_database_for_more_pairs(
    cast: Cast, who: Callable[[str], Who], browser: Callable[[str], Client]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = browser("officer"), []
    for n in (2, 12):
        for i in range(n):
            Enterprise.objects.create(name_lo=f"ໂຮງງານ ຄູ່ທີ {'ກຂຄງຈສຊຍດຕຖທ'[i]}ແຝດ", village=f"{n}")
            Enterprise.objects.create(name_lo=f"ໂຮງງານ ຄູ່ທີ {'ກຂຄງຈສຊຍດຕຖທ'[i]}ແຝດ", village=f"{n}")
        find_duplicates(who("officer"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("enterprises_duplicates"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
