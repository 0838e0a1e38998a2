"""Which options of the know-how fit which hot spot: by sector, by process, by what flows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from namsai.hotspots.model import HotSpot
from namsai.knowhow import KnowHow
from namsai.knowhow.model import Option
from namsai.plant.amounts import Plant
from namsai.plant.records import Category

CROSS = "cross_cutting"

# Cross-cutting subjects that every plant has, whether or not it names a process for them, and the flows each is about
# (empty: any).
EVERYWHERE: dict[str, tuple[str, ...]] = {
    "water": ("water",),
    "waste_water": ("waste_water",),
    "solid_waste": ("solid_waste",),
    "chemicals": ("chemical", "toxicity"),
    "workers": ("labour", "toxicity"),
    "management": (),
    "maintenance": (),
}

# Processes whose steam comes from the boiler: what they save is fuel of the boiler.
STEAM_USERS = frozenset({"steam_distribution", "ironing_steam"})

# Words so wide that only an option for exactly this process may answer them.
ROOTS = frozenset({"material", "energy", "emission"})

# Words for a whole class of loss: an option for something more special may answer them.
GENERAL = frozenset(
    {"material", "energy", "fuel", "chemical", "emission", "solid_waste", "hazardous_waste", "waste_water"}
)

_LOSS_WORD = {Category.WASTE: "solid_waste", Category.WASTE_WATER: "waste_water", Category.EMISSION: "emission"}


@dataclass(frozen=True, slots=True)
class Fit:
    """How an option fits a hot spot: `place` 3 the same process, 2 the same trade, 1 elsewhere in the plant or
    everywhere; `flow` 2 the same flow, 1 a wider or a more special one; `top` tells whether the spot is the worst of a
    concern."""

    option: Option
    spot: HotSpot
    place: int
    flow: int
    top: bool

    @property
    def strength(self) -> int:
        """Sum of both, 2 to 5."""
        return self.place + self.flow


def kinds_at(plant: Plant, process: str) -> frozenset[str]:
    """Return the kinds of a process: its own and those of the machines that stand in it."""
    own = {plant.processes[process].kind} if process in plant.processes else set()
    return frozenset(own | {e.kind for e in plant.case.equipment if e.process == process})


def trades_at(plant: Plant, knowhow: KnowHow, process: str) -> frozenset[str]:
    """Return the trades that a process belongs to: by the kind of its own step, and the subsector of the enterprise
    for the steps of that trade.
    """
    own = plant.processes[process].kind if process in plant.processes else ""
    by_step, trade = knowhow.trades.get(own, ""), plant.case.enterprise.subsector
    site = trade if own in ("site", "other", "") or by_step == trade else ""
    return frozenset({by_step, site or ""} - {""})


def kinds_of(plant: Plant, knowhow: KnowHow) -> frozenset[str]:
    """Return all kinds of process and machine that the plant has, with the trade of each."""
    own = {p.kind for p in plant.case.processes} | {e.kind for e in plant.case.equipment}
    trade = {plant.case.enterprise.subsector or ""} - {""}
    return frozenset(own | {knowhow.trades[k] for k in own if k in knowhow.trades} | trade)


def words_of(plant: Plant, spot: HotSpot) -> tuple[str, ...]:
    """Return the flow words of a spot: its own, that of its main content, and the class of its loss."""
    words = [spot.flow, str(spot.facts.get("main_flow") or "")]
    material = plant.materials.get(spot.material)
    if material is not None and spot.subject.startswith(("stream:", "recycle:")):
        words.append(_LOSS_WORD.get(material.category, ""))
    if spot.concern == "hazard":
        words.append("toxicity")
    return tuple(dict.fromkeys(w for w in words if w))


def acts_on(option: Option) -> tuple[str, ...]:
    """Return the flows an option is matched by: those its usable saving is a share of, so that the reason names what is
    saved; else all it acts on."""
    named: tuple[str, ...] = getattr(option, "saving_flows", ()) if option.saving_usable else ()
    return named or option.flows


class Matcher:
    """The options that can fit a plant at all, with what each question needs looked up once."""

    def __init__(self, plant: Plant, knowhow: KnowHow) -> None:
        self.plant = plant
        self.knowhow = knowhow
        self.kinds = kinds_of(plant, knowhow)
        self.related = knowhow.related.get(plant.case.enterprise.sector, frozenset())
        self.seen: dict[tuple[tuple[str, ...], tuple[str, ...], bool], int] = {}
        self.lines = {key: frozenset(knowhow.lineage(key)) for key in knowhow.flows}
        self.options = [o for o in knowhow.options if o.in_use and self._can_fit(o)]

    def _can_fit(self, option: Option) -> bool:
        """Tell whether the sector fits and the plant has the option's process, or the option is about what every plant
        has. A plant of the general sector may take options of any sector for a process that it has."""
        own = self.plant.case.enterprise.sector
        if option.sector == CROSS:
            return option.process in self.kinds or option.process in EVERYWHERE
        fits = own == "general" or option.sector == own or option.sector in self.related
        return fits and option.process in self.kinds

    def is_a(self, flow: str, ancestor: str) -> bool:
        """Tell whether a flow is the ancestor or stands below it."""
        return ancestor in self.lines.get(flow, ())

    def place(self, option: Option, here: frozenset[str], trades: frozenset[str], words: tuple[str, ...]) -> int:
        """Return 3 for an option for the spot's own process or machine, 2 for its trade or the boiler of a steam user,
        1 for one that fits elsewhere in the plant or everywhere, 0 for none."""
        if option.process in here:
            return 3
        if option.process in trades:
            return 2
        if option.process in STEAM_USERS and "boiler" in here and option.process in self.kinds:
            return 2
        if option.sector == CROSS and option.process in EVERYWHERE:
            about = EVERYWHERE[option.process]
            return int(not about or any(self.is_a(w, a) for w in words for a in about))
        return 1

    def flow(self, flows: tuple[str, ...], words: tuple[str, ...], same_process: bool) -> int:
        """Return 2 where an option acts on exactly the first word of the spot, 1 where on another of its words, a wider
        one or (for general spots) a more special one, 0 where not. The widest words fit only at the same process."""
        key = (flows, words, same_process)
        if key not in self.seen:
            self.seen[key] = self._flow(flows, words, same_process)
        return self.seen[key]

    def _flow(self, flows: tuple[str, ...], words: tuple[str, ...], same_process: bool) -> int:
        best = 0
        for flow in flows:
            for number, word in enumerate(words):
                wider = self.is_a(word, flow) and (flow not in ROOTS or same_process)
                special = word in GENERAL and self.is_a(flow, word) and (word not in ROOTS or same_process)
                if flow == word:
                    best = max(best, 2 if number == 0 and word not in ROOTS else 1)
                elif wider or special:
                    best = max(best, 1)
        return best

    def fits(self, spots: Iterable[HotSpot]) -> list[Fit]:
        """Return every fit of an option and a subject, in the order of the spots and then of the know-how.

        A subject that ranks under several concerns is one place: it is shown by its first spot (money comes first);
        hazard is a place of its own, because it asks for other options.
        """
        shown: dict[tuple[str, str, bool], HotSpot] = {}
        tops: set[tuple[str, str, bool]] = set()
        for spot in spots:
            key = (spot.subject, spot.process, spot.concern == "hazard")
            shown.setdefault(key, spot)
            if spot.rank == 1:
                tops.add(key)
        out: list[Fit] = []
        for key, spot in shown.items():
            words = words_of(self.plant, spot)
            here = kinds_at(self.plant, spot.process)
            trades = trades_at(self.plant, self.knowhow, spot.process)
            for option in self.options:
                place = self.place(option, here, trades, words)
                flow = self.flow(acts_on(option), words, place >= 3) if place else 0
                if flow and (place > 1 or option.sector == CROSS or flow == 2):
                    out.append(Fit(option, spot, place, flow, key in tops))
        return out
