"""Figures as pictures: a specification in Vega-Lite becomes SVG, where the extra `report` is installed."""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from bucketwright.reports.html.charts import Pictures, Spec, Specs

LARGEST: Final = 100_000
_SVG: Final = "{http://www.w3.org/2000/svg}"
_ELEMENTS: Final = frozenset(f"{_SVG}{name}" for name in ("svg", "g", "path", "text", "line", "rect"))
_WORDS: Final = "aria-label"
_ATTRIBUTES: Final = frozenset(
    (
        *(_WORDS, "aria-hidden", "aria-roledescription", "class", "d", "display", "fill"),
        *("font-family", "font-size", "font-weight", "height", "opacity", "pointer-events", "role", "stroke"),
        *("stroke-miterlimit", "stroke-width", "text-anchor", "transform", "version", "viewBox", "width"),
        *("x", "x2", "y", "y2"),
    )
)


def pictures(specs: Specs) -> Pictures:
    """Those that can be drawn."""
    return Pictures(_drawn(specs.severities), _drawn(specs.trend))


def _drawn(spec: Spec | None) -> str | None:
    """An SVG of nothing but shapes and text; None without the extra, or where something else came of it."""
    if spec is None:
        return None
    try:
        from vl_convert import vegalite_to_svg  # noqa: PLC0415 - an extra, and seconds to load
    except ImportError:
        return None
    try:
        svg = vegalite_to_svg(dict(spec), allowed_base_urls=[])
    except ValueError:
        return None
    return svg if is_harmless(svg) else None


def is_harmless(svg: str) -> bool:
    """Whether it holds only shapes and text, refers to nothing and styles nothing."""
    if len(svg) > LARGEST or "<!" in svg or "<?" in svg:
        return False
    try:
        root = ET.fromstring(svg)  # noqa: S314 - our own picture, and no document type gets here
    except ET.ParseError:
        return False
    return all(one.tag in _ELEMENTS and _are_plain(one.attrib) for one in root.iter())


def _are_plain(attributes: Mapping[str, str]) -> bool:
    acting = (text for name, text in attributes.items() if name != _WORDS)
    return attributes.keys() <= _ATTRIBUTES and not any("url(" in text for text in acting)
