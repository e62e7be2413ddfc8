"""An audit in Markdown: the verdict first, a row for each finding, nothing of it markup."""

import re
from dataclasses import replace

from hypothesis import given, settings

from bucketwright.audited import Audit
from bucketwright.reports.audit_markdown import page
from tests.reports.audits import AUDIT, audits


def test_the_page_says_what_matters() -> None:
    """Verdict, a row for each finding with its line, and what is not decided."""
    text = list(page(AUDIT))

    assert text[0] == "# shop/prod"
    assert text[2].startswith("4 findings (1 high, 2 medium, 1 low), 1 not decided")
    assert [one.split(" | ")[1] for one in text if one.startswith(("| high", "| medium"))] == [
        "config-drift",
        "versioning-enabled",
        "config-drift",
    ]
    assert any("contract.yaml:12" in one for one in text)
    assert any("breaks acl-public-read" in one for one in text)
    assert "## Not decided (1)" in text


def test_what_is_written_in_capitals_stays_so() -> None:
    """The verdict begins with a capital, and the zone of its time keeps its letters."""
    assert list(page(AUDIT))[2].endswith("since 2026-11-18 12:00 UTC.")
    assert list(page(replace(AUDIT, parts=(), since=None)))[2] == "No findings."


@given(audits())
@settings(max_examples=100, deadline=None)
def test_every_row_has_its_cells(audit: Audit) -> None:
    """A bar or a line break in a name opens no further cell or row."""
    for line in page(audit):
        assert line.isprintable() or line == ""
        if line.startswith("| "):
            assert len(re.findall(r"(?<!\\)\|", line)) == 6
