"""What a file brought as evidence is, by its content; whatever could run or hide something is refused."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO

from namsai.workbook.guards import repack
from namsai_centre.files.pictures import NotAPicture, picture_of

MOST_BYTES = 25_000_000
MOST_PIXELS = 40_000_000
TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
_ENDINGS = {"jpg": "jpeg", "jpe": "jpeg", **{kind: kind for kind in TYPES}}
_MARKUP = re.compile(
    r"<\s*(?:!doctype|html|svg|script|\?xml|body|iframe|img|object|embed)\b|<\?php|<!--", re.IGNORECASE
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PDF_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_CAMERA = (
    b"\xff\xd8\xff",
    b"\x00\x00",
    b"MotionPhoto",
    b"SEFH",
)  # previews, films and notes that phones add behind a photo


class Refused(ValueError):
    """The file is not taken: `why` is a key of the catalogue (savings.file_<why>)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that may be kept: what it is, the bytes to keep, and whether something behind a photo was cut off."""

    kind: str
    content: bytes
    cut: bool = False


def look(content: bytes, name: str) -> Looked:
    """Return what a file is and what of it is kept; Refused with the reason for anything else."""
    if not content:
        raise Refused("empty")
    if len(content) > MOST_BYTES:
        raise Refused("too_large")
    ending = name.rpartition(".")[2].casefold()
    found = _looked(content, ending)
    if _ENDINGS.get(ending) != found.kind:
        raise Refused("other_than_named")
    return found


def _looked(content: bytes, ending: str) -> Looked:
    try:
        picture = picture_of(content)
    except NotAPicture:
        raise Refused("broken") from None
    if picture is not None:
        if picture.width < 1 or picture.height < 1:
            raise Refused("broken")
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused("too_many_pixels")
        behind = content[picture.end :]
        if behind and not (picture.kind == "jpeg" and (behind.startswith(_CAMERA) or b"SEFT" in behind[-8:])):
            raise Refused("something_behind")
        return Looked(picture.kind, content[: picture.end], bool(behind))
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise Refused("heic")
    return _text(content, ending)


def _pdf(content: bytes) -> Looked:
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n\t \x00"):
        raise Refused("something_behind" if end >= 0 else "broken")
    if _PDF_RUNS.search(content):
        raise Refused("runs_something")
    return Looked("pdf", content)


def _workbook(content: bytes) -> Looked:
    clean, _ = repack(content)
    if clean is None:
        raise Refused("bad_workbook")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [part.filename.casefold() for part in archive.infolist()]
        kinds = archive.read("[Content_Types].xml")[:1_000_000] if "[Content_Types].xml" in archive.namelist() else b""
        behind = content[content.rfind(b"PK\x05\x06") + 22 + len(archive.comment) :]
    if b"macroenabled" in kinds.lower() or any(
        n.endswith((".bin", ".exe", ".js", ".vbs", ".html", ".svg")) and not n.startswith("xl/printersettings")
        for n in names
    ):
        raise Refused("runs_something")
    if any(n.startswith(("xl/embeddings/", "xl/activex/", "xl/externallinks/")) for n in names):
        raise Refused("runs_something")
    if behind:
        raise Refused("something_behind")
    return Looked("xlsx", content)


def _text(content: bytes, ending: str) -> Looked:
    if ending not in ("csv", "txt"):
        raise Refused("unknown_type")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("not_text") from None
    if _CONTROL.search(text):
        raise Refused("not_text")
    if _MARKUP.search(text):
        raise Refused("runs_something")
    return Looked(ending, content)
