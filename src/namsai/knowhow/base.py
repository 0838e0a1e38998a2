"""The only door to the know-how: `load()` gives a KnowHow that reads, checks and freezes a file when first asked."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from namsai.findings import Finding, NamsaiError, error, has_errors
from namsai.knowhow import lookup, rows
from namsai.knowhow.dates import middle, must_be_day, valid_on
from namsai.knowhow.model import (
    Benchmark,
    Card,
    Computed,
    ExchangeRate,
    Factor,
    Flow,
    GroupStatistic,
    Limit,
    Loss,
    Option,
    Potential,
    ProcessKind,
    Range,
    Retired,
    SourceRecord,
)
from namsai.knowhow.rules import check_table
from namsai.knowhow.schema import shapes
from namsai.knowhow.search import Entry, index, search, spelling_keys
from namsai.knowhow.shelf import Shelf
from namsai.knowhow.tables import Place, Table, place_finding

OPTIONAL = frozenset({"labels", "options_lo", "cards", "losses", "retired"})


class KnowHow:
    """The cited data: options, benchmarks, factors, limits, sources, words, ranges, statistics.

    A file is read when first asked for; one with a problem is refused as a whole: NamsaiError with every finding in it.
    """

    def __init__(self, folder: Place) -> None:
        self._shelf = Shelf(folder)

    def _table(self, name: str) -> Table:
        table = self._shelf.table(name)
        found = list(check_table(self._shelf, name))
        if table.missing and name not in OPTIONAL:
            found.append(place_finding("missing-file", f"{name}.csv", None, ""))
        if has_errors(found):
            raise NamsaiError(*found)
        return table

    @cached_property
    def version(self) -> str:
        """The version of the data, printed on every report."""
        place = self._shelf.folder / "VERSION"
        if not place.is_file():
            raise NamsaiError(place_finding("missing-file", "VERSION", None, ""))
        return place.read_text(encoding="utf-8").strip()

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """Words for what flows, by key."""
        return rows.flows(self._table("flows"))

    @cached_property
    def processes(self) -> dict[str, ProcessKind]:
        """Words for processes, by key."""
        return rows.processes(self._table("processes"))

    @cached_property
    def sources(self) -> dict[str, SourceRecord]:
        """Where the numbers were found, by key."""
        return rows.sources(self._table("sources"))

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """All options, in the order of the file."""
        titles = {r["id"]: r for r in self._table("options_lo").rows}
        return rows.options(self._table("options"), titles)

    @cached_property
    def cards(self) -> dict[str, Card]:
        """What the card of an option says beside its row, by option (most have none yet)."""
        return rows.cards(self._table("cards"))

    @cached_property
    def retired(self) -> dict[str, Retired]:
        """Why options are no longer suggested, by option."""
        return rows.retired(self._table("retired"))

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """Losses as one sees them in a plant, in the order of the file."""
        return rows.losses(self._table("losses"))

    @cached_property
    def benchmarks(self) -> tuple[Benchmark, ...]:
        """All benchmarks."""
        return rows.benchmarks(self._table("benchmarks"))

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """All factors, usable or not."""
        return rows.factors(self._table("factors"))

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """All limits, also superseded ones and gaps."""
        return rows.limits(self._table("limits"))

    @cached_property
    def statistics(self) -> tuple[GroupStatistic, ...]:
        """Payback and implementation of groups of measures."""
        return rows.statistics(self._table("statistics"))

    @cached_property
    def potential(self) -> tuple[Potential, ...]:
        """Electricity saving identified per plant, by sector."""
        return rows.potential(self._table("potential"))

    @cached_property
    def computed(self) -> dict[str, Computed]:
        """Numbers worked out from first principles, by id."""
        return rows.computed(self._table("computed"))

    @cached_property
    def rates(self) -> tuple[ExchangeRate, ...]:
        """Dated exchange rates."""
        return rows.rates(self._table("rates"))

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """Spans seen in sources, for plausibility checks."""
        return rows.ranges(self._table("ranges"))

    @cached_property
    def trades(self) -> dict[str, str]:
        """The trade that a step belongs to, by process: options of the trade fit the step.

        >>> load().trades["brewhouse"]
        'brewery'
        """
        return {r["process"]: r["trade"] for r in self._table("steps").rows}

    @cached_property
    def twins(self) -> dict[str, str]:
        """The same measure across trades, by the option of a trade.

        >>> load().twins["GAR-008"]
        'UTI-038'
        """
        return {r["option"]: r["twin"] for r in self._table("twins").rows}

    @cached_property
    def related(self) -> dict[str, frozenset[str]]:
        """The other sectors whose options may fit a sector, by sector.

        >>> sorted(load().related["garment"])
        ['services', 'textile']
        """
        return rows.related(self._table("related"))

    @cached_property
    def _uncertainty(self) -> dict[str, Factor]:
        return rows.uncertainties(self._table("uncertainty"))

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {(r["kind"], r["en"]): r["lo"] for r in self._table("labels").rows}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return spelling_keys({en: lo for (kind, en), lo in self._labels.items() if kind == "spelling"})

    @cached_property
    def _option_by_id(self) -> dict[str, Option]:
        return {o.id: o for o in self.options}

    @cached_property
    def _benchmark_by_id(self) -> dict[str, Benchmark]:
        return {b.id: b for b in self.benchmarks}

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        seen = {o.id: " ".join(f"{x.en} {x.lo} {x.words}" for x in self.losses if x.fits(o)) for o in self.options}
        own = {c.id: f"{c.why_lo} {c.needs_lo} {c.not_when_lo} {c.mistakes_lo}" for c in self.cards.values()}
        return index(self.options, self.flows, self.processes, self.lineage, seen, own, self._spellings)

    def option(self, option_id: str) -> Option:
        """Return an option by id. Errors: ``knowhow.no-such-record``.

        >>> load().option("GAR-001").flows
        ('fabric',)
        """
        if option_id not in self._option_by_id:
            raise NamsaiError(error("knowhow.no-such-record", file="options.csv", value=option_id))
        return self._option_by_id[option_id]

    def benchmark(self, benchmark_id: str) -> Benchmark:
        """Return a benchmark by id. Errors: ``knowhow.no-such-record``."""
        if benchmark_id not in self._benchmark_by_id:
            raise NamsaiError(error("knowhow.no-such-record", file="benchmarks.csv", value=benchmark_id))
        return self._benchmark_by_id[benchmark_id]

    def source(self, reference: str) -> SourceRecord | None:
        """Return the source of a key or of a single reference (``EFDB:117446``); None when there is no such source.

        >>> load().source("EFDB:117446").key
        'EFDB'
        """
        return self.sources.get(reference.partition(":")[0].partition("[")[0].strip())

    def lineage(self, flow: str) -> tuple[str, ...]:
        """Return the flow, then its parents up to the root.

        >>> load().lineage("coal")
        ('coal', 'fuel', 'energy')
        """
        return lookup.lineage(self.flows, flow)

    def is_a(self, flow: str, ancestor: str) -> bool:
        """Tell whether a flow is the other one or a kind of it.

        >>> load().is_a("coal", "energy"), load().is_a("energy", "coal")
        (True, False)
        """
        return ancestor in self.lineage(flow)

    def factor(
        self,
        category: str,
        flow: str,
        on: str = "",
        region: str = "LA",
        purpose: str = "",
        *,
        name: str = "",
        nearest: bool = False,
    ) -> Factor | None:
        """Return the newest usable factor valid on a day ("" any day); see `lookup.find_factor`.

        >>> f = load().factor("fuel_ncv", "diesel", on="2026-11-24")
        >>> f.value, f.unit, f.source, f.source_id
        (43.0, 'MJ/kg', 'EFDB', '117453')
        """
        return lookup.find_factor(
            self.factors, category, flow, on=on, region=region, purpose=purpose, name=name, nearest=nearest
        )

    def default_uncertainty(self, source: str) -> Factor:
        """Return the default expanded uncertainty (k = 2) [%] for a way of observing; an assumption of this project.

        >>> load().default_uncertainty("meter").value, load().default_uncertainty("meter").evidence
        (2.0, 'assumption')
        """
        if source not in self._uncertainty:
            raise NamsaiError(error("knowhow.no-such-record", file="uncertainty.csv", value=source))
        return self._uncertainty[source]

    def limits_on(self, jurisdiction: str, day: str) -> tuple[Limit, ...]:
        """Return the limits of a jurisdiction valid on a day (YYYY-MM-DD), with gaps, without superseded ones."""
        must_be_day(day)
        mine = (m for m in self.limits if m.jurisdiction == jurisdiction)
        return tuple(m for m in mine if valid_on(m.valid_from, m.valid_to, day))

    def ranges_for(self, kind: str, flow: str, on: str, region: str = "LA") -> tuple[Range, ...]:
        """Return the plausibility ranges of a kind and flow (or wider flow) valid on a day, of the region or global."""
        must_be_day(on)
        family = (*self.lineage(flow), "") if flow else ("",)
        return tuple(
            r
            for r in self.ranges
            if r.kind == kind
            and r.flow in family
            and r.region in (region, "global")
            and valid_on(r.valid_from, r.valid_to, on)
        )

    def rate(self, currency: str, base: str, on: str, kind: str = "official") -> ExchangeRate | None:
        """Return the dated exchange rate valid on a day, the one of the shortest validity; None when there is none.

        >>> load().rate("LAK", "USD", "2024-05-07").rate
        21391.0
        """
        must_be_day(on)
        pair = (r for r in self.rates if (r.currency, r.base, r.kind) == (currency, base, kind))
        valid = [r for r in pair if valid_on(r.valid_from, r.valid_to, on)]
        return max(valid, key=lambda r: r.valid_from, default=None)

    def rate_day(self, rate: ExchangeRate) -> str:
        """Return the day in the middle of a rate's validity (YYYY-MM-DD)."""
        return middle(rate.valid_from, rate.valid_to).isoformat()

    def label(self, kind: str, word: str, lang: str) -> str:
        """Return the word of a vocabulary in a language; the word itself when there is no other.

        >>> load().label("flow", "coal", "en")
        'coal'
        """
        if kind in ("flow", "process"):
            known: Flow | ProcessKind | None = self.flows.get(word) if kind == "flow" else self.processes.get(word)
            if known:
                return (known.lo if lang == "lo" else known.en) or word
        return self._labels.get((kind, word), word) if lang == "lo" else word

    def search(self, text: str, lang: str = "en", *, retired: bool = False) -> list[Option]:
        """Return the options that fit the words, Lao or English, the best first; the retired ones only where asked.

        >>> load().search("fabric offcuts", "en")[0].id
        'GAR-001'
        """
        return [o for o in search(self._entries, text, lang, self._spellings) if retired or o.in_use]


@cache
def load(folder: Path | None = None) -> KnowHow:
    """Return the know-how that comes with the package, or the one of another folder of the same shape.

    >>> load() is load()
    True
    """
    return KnowHow(folder or files("namsai.knowhow") / "data")


def check(folder: Place | None = None) -> tuple[Finding, ...]:
    """Return all findings of all data files; none when the data is sound.

    >>> check()
    ()
    """
    place: Place = folder if folder is not None else files("namsai.knowhow") / "data"
    shelf = Shelf(place)
    found: list[Finding] = []
    for name in shapes():
        if shelf.table(name).missing and name not in OPTIONAL:
            found.append(place_finding("missing-file", f"{name}.csv", None, ""))
        found.extend(check_table(shelf, name))
    if not (place / "VERSION").is_file():
        found.append(place_finding("missing-file", "VERSION", None, ""))
    return tuple(found)
