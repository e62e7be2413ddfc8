"""Which text is the page? One file without script, which asks nobody for anything."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from bucketwright.plain_text import counted
from bucketwright.reports.html.view import View, view
from bucketwright.verdicts import SEVERITIES

if TYPE_CHECKING:
    from bucketwright.audited import Audit
    from bucketwright.reports.html.charts import Pictures

FILES: Final = ("audit.html.jinja", "audit.css")
"""The template and the style, beside this file."""
LARGEST: Final = 1_000_000
"""Bytes of a page, as long as what is not about single findings leaves room for them."""
_LINKS: Final = 10_000
"""What the links to findings need."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the page is made of besides what it tells."""

    template: str
    style: str


def page(audit: "Audit", layout: Layout, pictures: "Pictures", version: str, *, passing: bool = False) -> str:
    """The page; pictures are taken as they are, everything else is escaped.

    Findings get the room that the rest leaves them.
    """
    told = view(audit, version, passing=passing)
    bare = rendered(layout, pictures, told.within(0))
    return rendered(layout, pictures, told.within(LARGEST - len(bare.encode()) - _LINKS))


def rendered(layout: Layout, pictures: "Pictures", told: View) -> str:
    """What is told, as a page."""
    return _template(layout).render(
        page=told,
        severities=SEVERITIES,
        pictures=pictures,
        style=layout.style,
        style_hash=_hash(layout.style),
    )


@cache
def _template(layout: Layout) -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(code=_with_code, counted=counted)
    return environment.from_string(layout.template)


def _hash(style: str) -> str:
    """By which a browser knows that it is this style and no other."""
    return b64encode(sha256(style.encode()).digest()).decode("ascii")


def _with_code(text: str) -> Markup:
    """What stands between backticks as code."""
    return Markup("").join(_parts(text))


def _parts(text: str) -> Iterator[Markup]:
    for number, part in enumerate(text.split("`")):
        yield Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
