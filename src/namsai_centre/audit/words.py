"""Words for what the log holds: names of fields, closed lists, what is nested. No key of the machine reaches a reader
where the catalogue has a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat

from namsai.texts import Lang, has
from namsai_centre.ui.phone import phone_words
from namsai_centre.ui.templatetags.words import moment
from namsai_centre.ui.words import language, say

# Rooms of the catalogue that hold an app's words (else the room is called as the app).
ROOMS: dict[str, str] = {"knowhow": "knowbase"}
# Closed lists whose words are not called `<room>.<field>_<value>`: (kind of record or app, field) -> where they stand.
LISTS: dict[tuple[str, str], str] = {
    ("", "sector"): "terms.sector-",
    ("", "language"): "audit.language_",
    ("", "scopes"): "accounts.scope_",
    ("assessments.run", "state"): "assessments.run_",
    ("assessments.run", "step"): "cli.step-",
    ("engagements.engagement", "dropped_from"): "engagements.stage_",
    ("enterprises", "economic_kind"): "enterprises.kind_",
    ("enterprises", "risk_class"): "enterprises.risk_",
    ("enterprises.alias", "kind"): "enterprises.alias_",
    ("enterprises.importrun", "state"): "joining.run_",
    ("fieldwork", "time_mark"): "fieldwork.time_",
    ("fieldwork", "kind"): "audit.entry_",
    ("fieldwork", "how"): "knowbase.method_",
    ("fieldwork", "outcome"): "audit.outcome_",
    ("fieldwork", "mark"): "audit.outcome_",
    ("savings.interest", "kind"): "savings.interest_",
    ("savings.measure", "technique"): "knowbase.technique_",
    ("savings.statestep", "verb"): "audit.did_savings_",
}


def rooms(*kinds: str) -> tuple[str, ...]:
    """Return the rooms in which the words of kinds of records (or actions) stand.

    >>> rooms("knowhow.feedback", "enterprises.export")
    ('knowbase', 'enterprises')
    """
    apps = dict.fromkeys(kind.partition(".")[0] for kind in kinds)
    return tuple(ROOMS.get(app, app) for app in apps if app)


def label(kind: str, name: str, action: str = "") -> str:
    """Return the name of a field in words: the log's own word, else the one of the page; as it is where there is none.

    Changes of a case are kept as `section/row/column`: section and column are put into words.
    """
    if name.count("/") >= 2:
        return _in_case(name)
    short = name.removesuffix("_id")
    own = (f"audit.field_{kind.partition('.')[2]}_{short}", f"audit.field_{short}", f"audit.field_{name}")
    pages = [f"{room}.{one}" for room in rooms(kind, action) for one in (short, name, f"col_{name}", f"table_{name}")]
    kinds = [f"audit.kind_{name.replace('.', '_')}", f"joining.kind_{name.replace('.', '_')}"] if "." in name else []
    for key in (*own, *pages, *kinds):
        if has(key):
            return say(key)
    return name


def _in_case(name: str) -> str:
    from namsai_centre.assessments import sections

    section, _, rest = name.partition("/")
    row, _, key = rest.rpartition("/")
    lang: Lang = language()
    try:
        column = sections.label(section, sections.column(section, key), lang)
        where = sections.title(section, lang)
    except KeyError:
        return name.replace("/", " › ")
    return " › ".join(part for part in (where, row if row != where else "", column) if part)


def word(kind: str, name: str, value: str, action: str = "") -> str | None:
    """Return the word of a closed list's value; None where it is none."""
    for whose in (kind, kind.partition(".")[0], ""):
        if (place := LISTS.get((whose, name))) and has(f"{place}{value}"):
            return say(f"{place}{value}")
    for room in rooms(kind, action):
        if has(f"{room}.{name}_{value}"):
            return say(f"{room}.{name}_{value}")
    return None


def special(kind: str, name: str, value: Any) -> str | None:
    """Return a value that is neither of a closed list nor a number or a day, as people read it; None for others."""
    if name == "phone":
        return phone_words(str(value))
    if name in ("device_time", "sent_time"):
        try:
            return moment(datetime.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    if name == "size" and isinstance(value, int):
        return filesizeformat(value)
    if kind.startswith("fieldwork.") and name == "subject":
        from namsai_centre.fieldwork.called import called

        return called(str(value), {})
    if name in ("option", "option_id"):
        return option_title(str(value))
    return None


def option_title(key: str) -> str:
    """Return the title of an option of the know-how; its id where it is no longer there."""
    from namsai_centre.knowhow.queries import current_knowhow
    from namsai_centre.knowhow.queries_feedback import title_of_option

    return title_of_option(current_knowhow(), key, language()).text


def spelled(kind: str, name: str, value: Any, action: str = "", depth: int = 0) -> str:
    """Return something nested as lines of `name: value`; a list of plain values on one line."""
    if isinstance(value, Mapping):
        return "\n".join(_lines(kind, value.items(), action, depth)) or "–"
    if isinstance(value, list):
        if any(isinstance(one, Mapping | list) for one in value):
            pairs = ((f"{n}", one) for n, one in enumerate(value, 1))
            return "\n".join(_lines(kind, pairs, action, depth, numbered=True))
        return "; ".join(_plain(kind, name, one, action) for one in value) or "–"
    return _plain(kind, name, value, action)


def _lines(
    kind: str, pairs: Iterable[tuple[Any, Any]], action: str, depth: int, numbered: bool = False
) -> Iterable[str]:
    for name, value in pairs:
        called = str(name) if numbered else label(kind, str(name), action)
        inside = spelled(kind, str(name), value, action, depth + 1)
        deep = isinstance(value, Mapping) or "\n" in inside
        yield "  " * depth + (f"{called}:\n{inside}" if deep and inside != "–" else f"{called}: {inside}")


def _plain(kind: str, name: str, value: Any, action: str) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return say("ui.yes") if value else say("ui.no")
    if name == "checklists":
        from namsai_centre.fieldwork.checklists import checklists

        return str(checklists().get(str(value), {}).get(language(), value))
    return (word(kind, name, value, action) if isinstance(value, str) else None) or str(value)
