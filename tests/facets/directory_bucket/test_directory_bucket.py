"""The lifecycle of a directory bucket, as plans say it."""

import pytest

from bucketwright.contract.lifecycle.rules import Expiration
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.directory_bucket.lifecycle import FRESH, KIND, from_plan
from bucketwright.facets.tokens import DIRECTORY_BUCKET
from bucketwright.posture import UNSET, Undetermined
from tests.facets.wiring import LATER, made, whole

NAMED = made(DIRECTORY_BUCKET, {"bucket": "shop--usw2-az1--x-s3"})
WEEK = {"id": "week", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 7.0}}


def test_a_plan_says_the_rules() -> None:
    """As it does of any other bucket."""
    said = from_plan(whole(NAMED, made(KIND, {"rules": [WEEK]})))

    assert isinstance(said, Lifecycle)
    assert [(one.id, one.expiration) for one in said.rules] == [("week", Expiration(7))]


def test_without_the_resource_nothing_is_said() -> None:
    """A new one keeps everything."""
    assert from_plan(whole(NAMED)) is UNSET
    assert Lifecycle() == FRESH


def test_rules_nobody_knows_are_not_guessed() -> None:
    """Neither there nor absent."""
    with pytest.raises(Undetermined, match="after deployment"):
        from_plan(whole(NAMED, made(KIND, {"rules": LATER})))
