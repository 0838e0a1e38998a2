"""What differs between two case documents, field by field; rows are met by what tells them apart, not by place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

from namsai.knowhow import KnowHow
from namsai.texts import Lang
from namsai.workbook.columns import Column
from namsai_centre.assessments import sections
from namsai_centre.assessments.sections import Doc
from namsai_centre.assessments.spoken import spoken
from namsai_centre.knowhow.queries import current_knowhow

How = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. `index` is the row in the document after (before, for a row taken out)."""

    section: str
    row: str
    how: How
    column: Column
    before: Any
    after: Any
    before_in: Doc  # the whole case the value stands in: ids are called by the names of its rows
    after_in: Doc

    def words(self, lang: Lang, knowhow: KnowHow | None = None) -> dict[str, str]:
        """Return the difference for a page; `knowhow` None: that of the centre now."""
        knowhow = knowhow or current_knowhow()
        return {
            "section": sections.title(self.section, lang),
            "row": self.row,
            "how": self.how,
            "name": sections.label(self.section, self.column, lang),
            "before": spoken(self.before_in, self.section, self.column, self.before, lang, knowhow),
            "after": spoken(self.after_in, self.section, self.column, self.after, lang, knowhow),
        }


def keyed(section: str, rows: list[Doc]) -> dict[tuple[str, ...], Doc]:
    """Return the rows by what tells them apart; the second of the same name gets a number."""
    seen: Counter[tuple[str, ...]] = Counter()
    out: dict[tuple[str, ...], Doc] = {}
    for row in rows:
        own = sections.identity(section, row)
        out[(*own, str(seen[own]))] = row
        seen[own] += 1
    return out


def fields(section: str, before: Doc, after: Doc) -> list[tuple[Column, Any, Any]]:
    """Return the columns in which two rows differ."""
    pairs = ((c, sections.value_of(before, c), sections.value_of(after, c)) for c in sections.columns_of(section))
    return [(c, a, b) for c, a, b in pairs if a != b]


def differences(before: Doc, after: Doc, lang: Lang = "lo") -> list[Difference]:
    """Return all that differs, in the order of the case."""
    out: list[Difference] = []
    for section in sections.names():
        if section != sections.VALUES and before.get(section) == after.get(section):
            continue
        old, new = (keyed(section, sections.rows_of(d, section)) for d in (before, after))
        if section == sections.VALUES:
            out += [
                Difference(section, sections.title(section, lang), "changed", c, a, b, before, after)
                for c, a, b in fields(section, before, after)
            ]
            continue
        for key in dict.fromkeys((*old, *new)):
            a, b = old.get(key, {}), new.get(key, {})
            how: How = "changed" if key in old and key in new else "added" if key in new else "removed"
            name = sections.row_title(after if key in new else before, section, b or a, lang)
            out += [Difference(section, name, how, c, x, y, before, after) for c, x, y in fields(section, a, b)]
    return out


def lines(found: list[Difference], lang: Lang) -> list[dict[str, str]]:
    """Return differences for a page: a line for each field changed, one line for each row added or taken out."""
    out: list[dict[str, str]] = []
    knowhow = current_knowhow()
    last: tuple[str, str, str] | None = None
    for d in found:
        words = d.words(lang, knowhow)
        here = (d.section, d.row, d.how)
        if d.how != "changed" and d.column.key.rpartition(".")[2] == ("en" if lang == "lo" else "lo") and d.section:
            continue  # a whole row is told in the reader's language
        if d.how != "changed":
            side = "after" if d.how == "added" else "before"
            told = f"{words['name']}: {words[side]}"
            if here == last:
                out[-1][side] += f"; {told}"
                continue
            words |= {"name": "", side: told}
        out.append(words)
        last = here
    return out
