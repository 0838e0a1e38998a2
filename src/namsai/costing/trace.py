"""Where one purchased material ends: its amount followed through the centres, recycles included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from namsai.costing.network import solve_linear
from namsai.findings import NamsaiError, error

_CIRCULATE = (4, 60, 2_000, 50_000)
_ROUNDS = 1e9  # times a material may go round before it counts as never leaving


@dataclass(frozen=True, slots=True)
class Tier:
    """Ways out of a centre that fill up together. `outlets`: (key, weight); a capped tier holds at most its weights."""

    outlets: tuple[tuple[str, float], ...]
    capped: bool = False

    @property
    def weight(self) -> float:
        """Sum of the weights."""
        return sum(w for _, w in self.outlets)


def follow(
    supply: Mapping[str, float],
    tiers: Mapping[str, Sequence[Tier]],
    targets: Mapping[str, str | None],
) -> dict[str, float]:
    """Follow a material from where it enters to all ways out.

    Formula: what arrives at a centre fills its tiers in order; within a tier pro rata to the weights; a capped tier
    takes at most its weights, the rest goes to the next; X_p = supply_p + sum of what other centres send to p. The map
    is piecewise linear; the pieces are found by iteration and each is solved exactly.
    Args: supply - centre -> amount that enters [unit of the material]; tiers - centre -> tiers, the last one uncapped
    with a weight above zero; targets - outlet key -> centre it leads to, None for an exit.
    Returns outlet key -> amount [same unit]; over the exits they add up to the supply.
    Errors: ``costing.no-exit`` when the material circulates without a way out.

    >>> follow({"cut": 100.0}, {"cut": [Tier((("offcut", 15.0),), True), Tier((("pieces", 1.0),))]}, {})
    {'offcut': 15.0, 'pieces': 85.0}
    """
    shut = _without_exit(supply, tiers, targets)
    if shut:
        raise _trapped(shut)
    for rounds in _CIRCULATE:  # plain circulation finds the pieces from below; longer where little goes round often
        arriving = _exact(supply, tiers, targets, _circulate(supply, tiers, targets, rounds)) or {}
        if arriving:
            break
    else:
        arriving = _circulate(supply, tiers, targets, _CIRCULATE[-1])
    out: dict[str, float] = {}
    for centre in tiers:
        for key, amount in _spread(tiers[centre], arriving[centre]).items():
            out[key] = out.get(key, 0.0) + amount
    return out


def _exact(
    supply: Mapping[str, float],
    tiers: Mapping[str, Sequence[Tier]],
    targets: Mapping[str, str | None],
    arriving: Mapping[str, float],
) -> dict[str, float] | None:
    """Solve the pieces exactly from a first guess of what arrives; None when they do not settle."""
    pieces: dict[str, int] = {}
    now: dict[str, float] | None = dict(arriving)
    for _ in range(len(tiers) * 4 + 10):
        if now is None:
            return None
        found = {c: _piece(tiers[c], now[c]) for c in tiers}
        if found == pieces:
            return now
        pieces = found
        now = _solve_piece(supply, tiers, targets, pieces)
    return None


def _circulate(
    supply: Mapping[str, float],
    tiers: Mapping[str, Sequence[Tier]],
    targets: Mapping[str, str | None],
    rounds: int,
) -> dict[str, float]:
    arriving = {c: float(supply.get(c, 0.0)) for c in tiers}
    for _ in range(rounds):
        nxt = _arrive(supply, tiers, targets, arriving)
        moved = max((abs(nxt[c] - arriving[c]) for c in nxt), default=0.0)
        arriving = nxt
        if moved <= 1e-13 * max(arriving.values(), default=0.0):
            break
    return arriving


def _piece(tiers: Sequence[Tier], amount: float) -> int:
    full = 0.0
    for place, tier in enumerate(tiers[:-1]):
        full += tier.weight
        if amount <= full * (1 + 1e-12):
            return place
    return len(tiers) - 1


def _spread(tiers: Sequence[Tier], amount: float) -> dict[str, float]:
    out: dict[str, float] = {}
    rest = amount
    for tier in tiers:
        take = min(rest, tier.weight) if tier.capped else rest
        if take > 0 and tier.weight > 0:
            for key, weight in tier.outlets:
                out[key] = out.get(key, 0.0) + take * weight / tier.weight
            rest -= take
    return out


def _arrive(
    supply: Mapping[str, float],
    tiers: Mapping[str, Sequence[Tier]],
    targets: Mapping[str, str | None],
    arriving: Mapping[str, float],
) -> dict[str, float]:
    nxt = {c: float(supply.get(c, 0.0)) for c in tiers}
    for centre, amount in arriving.items():
        if amount <= 0:
            continue
        for key, sent in _spread(tiers[centre], amount).items():
            target = targets.get(key)
            if target is not None:
                nxt[target] += sent
    return nxt


def _solve_piece(
    supply: Mapping[str, float],
    tiers: Mapping[str, Sequence[Tier]],
    targets: Mapping[str, str | None],
    pieces: Mapping[str, int],
) -> dict[str, float] | None:
    live = _reached(supply, tiers, targets, pieces)
    place = {c: i for i, c in enumerate(live)}
    entries = [(i, i, 1.0) for i in range(len(live))]
    right = [float(supply.get(c, 0.0)) for c in live]
    for centre in live:
        active = pieces[centre]
        full = 0.0
        for tier in tiers[centre][:active]:
            full += tier.weight
            for key, weight in tier.outlets:
                target = targets.get(key)
                if target is not None and weight > 0:
                    right[place[target]] += weight
        tier = tiers[centre][active]
        for key, weight in tier.outlets:
            target = targets.get(key)
            if target is not None and weight > 0:
                share = weight / tier.weight
                entries.append((place[target], place[centre], -share))
                right[place[target]] -= share * full
    try:
        solved = solve_linear(len(live), entries, right) if live else []
    except Exception:  # numpy's LinAlgError, scipy's RuntimeError: in these pieces the material only goes round
        return None
    held = sum(t.weight for row in tiers.values() for t in row if t.capped)
    if solved and max(map(abs, solved)) > _ROUNDS * (sum(supply.values()) + held):
        return None
    return dict.fromkeys(tiers, 0.0) | dict(zip(live, solved, strict=True))


def _without_exit(
    supply: Mapping[str, float], tiers: Mapping[str, Sequence[Tier]], targets: Mapping[str, str | None]
) -> list[str]:
    """Return the centres the material can come to and never leave by any tier."""
    back: dict[str, list[str]] = {}
    todo: list[str] = []
    for centre, row in tiers.items():
        for key in (key for tier in row for key, weight in tier.outlets if weight > 0 and not tier.capped):
            target = targets.get(key)
            if target is None:
                todo.append(centre)
            else:
                back.setdefault(target, []).append(centre)
    good: set[str] = set()
    while todo:
        centre = todo.pop()
        if centre not in good:
            good.add(centre)
            todo += back.get(centre, ())
    last = {c: len(row) - 1 for c, row in tiers.items()}
    return [c for c in _reached(supply, tiers, targets, last) if c not in good]


def _reached(
    supply: Mapping[str, float],
    tiers: Mapping[str, Sequence[Tier]],
    targets: Mapping[str, str | None],
    pieces: Mapping[str, int],
) -> list[str]:
    """Return the centres the material comes to, in the pieces that hold now."""
    todo = [c for c in tiers if supply.get(c, 0.0) > 0]
    found: set[str] = set()
    while todo:
        centre = todo.pop()
        if centre in found:
            continue
        found.add(centre)
        for tier in tiers[centre][: pieces[centre] + 1]:
            ways = (targets.get(key) for key, weight in tier.outlets if weight > 0)
            todo += [target for target in ways if target is not None]
    return [c for c in tiers if c in found]


def _trapped(live: Sequence[str]) -> NamsaiError:
    return NamsaiError(error("costing.no-exit", "processes", centres=", ".join(live), first=live[0]))
