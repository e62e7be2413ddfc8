"""A rule that a fix adds to a lifecycle has an id of its own, so that it is read back as it was set."""

from bucketwright.contract.lifecycle.rules import Abort
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.rules.added_lifecycle_rules import ending_uploads, removing_markers


def test_each_rule_that_is_added_has_an_id() -> None:
    """S3 gives one to a rule that has none, and then something else is there than was set."""
    assert [one.id for one in ending_uploads(FRESH, 7).rules] == ["bucketwright.abort-uploads"]
    assert [one.id for one in removing_markers(FRESH).rules] == ["bucketwright.remove-markers"]


def test_an_id_that_is_taken_is_left_to_its_rule() -> None:
    """S3 refuses two rules of one id; what is there stays as it is."""
    once = ending_uploads(FRESH, 30)
    twice = ending_uploads(once, 14)
    thrice = ending_uploads(twice, 7)

    assert {one.id: one.abort for one in thrice.rules} == {
        "bucketwright.abort-uploads": Abort(30),
        "bucketwright.abort-uploads-2": Abort(14),
        "bucketwright.abort-uploads-3": Abort(7),
    }
