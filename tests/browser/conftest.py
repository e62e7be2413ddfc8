"""A headless Chromium for the tests of a file, and the checker of accessibility; who lacks them is told."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.needing import axe, chromium
from tests.browser.pages import PATIENCE


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One that asks nobody for anything by itself."""
    program = chromium(os.environ)
    options = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=options, timeout=PATIENCE)
        yield running
        running.close()


@pytest.fixture(scope="module")
def checker() -> str:
    """The program of axe-core."""
    return axe(Path(__file__).parents[2] / ".browser").read_text(encoding="utf-8")
