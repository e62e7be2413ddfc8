"""The report as JSON: what a script finds of what changes."""

import json
from dataclasses import replace
from typing import Final

from bucketwright.changes.resources import ResourceChange
from bucketwright.changes.retention import RetentionChange
from bucketwright.plan import UNKNOWN_INPUT, Resource
from bucketwright.reports.json_report import as_json
from tests.reports.reviews import CHANGES, REVIEW

WAS: Final = Resource("urn:b", "aws:s3/bucket:Bucket", "files", {"bucket": "old", "tags": {"a": "b"}})
WILL: Final = replace(WAS, inputs={"bucket": "new", "tags": {"a": {"x": UNKNOWN_INPUT}}})


def test_a_resource_holds_its_values_before_and_after() -> None:
    """What nobody knows yet is null, and said to be unknown."""
    altered = ResourceChange("update", WILL, ("bucket", "tags"), WAS)
    told = json.loads(json.dumps(as_json(replace(REVIEW, changes=replace(CHANGES, resources=(altered,))))))

    [resource] = told["changes"]["resources"]
    assert resource["properties"] == ["bucket", "tags"]
    assert resource["values"] == [
        {"path": "bucket", "before": "old", "after": "new", "known": True},
        {"path": "tags.a", "before": "b", "after": {"x": None}, "known": False},
    ]
    [loss] = told["changes"]["losses"]
    assert loss.startswith("another bucket, 'new', takes the place of 'old', which is deleted;")


def test_a_bucket_that_goes_says_what_becomes_of_its_objects() -> None:
    """In one word; of a bucket that stays, null."""
    gone = RetentionChange("bucket:files", "", "delete", None, 0, leaving="deleted")
    told = as_json(replace(REVIEW, changes=replace(CHANGES, retention=(gone, *CHANGES.retention))))

    rows = json.loads(json.dumps(told))["changes"]["retention"]
    assert [(one["leaving"], one["earlier"]) for one in rows] == [("deleted", True), (None, True)]
