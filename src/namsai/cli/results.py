"""Writing the results of an assessment: two reports, the workbook, JSON. Each file is written aside, then renamed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from namsai.cli.common import as_data
from namsai.texts import LANGS

if TYPE_CHECKING:
    from namsai.assessment import Assessment
    from namsai.knowhow import KnowHow


def write_text(path: Path, content: str) -> Path:
    """Write a text file so that an interrupted write never harms an existing one."""
    aside = path.with_name(path.name + ".part")
    aside.write_text(content, encoding="utf-8")
    os.replace(aside, path)
    return path


def write_json(assessment: Assessment, path: Path) -> Path:
    """Write the whole assessment as JSON."""
    return write_text(path, json.dumps(as_data(assessment), ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_all(assessment: Assessment, knowhow: KnowHow, folder: Path, *, pdf: bool = True) -> list[Path]:
    """Write report (PDF, Lao and English), Excel workbook and JSON into the folder; return the files."""
    from namsai.workbook.export import write_results

    folder.mkdir(parents=True, exist_ok=True)
    name = assessment.case.id
    written: list[Path] = []
    if pdf:
        from namsai.report.document import blocks_of
        from namsai.report.pdf import write_pdf

        for lang in LANGS:
            path = folder / f"{name}-{lang}.pdf"
            write_pdf(blocks_of(assessment, knowhow, lang), path)
            written.append(path)
    book = folder / f"{name}.xlsx"
    write_results(book, assessment, "both", knowhow)
    written.append(book)
    written.append(write_json(assessment, folder / f"{name}.json"))
    return written
