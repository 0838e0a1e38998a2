"""Chapter: on what all of this rests: assumptions, default uncertainties, factors, sources, methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from namsai.charts import write
from namsai.plant.fields import Referenced, Text
from namsai.report.blocks import Badges, Block, Column, Heading, Paragraph, Table
from namsai.report.indicators import measure_name
from namsai.report.view import EVIDENCE, View, source_keys

METHODS = ("reconcile", "mfca", "indicators", "options", "appraisal", "portfolio")


def sources(view: View) -> list[Block]:
    """Return assumptions, defaults, factors, sources and methods: everything a reader needs to check a number."""
    out: list[Block] = [Heading(view.t("sources-title")), Paragraph(view.t("sources-lead"), "lead")]
    out += [Badges(tuple((letter, view.evidence(letter)) for letter in EVIDENCE))]
    out += [Heading(view.t("assumptions-title"), 2), *_assumptions(view)]
    defaults = _defaults(view)
    if defaults is not None:
        out += [Heading(view.t("defaults-title"), 2), Paragraph(view.t("defaults-lead"), "small"), defaults]
    if view.assessment.indicators.factors:
        out += [Heading(view.t("factors-title"), 2), _factors(view)]
    if view.assessment.case.rates:
        out += [Heading(view.t("rates-title"), 2), _rates(view)]
    lines = [f"• {view.t(f'method-{m}')}" for m in METHODS]
    lines.append(view.t("versions", version=view.assessment.knowhow_version))
    out += [Heading(view.t("methods-title"), 2), Paragraph("\n".join(lines), "small")]
    listed = _sources(view)
    if listed is not None:
        out += [Heading(view.t("source-list-title"), 2), listed]
    return out


def assumed(view: View) -> Iterator[tuple[str, str, str, str]]:
    """Yield every assumption of the case: table, name, figure, remark."""
    case = view.assessment.case
    for row in case.assumptions:
        yield view.t("table-assumptions"), row.text.show(view.lang), "", row.ref or ""
    single: tuple[tuple[str, Referenced | None], ...] = (
        ("enterprise", case.enterprise),
        ("finance", case.finance),
        ("output", case.output),
    )
    for table, record in single:
        if record is not None and record.assumption:
            yield view.t(f"table-{table}"), _name(view, table, record), _figure(view, record), _remark(view, record)
    tables = ("processes", "materials", "compositions", "streams", "costs", "equipment", "meters", "readings")
    for table in (*tables, "lines", "history", "measures", "claims", "rates"):
        for record in getattr(case, table):
            if record.assumption:
                yield view.t(f"table-{table}"), _name(view, table, record), _figure(view, record), _remark(view, record)


def _name(view: View, table: str, record: Referenced) -> str:
    if table == "streams":
        way = f"{view.process(getattr(record, 'from_', ''))} → {view.process(getattr(record, 'to', ''))}"
        return f"{view.stream(getattr(record, 'id', ''))} ({way})"
    if table == "history":
        return f"{measure_name(view, getattr(record, 'measure', ''))} {getattr(record, 'year', '')}"
    if table == "rates":
        return f"{getattr(record, 'base', '')} → {getattr(record, 'quote', '')}"
    if table == "compositions":
        return f"{view.material(getattr(record, 'material', ''))}: {view.layer(getattr(record, 'substance', ''))}"
    if table == "finance":
        return view.t("discount-rate") if getattr(record, "discount_rate", None) is not None else ""
    if table == "costs" and getattr(record, "name", None) is None:
        return view.word(f"report.cost-{getattr(record, 'kind', '')}")
    name = getattr(record, "name", None)
    return name.show(view.lang) if isinstance(name, Text) else str(getattr(record, "id", ""))


def _figure(view: View, record: Referenced) -> str:
    """Write the main figures of a record that is assumed."""
    out = []
    amount = getattr(record, "amount", None)
    if amount is not None and hasattr(amount, "value"):
        out.append(f"{write.number(amount.value, view.lang, 4)} {view.unit(amount.unit)}")
    elif amount is not None and hasattr(amount, "currency"):
        out.append(write.money(amount.amount, amount.currency, view.lang, 4))
    for name in ("price", "disposal", "revenue", "wage"):
        price = getattr(record, name, None)
        if price is not None:
            shown = f"{write.money(price.amount, price.currency, view.lang, 4)}/{view.per(price.per)}"
            out.append(view.t(f"figure-{name}", value=shown) if name in ("disposal", "revenue") else shown)
    for name, unit in (("density", "kg/m³"), ("mass_per_piece", "kg"), ("heating_value", "MJ/kg"), ("power", "kW")):
        value = getattr(record, name, None)
        if value is not None:
            out.append(f"{write.number(value, view.lang)} {unit}")
    low, high = getattr(record, "saving_low", None), getattr(record, "saving_high", None)
    if low is not None or high is not None:
        ends = (low if low is not None else high, high if high is not None else low)
        out.append(view.t("figure-saving", value=f"{write.span(*ends, view.lang)} %"))
    for name in ("share", "discount_rate", "efficiency"):
        value = getattr(record, name, None)
        if value is not None:
            out.append(f"{write.number(value, view.lang)} %")
    for name, word in (("saving_money", "saving"), ("investment", "investment"), ("running_cost", "running")):
        value = getattr(record, name, None)
        if value is not None:
            out.append(view.t(f"figure-{word}", value=write.money(value.amount, value.currency, view.lang)))
    plain = getattr(record, "value", None)
    if isinstance(plain, int | float):
        out.append(f"{write.number(plain, view.lang)} {view.unit(getattr(record, 'unit', ''))}".strip())
    rate = getattr(record, "rate", None)
    if rate is not None:
        out.append(write.number(rate, view.lang, 6))
    return "; ".join(out)


def _remark(view: View, record: Referenced) -> str:
    note = record.note.show(view.lang) if record.note is not None else ""
    return "; ".join(x for x in (write.signs(note).rstrip("."), record.ref or "") if x)


def _assumptions(view: View) -> list[Block]:
    rows = tuple(assumed(view))
    if not rows:
        return [Paragraph(view.t("no-assumptions"), "note")]
    titles, shares = ("col-table", "col-what", "col-figures", "col-remark"), (0.95, 2.6, 2.2, 2.4)
    columns = tuple(Column(view.t(t), "text", s) for t, s in zip(titles, shares, strict=True))
    lead = Paragraph(view.t("assumptions-lead"), "small")
    if view.web:  # on a phone every row is a card of its own: nothing is left to the row above
        return [lead, Table(columns, rows, small=True)]
    return [lead, Table(columns, tuple(_without_repeats(rows)), view.t("assumptions-caption"), small=True)]


def _without_repeats(rows: Sequence[tuple[str, str, str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows; the word of the table and a long remark stand once where the next rows have the same."""
    table = remark = ""
    for row in rows:
        same = row[0] == table
        yield ("" if same else row[0], row[1], row[2], "″" if same and row[3] and row[3] == remark else row[3])
        table, remark = row[0], row[3]


