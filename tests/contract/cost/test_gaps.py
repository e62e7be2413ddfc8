"""What an estimate says that it could not count."""

import pytest

from bucketwright.contract.model import Environment
from tests.contract.cost.pricing_cases import bucket, environment, files, prefix, priced, usage


def said(subject: Environment) -> list[str]:
    """Each gap as place and reason."""
    return [
        f"{gap.bucket}/{gap.prefix}: {gap.reason}" if gap.prefix else f"{gap.bucket}: {gap.reason}"
        for gap in priced(subject).gaps
    ]


def test_where_everything_is_stated_nothing_is_missing() -> None:
    """A total without gaps is not a least."""
    found = priced(files(usage(stored="1 GiB"), delivery="presigned"))

    assert not found.at_least
    assert found.gaps == ()


def test_a_prefix_without_usage_is_named() -> None:
    """It is not in the sum as if it cost nothing."""
    found = priced(environment({"files": bucket(of={"path": "{env}/files/"})}))

    assert found.at_least
    assert found.unpriced == ()
    assert said(found.environment) == ["files/docs: no usage is stated"]


@pytest.mark.parametrize(
    ("traffic", "fields", "missing"),
    [
        pytest.param({}, {}, "stored, added, reads, lists", id="for ever, nothing stated"),
        pytest.param({"stored": "1 GiB"}, {}, "added, reads, lists", id="for ever, no growth stated"),
        pytest.param({"added": "1 GiB"}, {"expire": "7 days"}, "reads, lists", id="expiring, growth stated"),
        pytest.param({"stored": "1 GiB"}, {"expire": "7 days"}, "reads, lists", id="expiring, stock stated"),
        pytest.param({}, {"expire": "7 days"}, "added, reads, lists", id="expiring, neither"),
        pytest.param(
            {"stored": "1 GiB", "added": "0 B", "reads": 0, "lists": 0},
            {"delivery": "presigned"},
            "downloads",
            id="delivered, no downloads stated",
        ),
    ],
)
def test_figures_that_are_not_stated_are_named(
    traffic: dict[str, object], fields: dict[str, object], missing: str
) -> None:
    """Every figure without which something counts as none, and no other."""
    found = said(files({"average_object": "1 MB", **traffic}, **fields))

    assert found == [f"files/docs: {missing} not stated, counted as none"]


@pytest.mark.parametrize("via", ["none", "cloudfront", "compatible"])
def test_downloads_are_not_missed_where_none_leave_through_s3(via: str) -> None:
    """Roles alone, or somebody else's bill: no downloads need to be stated."""
    traffic = usage(stored="1 GiB")
    del traffic["downloads"]

    assert not any("downloads" in reason for reason in said(files(traffic, delivery=via)))


def test_downloads_are_not_missed_where_the_requester_pays() -> None:
    """What the caller pays for is no gap in this bill."""
    traffic = usage(stored="1 GiB")
    del traffic["downloads"]
    subject = bucket(of=prefix(traffic, delivery="presigned"), requester_pays=True)

    assert said(environment({"files": subject})) == []


def test_objects_without_a_size_cannot_be_counted() -> None:
    """An average of nothing gives no number of objects, and no crash."""
    assert said(files(usage(average_object="0 B", added="1 GiB"))) == [
        "files/docs: the average object has no size, so objects cannot be counted"
    ]


@pytest.mark.parametrize(
    ("purpose", "reason"),
    [
        ("data", "has no prefix, so no usage is stated"),
        ("access-logs", "how many logs are delivered is in no contract"),
        ("reports", "how large the reports are is in no contract"),
    ],
)
def test_a_bucket_without_prefixes_is_named(purpose: str, reason: str) -> None:
    """What is put there by others is not counted, and that is said."""
    assert said(environment({"files": {"purpose": purpose}})) == [f"files: {reason}"]


def test_where_copies_are_counted_there_is_no_gap() -> None:
    """The target's own prefix needs no usage, and a bare target no prefix."""
    source = bucket(of=prefix(usage(stored="1 GiB")), replication={"to": "copies"})

    bare = environment({"files": source, "copies": {}})
    same = environment({"files": source, "copies": bucket(of={"path": "{env}/files/"})})
    other = environment({"files": source, "copies": bucket(of={"path": "{env}/other/"})})

    assert said(bare) == []
    assert said(same) == []
    assert said(other) == ["copies/docs: no usage is stated"]
