"""The report of a finished run as a file: PDF (kept once made), HTML and Excel, in Lao or English."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from django.conf import settings

from namsai.plant.case_file import write_whole
from namsai.report.document import blocks_of
from namsai.report.html import html_text
from namsai.report.pdf import pdf_bytes
from namsai.texts import Lang
from namsai.workbook.export import results_bytes
from namsai_centre.assessments.results import result_of
from namsai_centre.knowhow.queries import knowhow_of

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def report(run: Any, kind: str, lang: Lang) -> bytes:
    """Return the report of a run as bytes. Errors: results.OtherShape."""
    result = result_of(run)
    if kind == "xlsx":
        return results_bytes(result, lang, knowhow_of(result.knowhow_version))
    day = run.finished_at.date().isoformat() if run.finished_at else ""
    if kind == "html":
        return html_text(blocks_of(result, knowhow_of(result.knowhow_version), lang, day)).encode()
    place = Path(settings.MEDIA_ROOT) / "reports" / f"{run.pk}-{lang}.pdf"
    if place.is_file():
        return place.read_bytes()
    content = pdf_bytes(blocks_of(result, knowhow_of(result.knowhow_version), lang, day))
    os.makedirs(place.parent, exist_ok=True)
    write_whole(place, content)
    return content


def file_name(run: Any, kind: str, lang: str) -> str:
    """Return the name a report is saved under (letters every system takes)."""
    word = re.sub(r"[^A-Za-z0-9_-]+", "-", str(run.case.document.get("id") or "namsai")).strip("-") or "namsai"
    return f"{word}-{lang}.{kind}"
