"""Case 24: the restore drill; a cut, changed or newer backup changes nothing."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django.fixtures import Settings

from namsai_centre.accounts.models import Person
from namsai_centre.audit.chain import breaks
from namsai_centre.audit.models import Entry
from namsai_centre.backup.archive import Broken, verified
from namsai_centre.backup.read import Newer, NotEmpty, restore
from namsai_centre.backup.write import tables, write_backup
from namsai_centre.enterprises.models import Enterprise
from tests.centre.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def counts() -> dict[str, int]:
    return {m._meta.label_lower: m._base_manager.count() for m in tables()}


def content() -> dict[str, list[dict[str, object]]]:
    return {m._meta.label_lower: list(m._base_manager.order_by("pk").values()) for m in tables()}


def rewritten(path: Path, goal: Path, change: dict[str, bytes]) -> Path:
    """Copy an archive with some members changed."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(goal, "w") as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
    return goal


def test_case_24_a_restore_gives_back_every_row_and_file(tmp_path: Path) -> None:
    make_cast()
    default_storage.save("evidence/a.txt", ContentFile("ໃບບິນ".encode()))
    before, rows = counts(), content()
    head = write_backup(tmp_path / "b.zip")
    Enterprise.objects.update(name_lo="changed")
    Person.objects.filter(email="donor@example.la").delete()
    default_storage.delete("evidence/a.txt")
    restore(tmp_path / "b.zip", over=True)
    assert counts() == before
    assert content() == rows
    assert sum(before.values()) == head.count
    with default_storage.open("evidence/a.txt") as file:
        assert file.read().decode() == "ໃບບິນ"
    assert list(breaks()) == []
    assert Entry.objects.latest("id").digest == head.audit_head
    Enterprise.objects.create(name_lo="ໃໝ່")  # keys go on after the restored ones


def test_case_24_a_cut_backup_is_detected_and_changes_nothing(tmp_path: Path) -> None:
    make_cast()
    write_backup(tmp_path / "b.zip")
    whole = (tmp_path / "b.zip").read_bytes()
    before = content()
    for part in (0.3, 0.9, 0.999):
        (tmp_path / "cut.zip").write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(Broken):
            restore(tmp_path / "cut.zip", over=True)
    assert content() == before


def test_case_24_a_changed_row_is_detected(tmp_path: Path) -> None:
    make_cast()
    write_backup(tmp_path / "b.zip")
    name = "rows/enterprises.enterprise.jsonl"
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        changed = archive.read(name).replace(b"Garment A", b"Garment Z")
    with pytest.raises(Broken, match="enterprises"):
        verified(rewritten(tmp_path / "b.zip", tmp_path / "changed.zip", {name: changed}))


def test_case_24_a_newer_backup_is_refused(tmp_path: Path) -> None:
    make_cast()
    write_backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        head = json.loads(archive.read("manifest.json"))
    head["migrations"].append(["savings", "9999_of_the_future"])
    changed = {"manifest.json": json.dumps(head).encode()}
    before = content()
    with pytest.raises(Newer):
        restore(rewritten(tmp_path / "b.zip", tmp_path / "newer.zip", changed), over=True)
    assert content() == before


def test_a_centre_in_use_is_not_overwritten_by_mistake(tmp_path: Path) -> None:
    make_cast()
    write_backup(tmp_path / "b.zip")
    with pytest.raises(NotEmpty):
        restore(tmp_path / "b.zip")
    with pytest.raises(FileExistsError):
        write_backup(tmp_path / "b.zip")


def test_a_file_name_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    make_cast()
    default_storage.save("evidence/a.txt", ContentFile(b"x"))
    write_backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        head = json.loads(archive.read("manifest.json"))
    head["parts"]["files/../../out.txt"] = head["parts"].pop("files/evidence/a.txt")
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            goal = "files/../../out.txt" if name == "files/evidence/a.txt" else name
            new.writestr(goal, json.dumps(head) if name == "manifest.json" else old.read(name))
    with pytest.raises(Broken):
        restore(bad, over=True)
    assert not (tmp_path.parent / "out.txt").exists()


def test_every_table_is_in_the_backup_or_left_out_on_purpose() -> None:
    from namsai_centre.backup.archive import LEFT_OUT

    kept = {m._meta.label_lower for m in tables()}
    every = {m._meta.label_lower for m in apps.get_models(include_auto_created=True) if m._meta.managed}
    assert every - kept == {label for label in LEFT_OUT if label in every}
