"""One process that serves pages on a socket it is handed (`python -m namsai_centre.commands.pages FD THREADS`)."""

from __future__ import annotations

import socket
import sys

from namsai_centre.commands.ready import set_up

LARGEST = 30_000_000  # bytes of one request: a file of 25 MB and the form around it


def main(handed: int, threads: int) -> None:
    """Serve until told to stop."""
    set_up()
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    listening = socket.socket(fileno=handed)
    create_server(
        get_wsgi_application(), sockets=[listening], threads=threads, ident="namsai", max_request_body_size=LARGEST
    ).run()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
