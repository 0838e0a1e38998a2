"""What all chapters need: the assessment, the know-how and the language, and the names of things for that reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from namsai.charts import write
from namsai.charts.plant_flows import NARROW_WIDTH
from namsai.findings import Fact, Finding
from namsai.knowhow import KnowHow
from namsai.plant.amounts import Plant
from namsai.plant.records import Category
from namsai.texts import Lang, finding_text, has, room_texts, text

if TYPE_CHECKING:
    from namsai.assessment import Assessment

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WET = frozenset({Category.WATER, Category.WASTE_WATER})
CHART_WIDTH = 481.0
EVIDENCE = ("R", "C", "S", "M", "K", "X", "D", "N")


@dataclass(frozen=True)
class View:
    """An assessment seen by a reader of one language."""

    assessment: Assessment
    knowhow: KnowHow
    lang: Lang
    narrow: bool = False  # pictures for a screen 360 px wide
    web: bool = False  # chapters stand on pages of their own

    @cached_property
    def plant(self) -> Plant:
        """The plant, indexed."""
        return Plant(self.assessment.case)

    @property
    def chart_width(self) -> float:
        """Width of pictures [pt]."""
        return NARROW_WIDTH if self.narrow else CHART_WIDTH

    @property
    def currency(self) -> str:
        """Currency of all money of the assessment."""
        return self.assessment.costs.currency

    def t(self, slug: str, **facts: str | int) -> str:
        """Return a text of the report."""
        return text(f"report.{slug}", self.lang, "", **facts)

    def word(self, key: str) -> str:
        """Return the text of a catalogue key, or "" when there is none (an unknown word is never shown raw)."""
        return text(key, self.lang) if has(key) else ""

    def money(self, value: float | None) -> str:
        """Write money of the case at a glance."""
        return write.money(value, self.currency, self.lang)

    @cached_property
    def currency_name(self) -> str:
        """Name of the currency in the language."""
        return write.currency_name(self.currency, self.lang)

    def process(self, id: str) -> str:
        """Return the name of a process or of a place outside the plant."""
        if id in self.plant.processes:
            return self.plant.processes[id].name.show(self.lang)
        return self.word(f"terms.place-{id}") or id or self.t("whole-plant")

    def material(self, id: str) -> str:
        """Return the name of a material."""
        return self.plant.materials[id].name.show(self.lang) if id in self.plant.materials else id

    def flow(self, key: str) -> str:
        """Return the word of the know-how for a kind of flow."""
        found = self.knowhow.flows.get(key)
        return key if found is None else (found.lo if self.lang == "lo" else found.en)

    def layer(self, layer: str) -> str:
        """Return the name of a balance layer: mass, energy, or a substance."""
        return (
            self.word(f"report.layer-{layer}")
            or self.material(layer if layer in self.plant.materials else "")
            or self.flow(layer)
        )

    def label(self, kind: str, word: str) -> str:
        """Return a word of a know-how table; "" for a Lao reader where there is no Lao word yet."""
        found = self.knowhow.label(kind, word, self.lang) if word else ""
        return "" if self.lang == "lo" and found == word and any("a" <= c.lower() <= "z" for c in word) else found

    def stream(self, id: str) -> str:
        """Return the name of a stream, of a recycle or of an unexplained loss: what it is."""
        group, _, rest = id.partition(":")
        if group == "unexplained":
            return self.t("unexplained-in", process=self.process(rest))
        if group == "recycle":
            return self.t("recycled", material=self.stream(rest))
        return self.material(self.plant.streams[id].material) if id in self.plant.streams else id

    def line(self, id: str) -> str:
        """Return the name of a production line."""
        found = next((x for x in self.assessment.case.lines if x.id == id), None)
        return found.name.show(self.lang) if found and found.name else id

    def subject(self, subject: str) -> str:
        """Return the name of what a hot spot is about."""
        group, _, id = subject.partition(":")
        if group == "line":
            return self.t("working-time-of", line=self.line(id))
        return self.stream(id if group in ("stream", "use") else subject)

    def amount(self, value: float | None, unit: str, material: str = "") -> str:
        """Write an amount in a base unit; electricity in kWh, water of known density in cubic metres."""
        base, gas, _ = unit.partition(" CO2")
        if gas:
            return write.amount(value, base, self.lang) + (" CO₂e" if value is not None else "")
        found = self.plant.materials.get(material)
        if value is not None and unit == "kg" and found is not None and found.density and found.category in WET:
            value, unit = value / found.density, "m3"  # as on the meter
        return write.amount(value, unit, self.lang, found is not None and found.kind == "electricity")

    def unit(self, unit: str) -> str:
        """Write a unit, also one with "per" (the unit after the stroke stands for one: MJ/piece)."""
        first, *per = unit.split("/")
        return "/".join((self._unit(first), *map(self.per, per)))

    def per(self, unit: str) -> str:
        """Write a unit that something is counted per: "piece", "year"."""
        return self.word(f"charts.per-{unit}") or self._unit(unit)

    def _unit(self, part: str) -> str:
        shown = write.unit_name(part, self.lang)
        return write.signs((self.label("unit", part) or part) if shown == part and len(part) > 3 else shown)

    def title(self, option: str) -> str:
        """Return the title of a proposed option."""
        found = next((p for p in self.assessment.proposals.items if p.id == option), None)
        return write.signs(found.title.show(self.lang)) if found else option

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """Names by id, so that findings speak of things by their names."""
        case = self.assessment.case
        out = {key: self.flow(key) for key in self.knowhow.flows}
        out |= {m.measure: self.word(f"indicators.measure-{m.measure}") for m in case.history}
        for table in (
            case.costs,
            case.lines,
            case.meters,
            case.materials,
            case.equipment,
            case.measures,
            case.processes,
        ):
            out |= {row.id: row.name.show(self.lang) for row in table if row.name is not None}
        out |= {p.id: self.title(p.id) for p in self.assessment.proposals.items}
        out |= {s.id: f"{self.material(s.material)} ({self._way(s.from_, s.to)})" for s in case.streams}
        return out

    def _way(self, source: str, target: str) -> str:
        return f"{self.process(source)} → {self.process(target)}"

    def field(self, name: str) -> str:
        """Return the name of a field of the case: the heading of its column in the form, without its unit."""
        form = room_texts("form")
        slugs = [f"col-{name}", *(s for s in form if s.endswith(f"-{name}") and s.startswith(("col-", "part-")))]
        return next((form[s][self.lang].partition(" [")[0] for s in slugs if s in form), name)

    def _fact(self, name: str, value: Fact) -> Fact:
        if isinstance(value, float):
            return write.number(value, self.lang, 4)
        if not isinstance(value, str) or name in ("expected", "file", "sheet", "cell"):
            return value
        if name in ("layer", "substance"):
            return self.layer(value)
        if name == "unit":
            return self.unit(value)
        if name == "name":
            return self.field(value)
        if name == "currency":
            return write.currency_name(value, self.lang)
        if name in ("region", "country"):
            return self.word(f"report.country-{value}") or value
        if _DATE.fullmatch(value):
            return write.date(value, self.lang)
        for key in (f"indicators.measure-{value}", f"hotspots.concern-{value}"):
            if name in ("measure", "concern") and has(key):
                return text(key, self.lang)
        parts = [p.strip() for p in value.split(",")]
        if all(p in self._names for p in parts):
            return ", ".join(self._names[p] for p in parts)
        return self.subject(value) if value.partition(":")[0] in ("unexplained", "recycle", "line", "use") else value

    def finding(self, finding: Finding) -> tuple[str, str]:
        """Return what a finding says and what to do, with names in the place of ids; an unknown code shows as code."""
        if not has(finding.code):
            return finding.code, ""
        given = dict(finding.facts)
        amount, unit, currency = given.get("amount"), given.get("unit"), str(given.get("currency") or self.currency)
        if isinstance(amount, int | float) and isinstance(unit, str):
            given["amount"], given["unit"] = write.scaled(float(amount), unit)
        for name in ("cost", "least_cost"):
            value = given.get(name)
            if isinstance(value, int | float):
                given[name] = write.money(value, currency, self.lang)
        facts = {name: self._fact(name, value) for name, value in given.items()}
        for name in list(facts):
            base, _, lang = name.rpartition("_")
            if base and lang == self.lang:
                facts[base] = facts[name]
        facts.setdefault("path", self.where(finding.where.path))
        says, fix = finding_text(Finding(finding.code, finding.severity, finding.where, facts), self.lang)
        return write.signs(says), write.signs(fix)

    def where(self, path: str) -> str:
        """Return the place of a finding in words: the table and the name of the row."""
        table, _, rest = path.partition("/")
        if table == "indicators":
            same = [b.flow for b in self.knowhow.benchmarks if b.indicator == rest and b.flow]
            return self.flow(same[0]) if len(set(same)) == 1 else ""
        word = self.word(f"report.table-{table}")
        row = rest.partition("/")[0]
        rows = getattr(self.assessment.case, table, None)
        if isinstance(rows, tuple) and row.isdigit() and int(row) < len(rows):
            record = rows[int(row)]
            key = str(getattr(record, "id", "") or getattr(record, "key", ""))
            return f"{word}: {self._names.get(key, key)}".strip(": ")
        return word

    def evidence(self, letter: str) -> str:
        """Return the meaning of an evidence letter."""
        return self.t(f"evidence-{letter}") if letter in EVIDENCE else ""


def source_keys(source: str) -> tuple[str, ...]:
    """Return the keys of a source column ("CALC:C22;IFC-PACT;IAC-DB[raw_material all n=2485]").

    >>> source_keys("CALC:C22;IFC-PACT;IAC-DB[all n=9]")
    ('CALC', 'IFC-PACT', 'IAC-DB')
    """
    parts = (p.partition("[")[0].partition(":")[0].strip() for p in source.split(";"))
    return tuple(dict.fromkeys(p for p in parts if p))
