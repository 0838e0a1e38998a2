"""The main job in one readable page: assess(case, knowhow) -> Assessment."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.appraisal.model import Appraisals
from namsai.balance.model import Balance
from namsai.costing.model import CostTable
from namsai.findings import Finding
from namsai.hotspots.model import HotSpot
from namsai.indicators.model import Indicators
from namsai.options.model import Proposals
from namsai.plant.case import Case
from namsai.portfolio.model import Plan
from namsai.work.model import Work


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that is known about one plant and period."""

    case: Case
    knowhow_version: str
    balance: Balance
    costs: CostTable
    work: Work
    indicators: Indicators
    hotspots: tuple[HotSpot, ...]
    proposals: Proposals
    appraisals: Appraisals
    plan: Plan | None
    findings: tuple[Finding, ...]
