"""`namsai knowhow WORDS`: search the options; `namsai knowhow --id GAR-001` shows one with its sources."""

from __future__ import annotations

import click

from namsai.cli.common import language, options, print_json
from namsai.texts import text


@click.command("knowhow")
@click.argument("words", nargs=-1)
@click.option("--id", "ident", help="show one option")
@options
def command(words: tuple[str, ...], ident: str | None, as_json: bool, lang: str | None) -> None:
    """Search the know-how base."""
    from namsai.knowhow import load

    chosen, base = language(lang), load()
    if ident is not None:
        known = {o.id: o for o in base.options}
        if ident not in known:
            raise click.UsageError(text("cli.no-option", chosen, id=ident))
        found = [known[ident]]
    else:
        found = list(base.search(" ".join(words), chosen)) if words else [o for o in base.options if o.in_use]
    if as_json:
        print_json({"version": base.version, "options": found})
        return
    for option in found if ident or words else ():
        title = option.title_lo if chosen == "lo" and option.title_lo else option.title_en
        share = "–" if option.saving_high is None else f"{option.saving_low or '?'}–{option.saving_high} %"
        click.secho(f"{option.id} {title}", bold=True)
        click.echo(f"    {share} [{option.evidence_saving}] · {option.source}")
    click.echo(text("cli.found", chosen, n=len(found), version=base.version))
