"""The files: PDF with our own fonts only, HTML, written whole or not at all."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf
import pytest

from namsai.assessment import Assessment
from namsai.knowhow import KnowHow
from namsai.report.blocks import Document, Paragraph
from namsai.report.document import blocks_of
from namsai.report.html import html_text, write_html
from namsai.report.pdf import pdf_bytes, write_atomic, write_pdf
from namsai.texts import LANGS


@pytest.fixture(scope="module", params=LANGS)
def document(request: pytest.FixtureRequest, assessment: Assessment, knowhow: KnowHow) -> Document:
    return blocks_of(assessment, knowhow, "lo" if request.param == "lo" else "en", "2026-11-24")


@pytest.mark.parametrize("standard", ["ua-1", "a-2a"])
def test_the_pdf_is_accessible_and_archivable_and_no_letter_is_missing(document: Document, standard: str) -> None:
    assert pdf_bytes(document, (standard,)).startswith(b"%PDF")


def test_a_letter_that_no_font_has_is_noticed() -> None:
    page = Document("en", "T", "S", (), "h", "r", "f", "Page", (Paragraph("a Thai letter: ก"),))
    with pytest.raises(Exception, match="ก"):
        pdf_bytes(page, ("ua-1",))


def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    assert pdf_bytes(document) == pdf_bytes(document)


def test_the_pdf_says_language_title_and_uses_only_our_font(document: Document) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes(document)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == document.lang
    assert document.title in str(reader.metadata.title if reader.metadata else "")
    pages: list[Any] = list(reader.pages)
    fonts = {str(f.get_object()["/BaseFont"]) for p in pages for f in p["/Resources"]["/Font"].values()}
    assert fonts
    assert all(re.search(r"\+NamsaiSansLao-(Regular|Bold)$", f) for f in fonts), fonts


def test_the_lao_pdf_has_no_english_word_on_its_first_page(assessment: Assessment, knowhow: KnowHow) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes(blocks_of(assessment, knowhow, "lo"))))
    # two letters can come about by chance: pypdf reads the glyphs of Lao marks, not the text the PDF gives for them
    words = set(re.findall(r"[A-Za-z]{3,}", reader.pages[0].extract_text()))
    assert words <= {"CAD", "Namsai"}


def test_user_text_stays_text(tmp_path: Path) -> None:
    evil = '#panic("x") <script>alert(1)</script> $ * _ [ @'
    page = Document("en", evil, "S", (), evil, "r", "f", "Page", (Paragraph(evil),))
    text = pypdf.PdfReader(io.BytesIO(pdf_bytes(page))).pages[0].extract_text()
    assert "<script>" in text
    assert '#panic("x")' in text
    assert "<script>" not in html_text(page)


class _Balanced(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("path", "rect", "line", "circle")


def test_the_html_page_is_well_formed_and_needs_nothing_else(document: Document, tmp_path: Path) -> None:
    write_html(document, tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    parser = _Balanced()
    parser.feed(page)
    assert parser.open == []
    assert f'<html lang="{document.lang}">' in page
    assert not re.search(r'(src|href)="', page)


def test_tables_and_pictures_of_the_page_scroll_in_their_own_box(document: Document) -> None:
    page = html_text(document)
    assert len(re.findall(r'<div class="wide" tabindex="0"[^>]*><(?:table|svg)', page)) == page.count("<figure>")
    assert page.count("<table") + page.count("<svg") == page.count("<figure>")
    assert "<b>K</b>" not in page  # hollow: not used to calculate
    assert '<b class="weak">K</b>' in page


def test_a_failed_write_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def full_disk(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_atomic(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_write_pdf_replaces_the_file(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    write_pdf(document, target)
    assert target.read_bytes().startswith(b"%PDF")
