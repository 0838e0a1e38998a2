"""Jobs of the accounts that no page waits for."""

from __future__ import annotations

from django_tasks import task

from namsai_centre.accounts.actions.ask_link import ask_link


@task()
def send_reset_link(typed: str, base: str) -> str:
    """Send a link for a new password to the person of an e-mail or phone, if there is one.

    Somebody without e-mail cannot be sent a link: the centre's staff are told, and hand one over.
    """
    return ask_link(typed, base)
