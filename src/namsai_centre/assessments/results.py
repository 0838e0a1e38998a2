"""What a finished run says, for pages: the engine's values revived, the chapters of the report as blocks, the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from namsai.assessment import Assessment as Result
from namsai.charts import write
from namsai.charts.svg import svg
from namsai.options.model import Proposal, Range
from namsai.plant.amounts import Plant
from namsai.portfolio.plan import plan as choose
from namsai.report import balance, findings, indicators, losses, options, plan, sources, summary
from namsai.report.blocks import Block, Chart
from namsai.report.options import described
from namsai.report.view import View, source_keys
from namsai.texts import Lang, has, text
from namsai_centre.assessments.revive import OtherShape, revive
from namsai_centre.knowhow.queries import knowhow_of

__all__ = ["CHAPTERS", "OtherShape", "chapter", "options_of", "result_of", "with_budget"]

LAYERS = ("money", "mass", "water", "energy")
CHAPTERS: dict[str, Callable[[View], list[Block]]] = {
    "summary": summary.summary,
    "losses": losses.losses,
    "balance": balance.balance,
    "options": options.options,
    "plan": plan.plan,
    "indicators": indicators.indicators,
    "findings": findings.findings,
    "sources": sources.sources,
}


@lru_cache(maxsize=16)
def _kept(run_id: object, holder: _Hold) -> Result:
    return revive(Result, holder.data)


class _Hold:
    def __init__(self, data: Any) -> None:
        self.data = data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hold)

    def __hash__(self) -> int:
        return 1


def result_of(run: Any) -> Result:
    """Return the result of a finished run (it never changes: revived once). Errors: OtherShape."""
    return _kept(run.pk, _Hold(run.result))


NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block for a template: its kind, and a chart as SVG."""

    kind: str
    block: Any
    svg: SafeString
    slim: SafeString = NOTHING  # the same for a screen 360 px wide
    flows: str = ""  # layer of the picture that answers (assessments_flows), for a chart of flows

    @property
    def cells(self) -> list[dict[str, Any]]:
        """Return the rows of a table with what each cell needs: its column, and which cell names the row."""
        columns = self.block.columns
        head = next((n for n, c in enumerate(columns) if c.kind == "text" and c.title), 0)
        return [
            {
                "strong": n in self.block.strong,
                "cells": [
                    {"title": c.title, "kind": c.kind, "text": text, "head": place == head and bool(text)}
                    for place, (c, text) in enumerate(zip(columns, row, strict=True))
                ],
            }
            for n, row in enumerate(self.block.rows)
        ]


def chapter(result: Result, name: str, lang: Lang) -> list[Drawn]:
    """Return a chapter of the report as blocks to be drawn (its own heading is the page's)."""
    knowhow = knowhow_of(result.knowhow_version)
    blocks = CHAPTERS[name](View(result, knowhow, lang, web=True))
    narrow = CHAPTERS[name](View(result, knowhow, lang, narrow=True)) if any(map(_is_chart, blocks)) else []
    slim = iter([b for b in narrow if isinstance(b, Chart)])
    titles = {text(f"charts.{'cost' if layer == 'money' else layer}-title", lang): layer for layer in LAYERS}
    return [
        Drawn(type(b).__name__, b, _svg(b, lang), _svg(next(slim), lang), titles.get(b.scene.title, ""))
        if isinstance(b, Chart)
        else Drawn(type(b).__name__, b, SafeString(""))
        for b in blocks
    ]


def _is_chart(block: Block) -> bool:
    return isinstance(block, Chart)


def _svg(block: Block, lang: Lang) -> SafeString:
    """Draw a chart; `svg` escapes every text in it."""
    return mark_safe(svg(block.scene, lang)) if isinstance(block, Chart) else SafeString("")


def with_budget(result: Result, budget: float | None) -> Result:
    """Return the result with the plan chosen anew under another budget (None: no limit)."""
    finance = result.case.finance.model_copy(update={"budget": budget})
    case = result.case.model_copy(update={"finance": finance})
    return replace(result, case=case, plan=choose(Plant(case), result.proposals, result.appraisals))


def _span(view: View, found: Range | None) -> str:
    return write.DASH if found is None else write.money_span(found.low, found.high, view.currency, view.lang)


def _back(view: View, proposal: Proposal) -> str:
    """Write the payback from the best to the worst case; a dash where the investment is not known."""
    found = view.assessment.appraisals.get(proposal.id)
    if found is None or proposal.investment is None:
        return write.DASH
    quick, slow = found.payback[0], found.payback[2]
    if quick is None:
        return view.t("never")
    if slow is None:
        return f"{write.years(quick, view.lang)} – {view.t('never')}"
    return write.years_span(quick, slow, view.lang)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option on its page."""

    id: str
    title: str
    reason: str
    technique: str
    saving: str
    investment: str
    payback: str
    evidence: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    why_not: str
    in_plan: bool
    calculated: bool


def options_of(result: Result, lang: Lang) -> list[OptionLine]:
    """Return the options, best first, with reason, money, evidence and source."""
    view = View(result, knowhow_of(result.knowhow_version), lang)
    chosen = {c.id for c in result.plan.chosen} if result.plan else set()
    out = []
    for p in result.proposals.items:
        title, _, reason = described(view, p).partition("\n")
        letters = ("M",) if p.origin == "case" else tuple(dict.fromkeys((p.evidence_saving, p.evidence_payback)))
        named = [view.knowhow.source(key) for key in source_keys(p.source)]
        out.append(
            OptionLine(
                id=p.id,
                title=title,
                reason=reason,
                technique=view.word(f"terms.technique-{p.technique}"),
                saving=_span(view, p.saving),
                investment=_span(view, p.investment),
                payback=_back(view, p),
                evidence=tuple((x, view.evidence(x)) for x in letters),
                sources=tuple(str(getattr(s, "title", "") or s.key) for s in named if s is not None),
                why_not=text(p.why_not, lang) if p.why_not and has(p.why_not) else "",
                in_plan=p.id in chosen,
                calculated=p.calculated,
            )
        )
    return out
