"""The chain: whoever changes the log past the centre is found, and two writers at once keep one chain."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from namsai_centre.accounts.models import Person
from namsai_centre.audit.chain import Break, breaks, export, read_export, sealed, signature
from namsai_centre.audit.models import Entry, Head
from namsai_centre.audit.record import record
from namsai_centre.who import Who, nobody
from tests.centre.cast import Cast


@pytest.fixture
def five(cast: Cast, who: Callable[[str], Who]) -> list[int]:
    """Five entries more; their numbers."""
    made = []
    for n in range(5):
        with transaction.atomic():
            made.append(
                record(who("officer"), "enterprises.edit", cast.records["enterprise"], {"n": n}, {"n": n + 1}).pk
            )
    assert list(breaks()) == []
    return made


def check(*args: str) -> tuple[int, str]:
    """Run the command; its exit code and what it said."""
    said = StringIO()
    try:
        call_command("audit_check", *args, stdout=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def sql(text: str, *values: Any) -> None:
    """Do what a user of the database could do, past the centre."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def test_an_untouched_chain_holds_and_its_end_is_printed(five: list[int]) -> None:
    code, said = check()
    assert code == 0
    assert f"{Entry.objects.count()} entries" in said
    assert Head.objects.get().digest in said


def test_case_25_an_updated_entry_is_found_by_its_number(five: list[int]) -> None:
    sql("UPDATE audit_entry SET person_name = %s WHERE id = %s", "ຄົນອື່ນ", five[2])
    assert list(breaks()) == [Break(five[2], "changed")]
    code, said = check()
    assert code == 1
    assert str(five[2]) in said


def test_case_25_an_updated_entry_with_a_new_seal_is_found(five: list[int]) -> None:
    entry = Entry.objects.get(pk=five[2])
    entry.reason = "ຂຽນໃໝ່"
    sql("UPDATE audit_entry SET reason = %s, digest = %s WHERE id = %s", entry.reason, sealed(entry), entry.pk)
    assert list(breaks()) == [Break(five[3], "missing")]


def test_case_25_a_deleted_entry_is_found(five: list[int]) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", five[1])
    assert Break(five[2], "missing") in list(breaks())
    assert check()[0] == 1


def test_case_25_the_deletion_of_the_last_is_found(five: list[int]) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", five[4])
    assert list(breaks()) == [Break(five[3], "end")]
    assert check()[0] == 1


def test_case_25_an_inserted_entry_is_found(five: list[int]) -> None:
    last = Entry.objects.get(pk=five[4])
    forged = Entry(action="savings.verify", kind="savings.saving", subject_id="1", previous=last.digest)
    forged.digest = sealed(forged)
    Entry.objects.bulk_create([forged])
    assert [b.what for b in breaks()] == ["end"]


def test_case_25_a_chain_written_anew_with_its_head_is_found_by_the_signature(five: list[int]) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", five[4])
    sql("UPDATE audit_head SET digest = %s, count = count - 1", Entry.objects.get(pk=five[3]).digest)
    assert [b.what for b in breaks()] == ["signature"]
    assert check()[0] == 1


def test_case_25_a_whole_old_state_put_back_is_found_by_the_head_kept_outside(five: list[int], tmp_path: Path) -> None:
    outside = tmp_path / "kept.txt"
    outside.write_text(check("--export")[1].splitlines()[-1] + "\n", encoding="utf-8")
    assert check("--against", str(outside))[0] == 0
    old = Entry.objects.get(pk=five[3])
    sql("DELETE FROM audit_entry WHERE id = %s", five[4])
    count = Entry.objects.count()
    sql(
        "UPDATE audit_head SET digest = %s, count = %s, signature = %s", old.digest, count, signature(count, old.digest)
    )
    assert list(breaks()) == []  # nothing in the database tells
    code, said = check("--against", str(outside))
    assert code == 1
    assert "The head kept outside does not fit" in said


def test_a_later_end_still_contains_the_one_kept_outside(
    five: list[int], cast: Cast, who: Callable[[str], Who], tmp_path: Path
) -> None:
    kept = export()
    with transaction.atomic():
        record(who("officer"), "enterprises.edit", cast.records["enterprise"], {}, {"n": 9})
    assert list(breaks(kept)) == []


