"""Read the know-how of the centre: the newest release, a release by version, and what stands in it. The one door."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet

from namsai.findings import Finding
from namsai.knowhow import Held, KnowHow, load, texts_of, version_key
from namsai.texts import Lang, finding_text
from namsai_centre.knowhow.draft import cells_of
from namsai_centre.knowhow.models import STATES, KeptFile, Proposal, Release
from namsai_centre.who import Who

__all__ = ["STATES"]
Texts = dict[str, str]


def newest_release() -> Release | None:
    """Return the newest release of the centre; None while the library's own data is the know-how."""
    return Release.objects.defer("log").first()


def current_knowhow() -> KnowHow:
    """Return the know-how that new runs calculate with and pages show: the newest release, else the library's."""
    release = newest_release()
    return load() if release is None else _of(release)


def knowhow_of(version: str) -> KnowHow:
    """Return the know-how of a version, for what was calculated with it; the current one where it was not kept."""
    if not version or version == load().version:
        return load() if version else current_knowhow()
    release = Release.objects.defer("log").filter(knowhow_version=version).first()
    return _of(release) if release else current_knowhow()


def current_version() -> str:
    """Return the version of the current know-how."""
    return current_knowhow().version


def current_texts() -> Texts:
    """Return all files of the current know-how as texts."""
    release = newest_release()
    return texts_of() if release is None else texts_of_release(release)


def texts_of_release(release: Release) -> Texts:
    """Return all files of a release as texts."""
    kept = KeptFile.objects.in_bulk(list(release.files.values()))
    return {name: kept[digest].text for name, digest in release.files.items()}


def files_are_newer() -> str:
    """Return the version of the library's data when it is newer than the newest release, else an empty text."""
    release, own = newest_release(), load().version
    newer = release is not None and version_key(own) > version_key(release.knowhow_version)
    return own if newer else ""


def _of(release: Release) -> KnowHow:
    return _loaded(tuple(sorted(release.files.items())))


@lru_cache(maxsize=4)
def _loaded(files: tuple[tuple[str, str], ...]) -> KnowHow:
    kept = KeptFile.objects.in_bulk([digest for _, digest in files])
    return KnowHow(Held({name: kept[digest].text for name, digest in files}))


def accepted() -> list[Proposal]:
    """Return the proposals accepted and not yet released, in the order in which they were accepted."""
    found = Proposal.objects.filter(state="accepted").select_related("by").prefetch_related("steps__by")
    return sorted(found, key=lambda p: max((s.at for s in p.steps.all() if s.step == "accepted"), default=p.created_at))


def proposals(found: QuerySet[Proposal], state: str = "", table: str = "") -> QuerySet[Proposal]:
    """Return the proposals of a state and table, newest first."""
    if state:
        found = found.filter(state=state)
    if table:
        found = found.filter(table=table)
    return found.select_related("by", "release").order_by("-created_at", "id")


def by_state(found: QuerySet[Proposal]) -> dict[str, int]:
    """Return how many proposals are in each state."""
    return dict(found.order_by().values_list("state").annotate(n=Count("pk")))


def waiting_count(who: Who) -> int:
    """Return how many proposals wait that somebody may review (not their own)."""
    return Proposal.objects.filter(state="proposed").exclude(by=who.person_id).count() if who.staff else 0


def waiting_on(table: str, key: str) -> QuerySet[Proposal]:
    """Return the proposals on a record that are not yet decided or released."""
    return Proposal.objects.filter(table=table, key=key, state__in=("proposed", "accepted")).select_related("by")


def releases() -> QuerySet[Release]:
    """Return all releases, newest first."""
    return Release.objects.select_related("by")


def release_named(version: str) -> Any:
    """Return a release by its version; None when there is none."""
    return releases().filter(knowhow_version=version).first()


def steps_of(proposal: Any) -> list[Any]:
    """Return the steps of a proposal, first to last."""
    return list(proposal.steps.select_related("by"))


def version_sent(text: str | None) -> int:
    """Return the version number a form was opened with; 0 (always stale) where none was sent."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def said_of(findings: Iterable[Finding], lang: Lang) -> list[str]:
    """Return what findings say and what to do, as texts."""
    return [" ".join(finding_text(f, lang)) for f in findings]


def lost_by(texts: Texts) -> list[str]:
    """Return the changes released here that other data files do not contain (table, record, column)."""
    now, lost = current_texts(), []
    for release in Release.objects.filter(origin="centre"):
        for entry in release.log:
            table, key = entry["table"], entry["key"]
            mine, theirs = cells_of(now, table, key), cells_of(texts, table, key)
            for name, row in mine.items():
                changed = {column for column, _, _ in entry["columns"]} & set(row)
                lost += [f"{name} {key} {c}" for c in sorted(changed) if row[c] != theirs[name][c]]
    return list(dict.fromkeys(lost))
