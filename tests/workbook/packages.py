"""Workbooks made by hand, byte by byte, as an attacker would."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACK}/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACK}/relationships"><Relationship Id="rId1" '
    f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACK}/relationships"><Relationship Id="rId1" '
    f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
EMPTY_STRINGS = f'<sst xmlns="{_MAIN}"/>'.encode()


def sheet(rows: bytes) -> bytes:
    """Return the XML of a sheet."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"


def strings(items: bytes) -> bytes:
    """Return the XML of the shared strings."""
    return f'<sst xmlns="{_MAIN}">'.encode() + items + b"</sst>"


def package(sheet_xml: bytes, strings_xml: bytes = EMPTY_STRINGS, **more: bytes) -> bytes:
    """Return a workbook of one sheet."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml)
        archive.writestr("xl/sharedStrings.xml", strings_xml)
        for name, data in more.items():
            archive.writestr(name, data)
    return out.getvalue()


def declare(content: bytes, size: int, crc: int | None = None, name: bytes = b"xl/worksheets/sheet1.xml") -> bytes:
    """Return the package with another unpacked size (and checksum) declared for a part, in both its headers."""
    out = bytearray(content)
    for signature, size_at, crc_at, name_at in ((b"PK\x01\x02", 24, 16, 46), (b"PK\x03\x04", 22, 14, 30)):
        start = -1
        while (start := out.find(signature, start + 1)) >= 0:
            if out[start + name_at : start + name_at + len(name)] == name:
                out[start + size_at : start + size_at + 4] = struct.pack("<I", size)
                if crc is not None:
                    out[start + crc_at : start + crc_at + 4] = struct.pack("<I", crc)
    return bytes(out)