def _defaults(view: View) -> Table | None:
    """List the default uncertainty of each kind of source that was used because the case gave none."""
    used: dict[str, int] = {}
    for stream in view.assessment.case.streams:
        if stream.amount is not None and stream.amount.uncertainty is None:
            used[str(stream.amount.source)] = used.get(str(stream.amount.source), 0) + 1
    rows = []
    for source, count in used.items():
        value = view.knowhow.default_uncertainty(source).value
        rows.append((view.word(f"terms.source-{source}"), f"± {write.number(value, view.lang)} %", str(count)))
    if not rows:
        return None
    columns = (
        Column(view.t("col-source"), "text"),
        Column(view.t("col-uncertainty"), "number"),
        Column(view.t("col-streams"), "number"),
    )
    return Table(columns, tuple(rows))


def _factors(view: View) -> Table:
    by_id = {f.id: f for f in view.knowhow.factors}
    rows = []
    for use in view.assessment.indicators.factors:
        record = by_id.get(use.id)
        name = write.signs(use.name)
        way = view.word(f"terms.source-{use.id.removeprefix('U-')}") if use.id.startswith("U-") else ""
        if way:  # the uncertainty that stands for a way of knowing
            name = f"{view.t('factor-uncertainty')} – {way}"
        elif view.lang == "lo":
            word = view.flow(record.flow) if record is not None and record.flow else ""
            kind = view.word(f"report.factor-{record.category}") if record is not None else ""
            gas = record.name.rpartition("(")[2].rstrip(")") if record is not None and "gwp" in record.category else ""
            name = " – ".join(x for x in (kind, word or write.signs(gas)) if x) or view.t("factor")
        value = f"{write.number(use.value, view.lang, 4)} {write.signs(use.unit)}"
        purpose = measure_name(view, use.used_for)
        rows.append((name, use.id, value, use.year, purpose, use.source, _letter(view, use.evidence)))
    titles = ("col-factor", "col-id", "col-value", "col-year", "col-used-for", "col-source-key", "col-evidence")
    kinds = ("text", "text", "number", "text", "text", "text", "badge")
    columns = tuple(
        Column(view.t(t), k, s)  # type: ignore[arg-type]
        for t, k, s in zip(titles, kinds, (2.3, 1.05, 1.9, 0.5, 1.3, 1.1, 0.9), strict=True)
    )
    return Table(columns, tuple(rows))


def _letter(view: View, evidence: str) -> str:
    return evidence if evidence in EVIDENCE else view.t("assumed")


def _rates(view: View) -> Table:
    rows = tuple(
        (
            f"1 {r.base} = {write.number(r.rate, view.lang, 6)} {r.quote}",
            write.date(r.date, view.lang),
            r.ref or write.DASH,
        )
        for r in view.assessment.case.rates
    )
    columns = (
        Column(view.t("col-rate"), "text"),
        Column(view.t("col-date"), "text"),
        Column(view.t("col-source-key"), "text"),
    )
    return Table(columns, rows)


def _sources(view: View) -> Table | None:
    """List the sources of the case, then those of the know-how that a figure of this report comes from."""
    rows = []
    for s in view.assessment.case.sources:
        rows.append((s.key, s.title, s.locator or "", str(s.year or "")))
    keys = [p.source for p in view.assessment.proposals.items]
    keys += [b.source for b in view.assessment.indicators.benchmarks]
    keys += [f.source for f in view.assessment.indicators.factors]
    have = {row[0] for row in rows}
    for key in dict.fromkeys(k for source in keys for k in source_keys(source)):
        record = view.knowhow.sources.get(key)
        if key not in have and record is not None:
            rows.append((key, record.title, record.locator, ""))
    if not rows:
        return None
    titles, shares = ("col-source-key", "col-source-title", "col-locator", "col-year"), (1.3, 3.4, 3.2, 0.5)
    columns = tuple(Column(view.t(t), "text", s) for t, s in zip(titles, shares, strict=True))
    return Table(columns, tuple(rows), view.t("source-caption"), small=True)
