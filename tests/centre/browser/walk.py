"""Walk a site as a person does: every kind of page that links reach, once each, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

_RULES = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']"
_AXE = (
    f"axe.run(document,{{runOnly:{_RULES}}}).then(r=>r.violations.map("
    "v=>v.id+': '+v.nodes.slice(0,2).map(n=>n.html.slice(0,120)).join(' | ')))"
)


@dataclass(frozen=True)
class Seen:
    """One page that was opened."""

    name: str  # of its URL
    path: str
    problems: tuple[str, ...]


def walk(page: Page, start: str, axe: str, most: int = 80) -> Iterator[Seen]:
    """Open each kind of page (URL name) once, following links from the start; yield what is wrong with each."""
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    for name, path, status in pages(page, start, most):
        problems = [f"status {status}"] if status >= 400 else []
        problems += [f"console: {e}" for e in errors]
        errors.clear()
        if status:
            wide, there = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            if wide > there:
                problems.append(f"scrolls sideways: {wide} > {there}")
            page.evaluate(f"() => {{ {axe} }}") if not page.evaluate("'axe' in window") else None
            problems += [f"axe {v}" for v in page.evaluate(_AXE)]
        yield Seen(name, path, tuple(problems))


def pages(page: Page, start: str, most: int = 80) -> Iterator[tuple[str, str, int]]:
    """Open each kind of page once; yield its URL name, path and status while it is open (0: a file, not opened)."""
    waiting, done = [start], set[str]()
    while waiting and len(done) < most:
        url = waiting.pop(0)
        name = _name(url)
        if name is None or name in done:
            continue
        done.add(name)
        path = urlsplit(url).path
        head = page.request.get(url, max_redirects=5)
        if head.status == 200 and "text/html" not in head.headers.get("content-type", ""):
            yield name, path, 0
            continue
        answer = page.goto(url)
        here = page.url
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        waiting += [urljoin(here, link) for link in links]
        yield name, path, answer.status if answer else 0


def _name(url: str) -> str | None:
    """Return the name of a URL of this site; None for another site's, a log-out or an unknown one."""
    parts = urlsplit(urldefrag(url)[0])
    if parts.hostname not in ("127.0.0.1", "localhost"):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None if parts.path.startswith("/static/") else f"no such page: {parts.path}"
    name = match.view_name
    return None if name == "account_logout" else name
