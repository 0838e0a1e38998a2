"""What the demo shows of duplicates and lists: some twins, one joined record, a checked list. All invented."""

from __future__ import annotations

from types import SimpleNamespace

from namsai.workbook.lists import write_list
from namsai_centre.accounts.identity import who_is
from namsai_centre.enterprises.actions import check_import
from namsai_centre.enterprises.actions.find_duplicates import find_duplicates
from namsai_centre.enterprises.actions.merge import merge
from namsai_centre.enterprises.models import Contact, Enterprise, Identifier, Lookalike

HEADERS = ["ຊື່ວິສາຫະກິດ", "Name", "ເລກທະບຽນ", "ແຂວງ", "ເມືອງ", "ແຮງງານທັງໝົດ", "ຍິງ", "ຊາຍ", "ຊັບສິນ", "ໂທ"]
ROWS = (
    (
        "ໂຮງງານນ້ຳດື່ມ ພູຄຳ",
        "Phoukham Drinking Water",
        "06-00004711",
        "ຫຼວງພະບາງ",
        "",
        14,
        8,
        6,
        950_000_000,
        "020 5551 7001",
    ),
    ("ໂຮງງານຕັດຫຍິບ ວຽງຈັນ", "Vientiane Garment", "01-00000001", "", "", 495, 420, 75, None, ""),
    ("ໂຮງງານກາເຟ ປາກຊອງ", "Paksong Coffee", "", "ຈຳປາສັກ", "", 55, 31, 24, None, ""),
    ("ໂຮງງານກະດານ ທ່າແຂກ", "", "12-00000815", "ຄຳມ່ວນ", "", 20, 9, 12, None, "ບໍ່ຮູ້"),
)


def fill(stage: SimpleNamespace) -> None:
    """Make twins of firms, join one pair, check a list."""
    who = who_is(stage.people["officer"])
    third, fifth = stage.firms[2], stage.firms[4]
    twin = Enterprise.objects.create(
        name_lo="ໂຮງງານເຈ້ຍ ນ້ຳງຶ່ມ", name_en="Nam Ngum Paper Co., Ltd", province=third.province
    )
    Identifier.objects.create(enterprise=twin, issuer="enterprise_registration", value="01-00000003")
    Contact.objects.create(enterprise=twin, name_lo="ຄຳໃບ ສີສະຫວາດ", phone="020 5550 4711")
    Enterprise.objects.create(
        name_lo="ໂຮງງານເບຍ ທ່າງ່ອນ", name_en="Tha Ng\u043en Brewery", province=stage.firms[3].province
    )
    same = Enterprise.objects.create(
        name_lo="ເຕົາດິນຈີ່ ໂພນໂຮງ", name_en="Phonhong Brick Kiln", workers=50, village="ໂພນໂຮງ"
    )
    stage.merge = merge(
        who, fifth, same, (fifth.version, same.version), take=set(), reason="ເຈົ້າຂອງດຽວກັນ, ບ່ອນດຽວກັນ (ໄປຢາມແລ້ວ)"
    )
    find_duplicates(who)
    stage.lookalike = Lookalike.objects.first()
    run, _ = check_import.upload(who, write_list(HEADERS, ROWS), "ລາຍການ-2026.xlsx")
    stage.import_run = check_import.set_columns(who, run, run.version, columns=run.mapping["columns"], numbers="")
    stage.twin = twin
