"""What is looked at before a workbook is opened: is it one, how large does it become, does it hide anything.

The parts that are needed are unpacked with a limit and packed again, so that the reader only sees what was counted:
sizes declared falsely, parts twice, encrypted parts and far-away cells cannot reach it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from namsai.findings import Finding, error, warning
from namsai.lao.legacy import is_legacy_font

MOST_BYTES = 20_000_000  # of the file
MOST_DECLARED = 100_000_000  # of all parts unpacked, as declared
MOST_READ = 30_000_000  # of the parts that are read
MOST_PARTS = 2_000
MOST_CELLS = 1_500_000  # of the rectangle of one sheet
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: .xls or an encrypted .xlsx
_NEEDED = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|xl/.+\.xml|xl/_rels/.+\.rels|xl/[^/]+\.bin)", re.IGNORECASE
)
_SKIPPED = re.compile(
    r"xl/(?:media|drawings|theme|printerSettings|comments|charts)\b|xl/comments\d*\.xml", re.IGNORECASE
)
_PLACES = (  # far row, row of 4 or 5 digits, far column, column of two letters
    re.compile(rb' r="[A-Za-z]{0,3}[0-9]{6}'),
    re.compile(rb' r="[A-Za-z]{0,3}([0-9]{4,5})"'),
    re.compile(rb' r="[A-Za-z]{3}'),
    re.compile(rb' r="([A-Za-z]{2})[0-9]'),
)
_UNUSUAL = (b" r='", b"\tr", b"\nr", b"\rr", b" r ", b" r\t", b" r\n", b" r\r", b" r= ", b" r=\t", b" r=\n", b" r=\r")
_SPACED = re.compile(rb"""\br\s*=\s*(["'])([A-Za-z]{0,9}[0-9]{0,9})\1""")
_FONT = re.compile(rb"""<name\s+val\s*=\s*["']([^"']{1,80})["']""")
_CHUNK = 1 << 20


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes | None:
    """Unpack one part, at most `most` bytes; None when it holds more."""
    out = bytearray()
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            out += piece
            if len(out) > most:
                return None
    return bytes(out)


def _rectangle(sheet: bytes) -> int | None:
    """Return the number of cells of the rectangle a sheet spans, None when it reaches too far."""
    if any(mark in sheet for mark in _UNUSUAL):  # written by another program: bring it to the usual form first
        sheet = b"".join(b' r="%s"' % found[1] for found in _SPACED.findall(sheet))
    far_row, long_row, far_column, two_letters = _PLACES
    if far_row.search(sheet) or far_column.search(sheet):
        return None
    rows = max(map(int, set(long_row.findall(sheet))), default=999)
    letters = {found.upper() for found in set(two_letters.findall(sheet))}
    columns = max(((a - 64) * 26 + b - 64 for a, b in letters), default=26)
    return rows * columns


def repack(content: bytes) -> tuple[bytes | None, list[Finding]]:
    """Check the bytes of an .xlsx file and return the parts the reader needs, packed anew without compression.

    Args: content - at most 20 MB. Returns (bytes or None, findings): not a workbook, old or encrypted, too many or too
    large parts (zip bomb), cells too far out, fonts from before Unicode. Memory: the parts read (at most 30 MB) twice.
    """
    if content.startswith(_OLD_EXCEL):
        return None, [error("workbook.old-or-encrypted")]
    if not zipfile.is_zipfile(BytesIO(content)):
        return None, [error("workbook.not-a-workbook")]
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _checked(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return None, [error("workbook.damaged")]


def _checked(archive: zipfile.ZipFile) -> tuple[bytes | None, list[Finding]]:
    """Check the parts of an open archive and pack the needed ones anew."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS:
        return None, [error("workbook.too-many-parts", number=len(parts), most=MOST_PARTS)]
    declared = sum(part.file_size for part in parts)
    if declared > MOST_DECLARED:
        return None, [error("workbook.zip-bomb", size=declared, packed=_packed(parts), most=MOST_DECLARED)]
    if "xl/workbook.xml" not in names:
        office = "mimetype" in names or any(name.startswith(("xl/", "word/", "ppt/")) for name in names)
        return None, [error("workbook.other-format" if office else "workbook.not-a-workbook")]
    if len(set(names)) < len(names):
        return None, [error("workbook.damaged")]
    findings: list[Finding] = []
    out, left = BytesIO(), MOST_READ
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as clean:
        for part in parts:
            if part.is_dir() or not _NEEDED.fullmatch(part.filename) or _SKIPPED.match(part.filename):
                continue
            if part.flag_bits & 1:
                return None, [error("workbook.old-or-encrypted")]
            data = _unpack(archive, part, left)
            if data is None:
                return None, [error("workbook.zip-bomb", size=declared, packed=_packed(parts), most=MOST_READ)]
            left -= len(data)
            if part.filename.startswith("xl/worksheets/"):
                cells = _rectangle(data)
                if cells is None or cells > MOST_CELLS:
                    return None, [error("workbook.too-far", part=part.filename.split("/")[-1], most=MOST_CELLS)]
            elif part.filename == "xl/styles.xml":
                fonts = {name.decode("utf-8", "replace") for name in _FONT.findall(data)}
                old = sorted(name for name in fonts if is_legacy_font(name))
                findings += [warning("workbook.old-font", font=name) for name in old[:5]]
            clean.writestr(zipfile.ZipInfo(part.filename), data)
    return out.getvalue(), findings


def _packed(parts: list[zipfile.ZipInfo]) -> int:
    """Return the packed size of all parts."""
    return sum(part.compress_size for part in parts)
