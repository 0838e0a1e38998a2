"""Chapter: what was noticed: contradictions, gaps and doubts, the most severe first, each with what to do."""

from __future__ import annotations

from namsai.findings import Severity
from namsai.report.blocks import Block, FindingList, FoundItem, Heading, Paragraph
from namsai.report.view import View

ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def findings(view: View) -> list[Block]:
    """Return all findings of the assessment; none is dropped."""
    found = view.assessment.findings
    out: list[Block] = [Heading(view.t("findings-title"))]
    if not found:
        return [*out, Paragraph(view.t("no-findings"), "note")]
    counts = {s: sum(f.severity is s for f in found) for s in ORDER}
    lead = view.t("findings-lead", errors=counts[ORDER[0]], warnings=counts[ORDER[1]], notes=counts[ORDER[2]])
    out.append(Paragraph(lead, "lead"))
    items = []
    for finding in sorted(found, key=lambda f: ORDER.index(f.severity)):
        says, fix = view.finding(finding)
        word = view.t(f"severity-{finding.severity}")
        items.append(FoundItem(str(finding.severity), word, says, view.where(finding.where.path), fix))
    return [*out, FindingList(tuple(items))]
