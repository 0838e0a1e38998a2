"""One process that serves pages: `python -m namsai_centre.commands.pages PLACE THREADS`.

PLACE is the number of a listening socket that is handed over, or host:port where sockets cannot be (Windows).
"""

from __future__ import annotations

import socket
import sys

from namsai_centre.commands.ready import set_up

LARGEST = 30_000_000  # bytes of one request: a file of 25 MB and the form around it


def main(place: str, threads: int) -> None:
    """Serve until told to stop."""
    set_up()
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    where = {"sockets": [socket.socket(fileno=int(place))]} if place.isdigit() else {"listen": place}
    create_server(get_wsgi_application(), **where, threads=threads, ident="namsai", max_request_body_size=LARGEST).run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
