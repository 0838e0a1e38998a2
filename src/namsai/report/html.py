"""The same document as one page for the web: semantic HTML that needs nothing else, charts as SVG inside."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from importlib.resources import files
from pathlib import Path

from namsai.charts.svg import svg
from namsai.report.blocks import (
    Badges,
    Block,
    Chart,
    Document,
    FindingList,
    Heading,
    KeyNumbers,
    PageBreak,
    Paragraph,
    Table,
)
from namsai.report.pdf import write_atomic


def _table(block: Table) -> str:
    room = [_room(c.kind, max((len(row[n]) for row in block.rows), default=0)) for n, c in enumerate(block.columns)]
    heads = "".join(f'<th scope="col" class="{c.kind}">{escape(c.title)}</th>' for c in block.columns)
    rows = []
    for n, row in enumerate(block.rows):
        cells = "".join(_cell(kind, value) for kind, value in zip(room, row, strict=True))
        rows.append(f'<tr class="strong">{cells}</tr>' if n in block.strong else f"<tr>{cells}</tr>")
    words = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
    look = ' class="small"' if block.small else ""
    body = f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
    name = f' role="region" aria-label="{escape(block.caption)}"' if block.caption else ""
    return f'<figure><div class="wide" tabindex="0"{name}><table{look}>{body}</table></div>{words}</figure>'


def _room(kind: str, longest: int) -> str:
    """Return the class of the cells of a column: short texts stay in one line, long ones keep a width to be read in."""
    if kind != "text":
        return kind
    return f"text {'brief' if longest <= 20 else 'named' if longest <= 40 else 'wordy'}"


def _badge(letter: str) -> str:
    """Return an evidence letter, hollow where it allows no calculation; a longer word stays a word."""
    if len(letter) > 1:
        return escape(letter)
    return f"<b>{letter}</b>" if letter in "RCSMD" else f'<b class="weak">{escape(letter)}</b>'


def _cell(kind: str, value: str) -> str:
    if kind == "badge":
        return f'<td class="badge">{" ".join(map(_badge, value.split()))}</td>'
    first, _, rest = value.partition("\n")
    more = f"<br><small>{escape(rest)}</small>" if rest else ""
    return f'<td class="{kind}">{escape(first)}{more}</td>'


def _block(block: Block, lang: str) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Paragraph():
            return f'<p class="{block.tone}">{escape(block.text)}</p>'
        case KeyNumbers():
            rows = (
                f"<div><dt>{escape(k.question)}</dt>"
                f"<dd><strong>{escape(k.answer)}</strong> {escape(k.detail)}</dd></div>"
                for k in block.items
            )
            return f'<dl class="key">{"".join(rows)}</dl>'
        case Table():
            return _table(block)
        case Chart():
            words = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
            return f'<figure><div class="wide" tabindex="0">{svg(block.scene, lang)}</div>{words}</figure>'
        case FindingList():
            rows = (
                f'<li class="{f.severity}"><small><b>{escape(f.word)}</b> {escape(f.where)}</small><br>'
                f"{'<br>'.join(map(escape, f.says))}"
                f"{f'<br><em>→ {escape(f.fix)}</em>' if f.fix else ''}</li>"
                for f in block.items
            )
            return f'<ul class="findings">{"".join(rows)}</ul>'
        case Badges():
            rows = (f'<li><span class="badge">{_badge(x)}</span> {escape(words)}</li>' for x, words in block.items)
            return f'<ul class="legend">{"".join(rows)}</ul>'
        case PageBreak():
            return "<hr>"


def html_text(document: Document) -> str:
    """Return the document as one HTML page with style and fonts inside.

    Args: document. Returns HTML; every text of the document is escaped.
    """
    place = files("namsai.report")
    style = (place / "templates" / "report.css").read_text(encoding="utf-8")
    for name, weight in (("Regular", 400), ("Bold", 700)):
        data = b64encode((place / "fonts" / f"NamsaiSansLao-{name}.woff2").read_bytes()).decode("ascii")
        font = f"url(data:font/woff2;base64,{data}) format('woff2')"
        style = f"@font-face{{font-family:'Namsai Sans Lao';font-weight:{weight};src:{font}}}\n{style}"
    facts = " · ".join(f"{escape(word)}: {escape(value)}" for word, value in document.facts)
    body = "\n".join(_block(b, document.lang) for b in document.blocks)
    return (
        f'<!doctype html>\n<html lang="{document.lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)} – {escape(document.subtitle)}</title><style>{style}</style></head>\n"
        f'<body><main><header><p class="over">{escape(document.subtitle)}</p><h1>{escape(document.title)}</h1>'
        f'<p class="facts">{facts}</p></header>\n{body}\n<footer>{escape(document.footer)}</footer>'
        "</main></body></html>\n"
    )


def write_html(document: Document, path: Path) -> None:
    """Write the document as one HTML page, whole or not at all."""
    write_atomic(path, html_text(document).encode("utf-8"))
