"""What the demo's registry shows: places, numbers, people, consents, and some small neighbours. All invented."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from namsai_centre import clock
from namsai_centre.enterprises.models import (
    Activity,
    Alias,
    Consent,
    Contact,
    Enterprise,
    Group,
    Identifier,
    Place,
    Site,
)

# district, village, ISIC code, risk class, kind, phone (in the order of demo.enterprises.FIRMS)
DETAILS = (
    ("0105", "ໂພນສະຫວັນ", "1410", "medium", "garment"),
    ("0106", "ດອນໜູນ", "1062", "high", "food_beverage"),
    ("0109", "ປາກງື່ມ", "1701", "high", "wood"),
    ("0106", "ທ່າງ່ອນ", "1103", "medium", "food_beverage"),
    ("1001", "ໂພນໂຮງ", "2392", "medium", "construction_materials"),
    ("0102", "ສີໄຄ", "3100", "low", "wood"),
)
NEIGHBOURS = (
    ("ໂຮງສີເຂົ້າ ໂພນທອງ", "Phonthong Rice Mill", "food_beverage", "1606", 2, 3),
    ("ໂຮງງານນ້ຳດື່ມ ຫຼວງພະບາງ", "Luang Prabang Drinking Water", "food_beverage", "0601", 9, 12),
    ("ໂຮງງານນ້ຳກ້ອນ ປາກເຊ", "Pakse Ice", "food_beverage", "1601", 1, 6),
    ("ໂຮງເລື່ອຍ ທ່າແຂກ", "Thakhek Sawmill", "wood", "1201", 4, 21),
    ("ໂຮງງານກາເຟ ປາກຊ່ອງ", "Paksong Coffee", "food_beverage", "1604", 31, 24),
    ("ຫ້ອງຕັດຫຍິບ ນາງຄຳ", "Nang Kham Tailors", "garment", "0103", 4, None),
    ("ໂຮງງານຊີມັງ ວັງວຽງ", "Vangvieng Cement", "construction_materials", "1005", None, None),
    ("ໂຮງແຮມ ແຄມຂອງ", "Mekong Riverside Hotel", "services", "0101", 18, 11),
    ("ໂຮງງານເຕົາເຜົາດິນຈີ່ ສີໂຄດ", "", "construction_materials", "0102", 3, 9),
    ("", "Savan Textile Co., Ltd.", "textile", "1301", 120, 44),
    ("ໂຮງງານເສັ້ນເຝີ ແມ່ບຸນ", "Mae Boun Noodles", "food_beverage", "0104", 3, 1),
    ("ໂຮງງານນ້ຳປາ ທ່າແຂກ", "Thakhek Fish Sauce", "food_beverage", "1201", 5, 3),
    ("ໂຮງງານຜ້າໄໝ ຊຳເໜືອ", "Samneua Silk", "textile", "0701", 16, 2),
    ("ໂຮງງານກະເບື້ອງ ໄຊທານີ", "Xaythany Tiles", "construction_materials", "0106", 8, 30),
    ("ໂຮງງານໄມ້ອັດ ບໍລິຄັນ", "Bolikhan Plywood", "wood", "1104", 22, 61),
    ("ໂຮງງານນ້ຳຕານ ສະຫວັນ", "Savan Sugar", "food_beverage", "1301", 40, 180),
    ("ໂຮງງານເຫຼົ້າພື້ນເມືອງ ໄຊ", "Xay Distillery", "food_beverage", "0401", 2, 2),
    ("ຮ້ານຊັກລີດ ວຽງທອງ", "Viengthong Laundry", "services", "0103", 7, 2),
    ("ໂຮງງານເຟີນີເຈີ ຫຼວງນ້ຳທາ", "Luangnamtha Furniture", "wood", "0301", 1, 8),
    ("ໂຮງງານຕັດຫຍິບ ສະໜາມໄຊ", "Sanamxay Garment", "garment", "1703", 58, 7),
    ("ໂຮງງານປຸງແຕ່ງໝາກໄມ້ ວຽງຄຳ", "Viengkham Fruit", "food_beverage", "1009", None, None),
)


def fill(stage: SimpleNamespace) -> None:
    """Give the demo's firms what a registry knows of them, and add the neighbours."""
    places = {p.code: p for p in Place.objects.select_related("parent")}
    counted = clock.today() - timedelta(days=120)
    for number, (firm, detail) in enumerate(zip(stage.firms, DETAILS, strict=True), start=1):
        district, village, isic, risk, sector = detail
        firm.district, firm.village, firm.risk_class, firm.sector = places[district], village, risk, sector
        firm.province, firm.economic_kind, firm.workers_on = places[district].parent, "production", counted
        firm.save()
        Activity.objects.create(enterprise=firm, code=isic, revision="4", starts=date(2015, 1, 1))
        Identifier.objects.create(
            enterprise=firm, issuer="enterprise_registration", value=f"01-{number:08d}", valid_from=date(2015, 3, 2)
        )
    _first(stage.firms[0])
    for lo, en, sector, code, women, men in NEIGHBOURS:
        place = places[code]
        Enterprise.objects.create(
            name_lo=lo, name_en=en, sector=sector, province=place.parent, district=place, women=women, men=men,
            workers=None if women is None or men is None else women + men, economic_kind="production",
        )  # fmt: skip
    closed = Enterprise.objects.get(name_en="Xay Distillery")
    closed.status, closed.closed_on = "closed", clock.today() - timedelta(days=200)
    closed.save()


def _first(firm: Enterprise) -> None:
    """The owner's firm, with everything."""
    firm.group = Group.objects.create(name_lo="ກຸ່ມບໍລິສັດ ນ້ຳຂອງ", name_en="Nam Khong Group")
    firm.factory_class = "2"
    firm.save()
    Identifier.objects.create(enterprise=firm, issuer="tax", value="123 456 789-000")
    Identifier.objects.create(
        enterprise=firm, issuer="factory_licence", value="0042/ອຄ",
        valid_from=date(2018, 1, 1), valid_until=date(2022, 12, 31),
    )  # fmt: skip
    Alias.objects.create(enterprise=firm, kind="former", name="ໂຮງງານຫຍິບເຄື່ອງ ນາຊາຍທອງ", ends=date(2014, 12, 31))
    Alias.objects.create(enterprise=firm, kind="short", name="VTG")
    Site.objects.create(
        enterprise=firm, name_lo="ໂຮງງານ 2", name_en="Plant 2", province=firm.province, district=firm.district
    )
    Contact.objects.create(
        enterprise=firm, name_lo="ສົມສັກ ໄຊຍະວົງ", name_en="Somsack Xayavong", duty="ຜູ້ອຳນວຍການ", phone="+856 20 5550 0101",
        email="owner@demo.la",
    )  # fmt: skip
    Contact.objects.create(
        enterprise=firm, name_lo="ມະນີ ໄຊຍະວົງ", name_en="Many Xayavong", duty="ຫົວໜ້າຝ່າຍຜະລິດ", phone="+856 20 5550 0102"
    )
    given = clock.today() - timedelta(days=390)
    for purpose in ("store", "benchmark", "share_donor"):
        Consent.objects.create(enterprise=firm, purpose=purpose, given_on=given, given_by="ສົມສັກ ໄຊຍະວົງ")
    last = Consent.objects.get(enterprise=firm, purpose="share_donor")
    last.withdrawn_on, last.withdrawn_by = clock.today() - timedelta(days=60), "ສົມສັກ ໄຊຍະວົງ"
    last.save()
