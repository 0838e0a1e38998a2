"""Why a run proposed an option, read from the run's own result and the know-how version that it was done with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from namsai.charts import write
from namsai.knowhow import KnowHow
from namsai.options.model import Proposal
from namsai.report.options import described
from namsai.report.view import View
from namsai.texts import Lang, has, text
from namsai_centre.assessments.results import OtherShape, result_of
from namsai_centre.knowhow import queries
from namsai_centre.knowhow.card import Badge, NoLonger, Number, badge, retired_of, saving_of
from namsai_centre.knowhow.origins import Origin, origins_of
from namsai_centre.knowhow.words import t


@dataclass(frozen=True, slots=True)
class Share:
    """A stream that the saving was taken of."""

    stream: str
    share: str
    cost: str


@dataclass(frozen=True, slots=True)
class Why:
    """What the page says."""

    title: str
    reason: str
    entry: str
    matched: tuple[str, ...]
    shares: tuple[Share, ...]
    saving: str
    badge: Badge
    why_not: str
    missing: tuple[str, ...]
    origins: tuple[Origin, ...]
    version: str
    newest: str
    retired: NoLonger | None
    published: Number | None  # what the know-how says, where no money could be worked out from it


def why_of(run: Any, proposal: str, lang: Lang) -> Why | None:
    """Return why a run proposed an option; None where the run has no such option or its result cannot be read."""
    try:
        result = result_of(run)
    except OtherShape:
        return None
    one = next((p for p in result.proposals.items if p.id == proposal), None)
    if one is None:
        return None
    knowhow, newest = queries.knowhow_of(run.knowhow_version), queries.current_knowhow()
    view = View(result, knowhow, lang)
    entry = next((o for o in knowhow.options if o.id == one.knowhow_id), None)
    title, _, reason = described(view, one).partition("\n")
    matched = []
    if entry is not None:
        flow = one.flow or entry.flows[0]
        matched.append(t("why_flow", lang, flow=view.flow(flow)))
        if one.process:
            matched.append(t("why_process", lang, process=view.process(one.process)))
    shares = tuple(
        Share(view.stream(s.stream), _percent(s.share.low, s.share.high, lang), view.money(s.cost)) for s in one.savings
    )
    saving = "" if one.saving is None else write.money_span(one.saving.low, one.saving.high, view.currency, lang)
    letter = "M" if one.origin == "case" else one.evidence_saving
    return Why(
        title=title,
        reason=reason,
        entry=entry.id if entry else "",
        matched=tuple(matched),
        shares=shares,
        saving=saving,
        badge=badge(letter, lang, entry.reviewer if entry else ""),
        why_not=text(one.why_not, lang) if one.why_not and has(one.why_not) else "",
        missing=_missing(one, entry, view, lang),
        origins=origins_of(knowhow, one.source, lang),
        version=run.knowhow_version,
        newest=newest.version,
        retired=_retired(newest, entry.id, lang) if entry else None,
        published=saving_of(knowhow, entry, lang) if entry and not saving else None,
    )


def _retired(newest: KnowHow, key: str, lang: Lang) -> NoLonger | None:
    """Return why the newest know-how no longer suggests an option; None where it does, or has no such option."""
    one = next((o for o in newest.options if o.id == key), None)
    return retired_of(newest, one, lang) if one else None


def _percent(low: float, high: float, lang: Lang) -> str:
    a, b = write.number(low * 100, lang), write.number(high * 100, lang)
    return f"{a} %" if a == b else f"{a} – {b} %"


def _missing(one: Proposal, entry: Any, view: View, lang: Lang) -> tuple[str, ...]:
    """Return what would have to be known for a figure, or for the payback."""
    out = []
    if entry is not None and not one.calculated:
        letter = one.evidence_saving
        if letter in ("N", "X") or entry.saving_high is None:
            out.append(t("need_number", lang))
        elif letter == "K":
            out.append(t("need_approval", lang))
        if entry.saving_scope == "part" and entry.saving_basis:
            out.append(t("need_part", lang, basis=view.label("saving_basis", entry.saving_basis) or entry.saving_basis))
        if not one.savings and letter not in ("N", "X", "K"):
            out.append(t("need_amount", lang))
    if one.investment is None:
        out.append(t("need_investment", lang))
    return tuple(out)
