"""Proposal, review by a second person, release: the same checks as the library's files, and never two truths."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from namsai.knowhow import load, row_of, rows_of, texts_of, with_row
from namsai.knowhow.schema import shapes, vocabulary
from namsai.texts import has
from namsai_centre.audit.chain import breaks
from namsai_centre.knowhow import draft, queries
from namsai_centre.knowhow.actions import propose as actions
from namsai_centre.knowhow.actions.release import bring, release
from namsai_centre.knowhow.actions.review import review
from namsai_centre.knowhow.models import Proposal, Release
from namsai_centre.who import Who
from tests.centre.cast import Cast

People = Callable[[str], Who]
OWN = load().version


def suggest(who: Who, key: str = "GAR-001", **cells: str) -> Proposal:
    wanted = {"options": cells or {"tradeoffs": "Wider tables needed"}}
    return actions.propose(who, table="options", key=key, kind="change", wanted=wanted, why="seen in three plants")


def publish(who: People, *proposals: Proposal, note: str = "n") -> Release:
    for one in proposals:
        review(who("director"), one, one.version, decision="accepted", note="")
    return release(who("officer"), expected=queries.current_version(), note=note)


def test_without_a_release_the_librarys_data_is_the_knowhow(cast: Cast) -> None:
    assert queries.current_knowhow() is load()
    assert queries.knowhow_of(OWN) is load()


def test_an_accepted_change_becomes_a_version_and_old_runs_keep_theirs(cast: Cast, who: People) -> None:
    made = publish(who, suggest(who("expert")))
    assert made.knowhow_version > OWN
    assert queries.current_knowhow().option("GAR-001").tradeoffs == "Wider tables needed"
    assert queries.current_knowhow().option("GAR-001").version == made.knowhow_version
    assert queries.knowhow_of(OWN).option("GAR-001").tradeoffs == load().option("GAR-001").tradeoffs
    assert queries.knowhow_of(made.knowhow_version).version == made.knowhow_version
    second = publish(who, suggest(who("expert"), tradeoffs="Other"))
    assert queries.knowhow_of(made.knowhow_version).option("GAR-001").tradeoffs == "Wider tables needed"
    assert queries.current_version() == second.knowhow_version
    assert list(breaks()) == []


def test_the_change_log_says_what_why_and_by_whom(cast: Cast, who: People, browser: Callable[[str], Client]) -> None:
    made = publish(who, suggest(who("expert")), note="tables")
    entry = made.log[0]
    old = load().option("GAR-001").tradeoffs
    assert (entry["key"], entry["columns"], entry["why"]) == (
        "GAR-001",
        [["tradeoffs", old, "Wider tables needed"]],
        "seen in three plants",
    )
    assert (entry["by"], entry["accepted_by"]) == (str(cast.people["expert"]), str(cast.people["director"]))
    page = f"/knowhow/releases/{made.knowhow_version}/"
    assert str(cast.people["expert"]) not in browser("stranger").get(page).content.decode()
    assert str(cast.people["expert"]) in browser("owner").get(page).content.decode()


def test_nobody_reviews_what_they_proposed(cast: Cast, who: People) -> None:
    own = suggest(who("officer"))
    with pytest.raises(PermissionDenied):
        review(who("officer"), own, own.version, decision="accepted", note="")
    with pytest.raises(PermissionDenied):
        review(who("expert"), own, own.version, decision="accepted", note="")
    review(who("director"), own, own.version, decision="accepted", note="")
    assert own.state == "accepted"


@pytest.mark.parametrize("name", ["owner", "verifier", "trainer", "ministry", "stranger"])
def test_others_do_not_propose(name: str, cast: Cast, who: People) -> None:
    with pytest.raises(PermissionDenied):
        suggest(who(name))


def test_an_unsourced_number_is_refused_with_the_librarys_own_finding(cast: Cast, who: People) -> None:
    with pytest.raises(actions.Refused) as problem:
        suggest(
            who("expert"),
            key="GAR-002",
            saving_low="5",
            saving_high="9",
            saving_kind="share_of_named_flow",
            saving_basis="% of fabric",
            saving_scope="whole",
        )
    assert "knowhow.unsourced" in [f.code for f in problem.value.findings]
    assert not Proposal.objects.filter(key="GAR-002").exists()


def test_the_page_puts_every_finding_at_its_field_and_keeps_the_input(
    cast: Cast, browser: Callable[[str], Client]
) -> None:
    client = browser("expert")
    form = client.get("/knowhow/proposals/new/options/GAR-001/").context["form"]
    sent = {name: form.initial.get(name, "") for name in form.fields if form.initial.get(name) is not None}
    sent |= {
        "why": "x",
        "seen": form.initial["seen"],
        "options__saving_low": "9,5",
        "options__source": "NOWHERE",
        "version": "",
    }
    response = client.post("/knowhow/proposals/new/options/GAR-001/", sent)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert {"options__saving_low", "options__source"} <= set(errors)
    assert "9,5" in response.content.decode()
    assert ".csv" not in " ".join(e for said in errors.values() for e in said)


def test_managed_columns_cannot_be_written_by_hand(cast: Cast, who: People) -> None:
    with pytest.raises(actions.Refused) as problem:
        suggest(who("expert"), reviewer="Me", review_status="approved", version="9")
    assert problem.value.slug == "nothing_changed"


def test_a_recalled_number_calculates_once_a_named_reviewer_and_a_second_person_stand_for_it(
    cast: Cast, who: People
) -> None:
    assert not load().option("TEX-034").saving_usable
    made = actions.approve(who("expert"), option="TEX-034", why="compared with two baths")
    publish(who, made)
    now = queries.current_knowhow().option("TEX-034")
    assert now.saving_usable
    assert (now.reviewer, now.review_status, now.evidence_saving) == (who("expert").name, "approved", "K")
    with pytest.raises(actions.Refused):
        actions.approve(who("officer"), option="TEX-034", why="again")
    publish(who, suggest(who("expert"), key="TEX-034", saving_high="60"))
    changed = queries.current_knowhow().option("TEX-034")
    assert (changed.reviewer, changed.saving_usable) == ("", False)


def test_only_a_recalled_number_can_be_approved(cast: Cast, who: People) -> None:
    with pytest.raises(actions.Refused):
        actions.approve(who("expert"), option="GAR-001", why="x")


def test_a_new_entry_may_rest_on_a_new_source_that_waits(cast: Cast, who: People) -> None:
    source = {
        "key": "CPC-1",
        "title": "Trial",
        "locator": "p. 3",
        "licence": "own",
        "reuse": "facts",
        "how_used": "read",
    }
    first = actions.propose(
        who("expert"), table="sources", key="CPC-1", kind="new", wanted={"sources": source}, why="read"
    )
    row = {
        **(row_of(texts_of(), "options", "GAR-001") or {}),
        "source": "CPC-1",
        "evidence_saving": "R",
        "evidence_payback": "R",
    }
    wanted = {"options": row, "options_lo": {"title_lo": "ທົດລອງ"}, "cards": {"mistakes_en": "None yet"}}
    second = actions.propose(who("expert"), table="options", key="CPC-O1", kind="new", wanted=wanted, why="trial")
    with pytest.raises(actions.Refused):  # its source is not accepted yet
        review(who("director"), second, second.version, decision="accepted", note="")
    publish(who, first, second)
    made = queries.current_knowhow().option("CPC-O1")
    assert (made.title_lo, made.source, made.review_status) == ("ທົດລອງ", "CPC-1", "reviewed")
    assert queries.current_knowhow().cards["CPC-O1"].mistakes_en == "None yet"


def test_a_change_of_an_entry_that_changed_meanwhile_is_not_released(cast: Cast, who: People) -> None:
    one, other = suggest(who("expert"), tradeoffs="A"), suggest(who("expert"), tradeoffs="B")
    beside = suggest(who("expert"), prerequisites="C")
    publish(who, one)
    with pytest.raises(actions.Refused) as problem:
        review(who("director"), other, other.version, decision="accepted", note="")
    assert (problem.value.slug, problem.value.columns) == ("overtaken", ["tradeoffs"])
    publish(who, beside)
    now = queries.current_knowhow().option("GAR-001")
    assert (now.tradeoffs, now.prerequisites) == ("A", "C")


def test_case_12_a_form_opened_before_somebody_elses_release_is_shown_not_written(
    cast: Cast, who: People, browser: Callable[[str], Client]
) -> None:
    client, url = browser("expert"), "/knowhow/proposals/new/options/GAR-001/"
    form = client.get(url).context["form"]
    sent = {name: form.initial.get(name) or "" for name in form.fields} | {"why": "x", "options__tradeoffs": "mine"}
    publish(who, suggest(who("officer"), tradeoffs="theirs"))
    response = client.post(url, sent)
    assert response.status_code == 409
    assert [(line.was, line.now) for line in response.context["lines"]] == [("theirs", "mine")]
    assert not Proposal.objects.filter(why="x", key="GAR-001").exists()
    again = sent | {"seen": response.context["form"].data["seen"]}  # what the page holds now: seen, and sent again
    assert client.post(url, again).status_code == 302
    assert Proposal.objects.get(why="x", key="GAR-001").before == {"options": {"tradeoffs": "theirs"}}


def test_a_release_looked_at_before_another_one_came_is_refused(cast: Cast, who: People) -> None:
    seen = queries.current_version()
    publish(who, suggest(who("expert")))
    one = suggest(who("expert"), tradeoffs="later")
    review(who("director"), one, one.version, decision="accepted", note="")
    with pytest.raises(actions.Refused) as problem:
        release(who("officer"), expected=seen, note="x")
    assert problem.value.slug == "seen_other"
    with pytest.raises(PermissionDenied):
        release(who("expert"), expected=queries.current_version(), note="x")


def test_a_proposal_given_back_is_changed_and_waits_again(cast: Cast, who: People) -> None:
    one = suggest(who("expert"))
    with pytest.raises(actions.Refused):
        review(who("director"), one, one.version, decision="returned", note=" ")
    review(who("director"), one, one.version, decision="returned", note="which tables?")
    actions.change(
        who("expert"), one, one.version, wanted={"options": {"tradeoffs": "Cutting tables of 12 m"}}, why="more exact"
    )
    assert one.state == "proposed"
    assert [s.step for s in queries.steps_of(one)] == ["proposed", "returned", "changed"]
    actions.withdraw(who("expert"), one, one.version)
    with pytest.raises(PermissionDenied):
        review(who("director"), one, one.version, decision="accepted", note="")


def test_the_export_is_what_the_library_reads_and_unchanged_rows_are_the_same_bytes(
    cast: Cast, who: People, tmp_path: Path
) -> None:
    made = publish(who, suggest(who("expert")))
    call_command("export_knowhow", tmp_path / "out", verbosity=0)
    home = files("namsai.knowhow") / "data"
    out = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    for name in out:
        old = (home / name).read_bytes()
        if name not in ("options.csv", "VERSION"):
            assert out[name] == old, name
    old_lines, new_lines = (home / "options.csv").read_bytes().splitlines(), out["options.csv"].splitlines()
    assert [n for n, (a, b) in enumerate(zip(old_lines, new_lines, strict=True)) if a != b] == [1]
    again = load(tmp_path / "out")
    assert again.version == made.knowhow_version
    assert again.options == queries.current_knowhow().options


def test_an_exported_folder_worked_on_comes_back_as_a_release(
    cast: Cast, who: People, tmp_path: Path, capsys: Any
) -> None:
    publish(who, suggest(who("expert")))
    call_command("export_knowhow", tmp_path, verbosity=0)
    director = cast.people["director"].email
    with pytest.raises(CommandError, match="not newer"):
        call_command("import_knowhow", tmp_path, by=director)
    flows = tmp_path / "flows.csv"
    flows.write_text(flows.read_text().replace("coal,fuel,coal,", "coal,fuel,hard coal,"))
    (tmp_path / "VERSION").write_text("2099.1.1\n")
    with pytest.raises(CommandError, match="no active director"):
        call_command("import_knowhow", tmp_path, by=cast.people["officer"].email)
    call_command("import_knowhow", tmp_path, by=director, note="from the workshop")
    made = queries.newest_release()
    assert made is not None
    assert (made.knowhow_version, made.origin) == ("2099.1.1", "folder")
    assert made.log == [{"table": "flows", "key": "coal", "kind": "change", "columns": [["en", "coal", "hard coal"]]}]
    assert queries.current_knowhow().flows["coal"].en == "hard coal"


def test_files_that_would_lose_what_was_released_here_are_not_brought_in_unasked(
    cast: Cast, who: People, tmp_path: Path
) -> None:
    publish(who, suggest(who("expert")))
    for name, text in texts_of().items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "VERSION").write_text("2099.1.1\n")
    director = cast.people["director"].email
    with pytest.raises(CommandError, match="GAR-001 tradeoffs"):
        call_command("import_knowhow", tmp_path, by=director)
    (tmp_path / "options.csv").write_text("id\nx\n")
    with pytest.raises(CommandError, match="missing"):
        call_command("import_knowhow", tmp_path, by=director, anyway=True)
    assert queries.current_version() != "2099.1.1"


def test_the_list_of_proposals_asks_as_often_for_many_as_for_few(
    cast: Cast, who: People, browser: Callable[[str], Client]
) -> None:
    client, counts = browser("officer"), []
    for n in range(2):
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/knowhow/proposals/").status_code == 200
        counts.append(len(seen))
        for m in range(4 if n == 0 else 0):
            suggest(who("expert"), tradeoffs=f"{m}")
    assert counts[0] == counts[1]


def test_every_table_and_column_of_the_schema_has_a_name_for_the_reader() -> None:
    tables = [f"table_{name}" for name in shapes()]
    columns = [f"col_{column}" for shape in shapes().values() for column in shape.columns]
    assert [slug for slug in (*tables, *columns) if not has(f"knowbase.{slug}")] == []
    for column in (c for name in draft.EDITABLE for c in shapes()[name].columns.values() if c.type == "word"):
        missing = [v for v in vocabulary(column.of) if not has(f"knowbase.{column.of}_{v}")]
        assert missing == [], column.name


@pytest.mark.parametrize("table", draft.EDITABLE)
def test_every_table_that_may_be_changed_has_its_form_in_both_languages(table: str, cast: Cast) -> None:
    for lang in ("lo", "en"):
        client = Client(headers={"accept-language": lang})
        client.force_login(cast.people["expert"])
        assert client.get(f"/knowhow/proposals/new/{table}/").status_code == 200
        name = shapes()[table].id
        key = next((r[name] for r in rows_of(texts_of(), table)), "") if name else ""
        if key:
            assert client.get(f"/knowhow/proposals/new/{table}/{key}/").status_code == 200


def test_a_release_brought_in_that_touches_every_table_can_be_read(cast: Cast, who: People) -> None:
    texts = texts_of() | {"VERSION": "2099.1.1\n"}
    for table in ("labels", "losses", "steps", "twins", "cards", "uncertainty"):
        name = shapes()[table].id
        row = rows_of(texts, table)[0]
        column = next(c for c in ("note", "words", "mistakes_en", "lo") if c in row)
        texts = (
            with_row(texts, table, {**row, column: "x"})
            if name
            else {**texts, f"{table}.csv": texts[f"{table}.csv"] + "k,e,l,\n"}
        )
    made = bring(who("director"), texts, note="all")
    page = Client().get(f"/knowhow/releases/{made.knowhow_version}/")
    assert page.status_code == 200
    assert len(made.log) == 6


def test_case_12_every_stale_form_is_shown_as_stale(cast: Cast, who: People, browser: Callable[[str], Client]) -> None:
    said, one = cast.records["feedback_a"], cast.records["proposal"]
    old = {"version": 0, "decision": "accepted", "why": "y"}
    assert browser("owner").post(f"/knowhow/feedback/{said.pk}/withdraw/", old).status_code == 409
    assert browser("expert").post(f"/knowhow/proposals/{one.pk}/withdraw/", old).status_code == 409
    assert browser("director").post(f"/knowhow/proposals/{one.pk}/review/", old).status_code == 409
    form = browser("expert").get(f"/knowhow/proposals/{one.pk}/edit/").context["form"]
    sent = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    response = browser("expert").post(f"/knowhow/proposals/{one.pk}/edit/", {**sent, "why": "better", "version": 0})
    assert response.status_code == 409
    response = browser("expert").post(
        f"/knowhow/proposals/{one.pk}/edit/", {**sent, "why": "better", "version": one.version}
    )
    assert response.status_code == 302
    one.refresh_from_db()
    assert (one.why, one.wanted) == ("better", {"options": {"prerequisites": "Lux survey by day and night"}})
