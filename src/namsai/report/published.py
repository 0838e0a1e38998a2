"""Chapter: where a source published a result, that figure beside ours."""

from __future__ import annotations

from namsai.charts import write
from namsai.plant.records import Claim
from namsai.report.blocks import Block, Column, Heading, Paragraph, Table
from namsai.report.indicators import measure_name
from namsai.report.results import YEARS, compare
from namsai.report.view import View


def published(view: View) -> list[Block]:
    """Return the published figures beside our results; nothing when no source published one."""
    claims = [c for c in view.assessment.case.claims if c.path]
    if not claims:
        return []
    columns = (
        Column(view.t("col-figure"), "text", 3.0),
        Column(view.t("col-published"), "number", 1.9),
        Column(view.t("col-ours"), "number", 1.9),
        Column(view.t("col-difference"), "number", 1.0),
        Column(view.t("col-source-key"), "text", 1.0),
    )
    rows = []
    for c in claims:
        found = compare(view.assessment, c)
        stated = _shown(view, found.published, found.unit, found.currency)
        ours = write.DASH if found.ours is None else _shown(view, found.ours, found.unit, found.currency)
        rows.append(
            (
                _about(view, c),
                stated,
                ours,
                write.percent(_rounded(found.apart), view.lang, sign=True),
                c.ref or write.DASH,
            )
        )
    lead = Paragraph(view.t("published-lead"), "lead")
    return [Heading(view.t("published-title")), lead, Table(columns, tuple(rows), view.t("published-caption"))]


def _rounded(apart: float | None) -> float | None:
    """Return a difference in steps of 0.1 %: no source publishes finer."""
    return None if apart is None else round(apart, 3)


def _shown(view: View, value: float, unit: str, currency: str | None) -> str:
    first, _, per = unit.partition("/")
    if currency is not None and first == currency:
        return write.money(value, currency, view.lang) + (f"/{view.per(per)}" if per else "")
    if unit in YEARS and 0 < value < 1.75:  # a short time is said in months, as everywhere
        months = write.number(value * 12, view.lang, 2)
        return view.word("charts.month" if months == "1" else "charts.months").replace("{number}", months)
    return f"{write.number(value, view.lang)} {view.unit(unit)}"


def _about(view: View, claim: Claim) -> str:
    """Return what a claim is about: the result it is compared with in words."""
    parts = (claim.path or "").replace("/", ".").split(".")
    word = view.word(f"report.result-{parts[-1]}")
    match parts:
        case ["option" | "options", option, _]:
            return f"{view.title(option)}: {word}"
        case ["balance" | "streams", stream, *_]:
            return view.stream(stream)
        case ["price", material]:
            return view.t("price-of", material=view.material(material))
        case ["loss", what]:
            return view.t("loss-of", material=view.layer(what))
        case ["indicators", key]:
            return measure_name(view, key)
        case ["costs", "loss", stream]:
            return view.stream(stream)
    return word or (claim.about if view.lang == "en" else view.t("figure"))
