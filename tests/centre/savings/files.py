"""Files of the tests, made of bytes: whole ones, and ones that hide something."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from namsai.workbook.guards import MOST_PARTS


def png(width: int = 4, height: int = 3, behind: bytes = b"") -> bytes:
    """A PNG; its head may claim any size."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\xcc" * 4 for _ in range(3)))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"") + behind


def jpeg(width: int = 640, height: int = 480, behind: bytes = b"", comment: bytes = b"meter") -> bytes:
    """The markers of a JPEG with packed data that hold a stuffed byte."""

    def part(marker: int, body: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body

    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return (
        b"\xff\xd8"
        + part(0xE0, b"JFIF\x00\x01\x01")
        + part(0xFE, comment)
        + part(0xC0, frame)
        + scan
        + b"\xff\xd9"
        + behind
    )


def webp(width: int = 20, height: int = 10, behind: bytes = b"") -> bytes:
    """A lossless WebP head."""
    bits = (width - 1) | ((height - 1) << 14)
    body = b"WEBPVP8L" + struct.pack("<I", 8) + b"\x2f" + struct.pack("<I", bits) + b"\x00" * 3
    return b"RIFF" + struct.pack("<I", len(body)) + body + behind


def pdf(inside: bytes = b"", behind: bytes = b"\n") -> bytes:
    """A small PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog " + inside + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF" + behind


def xlsx(extra: dict[str, bytes] | None = None, kind: str = "sheet.main+xml", before: bytes = b"") -> bytes:
    """A workbook with one cell, and whatever else is put in."""
    parts = {
        "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'.encode(),
        "_rels/.rels": b"<Relationships/>",
        "xl/workbook.xml": b"<workbook/>",
        "xl/worksheets/sheet1.xml": b'<worksheet><sheetData><row r="1"><c r="A1"/></row></sheetData></worksheet>',
    } | (extra or {})
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return before + out.getvalue()


def too_many_parts() -> bytes:
    """A workbook with thousands of parts."""
    return xlsx({f"xl/media/{n}.xml": b"" for n in range(MOST_PARTS + 1)})


def zip_bomb() -> bytes:
    """A small file that would unpack to 300 MB."""
    return xlsx({"xl/worksheets/sheet2.xml": b" " * 300_000_000})
