"""What can be wished of audits, and what is said of what cannot."""

import re
from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.looking.wish import LONGEST_WATCH, ScheduleWish, WishError, audit_wish

IMAGE: Final = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/tools/bucketwright@sha256:" + "a" * 64
TASK: Final = {
    "at": "rate(1 hour)",
    "image": IMAGE,
    "subnets": "subnet-0123456789abcdef0",
    "security_groups": ["sg-0123456789abcdef0"],
}
FUNCTION: Final = {"at": "rate(1 hour)", "image": IMAGE, "run_on": "lambda"}


@pytest.mark.parametrize(
    "written",
    [
        pytest.param({"principal": "arn:aws:iam::210987654321:role/sso/security"}, id="a role alone"),
        pytest.param({"schedule": TASK}, id="a task alone"),
        pytest.param({"schedule": FUNCTION, "principal": "arn:aws:iam::210987654321:user/eve"}, id="both"),
        pytest.param(
            {"schedule": {**TASK, "at": "cron(0 6 ? * MON-FRI *)", "overdue_hours": 80}}, id="by the calendar"
        ),
    ],
)
def test_what_makes_sense_is_taken(written: Mapping[str, object]) -> None:
    """One entry of a list need not be a list."""
    assert audit_wish(written, "audit").model_dump(exclude_unset=True).keys() == written.keys()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param({}, "audit.principal or schedule is needed", id="nothing"),
        pytest.param([], "audit", id="a list"),
        pytest.param("hourly", "audit", id="a word"),
        pytest.param({"principle": "x"}, "did you mean 'principal'", id="a misspelt key"),
        pytest.param({"principal": "*"}, "not the ARN of one role or user", id="everybody"),
        pytest.param(
            {"principal": "arn:aws:iam::210987654321:root"}, "not the ARN of one", id="a whole account"
        ),
        pytest.param({"principal": "arn:aws:iam::210987654321:role/*"}, "not the ARN of one", id="a pattern"),
        pytest.param({"schedule": {**TASK, "at": "hourly"}}, "audit.schedule.at: ", id="no expression"),
        pytest.param({"schedule": {**TASK, "at": "rate(0 hours)"}}, "audit.schedule.at: ", id="never"),
        pytest.param(
            {"schedule": {**TASK, "image": IMAGE.partition("@")[0] + ":latest"}}, "by its digest", id="a tag"
        ),
        pytest.param({"schedule": {**TASK, "subnets": []}}, "needs subnets", id="a task nowhere"),
        pytest.param(
            {"schedule": {**FUNCTION, "subnets": ["subnet-01234567"]}},
            "in no subnet",
            id="a function somewhere",
        ),
        pytest.param(
            {"schedule": {**TASK, "at": "cron(0 6 * * ? *)"}},
            "overdue_hours is needed",
            id="when is it missed",
        ),
        pytest.param({"schedule": {**TASK, "overdue_hours": 0}}, "1 to 168 hours", id="missed at once"),
        pytest.param({"schedule": {**TASK, "at": "rate(30 days)"}}, "1441 hours", id="too seldom"),
        pytest.param({"schedule": {**TASK, "keep_logs": 8}}, "audit.schedule.keep_logs", id="odd retention"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_place(written: object, said: str) -> None:
    """In the words of the contract's own errors."""
    with pytest.raises(WishError, match=re.escape(said)):
        audit_wish(written, "audit")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """A line for each."""
    with pytest.raises(WishError) as error:
        audit_wish({"principal": "me", "path": "no", "objects": "some"}, "audit")

    assert {line.partition(":")[0] for line in str(error.value).splitlines()} == {
        "audit.principal",
        "audit.path",
        "audit.objects",
    }


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_any_nonsense_is_told(written: object) -> None:
    """No other error ever comes out."""
    with pytest.raises(WishError):
        audit_wish(written, "audit")


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        ("rate(5 minutes)", 2),
        ("rate(30 minutes)", 2),
        ("rate(45 minutes)", 3),
        ("rate(1 hour)", 3),
        ("rate(2 days)", 97),
    ],
)
def test_two_runs_may_be_missed_and_an_hour_more(at: str, hours: int) -> None:
    """The alarm sounds for a second run that did not come, not for one that takes its time."""
    assert ScheduleWish(at=at, image=IMAGE).overdue == hours
    assert hours <= LONGEST_WATCH
