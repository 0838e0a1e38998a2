"""Chapter: what was noticed: contradictions, gaps and doubts, the most severe first, each with what to do."""

from __future__ import annotations

from namsai.findings import Severity
from namsai.report.blocks import Block, FindingList, FoundItem, Heading, Paragraph
from namsai.report.view import View

ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def findings(view: View) -> list[Block]:
    """Return all findings of the assessment, none dropped; those of one kind with one thing to do stand together."""
    found = view.assessment.findings
    out: list[Block] = [Heading(view.t("findings-title"))]
    if not found:
        return [*out, Paragraph(view.t("no-findings"), "note")]
    counts = {s: sum(f.severity is s for f in found) for s in ORDER}
    lead = view.t("findings-lead", errors=counts[ORDER[0]], warnings=counts[ORDER[1]], notes=counts[ORDER[2]])
    out.append(Paragraph(lead, "lead"))
    first = {f.code: n for n, f in reversed(list(enumerate(found)))}
    groups: dict[tuple[str, ...], list[str]] = {}
    for f in sorted(found, key=lambda f: (ORDER.index(f.severity), first[f.code])):
        says, fix = view.finding(f)
        groups.setdefault((str(f.severity), f.code, view.where(f.where.path), fix), []).append(says)
    items = [
        FoundItem(severity, view.t(f"severity-{severity}"), tuple(says), where, fix)
        for (severity, _, where, fix), says in groups.items()
    ]
    return [*out, FindingList(tuple(items))]