def test_a_kept_end_that_this_centre_did_not_sign_is_not_believed(five: list[int]) -> None:
    line = export().line()
    assert read_export(line) == export()
    assert read_export(line[:-2] + "xx") is None
    assert read_export(line.replace("namsai-audit:", "namsai-audit:1", 1)) is None
    assert read_export("something else") is None


def test_entries_cannot_be_saved_again_or_deleted(five: list[int]) -> None:
    entry = Entry.objects.get(pk=five[0])
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_an_entry_outside_a_transaction_is_refused(transactional_db: None) -> None:
    person = Person.objects.create_user("a@example.la")
    with pytest.raises(RuntimeError):
        record(nobody(person.created_at.date()), "accounts.invite", person, None, {})


def test_values_that_databases_write_differently_keep_their_seal(cast: Cast, who: Callable[[str], Who]) -> None:
    odd = {
        "big": 1e23,
        "minus": -0.0,
        "inf": float("inf"),
        "nul": "a\0b",
        "deep": [{"x": (1, 2.5)}],
        "n": 10**17,
        7: "k",
    }
    with transaction.atomic():
        made = record(who("officer"), "enterprises.edit", cast.records["enterprise"], None, odd)  # type: ignore[arg-type]
    assert list(breaks()) == []
    assert Entry.objects.get(pk=made.pk).after == {
        "big": "1e+23", "minus": 0.0, "inf": "inf", "nul": "a␀b", "deep": [{"x": [1, 2.5]}], "n": 10**17, "7": "k",
    }  # fmt: skip


def write(number: str, times: int) -> None:
    """Write entries one by one, each in its own transaction."""
    person = Person.objects.get(email="a@example.la")
    for n in range(times):
        with transaction.atomic():
            record(nobody(person.created_at.date()), "accounts.edit", person, {"n": n}, {"n": f"{number}-{n}"})


WRITERS, EACH = 3, 40
PROCESS = """
import django; django.setup()
import sys
from tests.centre.audit.test_chain import write
sys.stdin.readline()
write(sys.argv[1], int(sys.argv[2]))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the test's SQLite lives in memory: see the test with processes"
)
def test_threads_that_write_at_once_keep_one_chain() -> None:
    Person.objects.create_user("a@example.la")
    problems: list[Exception] = []
    gate = threading.Barrier(WRITERS)

    def work(number: int) -> None:
        try:
            gate.wait()
            write(str(number), EACH)
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Entry.objects.count() == Head.objects.get().count == WRITERS * EACH
    assert list(breaks()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="on PostgreSQL threads do")
def test_processes_that_write_at_once_keep_one_chain(tmp_path: Path) -> None:
    Person.objects.create_user("a@example.la")
    file = tmp_path / "namsai.sqlite3"
    with contextlib.closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    env = {
        **os.environ,
        "NAMSAI_DATA": str(tmp_path),
        "NAMSAI_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "tests.centre.settings",
    }
    env.pop("NAMSAI_DATABASE_URL", None)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(n), str(EACH)], env=env, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for n in range(WRITERS)
    ]
    said = [process.communicate(b"go\n", timeout=60)[1] for process in running]
    assert [process.returncode for process in running] == [0] * WRITERS, said
    with contextlib.closing(sqlite3.connect(file)) as read:
        rows = read.execute("SELECT previous, digest FROM audit_entry ORDER BY id").fetchall()
        head = read.execute("SELECT digest, count FROM audit_head").fetchone()
    assert len(rows) == WRITERS * EACH
    assert [previous for previous, _ in rows] == ["0" * 64, *(digest for _, digest in rows[:-1])]
    assert head == (rows[-1][1], WRITERS * EACH)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_no_entry() -> None:
    person = Person.objects.create_user("a@example.la")

    def fails() -> None:
        with transaction.atomic():
            record(nobody(person.created_at.date()), "accounts.edit", person, {}, {"n": 1})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert Entry.objects.count() == 0
    assert list(breaks()) == []
