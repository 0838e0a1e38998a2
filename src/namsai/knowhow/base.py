"""The know-how base as one value: tables read when first asked for, dated lookup, the tree of flows, search."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache, cached_property
from importlib.resources import files
from typing import TypeVar

from namsai.findings import Finding, NamsaiError
from namsai.knowhow.model import (
    Benchmark,
    Factor,
    Flow,
    GroupStatistic,
    Limit,
    Option,
    ProcessKind,
    Range,
    SourceRecord,
)
from namsai.knowhow.rules import check_rows, check_words

Row = dict[str, str]
T = TypeVar("T")


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of a data file as text; an absent file has none."""
    place = files("namsai.knowhow").joinpath("data", f"{name}.csv")
    if not place.is_file():
        return ()
    found = tuple(csv.DictReader(place.read_text(encoding="utf-8").splitlines()))
    if refused := check_rows(name, found):
        raise NamsaiError(*refused)
    return found


def check() -> list[Finding]:
    """Return everything that breaks a rule over all data files: unknown sources, flows, processes, missing locators."""
    names = ("options", "benchmarks", "factors", "limits", "ranges", "sources", "flows", "processes")
    return list(check_words({name: rows(name) for name in names}))


def number(text: str) -> float | None:
    """Return a number, or None for an empty cell (missing is not zero)."""
    return float(text) if text.strip() else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(w.strip() for w in text.split(";") if w.strip())


def _option(row: Row, titles: dict[str, str]) -> Option:
    numbers = {k: number(row[k]) for k in ("saving_low", "saving_high", "payback_low", "payback_high")}
    plain = {
        k: row[k]
        for k in Option.__dataclass_fields__
        if k in row and k not in numbers and k not in ("flows", "title_lo", "saving_flows")
    }
    more = {k: _words(row[k]) for k in ("flows", "saving_flows") if k in Option.__dataclass_fields__}
    return Option(**plain, **numbers, **more, title_lo=titles.get(row["id"], ""))  # type: ignore[arg-type]


