"""The whole report: all chapters in their order, for one reader's language."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from namsai.charts import write
from namsai.knowhow import KnowHow
from namsai.report.balance import balance
from namsai.report.blocks import Block, Document, PageBreak
from namsai.report.findings import findings
from namsai.report.indicators import indicators
from namsai.report.losses import losses
from namsai.report.options import options
from namsai.report.plan import plan
from namsai.report.published import published
from namsai.report.sources import sources
from namsai.report.summary import summary
from namsai.report.view import View
from namsai.texts import Lang, room_texts, rooms

if TYPE_CHECKING:
    from namsai.assessment import Assessment

CHAPTERS = (summary, losses, plan, options, balance, indicators, published, findings, sources)
NEW_PAGE = (losses,)


def blocks_of(assessment: Assessment, knowhow: KnowHow, lang: Lang, made_on: str = "") -> Document:
    """Return the report of an assessment as data.

    Args: assessment; knowhow - the know-how it was made with; lang - "lo" or "en"; made_on - ISO date printed as the
    day of the report, "" for none (nothing here reads a clock). Returns Document.
    """
    view = View(assessment, knowhow, lang)
    case = assessment.case
    blocks: list[Block] = []
    for chapter in CHAPTERS:
        part = chapter(view)
        if part and chapter in NEW_PAGE:
            blocks.append(PageBreak())
        blocks += part
    period = f"{write.date(case.period.start, lang)} – {write.date(case.period.end, lang)}"
    name = case.enterprise.name.show(lang)
    facts = [
        (view.t("fact-period"), period),
        (view.t("fact-sector"), view.word(f"terms.sector-{case.enterprise.sector}")),
    ]
    if case.enterprise.products is not None:
        facts.append((view.t("fact-products"), case.enterprise.products.show(lang)))
    if made_on:
        facts.append((view.t("fact-made"), write.date(made_on, lang)))
    return Document(
        lang=lang,
        title=name,
        subtitle=view.t("title"),
        facts=tuple(facts),
        header=name,
        header_right=period,
        footer=_footer(view),
        page_word=view.t("page"),
        blocks=tuple(blocks),
        made_on=made_on,
    )


def _footer(view: View) -> str:
    out = [view.t("footer", version=view.assessment.knowhow_version)]
    if view.lang == "lo" and unreviewed():
        out.append(view.t("unreviewed"))
    return " · ".join(out)


def unreviewed() -> bool:
    """Tell whether some Lao texts have not been reviewed by a native reader yet."""
    heads = (room_texts(room).get("_", {}) for room in rooms())
    return any(not head.get("reviewed_by") for head in chain(heads))
