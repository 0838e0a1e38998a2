"""The picture of flows that answers: choose a flow or a place in it and see its numbers. One layer at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from namsai.assessment import Assessment as Result
from namsai.charts import write
from namsai.charts.plant_flows import Network, draw, money_network, networks
from namsai.charts.sankey import Flow
from namsai.charts.svg import linked
from namsai.costing.model import FlowCost
from namsai.costing.prices import worth
from namsai.report.balance import heat_of
from namsai.report.losses import KINDS, apart
from namsai.report.view import View
from namsai.texts import Lang, text
from namsai_centre.assessments.results import LAYERS
from namsai_centre.knowhow.queries import knowhow_of

__all__ = ["LAYERS", "Picture", "layers_of", "picture"]

Rows = tuple[tuple[str, str], ...]
Link = Callable[[str], str]  # key of a flow or place -> address of the page with it chosen


@dataclass(frozen=True, slots=True)
class Line:
    """A flow in a list: key, name, from where to where, how much."""

    key: str
    name: str
    way: str
    shown: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pick:
    """What is said of a flow or place when it is chosen: `lights` are the keys that light up with it."""

    key: str
    title: str
    way: str
    facts: Rows
    inside: tuple[Line, ...] = ()
    outside: tuple[Line, ...] = ()
    lights: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One layer drawn: for a wide and for a narrow screen, with all that can be chosen in it."""

    layer: str
    title: str
    full: SafeString
    slim: SafeString
    picks: tuple[Pick, ...]
    lines: tuple[Line, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A network with what is needed to speak of its parts."""

    view: View
    network: Network
    costs: dict[str, FlowCost]

    def t(self, slug: str, **facts: str | int) -> str:
        """Return a text of the room."""
        return text(f"assessments.{slug}", self.view.lang, "", **facts)


def layers_of(result: Result, lang: Lang) -> dict[str, Network]:
    """Return the layers that this result has flows for, money first."""
    view = View(result, knowhow_of(result.knowhow_version), lang)
    money = money_network(result.costs, lambda stream: apart(view, stream), lang)
    found = {} if money is None else {"money": money}
    return found | networks(view.plant, result.balance, lang, heat_of(view))


def picture(result: Result, network: Network, lang: Lang, picked: str, link: Link) -> Picture:
    """Return a layer as a picture whose parts are links, and what is said of each of them."""
    view = View(result, knowhow_of(result.knowhow_version), lang)
    told = _Told(view, network, {f.stream: f for f in result.costs.flows})
    of_flow = _money_flow if network.layer == "money" else _flow
    of_place = _money_place if network.layer == "money" else _place
    picks = [of_flow(told, f) for f in network.flows]
    picks += [of_place(told, box.id, box.name, box.key) for box in network.boxes]
    names = {p.key: f"{p.title}: {p.facts[0][1]}" if p.facts else p.title for p in picks}
    lights = next((p.lights for p in picks if p.key == picked), ())

    def svg(narrow: bool) -> SafeString:
        scene = draw(network, lang, narrow=narrow)
        return mark_safe(linked(scene, lang, lambda key: (link(key), names[key]), lights))  # escapes every text in it

    lines = tuple(_line(told, f) for f in sorted(network.flows, key=lambda f: -(f.value or 0.0)))
    chosen = picked if lights else ""
    return Picture(network.layer, network.title, svg(False), svg(True), tuple(picks), lines, chosen)


def _end(told: _Told, flow: Flow, side: str) -> str:
    """Return the name of the process at an end of a flow, or of the place outside the plant."""
    inner = flow.source if side == "source" else flow.target
    names = {b.id: b.name for b in told.network.boxes}
    if inner:
        return names[inner]
    balance = told.view.assessment.balance
    outer = dict.fromkeys(getattr(balance.stream(s), side) for s in told.network.streams.get(flow.key, ()))
    return ", ".join(told.view.process(place) for place in outer)


def _way(told: _Told, flow: Flow) -> str:
    if told.network.layer == "money":
        return ""
    return " → ".join(x for x in (_end(told, flow, "source"), _end(told, flow, "target")) if x)


def _line(told: _Told, flow: Flow) -> Line:
    return Line(flow.key, flow.name, _way(told, flow), flow.shown, flow.kind)


def _sum(flows: Iterable[Flow]) -> float | None:
    """Return the sum of values; None when one of them is not known."""
    values = [f.value for f in flows]
    return None if None in values else sum(v for v in values if v is not None)


def _share(part: float | None, whole: float | None, lang: Lang) -> str:
    return write.DASH if part is None or not whole else write.percent(part / whole, lang)


def _cost_rows(told: _Told, costs: list[FlowCost]) -> Rows:
    """Return what flows cost, and of what it is made up; nothing where nothing is known."""
    if not costs:
        return ()
    streams = {f.stream for f in costs}
    known = not streams & set(told.view.assessment.costs.unpriced) or any(f.total for f in costs)
    total = sum(f.total for f in costs) if known else None
    rows = [(told.t("flow_money"), told.view.money(total))]
    for kind in KINDS:
        part = sum(getattr(f, f"{kind}_cost") for f in costs)
        if known and part:
            rows.append((f"– {told.view.word(f'charts.cost-{kind}')}", told.view.money(part)))
    return tuple(rows)


def _bought(told: _Told, flow: Flow) -> float | None:
    """Return what a bought flow costs: as booked, else its amount at its price; None when that is not known."""
    view = told.view
    balance, uses = view.assessment.balance, {u.stream: u.cost for u in view.assessment.costs.uses}
    total = 0.0
    for key in told.network.streams.get(flow.key, ()):
        stream = balance.stream(key)
        material = view.plant.materials[stream.material]
        if key in uses:
            total += uses[key]
        elif stream.value is None or material.price is None:
            return None
        else:
            found = worth(view.plant, material, material.price, stream.value, stream.unit, "").value
            if found is None:
                return None
            total += found
    return total


def _flow(told: _Told, flow: Flow) -> Pick:
    network, view = told.network, told.view
    rows: list[tuple[str, str]] = [(told.t("flow_amount"), flow.shown)]
    coming = _sum(f for f in network.flows if not f.source)
    rows.append((told.t("flow_share_in"), _share(flow.value, coming, view.lang)))
    if flow.source and flow.target == "":
        own = _sum(f for f in network.flows if f.source == flow.source)
        rows.append((told.t("flow_share_place", place=_end(told, flow, "source")), _share(flow.value, own, view.lang)))
    if flow.kind == "input":
        rows.append((told.t("flow_bought"), view.money(_bought(told, flow))))
    rows += _cost_rows(told, [told.costs[s] for s in network.streams.get(flow.key, ()) if s in told.costs])
    ends = tuple(f"b:{end}" for end in (flow.source, flow.target) if end)
    return Pick(flow.key, flow.name, _way(told, flow), tuple(rows), lights=(flow.key, *ends))


def _amount(told: _Told, value: float | None) -> str:
    unit = {"mass": "kg", "water": "m3", "energy": "J"}[told.network.layer]
    return write.amount(value, unit, told.view.lang)


def _place(told: _Told, id: str, name: str, key: str) -> Pick:
    network, view = told.network, told.view
    into, out = ([f for f in network.flows if getattr(f, end) == id] for end in ("target", "source"))
    lost = [f for f in out if f.kind == "loss"]
    rows = [(told.t("flow_in"), _amount(told, _sum(into)))]
    if out:
        rows.append((told.t("flow_out"), _amount(told, _sum(out))))
        rows.append((told.t("flow_lost"), _amount(told, _sum(lost))))
        rows.append((told.t("flow_lost_share"), _share(_sum(lost), _sum(into), view.lang)))
    costs = [f for f in view.assessment.costs.losses if f.process == id]
    if costs:
        money = sum(f.total for f in costs)
        rows.append((told.t("flow_lost_money"), view.money(money)))
        rows.append((told.t("flow_share_losses"), _share(money, view.assessment.costs.loss_total, view.lang)))
    return _with_lists(told, Pick(key, name, "", tuple(rows)), into, out)


def _with_lists(told: _Told, pick: Pick, into: list[Flow], out: list[Flow]) -> Pick:
    lists = [tuple(_line(told, f) for f in sorted(own, key=lambda f: -(f.value or 0.0))) for own in (into, out)]
    lights = (pick.key, *(f.key for f in (*into, *out)))
    return Pick(pick.key, pick.title, pick.way, pick.facts, lists[0], lists[1], lights)


def _money_flow(told: _Told, flow: Flow) -> Pick:
    view, costs = told.view, told.view.assessment.costs
    rows: list[tuple[str, str]] = [(told.t("flow_money"), flow.shown)]
    rows.append((told.t("flow_share_costs"), _share(flow.value, costs.total, view.lang)))
    own = [told.costs[s] for s in told.network.streams.get(flow.key, ()) if s in told.costs]
    way = ""
    if flow.kind == "input":
        kind = next((k for k in KINDS if view.word(f"charts.cost-{k}") == flow.name), "")
        lost = sum(getattr(f, f"{kind}_cost") for f in costs.losses) if kind else None
        rows.append((told.t("flow_of_it_lost"), view.money(lost)))
        rows.append((told.t("flow_lost_share"), _share(lost, flow.value, view.lang)))
    elif len(own) == 1:
        way = view.process(own[0].process)
        rows.append((told.t("flow_amount"), view.amount(own[0].amount, own[0].unit, own[0].material)))
        if own[0].revenue:
            rows.append((told.t("flow_revenue"), view.money(own[0].revenue)))
    if flow.kind == "loss":
        rows.append((told.t("flow_share_losses"), _share(flow.value, costs.loss_total, view.lang)))
    if flow.kind != "input":
        rows[1:1] = _cost_rows(told, own)[1:]
    return Pick(flow.key, flow.name, way, tuple(rows), lights=(flow.key, "b:plant"))


def _money_place(told: _Told, id: str, name: str, key: str) -> Pick:
    view, costs = told.view, told.view.assessment.costs
    rows: Rows = (
        (told.t("flow_all_costs"), view.money(costs.total)),
        (told.t("flow_lost"), view.money(costs.loss_total)),
        (told.t("flow_share_costs"), _share(costs.loss_total, costs.total, view.lang)),
    )
    into, out = ([f for f in told.network.flows if getattr(f, end) == id] for end in ("target", "source"))
    return _with_lists(told, Pick(key, name, "", rows), into, out)
