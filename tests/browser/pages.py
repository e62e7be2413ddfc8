"""A page in a browser, with all that it did there: what it said, what it asked for, what it ran."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Dialog, Page

Colors = Literal["light", "dark"]
PATIENCE = 600_000
"""Milliseconds: what hangs is ended some day, and what only has to share the machine never is."""


@dataclass(slots=True)
class Shown:
    """A page, and what it did."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def refuse(self, dialog: Dialog) -> None:
        """Remember that it asked, and let it go on."""
        self.opened.append(dialog.message)
        dialog.dismiss()

    def broken(self, checker: str) -> list[str]:
        """What the checker of accessibility objects to."""
        self.page.evaluate(checker)
        found = self.page.evaluate(
            "async () => (await axe.run(document)).violations"
            ".map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`)"
        )
        return [str(one) for one in found]

    def count(self, selector: str) -> int:
        """How many elements there are of a kind."""
        return self.page.locator(selector).count()


@contextmanager
def shown(
    report: str, browser: Browser, folder: Path, *, colors: Colors = "light", width: int = 1280
) -> Iterator[Shown]:
    """A report, opened from its file."""
    path = folder / "report.html"
    path.write_bytes(report.encode())
    context = browser.new_context(color_scheme=colors, viewport={"width": width, "height": 900})
    context.set_default_timeout(PATIENCE)
    told = Shown(context.new_page())
    told.page.on("console", lambda one: told.said.append(one.text))
    told.page.on("pageerror", lambda one: told.said.append(str(one)))
    told.page.on("dialog", lambda one: told.refuse(one))  # noqa: PLW0108 - a method of a slotted class cannot be kept there
    told.page.on("popup", lambda one: told.opened.append(one.url))
    context.on("request", lambda one: told.asked.append(one.url))
    told.page.goto(path.as_uri())
    try:
        yield told
    finally:
        context.close()
