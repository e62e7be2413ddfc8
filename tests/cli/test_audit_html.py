"""`bucketwright audit --format html`: a page on disk, with the runs before it."""

from pathlib import Path

from tests.cli.auditing import Audits
from tests.sandbox.drifts.drifting import drifted


def test_a_page_is_written_beside_what_is_shown(audit: Audits, tmp_path: Path) -> None:
    """With the drift, the run before, and how many were open after each."""
    path = tmp_path / "report.html"
    audit.stack(BUCKETWRIGHT_TODAY="2027-01-01")
    with drifted("versioning-suspended", audit.live):
        words = ("--format", "html", "--out", str(path), "--profile", "fsbp")
        result = audit.stack(*words, BUCKETWRIGHT_TODAY="2027-01-02")
    page = path.read_text("utf-8")

    assert result.exit_code == 1
    assert "config-drift" in result.stdout
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert "<dt>Declared</dt><dd>versioning Enabled</dd>" in page
    assert "<dt>Profile</dt><dd>fsbp</dd>" in page
    assert page.count("<caption>") == 2
    assert 'aria-label="Open findings after each run, drawn"' in page


def test_a_page_goes_to_stdout_too(audit: Audits) -> None:
    """Where no file is named."""
    result = audit.stack("--format", "html", "--no-keep")

    assert result.stdout.startswith("<!doctype html>")
    assert "<title>small/prod: " in result.stdout
    assert 'id="trend"' not in result.stdout
