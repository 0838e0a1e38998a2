"""Reading pages in tests: what stands in a page, whatever the white space of its template."""

from __future__ import annotations

import re
from typing import Any


def page_of(response: Any) -> str:
    """Return the page on one line, without white space at the edges of tags.

    >>> from types import SimpleNamespace
    >>> page_of(SimpleNamespace(content="<dt> Women </dt>\\n  <dd>–</dd>".encode()))
    '<dt>Women</dt><dd>–</dd>'
    """
    html = " ".join(response.content.decode().split())
    return re.sub(r" ?(</?[a-z][^<>]*>) ?", r"\1", html)
