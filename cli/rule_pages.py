"""How is the page of a rule shown on a terminal?"""

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from bucketwright.plain_text import did_you_mean
from bucketwright.reports.rule_pages import Page, page_of, rule_as_data
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE
from cli.exits import Exit
from cli.forms import Form
from cli.output import Output, Tint

_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_WIDTH: Final = 78


def rule_page(word: str) -> Page | None:
    """The page of the rule of that id; None where no rule is called so."""
    return page_of(word) if _ID.fullmatch(word) else None


def nearest_rule(word: str) -> str:
    """The rule whose id is nearest to a word of that shape; empty where none is near."""
    return did_you_mean(word, [*catalogue(), *ENGINE]) if _ID.fullmatch(word) else ""


def show_rule(page: Page, form: Form, output: Output) -> Exit:
    """Print the page."""
    if form == "json":
        output.json({"version": 1, "rule": rule_as_data(page.id)}, indent=2)
        return Exit.CLEAN
    output.result(page.id, Tint.PLACE)
    for line in _lines(page):
        output.result(line)
    return Exit.CLEAN


def _lines(page: Page) -> Iterator[str]:
    yield from textwrap.wrap(page.title, _WIDTH)
    yield ""
    width = max(map(len, page.facts))
    for name, value in page.facts.items():
        indent = " " * (width + 4)
        wrapped = textwrap.wrap(value, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        yield f"  {name:{width}}  {wrapped[0].strip()}"
        yield from wrapped[1:]
    for heading, text in page.parts.items():
        yield from ("", heading)
        yield from textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    for kind, text in page.examples:
        yield from ("", f"{kind} by")
        yield from (f"  {line}" for line in text.split("\n"))
