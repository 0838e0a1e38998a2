"""Bring in an Excel list of 5,000 enterprises on SQLite, and look for duplicates among 13,148: seconds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time

ROWS, REGISTRY, MOST_SECONDS = 5_000, 13_148, 20.0
_KINDS = ["ໂຮງງານຕັດຫຍິບ", "ໂຮງສີເຂົ້າ", "ໂຮງງານນ້ຳດື່ມ", "ໂຮງເລື່ອຍ", "ໂຮງງານດິນຈີ່", "ໂຮງງານເຟີນີເຈີ", "ໂຮງງານນ້ຳກ້ອນ", "ໂຮງງານກາເຟ"]
_LATIN = ["Garment", "Rice Mill", "Drinking Water", "Sawmill", "Bricks", "Furniture", "Ice", "Coffee"]
_ONSETS, _RHYMES = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ", ("າ", "ີ", "ູ", "ັນ", "ອງ", "ົມ", "ອນ")


def main() -> None:
    """Measure in processes of their own, each with a fresh database file."""
    for before in (0, REGISTRY):
        with tempfile.TemporaryDirectory() as folder:
            env = os.environ | {"NAMSAI_DEMO": "1", "NAMSAI_DATA": folder}
            env["DJANGO_SETTINGS_MODULE"] = "namsai_centre.settings"
            env.pop("NAMSAI_DATABASE_URL", None)
            subprocess.run([sys.executable, "-m", "benchmarks.centre_import", str(before)], env=env, check=True)


def made_up(rows: int, seed: int, start: int = 0) -> list[list[object]]:
    """Return rows of a list: names, numbers, place, workers; invented by a seed, every number once."""
    from namsai_centre.enterprises.models import Place

    chance = random.Random(seed)
    words = ["".join(chance.choice(_ONSETS) + chance.choice(_RHYMES) for _ in range(2)) for _ in range(400)]
    districts = list(Place.objects.filter(kind="district").select_related("parent"))
    found: list[list[object]] = []
    for n in range(start, start + rows):
        kind, women, men = chance.randrange(8), chance.randint(0, 80), chance.randint(1, 80)
        place = chance.choice(districts)
        province = place.parent.name_lo if place.parent else ""
        name = f"{_KINDS[kind]} {chance.choice(words)}{chance.choice(words)}"
        latin = f"{_LATIN[kind]} {n}" if n % 3 else ""
        phone = f"020 {50_000_000 + n * 7}"
        found.append(
            [name, latin, f"01-{n:08d}", f"{300_000_000 + n}", province, place.name_lo, f"ບ້ານ {n % 97}",
             women + men, women, men, "2025-12-31", chance.randint(10, 9000) * 1_000_000, phone]
        )  # fmt: skip
    return found


HEADERS = [
    "ຊື່ວິສາຫະກິດ", "Name", "ເລກທະບຽນ", "Tax No.", "ແຂວງ", "ເມືອງ", "ບ້ານ", "ແຮງງານທັງໝົດ", "ຍິງ", "ຊາຍ", "ວັນທີນັບແຮງງານ",
    "ຊັບສິນ", "ໂທ",
]  # fmt: skip


def _measure(before: int) -> None:
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import transaction

    from namsai.workbook.lists import write_list
    from namsai_centre import clock
    from namsai_centre.accounts.identity import who_is
    from namsai_centre.accounts.models import Person, RoleGrant
    from namsai_centre.commands.ready import prepare
    from namsai_centre.enterprises import duplicates, queries_join
    from namsai_centre.enterprises.actions import check_import
    from namsai_centre.enterprises.actions.apply_import import apply_import
    from namsai_centre.enterprises.models import Enterprise, Identifier, Place

    prepare()
    cache.clear()
    officer = Person.objects.create_user("officer@bench.la", "bench-only-password", name_lo="ພະນັກງານ")
    RoleGrant.objects.create(person=officer, role="officer", starts=clock.today())
    who = who_is(officer)
    if before:
        places = {p.name_lo: p for p in Place.objects.filter(kind="district")}
        firms = []
        for row in made_up(before, 5, 100_000):
            place = places[str(row[5])]
            firm = Enterprise(name_lo=str(row[0]), name_en=str(row[1]), district=place, province_id=place.parent_id)
            firm.set_keys()
            firms.append(firm)
        with transaction.atomic():
            Enterprise.objects.bulk_create(firms, batch_size=500)
            numbers = [Identifier(enterprise=f, issuer="tax", value=f"9{n:08d}") for n, f in enumerate(firms)]
            Identifier.objects.bulk_create(numbers, batch_size=500)
        start, cpu = time.perf_counter(), time.process_time()
        found = duplicates.find(queries_join.firms())
        took, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(f"duplicates among {before:,}: {took:.1f} s, {cpu:.1f} s of processor ({len(found.pairs)} pairs; < 10 s)")
    content = write_list(HEADERS, made_up(ROWS, 9))  # type: ignore[arg-type]
    steps, busy = [time.perf_counter()], time.process_time()
    run, _ = check_import.upload(who, content, "bench.xlsx")
    steps.append(time.perf_counter())
    run = check_import.set_columns(who, run, run.version, columns=run.mapping["columns"], numbers="")
    steps.append(time.perf_counter())
    asked = {str(row["place"]): "new" for row in run.rows if row["state"] == "possible"}
    answered = 0.0
    if asked:
        start = time.perf_counter()
        run = check_import.answer(who, run, run.version, answers=asked)
        answered = time.perf_counter() - start
    start = time.perf_counter()
    run = apply_import(who, run, run.version)
    end = time.perf_counter()
    read, checked, applied = steps[1] - steps[0], steps[2] - steps[1], end - start
    total, busy = read + checked + answered + applied, time.process_time() - busy
    assert Enterprise.objects.count() == before + ROWS, "not all rows were brought in"
    parts = f"read {read:.1f} s, check {checked:.1f} s, {len(asked)} answers {answered:.1f} s, write {applied:.1f} s"
    print(
        f"import of {ROWS:,} into {before:,}: {total:.1f} s ({parts}; processor {busy:.1f} s; < {MOST_SECONDS:.0f} s)"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _measure(int(sys.argv[1]))
    else:
        main()
