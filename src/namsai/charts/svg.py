"""The scene as SVG: complete with text for the web, or shapes alone for a printer that sets the labels itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from html import escape

from namsai.charts.scene import Dot, Label, Line, Path, Rect, Scene, Shape
from namsai.charts.width import text_width

FONT = "'Namsai Sans Lao', 'Noto Sans Lao', 'Phetsarath OT', sans-serif"
TWIN = "~"  # ends the key of what is drawn a second time: it lights up, but only the first one is a stop
TOUCH = 8.0  # a thin flow can be hit this far across [pt]; its label is part of the link too


def _n(value: float) -> str:
    out = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if out == "-0" else out


def _paint(fill: str, stroke: str, width: float = 0.75, dash: str = "", opacity: float = 1.0) -> str:
    out = f' fill="{fill or "none"}"'
    if stroke:
        out += f' stroke="{stroke}" stroke-width="{_n(width)}"'
    if dash:
        out += f' stroke-dasharray="{dash}"'
    if opacity < 1:
        out += f' {"fill" if fill else "stroke"}-opacity="{_n(opacity)}"'
    return out


def _element(shape: Shape) -> tuple[str, str, str]:
    """Return tag, attributes and title of a shape."""
    match shape:
        case Rect():
            place = f' x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            corner = f' rx="{_n(shape.radius)}"' if shape.radius else ""
            return "rect", place + corner + _paint(shape.fill, shape.stroke), shape.title
        case Line():
            ends = f' x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(shape.y2)}"'
            return "line", ends + _paint("", shape.stroke, shape.width, shape.dash), ""
        case Dot():
            place = f' cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
            return "circle", place + _paint(shape.fill, shape.stroke, 1.0), shape.title
        case Path():
            way = f"M{_n(shape.start[0])} {_n(shape.start[1])}"
            way += "".join(("C" if len(s) == 6 else "L") + " ".join(map(_n, s)) for s in shape.steps)
            way += "Z" if shape.closed else ""
            paint = _paint(shape.fill, shape.stroke, shape.width, shape.dash, shape.opacity)
            return "path", f' d="{way}"{paint}', shape.title


def _draw(shape: Shape, titles: bool) -> str:
    tag, attributes, title = _element(shape)
    if titles and title:
        return f"<{tag}{attributes}><title>{escape(title)}</title></{tag}>"
    return f"<{tag}{attributes}/>"


def _text(label: Label) -> str:
    weight = ' font-weight="700"' if label.bold else ""
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    place = f'x="{_n(label.x)}" y="{_n(label.y)}" font-size="{_n(label.size)}" fill="{label.fill}"'
    return f"<text {place}{anchor}{weight}>{escape(label.text)}</text>"


def svg(scene: Scene, lang: str = "en") -> str:
    """Return the scene as a complete SVG with text, a title for screen readers and titles on its shapes.

    Args: scene [pt]; lang - language of the texts. Returns SVG.
    """
    box = f'viewBox="0 0 {_n(scene.width)} {_n(scene.height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" lang="{lang}" font-family="{FONT}">'
    body = "".join(_draw(s, titles=True) for s in scene.shapes) + "".join(_text(x) for x in scene.labels)
    return f"{head}<title>{escape(scene.title)}</title>{body}</svg>"


def linked(scene: Scene, lang: str, link: Callable[[str], tuple[str, str]], chosen: Collection[str] = ()) -> str:
    """Return the scene as SVG in which everything with a key is a link: shapes, labels and room for a finger.

    Args: scene [pt]; lang; link - gives for a key the address and the words of the link; chosen - keys of class "on".
    Returns SVG.
    """
    left, right = _extent(scene)
    box = f'viewBox="{_n(left)} 0 {_n(right - left)} {_n(scene.height)}"'
    name = f'role="group" aria-label="{escape(scene.title)}"'
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" {box} {name} lang="{lang}" font-family="{FONT}">']
    out += [_draw(s, titles=True) for s in scene.shapes if not getattr(s, "key", "")]
    keys = dict.fromkeys(x.key for x in (*scene.shapes, *scene.labels) if not isinstance(x, Dot) and x.key)
    for key in keys:
        name = key.removesuffix(TWIN)
        where, words = link(name)
        on = ' class="on"' if name in chosen else ""
        seen = f'aria-label="{escape(words)}"' if key == name else 'aria-hidden="true" tabindex="-1"'
        out.append(f'<a href="{escape(where)}" data-key="{escape(name)}"{on} {seen}>')
        out.append(f"<title>{escape(words)}</title>")
        own = [s for s in scene.shapes if not isinstance(s, Dot) and s.key == key]
        thin = [s for s in own if isinstance(s, Path) and not s.closed and s.width < TOUCH]
        out += [_draw(replace(s, stroke="#000", width=TOUCH, opacity=0.0, dash=""), titles=False) for s in thin]
        out += [_draw(s, titles=False) for s in own]
        out += [_text(x) for x in scene.labels if x.key == key]
        out.append("</a>")
    out += [_text(x) for x in scene.labels if not x.key]
    return "".join(out) + "</svg>"


def _extent(scene: Scene) -> tuple[float, float]:
    """Return from where to where something is drawn, across: empty sides are left out on the web."""
    out = [scene.width, 0.0]
    for x in (*scene.shapes, *scene.labels):
        match x:
            case Rect():
                ends = [x.x, x.x + x.width]
            case Line():
                ends = [x.x1, x.x2]
            case Dot():
                ends = [x.x - x.radius, x.x + x.radius]
            case Path():
                across = [x.start[0], *(step[-2] for step in x.steps)]
                ends = [min(across) - x.width / 2, max(across) + x.width / 2]
            case Label():
                wide = text_width(x.text, x.size, x.bold)
                first = x.x - {"start": 0.0, "middle": wide / 2, "end": wide}[x.anchor]
                ends = [first, first + wide]
        out = [min(out[0], *ends), max(out[1], *ends)]
    return max(out[0] - 6, 0.0), min(out[1] + 6, scene.width)


def shapes_svg(scene: Scene) -> str:
    """Return the shapes of the scene as SVG without any text (text in SVG is drawn wrongly by some printers of Lao).

    Args: scene [pt]. Returns SVG.
    """
    size = f'width="{_n(scene.width)}pt" height="{_n(scene.height)}pt"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(scene.width)} {_n(scene.height)}">'
    return head + "".join(_draw(s, titles=False) for s in scene.shapes) + "</svg>"


def labels_data(scene: Scene) -> list[dict[str, object]]:
    """Return the labels of the scene as plain data for a printer that sets text itself."""
    return [
        {"x": x.x, "y": x.y, "text": x.text, "size": x.size, "anchor": x.anchor, "fill": x.fill, "bold": x.bold}
        for x in scene.labels
    ]
