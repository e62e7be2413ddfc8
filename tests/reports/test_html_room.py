"""How much room findings take on the page is known before the page is made."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.audited import Audit
from bucketwright.reports.html.charts import Pictures
from bucketwright.reports.html.found import resources
from bucketwright.reports.html.page import rendered
from bucketwright.reports.html.room import fitting
from bucketwright.reports.html.view import view
from tests.reports.audits import audits
from tests.reports.html_audits import WITH_RUNS, hostile, large
from tests.reports.test_html_page import LAYOUT

LINK = 60
"""Bytes that an anchor adds."""


def size(audit: Audit, room: int) -> int:
    """Bytes of a page whose findings have so much room."""
    told = replace(view(audit, "1", passing=False).within(room), changed=None)
    return len(rendered(LAYOUT, Pictures(), told).encode())


@given(audits(), st.integers(0, 20_000))
@settings(max_examples=40, deadline=None)
def test_findings_take_no_more_room_than_they_get(audit: Audit, room: int) -> None:
    """Whatever their texts."""
    assert size(audit, room) - size(audit, 0) <= room + LINK * len(audit.findings)


@pytest.mark.parametrize(
    "audit",
    [
        pytest.param(WITH_RUNS, id="plain"),
        pytest.param(hostile(), id="hostile"),
        pytest.param(large(600, 30, "<é>" * 20), id="large"),
    ],
)
@pytest.mark.parametrize("room", [3_000, 30_000, 100_000])
def test_the_room_is_used_and_kept(audit: Audit, room: int) -> None:
    """No more than was given, and most of it where there is enough to say."""
    grown = size(audit, room) - size(audit, 0)

    assert grown <= room + LINK * len(audit.findings)
    if sum(one.left_out for one in fitting(resources(audit), room)):
        assert grown > room * 0.4


def test_the_gravest_come_first() -> None:
    """Whatever their resource."""
    shown = fitting(resources(large(400, 40)), 20_000)
    severities = {group.severity for one in shown for group in one.groups}

    assert severities == {"critical"}
    assert sum(one.left_out for one in shown) == 400 - sum(
        len(group.entries) for one in shown for group in one.groups
    )


def test_nothing_is_left_out_where_there_is_room() -> None:
    """The resources are the same."""
    found = resources(large(400, 40))

    assert fitting(found, 10**6) == found
