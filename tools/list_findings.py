"""Write docs/findings.md from the catalogue: every finding, what it says and what to do, in English and Lao."""

from pathlib import Path

from namsai import texts

PAGE = Path(__file__).parents[1] / "docs" / "findings.md"


def main() -> None:
    """Write the page."""
    lines = ["# Findings", "", "Made by `tools/list_findings.py` from the catalogue. {names} are facts put in.", ""]
    for room in texts.rooms():
        rows = [(s, e) for s, e in texts.room_texts(room).items() if s != "_" and "fix_en" in e]
        if not rows:
            continue
        lines += [f"## {room}", "", "| code | says | do | ລາວ |", "|---|---|---|---|"]
        for slug, e in rows:
            cells = [f"`{room}.{slug}`", e["en"], e["fix_en"], f"{e['lo']} {e['fix_lo']}"]
            lines.append("| " + " | ".join(c.replace("|", "/").replace("\n", " ") for c in cells) + " |")
        lines.append("")
    PAGE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
