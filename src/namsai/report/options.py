"""Chapter: what can be done about the losses: the options proposed, each with reason, saving, cost and evidence."""

from __future__ import annotations

from dataclasses import replace

from namsai.charts import write
from namsai.options.model import Proposal, Range
from namsai.options.reason import reason_text
from namsai.report.blocks import Block, Column, Heading, Paragraph, Table
from namsai.report.view import View
from namsai.texts import has


def options(view: View) -> list[Block]:
    """Return the calculated options with their appraisal, then those that have no number and why."""
    items = view.assessment.proposals.items
    counted = [p for p in items if p.calculated]
    others = [p for p in items if not p.calculated]
    out: list[Block] = [Heading(view.t("options-title")), Paragraph(view.t("options-lead"), "lead")]
    if not items:
        out.append(Paragraph(view.t("no-option"), "note"))
    if counted:
        out += [_money(view, counted), Heading(view.t("people-planet"), 2), _effects(view, counted)]
    if others:
        out += [
            Heading(view.t("uncounted-title"), 2),
            Paragraph(view.t("uncounted-lead"), "small"),
            _uncounted(view, others),
        ]
    return out


def described(view: View, p: Proposal) -> str:
    """Return title and reason of an option; amounts and money of the reason are written as everywhere in the report."""
    facts = dict(p.reason_facts)
    money, amount, unit = facts.get("money"), facts.get("amount"), facts.get("unit")
    if isinstance(money, int | float):
        facts["money"] = view.money(money)
    if isinstance(amount, int | float) and isinstance(unit, str):
        value, sign = write.scaled(float(amount), unit)
        facts["amount"], facts["unit"] = write.number(value, view.lang), view.unit(sign)
    title = view.title(p.id)
    return f"{title}\n{reason_text(replace(p, reason_facts=facts), view.lang)}" if has(p.reason) else title


def _span(view: View, found: Range | None) -> str:
    return write.DASH if found is None else write.money_span(found.low, found.high, view.currency, view.lang)


def _back(view: View, proposal: Proposal) -> str:
    """Write the payback as a range from the best to the worst case; without a known investment it is not known."""
    found = view.assessment.appraisals.get(proposal.id)
    if found is None or proposal.investment is None:
        return write.DASH
    quick, slow = found.payback[0], found.payback[2]
    if quick is None:
        return view.t("never")
    if slow is None:
        return f"{write.years(quick, view.lang)} – {view.t('never')}"
    return write.years_span(quick, slow, view.lang)


def _money(view: View, items: list[Proposal]) -> Table:
    columns = (
        Column("", "number"),
        Column(view.t("col-option"), "text", 1.0),
        Column(view.t("col-saving-year"), "number"),
        Column(view.t("col-investment"), "number"),
        Column(view.t("col-back"), "number"),
        Column(view.t("col-evidence"), "badge"),
    )
    rows = []
    for n, p in enumerate(items, 1):
        letters = " ".join(dict.fromkeys((p.evidence_saving, p.evidence_payback))) if p.origin != "case" else "M"
        invest = view.t("no-outlay") if p.investment and p.investment.high == 0 else _span(view, p.investment)
        rows.append((str(n), described(view, p), _span(view, p.saving), invest, _back(view, p), letters))
    return Table(columns, tuple(rows), f"{view.t('options-caption')} {view.t('overlap-note')}")


def _effects(view: View, items: list[Proposal]) -> Table:
    titles = ("col-npv", "col-irr", "col-ghg", "col-energy", "col-water", "col-material")
    columns = (
        Column("", "number", 0.35),
        Column(view.t("col-option"), "text", 3.2),
        *(Column(view.t(t), "number", 1.2) for t in titles),
    )
    rows = []
    for n, p in enumerate(items, 1):
        a = view.assessment.appraisals.get(p.id)
        if a is None:
            rows.append((str(n), view.title(p.id), *(write.DASH for _ in titles)))
            continue
        if p.investment is None:
            irr = write.DASH  # the outlay is not known, which is not the same as none
        elif p.investment.high == 0:
            irr = view.word("report.irr-undefined")
        elif a.irr.verdict == "unique":
            irr = write.percent(a.irr.preferred, view.lang)
        else:
            irr = view.word(f"report.irr-{a.irr.verdict}") or write.DASH
        saved = (
            write.amount(a.ghg[1] if a.ghg else None, "kg", view.lang),
            write.amount(a.energy, "J", view.lang),
            write.amount(a.water, "m3", view.lang),
            write.amount(a.material, "kg", view.lang),
        )
        rows.append((str(n), view.title(p.id), view.money(a.npv[1]), irr, *saved))
    rates = [a.rate for a in view.assessment.appraisals.items]
    if rates and rates[0] is not None:
        caption = view.t("effects-caption", rate=write.percent(rates[0], view.lang))
    else:
        caption = view.t("effects-caption-no-rate")
    return Table(columns, tuple(rows), caption)


def _uncounted(view: View, items: list[Proposal]) -> Table:
    columns = (
        Column(view.t("col-option"), "text", 4.0),
        Column(view.t("col-technique"), "text", 1.8),
        Column(view.t("col-why-not"), "text", 3.2),
    )
    rows = []
    for p in items:
        why = view.word(p.why_not) if p.why_not else ""
        rows.append((described(view, p), view.word(f"terms.technique-{p.technique}"), why or view.t("why-unknown")))
    return Table(columns, tuple(rows))