class KnowHow:
    """The know-how base of one version."""

    @cached_property
    def version(self) -> str:
        """Version of the data."""
        return files("namsai.knowhow").joinpath("data", "VERSION").read_text(encoding="utf-8").strip()

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """All Cleaner Production options."""
        titles = {r["id"]: r["title_lo"] for r in rows("options_lo")}
        return tuple(_option(r, titles) for r in rows("options"))

    @cached_property
    def benchmarks(self) -> tuple[Benchmark, ...]:
        """All benchmarks."""
        return self._table("benchmarks", Benchmark, ("best", "typical", "poor"))

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """All factors."""
        return self._table("factors", Factor, ("value", "low", "high"))

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """All limits."""
        return self._table("limits", Limit, ())

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """All plausibility ranges."""
        return self._table("ranges", Range, ("low", "high"))

    @cached_property
    def statistics(self) -> tuple[GroupStatistic, ...]:
        """Statistics of groups of measures (US IAC)."""
        texts = ("sector", "group")
        names = tuple(n for n in GroupStatistic.__dataclass_fields__ if n not in texts)
        return self._table("statistics", GroupStatistic, names)

    @cached_property
    def sources(self) -> dict[str, SourceRecord]:
        """Sources by key."""
        return {s.key: s for s in self._table("sources", SourceRecord, ())}

    @cached_property
    def flows(self) -> dict[str, Flow]:
        """Words for what flows, by key."""
        return {r["key"]: Flow(r["key"], r["parent"] or None, r["en"], r["lo"]) for r in rows("flows")}

    @cached_property
    def processes(self) -> dict[str, ProcessKind]:
        """Words for processes, by key."""
        return {p.key: p for p in self._table("processes", ProcessKind, ())}

    def _table(self, name: str, record: Callable[..., T], numbers: tuple[str, ...]) -> tuple[T, ...]:
        fields = record.__dataclass_fields__  # type: ignore[attr-defined]
        return tuple(
            record(**{k: number(r[k]) if k in numbers else r[k] for k in fields if k in r}) for r in rows(name)
        )

    def option(self, id: str) -> Option:
        """Return one option."""
        return self._options[id]

    @cached_property
    def _options(self) -> dict[str, Option]:
        return {o.id: o for o in self.options}

    def benchmark(self, id: str) -> Benchmark:
        """Return one benchmark."""
        return next(b for b in self.benchmarks if b.id == id)

    def source(self, key: str) -> SourceRecord | None:
        """Return one source, or None when the key is not known."""
        return self.sources.get(key)

    def lineage(self, flow: str) -> tuple[str, ...]:
        """Return the flow and its parents up to the root.

        >>> load().lineage("coal")
        ('coal', 'fuel', 'energy')
        """
        line: list[str] = []
        while flow and flow not in line:
            line.append(flow)
            found = self.flows.get(flow)
            flow = (found.parent or "") if found else ""
        return tuple(line)

    def is_a(self, flow: str, ancestor: str) -> bool:
        """Tell whether a flow is the ancestor or stands below it.

        >>> load().is_a("coal", "energy"), load().is_a("energy", "coal")
        (True, False)
        """
        return ancestor in self.lineage(flow)

    def factor(
        self, category: str, flow: str, on: str = "9999", region: str = "LA", purpose: str = ""
    ) -> Factor | None:
        """Return the newest usable factor of a category and flow valid on a day; None when there is none.

        Args: category; flow - key of the flow list; on - ISO day; region - country code, falls back to ``global``;
        purpose - ``inventory`` or ``project`` where the factor depends on it (it is then never returned without).
        """
        found = [
            f
            for f in self.factors
            if f.category == category
            and f.flow == flow
            and f.usable
            and f.region in (region, "global")
            and (not f.purpose or f.purpose == purpose)
            and (not f.valid_from or f.valid_from <= on)
            and (not f.valid_to or f.valid_to >= on[: len(f.valid_to)])
        ]
        return max(found, key=lambda f: (f.region == region, f.year, f.id), default=None)

    def default_uncertainty(self, source: str) -> Factor:
        """Return the default expanded uncertainty [%] of a way of measuring; an assumption, marked as one."""
        row = next(r for r in rows("uncertainty") if r["source"] == source)
        return Factor(
            id=f"U-{source}",
            category="uncertainty",
            name=source,
            value=float(row["percent"]),
            unit="%",
            low=None,
            high=None,
            year="",
            region="global",
            source="NAMSAI",
            evidence="assumption",
            note=row["note"],
            purpose="",
            flow="",
            valid_from="",
            valid_to="",
        )

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {(r["kind"], r["en"]): r["lo"] for r in rows("labels")}

    def label(self, kind: str, word: str, lang: str) -> str:
        """Return a word of a table in the language; the English word where there is no Lao one yet."""
        if lang != "lo":
            return word
        return self._labels.get((kind, word)) or word

    def search(self, text: str, lang: str = "en") -> list[Option]:
        """Return the options that hold all words asked for, titles first (Lao words also inside unspaced text)."""
        words = text.lower().split()

        def body(option: Option) -> str:
            flows = " ".join(f"{self.flows[f].en} {self.flows[f].lo}" for f in option.flows if f in self.flows)
            return f"{option.addresses} {option.mechanism} {option.process} {flows}".lower()

        def title(option: Option) -> str:
            return f"{option.id} {option.title_en} {option.title_lo}".lower()

        def misses(option: Option) -> int:
            return sum(w not in title(option) for w in words)

        del lang
        found = [o for o in self.options if all(w in title(o) or w in body(o) for w in words)]
        return sorted(found, key=misses)


@cache
def load() -> KnowHow:
    """Return the know-how base shipped with this version."""
    return KnowHow()
