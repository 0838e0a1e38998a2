"""The firms of the demo: the six example plants and their neighbours."""

from __future__ import annotations

from namsai_centre.demo.people import People, give_firm
from namsai_centre.enterprises.models import Enterprise

# Invented names; sectors are the know-how's own keys.
FIRMS = (
    ("ໂຮງງານຕັດຫຍິບ ວຽງຈັນ", "Vientiane Garment", "garment", 412, 68),
    ("ໂຮງງານແປ້ງມັນຕົ້ນ ໄຊທານີ", "Xaythany Cassava Starch", "food", 30, 55),
    ("ໂຮງງານເຈ້ຍ ນ້ຳງື່ມ", "Nam Ngum Paper", "paper", 40, 80),
    ("ໂຮງງານເບຍ ທ່າງ່ອນ", "Tha Ngon Brewery", "food", 90, 140),
    ("ໂຮງງານດິນຈີ່ ໂພນໂຮງ", "Phonhong Bricks", "construction", 12, 38),
    ("ໂຮງງານເຟີນີເຈີຫວາຍ ສີໂຄດຕະບອງ", "Sikhottabong Rattan Furniture", "wood", 22, 19),
)


def fill(people: People) -> list[Enterprise]:
    """Make the firms; the first is the demo owner's."""
    made = [
        Enterprise.objects.create(name_lo=lo, name_en=en, sector=sector, women=women, men=men, workers=women + men)
        for lo, en, sector, women, men in FIRMS
    ]
    give_firm(people, made[0])
    return made
