"""`python tools/take_pictures.py out/pictures [role ...]`: every kind of page of the demo as pictures, to be looked at.

Each page once, as the first person of the list who reaches it; in Lao and English, 360 and 1280 px wide (and with
`--dark` in dark colours). Files: `<URL name>-<lang>-<width>.png`, and `pages.txt` with path, person and status.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
VARIANTS = [(lang, width) for lang in ("lo", "en") for width in (360, 1280)]
ORDER = ["stranger", "owner", "expert", "officer", "verifier", "director", "trainer", "ministry", "donor", "member"]


def main() -> None:
    """Take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("roles", nargs="*", default=ORDER)
    asked.add_argument("--dark", action="store_true")
    told = asked.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "namsai_centre.settings", "NAMSAI_DEMO": "1"}
    import django

    django.setup()
    from tests.centre.browser.demo import CHROMIUM, FLAGS, as_person, demo_centre
    from tests.centre.browser.walk import pages

    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as data,
        demo_centre(Path(data)) as centre,
        sync_playwright() as play,
        (told.folder / "pages.txt").open("w", encoding="utf-8") as record,
    ):
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for lang, width in VARIANTS:
            seen: set[str] = {"home"}  # of this variant; a home page is each person's own
            for role in told.roles:
                window = as_person(browser, centre, role, lang, width, told.dark)
                page = window.new_page()
                for name, path, status in pages(page, f"{centre}/", most=200):
                    if not status or (name in seen and path != "/"):
                        continue
                    seen.add(name)
                    file = f"{f'home-{role}' if path == '/' else name}-{lang}-{width}.png"
                    page.screenshot(path=told.folder / file, full_page=True)
                    record.write(f"{file}\t{role}\t{path}\t{status}\n")
                window.close()
        browser.close()


if __name__ == "__main__":
    main()
