"""Is what a contract keeps everybody from reading told as just that, in every report for people?"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

import pytest

from bucketwright.audited import Audit
from bucketwright.left_out import LeftOut
from bucketwright.reports.audit_json import as_json
from bucketwright.reports.audit_markdown import page
from bucketwright.reports.audit_text import lines
from tests.reports.audits import NOW, part
from tests.reports.test_html_page import told as html_told

WAITING: Final = LeftOut("uploads", "waiting", "scanner", 5, ("object-bucket-key-off", "object-wrong-key"))
CLEAN: Final = Audit(NOW, (replace(part(), left_out=(WAITING,)),), "shop", "prod")
TOLD: Final = (
    "5 objects in the quarantine uploads/waiting: the contract lets nobody but scanner read there"
    " (object-bucket-key-off, object-wrong-key)"
)


def _text(several: Iterable[str]) -> str:
    return " ".join(" ".join(several).split())


REPORTS: Final[dict[str, Callable[[Audit], str]]] = {
    "text": lambda audit: _text(lines(audit)),
    "markdown": lambda audit: _text(page(audit)).replace("\\", ""),
    "html": lambda audit: html_told(audit).replace("\n", " "),
}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_it_is_told_with_how_much_and_whom_it_waits_for(report: Callable[[Audit], str]) -> None:
    """As one line under a title of its own; nothing of it counts as found or as not decided."""
    told = report(CLEAN)

    assert TOLD in told
    assert "left out by the contract" in told.lower()
    assert "not decided" not in told.lower()
    assert "left out" not in report(replace(CLEAN, parts=(part(),)))


def test_programs_read_it_beside_the_findings() -> None:
    """With the rules that would have to look."""
    told = json.loads(json.dumps(as_json(CLEAN)))

    assert told["left_out"] == [
        {
            "bucket": "uploads",
            "prefix": "waiting",
            "scanner": "scanner",
            "objects": 5,
            "rules": ["object-bucket-key-off", "object-wrong-key"],
        }
    ]
    assert (told["failing"], told["unknown"], told["findings"]) == (0, 0, [])
