"""Sheets of the results: streams and balances, losses and what they cost, working time, hot spots."""

from __future__ import annotations

from itertools import accumulate

from namsai.costing.model import FlowCost
from namsai.plant.amounts import COVERAGE
from namsai.workbook.results import Column, Reader, Row, Sheet

PARTS = ("material", "energy", "system", "waste")
KINDS = ("product", "by_product", "loss", "recycling_loss", "unexplained")


def streams(r: Reader) -> Sheet:
    """All streams: measured, reconciled, standard uncertainty, how it is known, what is suspect."""
    balance = r.assessment.balance
    doubted = {id for s in balance.suspects for id in s.streams} if not balance.closes else set()
    rows: list[Row] = []
    for s in balance.streams:
        record = r.plant.streams.get(s.id)
        measured, unit = r.amount(s.measured, s.unit, s.material)
        value, _ = r.amount(s.value, s.unit, s.material)
        sd, _ = r.amount(s.sd, s.unit, s.material)
        before, _ = r.amount(s.measured_sd, s.unit, s.material)
        wide = COVERAGE * s.sd / s.value if s.value and s.sd is not None else None
        change = s.value / s.measured - 1 if s.measured and s.value is not None else None
        how = r.word(f"terms.source-{record.amount.source}") if record and record.amount else r.t("not-measured")
        state = "unknown" if not s.observable else "checked" if s.redundant else "single"
        if s.measured is None and s.observable:
            state = "derived"
        known = (r.t(f"state-{state}"), r.mark(s.id in doubted), r.mark(bool(record and record.assumption)))
        names = (s.id, r.stream(s.id), r.process(s.source), r.process(s.target))
        rows.append((*names, unit, measured, before, value, sd, wide, change, how, *known, _ref(r, s.id)))
    columns = (
        *(Column("id"), Column("stream"), Column("from"), Column("to"), Column("unit")),
        *(
            Column("measured", "amount"),
            Column("measured-sd", "amount"),
            Column("reconciled", "amount"),
            Column("sd", "amount"),
        ),
        *(Column("u95", "share"), Column("correction", "share", marked=False), Column("how")),
        *(Column("state"), Column("suspect"), Column("assumed"), Column("ref")),
    )
    return Sheet("streams", columns, tuple(rows), 2)


def _ref(r: Reader, id: str) -> str:
    record = r.plant.streams.get(id)
    return (record.ref or "") if record is not None else ""


def balances(r: Reader) -> Sheet:
    """The balance of each process and layer, as measured."""
    rows: list[Row] = []
    for g in r.assessment.balance.gaps:
        sizes = [r.amount(v, g.unit)[0] for v in (g.inflow, g.outflow, g.gap, g.sd)]
        verdict = "unknown" if g.gap is None else "significant" if g.significant else "within"
        layer = r.say(lambda view, g=g: view.layer(g.layer))  # type: ignore[misc]
        said = r.word(f"report.gap-{verdict}")
        rows.append((r.process(g.process), layer, *sizes[:3], g.share, sizes[3], r.amount(None, g.unit)[1], said))
    columns = (
        *(Column("process"), Column("layer"), Column("in", "amount"), Column("out", "amount"), Column("gap", "amount")),
        *(Column("gap-share", "share"), Column("gap-sd", "amount"), Column("unit"), Column("verdict")),
    )
    return Sheet("balances", columns, tuple(rows), 2)


def _priced(r: Reader, f: FlowCost) -> bool:
    """Tell whether the cost of a flow is known: without a price it is not zero but not known."""
    return f.total > 0 or f.stream not in r.assessment.costs.unpriced


def _money_columns() -> tuple[Column, ...]:
    return (*(Column(f"{part}-cost", "money", total=True) for part in PARTS), Column("total", "money", total=True))


