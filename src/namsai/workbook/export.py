"""The results of an assessment as an Excel workbook: numbers as numbers, text never as a formula."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from namsai.plant.case_file import write_whole

if TYPE_CHECKING:
    from namsai.assessment import Assessment
    from namsai.knowhow import KnowHow
    from namsai.workbook.labels import FormLang


def results_bytes(assessment: Assessment, lang: FormLang = "lo", knowhow: KnowHow | None = None) -> bytes:
    """Return the results workbook of an assessment as the bytes of an .xlsx file (the same input, the same bytes).

    Args: assessment; lang - "lo", "en" or "both" (of sheet names, headings and words); knowhow - the know-how the
    assessment was made with, the shipped one if None.
    """
    from namsai.knowhow import load
    from namsai.workbook.results import Book, Reader
    from namsai.workbook.results_basis import assumptions, factors, findings, sources, summary
    from namsai.workbook.results_choice import benchmarks, indicators, options, plan
    from namsai.workbook.results_flows import balances, costs, hotspots, loss_by_process, losses, streams, work

    first = (summary, streams, balances, losses, loss_by_process, costs, work, hotspots)
    then = (indicators, benchmarks, options, plan, assumptions, factors, sources, findings)
    reader = Reader(assessment, knowhow if knowhow is not None else load(), lang)
    book = Book(reader)
    for sheet in (*first, *then):
        book.add(sheet(reader))
    return book.content()


def write_results(path: Path, assessment: Assessment, lang: FormLang = "lo", knowhow: KnowHow | None = None) -> None:
    """Write the results workbook of an assessment, whole or not at all. Errors: OSError. Args as `results_bytes`."""
    write_whole(path, results_bytes(assessment, lang, knowhow))
