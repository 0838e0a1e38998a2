"""What material flow cost accounting hands on. All money is in whole minor-free units of `currency` (kip has no
decimals).
"""

from __future__ import annotations

from dataclasses import dataclass

from namsai.findings import Finding


@dataclass(frozen=True, slots=True)
class FlowCost:
    """The cost that one outgoing stream carries (ISO 14051: material, energy, system, waste management), per period."""

    stream: str  # id of the stream, or "recycle:<stream>", or "unexplained:<process>"
    kind: str  # "product" | "by_product" | "loss" | "recycling_loss" | "unexplained"
    process: str  # where it arises
    material: str  # material id ("" for unexplained)
    amount: float | None
    unit: str
    material_cost: int
    energy_cost: int
    system_cost: int
    waste_cost: int
    revenue: int  # money received for it outside (shown beside, not netted)
    contents: tuple[tuple[str, float], ...] = ()  # purchased material id -> amount in its base unit contained

    @property
    def total(self) -> int:
        """Total cost carried."""
        return self.material_cost + self.energy_cost + self.system_cost + self.waste_cost


@dataclass(frozen=True, slots=True)
class EnergyUse:
    """Energy (or water, or an auxiliary) used in a process: what was bought and what it cost, per period."""

    stream: str
    process: str
    material: str
    amount: float | None
    unit: str
    cost: int


@dataclass(frozen=True, slots=True)
class CostTable:
    """All costs of the period, conserved to the last unit of money: sum of flows = total spent."""

    currency: str
    flows: tuple[FlowCost, ...]  # value-only recycle view (default)
    flows_closed_loop: tuple[FlowCost, ...]  # all categories circulate
    uses: tuple[EnergyUse, ...]  # cost by purchased stream
    purchased: int  # materials, energy, water bought
    system: int
    labour: int
    waste_management: int
    unpriced: tuple[str, ...]  # ids of streams without a price: their cost is not known (not zero)
    findings: tuple[Finding, ...] = ()

    @property
    def losses(self) -> tuple[FlowCost, ...]:
        """Flows that are not product, most costly first."""
        bad = [f for f in self.flows if f.kind in ("loss", "recycling_loss", "unexplained")]
        return tuple(sorted(bad, key=lambda f: (-f.total, f.stream)))

    @property
    def loss_total(self) -> int:
        """Cost of all losses of the period."""
        return sum(f.total for f in self.losses)

    @property
    def total(self) -> int:
        """Cost of the whole period."""
        return self.purchased + self.system + self.labour + self.waste_management
