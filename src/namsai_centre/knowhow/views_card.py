"""The card of an option to print and pin up: one A4 page as PDF, in Lao or English."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override

from namsai.knowhow import KnowHow, Option
from namsai.report.blocks import Block, Document, Heading, Paragraph, Table
from namsai.report.blocks import Column as Shown
from namsai.report.pdf import pdf_bytes
from namsai.texts import Lang, text
from namsai_centre import clock
from namsai_centre.knowhow import queries
from namsai_centre.knowhow.card import Card, NoLonger, Number, card_of, retired_of
from namsai_centre.knowhow.evidence import Local, local_cases
from namsai_centre.knowhow.origins import Origin
from namsai_centre.knowhow.views import option_or_404
from namsai_centre.knowhow.words import Words, t
from namsai_centre.rights import open_to_all
from namsai_centre.ui.templatetags.words import day


@open_to_all("the know-how is for everybody who makes something")
def card_file(request: HttpRequest, option: str, lang: str) -> HttpResponse:
    """Give the card as PDF."""
    if lang not in ("lo", "en"):
        raise Http404
    language: Lang = "lo" if lang == "lo" else "en"
    knowhow = queries.current_knowhow()
    found = option_or_404(knowhow, option)
    content = _pdf(document_of(knowhow, found, local_cases(found.id), language, clock.today().isoformat()))
    head = {"Content-Disposition": f'inline; filename="namsai-{found.id}-{lang}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=head)


@lru_cache(maxsize=64)
def _pdf(document: Document) -> bytes:
    return pdf_bytes(document)


def document_of(knowhow: KnowHow, option: Option, local: Local | None, lang: Lang, made_on: str) -> Document:
    """Return the card as a document of the report's kind (made_on: YYYY-MM-DD, for the foot)."""
    card = card_of(knowhow, option, lang)
    name = text("ui.namsai", lang)
    return Document(
        lang=lang,
        title=card.line.title.text,
        subtitle=f"{card.line.place} · {card.line.flows}",
        facts=(
            (t("technique", lang), card.technique),
            (t("outlay", lang), f"{card.line.capex} ({card.capex_range})"),
            (t("fit", lang), card.fit),
        ),
        header=name,
        header_right=option.id,
        footer=t("version", lang, version=knowhow.version),
        page_word=t("pdf_page", lang),
        blocks=(*_no_longer(retired_of(knowhow, option, lang), lang), *_blocks(card, local, lang)),
        made_on=made_on,
    )


def _no_longer(retired: NoLonger | None, lang: Lang) -> list[Block]:
    """Say on paper, first of all, that an option is no longer suggested, why, and what to use instead."""
    if retired is None:
        return []
    with override(lang):
        since = t("retired_since", lang, day=day(retired.since)) if retired.since else t("retired_plain", lang)
    out: list[Block] = [Paragraph(f"{since} {retired.why}".strip(), "note")]
    if retired.instead:
        names = "; ".join(words.text for _, words in retired.instead)
        out.append(Paragraph(f"{t('retired_use', lang)}: {names}", "note"))
    return out


def _blocks(card: Card, local: Local | None, lang: Lang) -> list[Block]:
    columns = (
        Shown("", "text", 0.2),
        Shown(t("numbers", lang), "text", 0.45),
        Shown(t("evidence", lang), "text", 0.35),
    )
    rows = tuple(
        (t(slug, lang), _number(n, lang), f"{n.badge.letter} · {n.badge.words}")
        for slug, n in (("saving", card.line.saving), ("payback", card.line.payback))
    )
    out: list[Block] = [Table(columns, rows)]
    if local:
        facts = {"firms": local.firms, "middle": local.middle, "low": local.low, "high": local.high}
        out += [Heading(t("local", lang), 2), Paragraph(t("local_text", lang, **facts), "note")]
    parts = (
        ("why", card.why), ("works_when", card.needs), ("not_when", card.not_when), ("mistakes", card.mistakes),
        ("costs", card.costs),
    )  # fmt: skip
    for slug, words in parts:
        if words.text:
            out += [Heading(t(slug, lang), 2), Paragraph(_words(words, lang))]
    out.append(Heading(t("sources", lang), 2))
    out += [Paragraph(_source(o), "small") for o in card.origins]
    out.append(Paragraph(t("pdf_footer", lang), "small"))
    return out


def _number(number: Number, lang: Lang) -> str:
    parts = [number.span or t("no_number", lang), number.of, number.note, number.basis.text]
    return " · ".join(p for p in parts if p)


def _source(origin: Origin) -> str:
    """Return a source on paper, where nothing can be opened: what it is, where inside, how it was used."""
    return ". ".join(p for p in (origin.title.text, origin.inside.rstrip("."), origin.how) if p) + "."


def _words(words: Words, lang: Lang) -> str:
    return f"{words.text} ({t('foreign', lang)})" if words.foreign else words.text
