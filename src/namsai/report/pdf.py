"""The only door to Typst: a document as PDF, with our own fonts alone, the same bytes each time."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import fields
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from namsai.charts.scene import Scene
from namsai.charts.svg import labels_data, shapes_svg
from namsai.report.blocks import Block, Document


def _scene(scene: Scene) -> dict[str, Any]:
    size = {"width": scene.width, "height": scene.height, "alt": scene.title}
    return {**size, "svg": shapes_svg(scene), "labels": labels_data(scene)}


def _plain(value: Any) -> Any:
    """Return dataclasses and tuples as plain JSON data; a block carries its kind."""
    if isinstance(value, Scene):
        return _scene(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        kind = {"kind": type(value).__name__} if isinstance(value, Block) else {}
        return kind | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def document_data(document: Document) -> dict[str, Any]:
    """Return the document as plain JSON data, as the template reads it."""
    data: dict[str, Any] = _plain(document)
    return data


@cache
def _compiler() -> Any:
    """Return the one compiler of this process: fonts are read once."""
    import typst

    with as_file(files("namsai.report") / "templates") as templates, as_file(files("namsai.report") / "fonts") as fonts:
        return typst.Compiler(
            input=str(templates / "report.typ"),
            root=str(templates),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
        )


def pdf_bytes(document: Document, standards: tuple[str, ...] = ()) -> bytes:
    """Return the document as PDF.

    Args: document; standards - PDF standards to hold ("ua-1", "a-2a"), an error where the document does not.
    Returns the bytes; they depend on the document alone (no clock: the date inside is `made_on` or 1 January 2000).
    """
    timestamp = 946_684_800  # 2000-01-01T00:00:00Z
    if document.made_on:
        from datetime import UTC, datetime

        timestamp = int(datetime.fromisoformat(document.made_on).replace(tzinfo=UTC).timestamp())
    inputs = {"document": json.dumps(document_data(document), ensure_ascii=False)}
    out = _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=timestamp, pdf_standards=list(standards))
    return bytes(out)


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: an existing file stays as it is when something fails."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_pdf(document: Document, path: Path) -> None:
    """Write the document as PDF, whole or not at all.

    Args: document; path of the file. Errors: OSError where the file cannot be written (an older one then stays).
    """
    write_atomic(path, pdf_bytes(document))