def losses(r: Reader) -> Sheet:
    """Each loss, the dearest first, with its cost by the categories of material flow cost accounting."""
    costs = r.assessment.costs
    so_far = list(accumulate(f.total for f in costs.losses))
    rows: list[Row] = []
    for number, (f, sum_) in enumerate(zip(costs.losses, so_far, strict=True), 1):
        known = _priced(r, f)
        amount, unit = r.amount(f.amount, f.unit, f.material)
        money = [getattr(f, f"{part}_cost") if known else None for part in PARTS] + [f.total if known else None]
        shares = (f.total / costs.loss_total, sum_ / costs.loss_total) if known and costs.loss_total else (None, None)
        year = f.total / r.plant.years if known else None
        names = (r.stream(f.stream), r.process(f.process), r.t(f"kind-{f.kind}"), amount, unit)
        rows.append(
            (number, *names, *money, costs.currency, *shares, year, f.revenue, r.mark(f.stream in costs.unpriced))
        )
    columns = (
        *(Column("rank", "count"), Column("loss"), Column("process"), Column("kind"), Column("amount", "amount")),
        *(Column("unit"), *_money_columns(), Column("currency"), Column("share-losses", "share")),
        *(Column("share-so-far", "share"), Column("total-year", "money", total=True)),
        *(Column("revenue", "money", total=True), Column("no-price")),
    )
    return Sheet("losses", columns, tuple(rows), 2)


def loss_by_process(r: Reader) -> Sheet:
    """Cost of the losses where they arise: the table that Cleaner Production centres know."""
    costs = r.assessment.costs
    by_process: dict[str, list[FlowCost]] = {}
    for f in costs.losses:
        by_process.setdefault(f.process, []).append(f)
    rows: list[Row] = []
    for process, flows in sorted(by_process.items(), key=lambda item: -sum(f.total for f in item[1])):
        known = [f for f in flows if _priced(r, f)]
        money = [sum(getattr(f, f"{part}_cost") for f in known) if known else None for part in PARTS]
        total = sum(f.total for f in known) if known else None
        share = total / costs.loss_total if total is not None and costs.loss_total else None
        rows.append((r.process(process), len(flows), *money, total, costs.currency, share, len(flows) - len(known)))
    columns = (
        *(Column("process"), Column("number-losses", "count", total=True), *_money_columns(), Column("currency")),
        *(Column("share-losses", "share"), Column("number-no-price", "count", total=True)),
    )
    return Sheet("loss-by-process", columns, tuple(rows))


def costs(r: Reader) -> Sheet:
    """All costs of the period by what carries them: the sum is what was spent, to the last unit of money."""
    table = r.assessment.costs
    rows: list[Row] = []
    for kind in KINDS:
        flows = [f for f in table.flows if f.kind == kind]
        if not flows:
            continue
        money = [sum(getattr(f, f"{part}_cost") for f in flows) for part in PARTS]
        total = sum(f.total for f in flows)
        unpriced = sum(not _priced(r, f) for f in flows)
        share = total / table.total if table.total else None
        rows.append((r.t(f"kind-{kind}"), len(flows), *money, total, table.currency, share, unpriced))
    columns = (
        *(Column("carrier"), Column("number-flows", "count", total=True), *_money_columns(), Column("currency")),
        *(Column("share-costs", "share"), Column("number-no-price", "count", total=True)),
    )
    return Sheet("costs", columns, tuple(rows))


def work(r: Reader) -> Sheet:
    """Working time of each line: paid, earned, lost, and what the lost time costs."""
    rows: list[Row] = []
    for x in r.assessment.work.lines:
        minutes = (x.paid_minutes, x.earned_minutes, x.lost_minutes, x.idle_minutes)
        hours = [None if m is None else m / 60 for m in minutes]
        name = r.say(lambda view, x=x: view.line(x.line))  # type: ignore[misc]
        rows.append((name, r.process(x.process), x.efficiency, x.target, *hours, x.cost_of_loss, r.currency))
    columns = (
        *(Column("line"), Column("process"), Column("efficiency", "share"), Column("target", "share")),
        *(Column(f"{name}-hours", "amount", total=True) for name in ("paid", "earned", "lost", "idle")),
        *(Column("cost-lost-time", "money", total=True), Column("currency")),
    )
    return Sheet("work", columns, tuple(rows))


def hotspots(r: Reader) -> Sheet:
    """Where to look first, under each concern."""
    rows: list[Row] = []
    for h in r.assessment.hotspots:
        amount, unit = r.amount(h.amount, h.unit, h.material)
        what = r.say(lambda view, h=h: view.subject(h.subject))  # type: ignore[misc]
        where = r.process(h.process)
        rows.append(
            (r.word(f"hotspots.concern-{h.concern}"), h.rank, what, where, amount, unit, h.money, r.currency, h.share)
        )
    columns = (
        *(Column("concern"), Column("rank", "count"), Column("what"), Column("where"), Column("amount-year", "amount")),
        *(Column("unit"), Column("money-year", "money"), Column("currency"), Column("share-concern", "share")),
    )
    return Sheet("hotspots", columns, tuple(rows), 3)
