"""Evidence: taken by content, kept once by hash, served so that nothing runs; a full disk leaves nothing half."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.audit.models import Entry
from namsai_centre.files.pictures import NotAPicture, picture_of
from namsai_centre.files.store import digest_of
from namsai_centre.savings.actions.bring_evidence import bring_evidence
from namsai_centre.savings.files import MOST_BYTES, Refused, look
from namsai_centre.savings.models import Evidence
from namsai_centre.who import Who
from tests.centre.cast import Cast
from tests.centre.savings.files import jpeg, pdf, png, too_many_parts, webp, xlsx, zip_bomb
from tests.centre.savings.ledger import bring_to

Know = Callable[[str], Who]
Browser = Callable[[str], Client]
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def kept(media: Path) -> list[str]:
    """Names of all files on the disk, half ones too."""
    ours = digest_of(b"read on the meter: 1200 kWh")  # the file of the cast
    return sorted(p.name for p in media.rglob("*") if p.is_file() and p.name != ours)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", png(), "png"), ("A.JPG", jpeg(), "jpeg"), ("a.jpeg", jpeg(), "jpeg"), ("a.webp", webp(), "webp"),
        ("a.pdf", pdf(), "pdf"), ("a.xlsx", xlsx(), "xlsx"), ("ໝໍ້ໄຟ.txt", "ອ່ານ 950".encode(), "txt"),
        ("a.csv", "ມື້,kWh\n1,-5\n".encode("utf-8-sig"), "csv"), ("b.csv", "a,b\n".encode("utf-16"), "csv"),
    ],
)  # fmt: skip
def test_good_files_are_taken_as_they_are(name: str, content: bytes, kind: str) -> None:
    found = look(content, name)
    assert (found.kind, found.content, found.cut) == (kind, content, False)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xlsm", xlsx(), "other_than_named"),
        ("a.xlsx", xlsx({"xl/vbaProject.bin": b"x"}), "runs_something"),
        ("a.xlsx", xlsx(kind="ms-excel.sheet.macroEnabled.main+xml"), "runs_something"),
        ("a.xlsx", xlsx({"xl/embeddings/oleObject1.bin": b"x"}), "runs_something"),
        ("a.xlsx", xlsx({"xl/externalLinks/externalLink1.xml": b"x"}), "runs_something"),
        ("a.xlsx", HTML, "unknown_type"),
        ("a.xlsx", b"PK\x03\x04" + HTML, "bad_workbook"),
        ("a.xlsx", xlsx() + HTML, "something_behind"),
        ("a.xlsx", xlsx(before=HTML), "unknown_type"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unknown_type"),
        ("a.xlsx", too_many_parts(), "bad_workbook"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "unknown_type"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown_type"),
        ("a.txt", b"hello <svg onload=alert(1)>", "runs_something"),
        ("a.csv", b"a,b\n< script>alert(1)</script>,2", "runs_something"),
        ("a.txt", HTML, "runs_something"),
        ("a.html", HTML, "unknown_type"),
        ("a.txt", b"MZ\x90\x00\x03", "not_text"),
        ("a.csv", b"caf\xe9", "not_text"),
        ("a.png", png(behind=HTML), "something_behind"),
        ("a.png", png(behind=b"PK\x03\x04"), "something_behind"),
        ("a.jpg", jpeg(behind=HTML), "something_behind"),
        ("a.webp", webp(behind=b"x"), "something_behind"),
        ("a.pdf", pdf(behind=HTML), "something_behind"),
        ("a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "runs_something"),
        ("a.pdf", pdf(b"/Names<</EmbeddedFiles 2 0 R>>"), "runs_something"),
        ("a.pdf", b"GIF89a" + pdf(), "unknown_type"),
        ("a.png", png(50_000, 50_000), "too_many_pixels"),
        ("a.jpg", jpeg(50_000, 50_000), "too_many_pixels"),
        ("a.webp", webp(16_000, 16_000), "too_many_pixels"),
        ("a.png", png()[:-6], "broken"),
        ("a.jpg", jpeg()[:-2], "broken"),
        ("a.jpg", png(), "other_than_named"),
        ("a.pdf", jpeg(), "other_than_named"),
        ("a", png(), "other_than_named"),
        ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, "heic"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"a" * (MOST_BYTES + 1), "too_large"),
    ],
)  # fmt: skip
def test_case_08_what_could_run_or_hide_something_is_refused(name: str, content: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        look(content, name)
    assert refused.value.why == why


def test_case_07_a_zip_bomb_is_refused() -> None:
    bomb = zip_bomb()
    with pytest.raises(Refused):
        look(bomb, "a.xlsx")


def test_what_a_phone_puts_behind_a_photo_is_cut_off_and_told() -> None:
    for behind in (jpeg(), b"\x00\x00\x00\x18ftypmp42", b"x" * 20 + b"SEFT"):
        found = look(jpeg(behind=behind), "a.jpg")
        assert (found.content, found.cut) == (jpeg(), True)


@pytest.mark.parametrize("whole", [png(), jpeg(), webp()])
def test_no_cut_or_changed_picture_breaks_the_reader(whole: bytes) -> None:
    for end in range(len(whole)):
        try:
            found = picture_of(whole[:end])
        except NotAPicture:
            continue
        assert found is None, end
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            look(changed, "a.jpg")
        except Refused:
            continue


def test_every_reason_has_words_in_both_languages() -> None:
    import re

    from namsai.texts import has

    text = Path(look.__code__.co_filename).read_text("utf-8")
    reasons = set(re.findall(r'Refused\("(\w+)"', text)) | {"something_behind", "broken", "no_room"}
    assert len(reasons) > 9
    assert [r for r in reasons if not has(f"savings.file_{r}")] == []


def test_the_same_file_twice_is_one(cast: Cast, who: Know, media: Path) -> None:
    measure = cast.records["measure"]
    first = bring_evidence(who("owner"), measure, png(), "ໝໍ້ໄຟ.png")
    again = bring_evidence(who("expert"), measure, png(), "other name.png")
    assert (first.known, again.known, again.evidence) == (False, True, first.evidence)
    assert kept(media) == [first.evidence.digest]
    assert Entry.objects.filter(action="savings.bring_evidence").count() == 1


def test_one_file_of_two_measures_stands_once_on_the_disk(cast: Cast, who: Know, media: Path) -> None:
    from namsai_centre.savings.models import Measure

    other = Measure.objects.create(enterprise=cast.records["enterprise"], title_lo="ອື່ນ")
    one = bring_evidence(who("officer"), cast.records["measure"], png(), "a.png").evidence
    two = bring_evidence(who("officer"), other, png(), "a.png").evidence
    assert one != two
    assert one.file.name == two.file.name
    assert kept(media) == [one.digest]


def test_a_file_is_served_as_a_download_with_its_own_name_and_never_run(
    cast: Cast, who: Know, browser: Browser
) -> None:
    brought = bring_evidence(who("owner"), cast.records["measure"], png(), "../ໝໍ້ໄຟ \u202e.png").evidence
    answer = browser("verifier").get(reverse("savings_download", args=[brought.pk]))
    assert b"".join(answer.streaming_content) == png()  # type: ignore[attr-defined]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E0%BB%9D")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "image/png"
    assert brought.name == "ໝໍ້ໄຟ .png"
    assert browser("rival").get(reverse("savings_download", args=[brought.pk])).status_code == 404


def test_case_23_a_full_disk_is_said_and_nothing_is_half_kept(
    cast: Cast, who: Know, browser: Browser, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = Evidence.objects.count()
    url = reverse("savings_bring", args=[cast.records["measure"].pk])
    answer = browser("owner").post(url, {"upload": SimpleUploadedFile("a.png", png())})
    assert answer.status_code == 422
    assert "no room on the disk" in answer.content.decode()
    assert (kept(media), Evidence.objects.count()) == ([], before)
    monkeypatch.undo()
    assert browser("owner").post(url, {"upload": SimpleUploadedFile("a.png", png())}).status_code == 302


def test_a_file_whose_entry_fails_does_not_stay(
    cast: Cast, who: Know, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("namsai_centre.savings.actions.bring_evidence.made", broken)
    with pytest.raises(RuntimeError):
        bring_evidence(who("owner"), cast.records["measure"], png(), "a.png")
    assert kept(media) == []


def test_a_refused_file_is_told_beside_its_field_in_the_readers_words(cast: Cast, browser: Browser) -> None:
    url = reverse("savings_bring", args=[cast.records["measure"].pk])
    answer = browser("owner").post(url, {"upload": SimpleUploadedFile("a.xlsx", HTML)})
    assert answer.status_code == 422
    assert "This kind of file is not taken" in answer.content.decode()
    nothing = browser("owner").post(url, {})
    assert nothing.status_code == 422


def test_a_good_file_stays_when_the_rest_of_the_form_is_wrong(cast: Cast, who: Know, browser: Browser) -> None:
    saving = bring_to("implemented", cast.records["saving"], who)
    sent = {
        "on": clock.today().isoformat(), "method": "", "confidence": "90", f"take_{saving.pk.hex}": "on",
        f"version_{saving.pk.hex}": saving.version, "upload": SimpleUploadedFile("photo.png", png()),
    }  # fmt: skip
    answer = browser("expert").post(reverse("savings_measure", args=[saving.measure_id]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    photo = Evidence.objects.get(name="photo.png")
    assert f'<option value="{photo.pk}" selected>' in page


def test_a_stranger_to_the_measure_cannot_bring_a_file(cast: Cast, who: Know) -> None:
    from django.core.exceptions import PermissionDenied

    for name in ("rival", "former", "ministry", "trainer"):
        with pytest.raises(PermissionDenied):
            bring_evidence(who(name), cast.records["measure"], png(), "a.png")
    with pytest.raises(ValidationError):
        bring_evidence(who("owner"), cast.records["measure"], HTML, "a.png")
