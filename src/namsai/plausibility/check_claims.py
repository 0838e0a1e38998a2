"""Check stated figures: claims(claims, knowhow) -> findings."""

from __future__ import annotations

from collections.abc import Sequence

from namsai.findings import Finding, note
from namsai.knowhow import KnowHow
from namsai.plant.records import Claim
from namsai.plausibility.roles import ROLES, split
from namsai.plausibility.stated import Context, groups
from namsai.plausibility.table import RULES


def claims(claims: Sequence[Claim], knowhow: KnowHow, *, sector: str = "") -> list[Finding]:
    """Check published or reported figures against each other and against what was ever seen.

    Relative checks among the figures of one group (same `about`) come first; absolute ranges only where the know-how
    has one for the flow, currency and year. Nothing is changed and nothing is dropped: a role that no rule knows is
    said.

    Args: claims - rows of the case's claims; knowhow - its ranges, benchmarks and statistics; sector - sector of the
    enterprise, for ranges that differ by sector.
    Returns findings (warnings; notes where they rest on a recalled range), in the order of groups and rules.
    Source: the rules and their thresholds stand in docs/plausibility.md.
    """
    context = Context(knowhow, sector)
    out: list[Finding] = []
    for claim in claims:
        if split(claim.role)[0] not in ROLES and claim.path is None:
            out.append(note("plausibility.unknown-role", f"claims/{claim.id}", role=claim.role, claim=claim.id))
    for group in groups(claims):
        words = {f.word for f in group.figures}
        for rule in RULES:
            if words & set(rule.roles):
                out += rule.check(group, context)
    return out
