"""Release what was accepted as a new version of the know-how, or bring a folder of data files in as one."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from namsai.knowhow import next_version, rows_of, texts_of, version_key
from namsai.knowhow.schema import shapes
from namsai_centre import action, clock
from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions.propose import Refused, person_of
from namsai_centre.knowhow.models import KeptFile, Proposal, Release, ReviewStep
from namsai_centre.knowhow.policies import RELEASES
from namsai_centre.who import Who

Texts = dict[str, str]


def release(who: Who, *, expected: str, note: str) -> Release:
    """Make the accepted proposals a new version; `expected` is the version it is made from, as the releaser saw it.

    Errors: Refused (nothing accepted; another version came between; the checks refuse it all together).
    """
    RELEASES.demand("make", who)
    with transaction.atomic():
        first = _first()
        base = Release.objects.select_for_update().get(pk=first.pk)
        if base.knowhow_version != expected:
            raise Refused("seen_other")
        accepted = queries.accepted()
        if not accepted:
            raise Refused("release_none")
        version = next_version(base.knowhow_version, clock.today().isoformat())
        try:
            texts = draft.with_all(queries.texts_of_release(base), accepted, version)
        except draft.Overtaken as problem:
            raise Refused("overtaken", columns=problem.columns) from None
        texts["VERSION"] = version + "\n"
        found = draft.problems(texts)
        if found:
            raise Refused("release_wrong", found)
        log = [_log(p) for p in accepted]
        new = _keep(texts, "centre", base.knowhow_version, who, note, log)
        for proposal in accepted:
            with action.changing(who, "knowhow.release", proposal):
                proposal.change(proposal.version, state="released", release=new)
                ReviewStep.objects.create(proposal=proposal, step="released", by_id=person_of(who), note=version)
        action.made(who, "knowhow.release", new)
    return new


def bring(who: Who, texts: Texts, *, note: str) -> Release:
    """Keep data files from outside (an exported folder that was worked on, the library's newer data) as a release."""
    RELEASES.demand("bring", who)
    found = draft.problems(texts)
    if found:
        raise Refused("release_wrong", found)
    with transaction.atomic():
        base = Release.objects.select_for_update().get(pk=_first().pk)
        if version_key(texts["VERSION"].strip()) <= version_key(base.knowhow_version):
            raise Refused("import_not_newer")
        log = differences(queries.texts_of_release(base), texts)
        new = _keep(texts, "folder", base.knowhow_version, who, note, log)
        action.made(who, "knowhow.release", new)
    return new


def differences(old: Texts, new: Texts) -> list[dict[str, Any]]:
    """Return what differs between two versions, record by record, as entries of a change log."""
    out: list[dict[str, Any]] = []
    for table, shape in shapes().items():
        if old.get(f"{table}.csv") == new.get(f"{table}.csv"):
            continue
        if not shape.id:
            out.append({"table": table, "key": "", "kind": "change", "columns": []})
            continue
        was = {r[shape.id]: r for r in rows_of(old, table)}
        now = {r[shape.id]: r for r in rows_of(new, table)}
        for key in [*now, *(k for k in was if k not in now)]:
            a, b = was.get(key, {}), now.get(key, {})
            lines = [[c, a.get(c, ""), b.get(c, "")] for c in shape.columns if a.get(c, "") != b.get(c, "")]
            if lines:
                kind = "change" if a and b else "new" if b else "gone"
                out.append({"table": table, "key": key, "kind": kind, "columns": lines})
    return out


def _first() -> Release:
    """Return the newest release; the library's own data becomes the first when there is none yet."""
    found = queries.newest_release()
    if found is None:
        found = _keep(texts_of(), "library", "", None, "", [])
    return found


def _keep(texts: Texts, origin: str, base: str, who: Who | None, note: str, log: list[dict[str, Any]]) -> Release:
    digests = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    known = set(KeptFile.objects.filter(digest__in=digests.values()).values_list("digest", flat=True))
    fresh = {digests[name]: text for name, text in texts.items() if digests[name] not in known}
    KeptFile.objects.bulk_create([KeptFile(digest=d, text=text) for d, text in fresh.items()])
    last = Release.objects.values_list("number", flat=True).first()
    return Release.objects.create(
        knowhow_version=texts["VERSION"].strip(), number=0 if last is None else last + 1, origin=origin, base=base,
        by_id=who.person_id if who else None, note=note, files=digests, log=log,
    )  # fmt: skip


def _log(proposal: Proposal) -> dict[str, Any]:
    steps = [s for s in proposal.steps.all() if s.step == "accepted"]
    return {
        "table": proposal.table,
        "key": proposal.key,
        "kind": proposal.kind,
        "columns": [list(line) for line in draft.lines_of(proposal)],
        "why": proposal.why,
        "by": str(proposal.by),
        "accepted_by": str(steps[-1].by) if steps else "",
    }
