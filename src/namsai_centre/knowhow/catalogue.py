"""Finding options: from the loss one sees, by words, and by facets with their counts. All in memory, per release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from namsai.knowhow import KnowHow, Loss, Option
from namsai.texts import Lang

FACETS = ("sector", "process", "flow", "technique", "capex", "payback", "evidence", "fit")
PAYBACKS = ("1", "2", "4")  # pays back within so many years
_ORDER = {"none": 0, "low": 1, "medium": 2, "high": 3, "very_high": 4}
_FIT = {"high": 0, "med": 1, "low": 2}
_SURE = {"R": 0, "C": 0, "M": 0, "S": 1, "K": 2}


def _paybacks(option: Option) -> tuple[str, ...]:
    high = option.payback_high
    return () if high is None else tuple(p for p in PAYBACKS if high <= float(p))


VALUES: dict[str, Callable[[Option], tuple[str, ...]]] = {
    "sector": lambda o: (o.sector,),
    "process": lambda o: (o.process,),
    "flow": lambda o: o.flows,
    "technique": lambda o: (o.technique,),
    "capex": lambda o: (o.capex_class,),
    "payback": _paybacks,
    "evidence": lambda o: (o.evidence_saving,),
    "fit": lambda o: (o.lao_fit,),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet with its count among what is found."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The options found, the values one can choose on by facet, the loss one started from, and how many retired ones
    fit beside them (asked for with `retired`: only these)."""

    options: list[Option]
    facets: dict[str, list[Choice]]
    loss: Loss | None
    retired: int


def alive(knowhow: KnowHow) -> list[Option]:
    """Return the options that are in use (a retired one is still found by its address)."""
    return [o for o in knowhow.options if o.in_use]


def loss_of(knowhow: KnowHow, key: str) -> Loss | None:
    """Return a loss by its key; None when there is none."""
    return next((x for x in knowhow.losses if x.key == key), None)


def losses_of(knowhow: KnowHow, sector: str = "") -> list[tuple[Loss, int]]:
    """Return the losses one sees (in a sector: those with options for it) with the number of options."""
    own = [o for o in alive(knowhow) if not sector or o.sector == sector]
    counted = [(x, sum(x.fits(o) for o in own)) for x in knowhow.losses]
    return [(x, n) for x, n in counted if n]


def sectors_of(knowhow: KnowHow) -> list[tuple[str, int]]:
    """Return the sectors with their number of options, the largest first; what fits any sector last."""
    counted = Counter(o.sector for o in alive(knowhow))
    return sorted(counted.items(), key=lambda p: (p[0] == "cross_cutting", -p[1]))


def find(knowhow: KnowHow, asked: Mapping[str, str], lang: Lang) -> Found:
    """Return the options for the words, the loss and the facets asked for, best first, with the facets' counts.

    A sector finds its own options only; those that fit any sector are their own choice, `cross_cutting`.
    """
    text = asked.get("q", "").strip()
    every = knowhow.search(text, lang, retired=True) if text else sorted(knowhow.options, key=_rank)
    retired = bool(asked.get("retired"))
    start = [o for o in every if o.in_use != retired]
    loss = loss_of(knowhow, asked.get("loss", ""))
    if loss:
        start = [o for o in start if loss.fits(o)]
    chosen = {name: asked[name] for name in FACETS if asked.get(name)}
    fits = {name: {o.id for o in start if value in VALUES[name](o)} for name, value in chosen.items()}
    facets = {}
    for name in FACETS:
        others = [ids for other, ids in fits.items() if other != name]
        rest = [o for o in start if all(o.id in ids for ids in others)]
        counted = Counter(v for o in rest for v in VALUES[name](o))
        if name in chosen:
            counted.setdefault(chosen[name], 0)
        facets[name] = [Choice(v, n, chosen.get(name) == v) for v, n in sorted(counted.items(), key=_by_count(name))]
    fitting = [o for o in start if all(o.id in ids for ids in fits.values())]
    return Found(fitting, facets, loss, 0 if retired else sum(_fits(o, loss, chosen) for o in every if not o.in_use))


def _fits(option: Option, loss: Loss | None, chosen: Mapping[str, str]) -> bool:
    """Tell whether an option answers the loss and every facet chosen."""
    return (loss is None or loss.fits(option)) and all(v in VALUES[name](option) for name, v in chosen.items())


def _by_count(name: str) -> Callable[[tuple[str, int]], tuple[float, str]]:
    fixed: dict[str, Mapping[str, int]] = {"capex": _ORDER, "fit": _FIT, "payback": {p: int(p) for p in PAYBACKS}}
    order = fixed.get(name)
    return lambda pair: (order.get(pair[0], 9) if order else -pair[1], pair[0])


def _rank(option: Option) -> tuple[int, int, int, str]:
    sure = _SURE.get(option.evidence_saving, 3)
    return sure, _FIT.get(option.lao_fit, 3), _ORDER.get(option.capex_class, 5), option.id


def related(knowhow: KnowHow, option: Option, most: int = 6) -> list[Option]:
    """Return options for the same losses: the twin first, then of the same process, then sharing the first flow."""
    twin = knowhow.twins.get(option.id)
    mine = set(option.flows)

    def near(other: Option) -> tuple[bool, bool, int, bool, str]:
        shared = len(mine & set(other.flows))
        return other.id != twin, other.process != option.process, -shared, other.sector != option.sector, other.id

    fits = [o for o in alive(knowhow) if o.id != option.id and (o.id == twin or mine & set(o.flows))]
    return sorted(fits, key=near)[:most]
