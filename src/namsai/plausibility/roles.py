"""The vocabulary of roles: what a stated figure is in its group. A role is ``word`` or ``word.tag`` or
``word.tag.more``.

Claims with the same `about` form a group. Within it the tag pairs figures: ``money.coal`` belongs to
``quantity.coal``. Where the tag names what flows, it is a word of the know-how's flow list, and rules look up ranges
for it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """One role: its word, its meaning in English and Lao, the kind of tag it takes (flow, pair, date, name)."""

    word: str
    en: str
    lo: str
    tag: str = ""


ROLES: dict[str, Role] = {
    role.word: role
    for role in (
        Role("total", "the stated sum of all parts", "ຍອດລວມ", "name"),
        Role("part", "one part of the total; all parts are listed", "ສ່ວນໜຶ່ງຂອງຍອດລວມ (ລະບຸຄົບ)", "name"),
        Role("some_part", "one part of the total; others are not listed", "ສ່ວນໜຶ່ງຂອງຍອດລວມ (ບໍ່ຄົບ)", "name"),
        Role("money", "money for the quantity with the same tag", "ເງິນຂອງປະລິມານທີ່ມີປ້າຍດຽວກັນ", "flow"),
        Role("quantity", "a quantity used or saved", "ປະລິມານ", "flow"),
        Role("use", "what the whole site uses in a year", "ການນຳໃຊ້ທັງໝົດຕໍ່ປີ", "flow"),
        Role("price", "a stated price per unit", "ລາຄາຕໍ່ຫົວໜ່ວຍ", "flow"),
        Role("energy_saved", "energy saved", "ພະລັງງານທີ່ປະຢັດ", "flow"),
        Role("ghg_avoided", "greenhouse gases avoided by it", "ອາຍເຮືອນແກ້ວທີ່ຫຼຸດລົງ", "flow"),
        Role("energy_used", "energy used", "ພະລັງງານທີ່ນຳໃຊ້", "flow"),
        Role("ghg_emitted", "greenhouse gases emitted by it", "ອາຍເຮືອນແກ້ວທີ່ປ່ອຍ", "flow"),
        Role("amount_local", "an amount in the local currency", "ຈຳນວນເງິນທ້ອງຖິ່ນ", "pair"),
        Role("amount_foreign", "the same amount in a foreign currency", "ຈຳນວນເງິນຕ່າງປະເທດ", "pair"),
        Role("rate", "a stated exchange rate", "ອັດຕາແລກປ່ຽນ", "name"),
        Role("rate_series", "an exchange rate of a month (tag 2023-11)", "ອັດຕາແລກປ່ຽນປະຈຳເດືອນ", "date"),
        Role("inflation", "inflation of a year", "ອັດຕາເງິນເຟີ້", "name"),
        Role("production", "what was made in a year", "ຜົນຜະລິດຕໍ່ປີ", "name"),
        Role("capacity", "what can be made in a year", "ກຳລັງການຜະລິດຕໍ່ປີ", "name"),
        Role("share", "the quantity or money with the same tag in % of a base", "ສ່ວນຮ້ອຍຂອງຖານ", "pair"),
        Role("investment", "what is spent once", "ເງິນລົງທຶນ", "name"),
        Role("saving", "money saved per year", "ເງິນທີ່ປະຢັດຕໍ່ປີ", "name"),
        Role("payback", "stated payback time", "ໄລຍະຄືນທຶນ", "name"),
        Role("payback_low", "shortest stated payback time", "ໄລຍະຄືນທຶນສັ້ນສຸດ", "name"),
        Role("payback_high", "longest stated payback time", "ໄລຍະຄືນທຶນຍາວສຸດ", "name"),
        Role("low_cost", "the text calls it low-cost or a quick success (value 1)", "ຖືກຈັດເປັນມາດຕະການຕົ້ນທຶນຕ່ຳ", "name"),
        Role("bc_ratio", "benefit-cost ratio", "ອັດຕາສ່ວນຜົນປະໂຫຍດຕໍ່ຕົ້ນທຶນ", "name"),
        Role("npv", "net present value", "ມູນຄ່າປັດຈຸບັນສຸດທິ", "name"),
        Role("irr", "internal rate of return, % per year", "ອັດຕາຜົນຕອບແທນພາຍໃນ", "name"),
        Role("discount_rate", "discount rate, % per year", "ອັດຕາສ່ວນຫຼຸດ", "name"),
        Role("same", "one of several statements of the same figure", "ຕົວເລກດຽວກັນທີ່ກ່າວຫຼາຍບ່ອນ", "name"),
        Role("option_saving", "share of the site's use saved by one option, %", "ສ່ວນທີ່ທາງເລືອກໜຶ່ງປະຢັດ", "flow"),
        Role("portfolio_saving", "share of the site's use saved by all options, %", "ສ່ວນທີ່ທຸກທາງເລືອກປະຢັດ", "flow"),
        Role("intensity", "use per product (tag flow.product)", "ການໃຊ້ຕໍ່ຜະລິດຕະພັນ", "flow"),
        Role("result", "a published result set beside the calculated one", "ຜົນທີ່ເຜີຍແຜ່", "name"),
        Role("fact", "a published fact kept for the record, not checked", "ຂໍ້ມູນທີ່ເຜີຍແຜ່", "name"),
    )
}


def split(role: str) -> tuple[str, str]:
    """Return the word and the tag of a role.

    >>> split("money.coal"), split("total")
    (('money', 'coal'), ('total', ''))
    """
    word, _, tag = role.partition(".")
    return word, tag
