"""Pictures by their bytes: how large they say they are, where they end. Nothing is decoded."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG: start of frame
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # JPEG: markers without length


class NotAPicture(ValueError):
    """The bytes are not a whole picture of the kind."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: pixels wide and high, and at which byte it ends."""

    kind: str
    width: int
    height: int
    end: int


def picture_of(content: bytes) -> Picture | None:
    """Return the picture the bytes begin with; None when they begin with none; NotAPicture when it is broken."""
    try:
        if content.startswith(_PNG):
            return _png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError):
        raise NotAPicture from None
    return None


def _png(content: bytes) -> Picture:
    at, size = len(_PNG), (0, 0)
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 4 : at + 8 + length]
        (check,) = struct.unpack_from(">I", content, at + 8 + length)
        if zlib.crc32(body) != check:
            raise NotAPicture
        if at == len(_PNG):
            if name != b"IHDR":
                raise NotAPicture
            size = struct.unpack_from(">II", content, at + 8)
        at += 12 + length
        if name == b"IEND":
            return Picture("png", *size, at)


def _jpeg(content: bytes) -> Picture:
    at, size = 2, (0, 0)
    while True:
        if content[at] != 0xFF:
            raise NotAPicture
        while content[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = content[at + 1]
        if marker == 0xD9:
            if size == (0, 0):
                raise NotAPicture
            return Picture("jpeg", size[0], size[1], at + 2)
        if marker in _ALONE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if length < 2:
            raise NotAPicture
        if marker in _SIZES:
            high, wide = struct.unpack_from(">HH", content, at + 5)
            size = (max(size[0], wide), max(size[1], high))
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(content, at)


def _after_scan(content: bytes, at: int) -> int:
    """Return where the next marker stands after the packed data of a scan."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise NotAPicture
        if content[at + 1] != 0x00 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _webp(content: bytes) -> Picture:
    (length,) = struct.unpack_from("<I", content, 4)
    end = 8 + length
    if end > len(content):
        raise NotAPicture
    name = content[12:16]
    if name == b"VP8X":
        wide = int.from_bytes(content[24:27], "little") + 1
        high = int.from_bytes(content[27:30], "little") + 1
    elif name == b"VP8L" and content[20] == 0x2F:
        bits = int.from_bytes(content[21:25], "little")
        wide, high = (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    elif name == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        wide, high = (n & 0x3FFF for n in struct.unpack_from("<HH", content, 26))
    else:
        raise NotAPicture
    return Picture("webp", wide, high, end)
