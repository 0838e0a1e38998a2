"""Compile the Lao words for Django (locale/lo/LC_MESSAGES/django.po) to the .mo shipped; `--check` only compares.

Needs polib (in the test group), no gettext of the system.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

SOURCE = Path(__file__).parents[1] / "src/namsai_centre/locale/lo/LC_MESSAGES/django.po"


def compiled(source: Path = SOURCE) -> bytes:
    """Return the .mo of a .po."""
    return bytes(polib.pofile(str(source)).to_binary())


def main() -> int:
    """Write the .mo, or say whether it is the one of the .po."""
    target = SOURCE.with_suffix(".mo")
    if "--check" in sys.argv:
        same = target.exists() and target.read_bytes() == compiled()
        print("same" if same else f"{target} is not made from {SOURCE.name}: run tools/compile_locale.py")
        return 0 if same else 1
    target.write_bytes(compiled())
    print(f"{target.name}: {len(polib.pofile(str(SOURCE)))} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
