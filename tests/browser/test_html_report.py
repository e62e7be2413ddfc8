"""What a browser makes of the HTML report, whatever others called their buckets and objects."""

from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bucketwright.audited import Audit
from bucketwright.reports.html.charts import Pictures
from bucketwright.reports.html.page import page
from cli.html_report import html_report
from tests.browser.pages import Colors, shown
from tests.reports.html_audits import CLEAN, UNSURE, WITH_RUNS, hostile, large
from tests.reports.test_html_page import LAYOUT

COLORS: list[Colors] = ["light", "dark"]
WIDTHS = [320, 1280]
FORBIDDEN = "script, iframe, object, embed, img, link, form, base, video, audio, meta[http-equiv=refresh]"
BARE = "hostile, without pictures"
AUDITS: dict[str, Callable[[], Audit]] = {
    "plain": lambda: WITH_RUNS,
    "clean": lambda: CLEAN,
    "not all seen": lambda: UNSURE,
    "hostile": hostile,
    "folded": lambda: large(90, 9),
    "large": lambda: large(5000, 50),
}
SMALL = ["plain", "hostile", "clean", "not all seen", BARE]


@cache
def report(name: str) -> str:
    """The page of one of them, made once."""
    if name == BARE:
        return page(hostile(), LAYOUT, Pictures(), "1.2.3", passing=True)
    return html_report(AUDITS[name](), passing=True)


@pytest.mark.parametrize(
    ("audit", "colors", "width"),
    [*product(["plain", "hostile"], COLORS, WIDTHS), *((one, "dark", 320) for one in SMALL[2:])],
)
def test_the_page_can_be_used_by_everybody(
    audit: str, colors: Colors, width: int, browser: Browser, checker: str, tmp_path: Path
) -> None:
    """The checker of accessibility finds nothing, and nothing is wider than the window."""
    with shown(report(audit), browser, tmp_path, colors=colors, width=width) as told:
        assert told.broken(checker) == []
        assert told.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("audit", SMALL)
def test_the_page_runs_nothing_and_asks_nobody(audit: str, browser: Browser, tmp_path: Path) -> None:
    """No script runs, no request leaves, nothing opens, and the browser has nothing to complain of."""
    with shown(report(audit), browser, tmp_path) as told:
        for summary in told.page.locator("summary").all():
            summary.click()

        told.page.wait_for_load_state("networkidle")
        assert told.asked == [(tmp_path / "report.html").as_uri()]
        assert (told.said, told.opened) == ([], [])
        assert told.page.evaluate("typeof window.pwned") == "undefined"
        assert told.count(FORBIDDEN) == 0
        assert (
            told.page.evaluate(
                "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes])"
                ".filter(one => /^on|^style$|^srcset?$/.test(one.name)).length"
            )
            == 0
        )


def test_links_lead_only_to_parts_of_the_page(browser: Browser, tmp_path: Path) -> None:
    """Each to one that is there."""
    with shown(report("hostile"), browser, tmp_path) as told:
        targets = told.page.evaluate(
            "[...document.querySelectorAll('a')].map(one => one.getAttribute('href'))"
        )
        assert targets
        assert [one for one in targets if not one.startswith("#")] == []
        assert (
            told.page.evaluate(
                "hrefs => hrefs.filter(one => document.getElementById(one.slice(1)) === null)", targets
            )
            == []
        )


def test_no_two_parts_have_the_same_name(browser: Browser, tmp_path: Path) -> None:
    """A link means one thing."""
    with shown(report("hostile"), browser, tmp_path) as told:
        names = told.page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")

        assert sorted(set(names)) == sorted(names)


def test_what_is_bent_on_being_more_is_shown_as_text(browser: Browser, tmp_path: Path) -> None:
    """The reader sees what the attacker wrote."""
    with shown(report("hostile"), browser, tmp_path) as told:
        text = told.page.locator("main").inner_text()

        assert "<script>window.pwned=1</script>" in text
        assert "{{ 7*7 }}{% raw %}" in text
        assert "a\\u202eb\\u2066c\\u200d\\x00\\x1b[31m\\n\\r\\t" in text
        assert "&lt;b&gt;&amp;" in text


@pytest.mark.parametrize("colors", COLORS)
def test_colours_differ_between_light_and_dark(colors: Colors, browser: Browser, tmp_path: Path) -> None:
    """Drawn bars, too."""
    with shown(report("plain"), browser, tmp_path, colors=colors) as told:
        bright = told.page.evaluate("getComputedStyle(document.body).backgroundColor")
        bars = told.page.evaluate(
            "[...document.querySelectorAll('.mark-rect path[fill]')].map(one => getComputedStyle(one).fill)"
        )

        assert (bright == "rgb(255, 255, 255)") == (colors == "light")
        assert ("rgb(200, 68, 43)" in bars) == (colors == "light")
        assert ("rgb(240, 96, 63)" in bars) == (colors == "dark")


@pytest.mark.parametrize("colors", COLORS)
def test_what_is_printed_is_whole(colors: Colors, browser: Browser, tmp_path: Path) -> None:
    """On white, with what is folded on the screen, and without the links that lead around."""
    with shown(report("folded"), browser, tmp_path, colors=colors) as told:
        hidden = told.page.locator("details:not([open]) article").first
        assert not hidden.is_visible()

        told.page.emulate_media(media="print", color_scheme="light")
        assert hidden.is_visible()
        assert told.page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
        assert told.page.pdf().startswith(b"%PDF-")


def test_a_folded_bucket_opens_for_who_is_led_there(browser: Browser, tmp_path: Path) -> None:
    """From the table to its findings."""
    with shown(report("folded"), browser, tmp_path) as told:
        told.page.locator("#severities tbody a").last.click()

        assert told.page.locator("details").last.evaluate("one => one.open")


def test_a_large_page_is_shown_in_time(browser: Browser, tmp_path: Path) -> None:
    """Five thousand findings are all there."""
    with shown(report("large"), browser, tmp_path) as told:
        assert told.count(".entries > li") == 5000
        assert told.said == []
