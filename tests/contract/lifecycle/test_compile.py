"""Which rules does a bucket's retention become, and is each as S3 wants it?"""

from collections.abc import Mapping

import pytest

from bucketwright.contract.lifecycle.compile import TooManyRules, minimum_size, object_tags, prefix_of_rule
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import StoredObject, fate
from bucketwright.contract.lifecycle.validity import refusals
from tests.contract.access.environments import environment
from tests.contract.lifecycle.compiling import ABORT, EXPIRING, MADE, action_of, after, by_id, rules_of

MARKERS = {
    "ID": "bucket.expired-delete-markers",
    "Status": "Enabled",
    "Filter": {},
    "Expiration": {"ExpiredObjectDeleteMarker": True},
}


@pytest.mark.requirement("CS-10")
def test_case_files() -> None:
    """CS-10: exports share `cases/` with documents, so a tag finds them; tmp and staging are alone."""
    prefixes = {
        "documents": {"path": "{env}/cases/{case_id:int}/documents/", "keep": "forever"},
        "exports": {
            "path": "{env}/cases/{case_id:int}/exports/",
            "archive": {"after": "90 days", "to": "glacier"},
        },
        "batch": {"path": "{env}/tmp/{case_id:int}/{batch_id}/", "expire": "7 days"},
        "staging": {"path": "{env}/staging/", "expire": "3 days"},
    }
    tag = {"Key": "bucketwright:prefix", "Value": "exports"}

    assert rules_of({"prefixes": prefixes}) == [
        {
            "ID": "exports",
            "Status": "Enabled",
            "Filter": {"And": {"Prefix": "prod/cases/", "Tags": [tag]}},
            "Transitions": [{"Days": 90, "StorageClass": "GLACIER"}],
        },
        {"ID": "batch", "Status": "Enabled", "Filter": {"Prefix": "prod/tmp/"}, "Expiration": {"Days": 7}},
        {
            "ID": "staging",
            "Status": "Enabled",
            "Filter": {"Prefix": "prod/staging/"},
            "Expiration": {"Days": 3},
        },
        ABORT,
    ]


@pytest.mark.requirement("FP-12")
def test_file_storage() -> None:
    """FP-12: uploads to IA at 30 days and Glacier at 90, tmp gone after 1, unfinished uploads after 7."""
    archive = [{"after": "30 days", "to": "standard-ia"}, {"after": "90 days", "to": "glacier"}]
    prefixes = {
        "uploads": {"path": "uploads/", "archive": archive},
        "tmp": {"path": "tmp/", "expire": "1 day"},
    }

    assert rules_of({"prefixes": prefixes}) == [
        {
            "ID": "uploads",
            "Status": "Enabled",
            "Filter": {"Prefix": "uploads/"},
            "Transitions": [
                {"Days": 30, "StorageClass": "STANDARD_IA"},
                {"Days": 90, "StorageClass": "GLACIER"},
            ],
        },
        {"ID": "tmp", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 1}},
        ABORT,
    ]


@pytest.mark.parametrize(
    ("ttl", "expected"),
    [
        pytest.param("24 hours", 1, id="a day"),
        pytest.param("25 hours", 2, id="an hour more"),
        pytest.param("90 minutes", 1, id="less than a day"),
    ],
)
@pytest.mark.requirement("TU-1")
def test_upload_sessions(ttl: str, expected: int) -> None:
    """TU-1: what a session leaves goes after its days, rounded up; a prefix may say another age."""
    prefixes = {
        "incoming": {"path": "in/{session_id}/"},
        "results": {"path": "out/{session_id}/", "expire": "5 days"},
    }
    incoming, results, abort = rules_of({"prefixes": prefixes, "temp": {"session_ttl": ttl}})

    assert (incoming["Filter"], incoming["Expiration"]) == ({"Prefix": "in/"}, {"Days": expected})
    assert (results["Filter"], results["Expiration"]) == ({"Prefix": "out/"}, {"Days": 5})
    assert abort == ABORT


@pytest.mark.parametrize(
    ("floor", "greater_than"),
    [
        pytest.param("1 MiB", 2**20 - 1, id="a mebibyte"),
        pytest.param("1 B", 0, id="a byte"),
        pytest.param("0 B", 0, id="nothing: S3 has no lower bound"),
    ],
)
def test_a_size_for_moves_stands_in_a_rule_of_its_own(floor: str, greater_than: int) -> None:
    """Only the moves ask for it; what is deleted is deleted whatever its size."""
    prefix = {
        "path": "a/",
        "archive": {"after": "30 days", "to": "glacier"},
        "archive_above": floor,
        "expire": "400 days",
        "noncurrent": {"archive": {"after": "1 day", "to": "glacier"}, "expire": "99 days", "keep_newest": 2},
    }
    rules = by_id({"own": prefix}, versioning="enabled")

    assert rules["own.archive"]["Filter"] == {"And": {"Prefix": "a/", "ObjectSizeGreaterThan": greater_than}}
    assert action_of(rules["own.archive"]) == {
        "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}],
        "NoncurrentVersionTransitions": [{"NoncurrentDays": 1, "StorageClass": "GLACIER"}],
    }
    assert rules["own"]["Filter"] == {"Prefix": "a/"}
    assert action_of(rules["own"]) == {
        "Expiration": {"Days": 400},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 99, "NewerNoncurrentVersions": 2},
    }


def test_a_size_for_moves_may_be_all_there_is() -> None:
    """Without a deletion there is no second rule; without moves the size asks nothing."""
    archive = {"archive": {"after": "30 days", "to": "glacier"}}
    moving = by_id({"own": {"path": "a/", **archive, "archive_above": "1 MB"}})
    deleting = by_id({"own": {"path": "a/", **EXPIRING, "archive_above": "1 MB"}})

    assert list(moving) == ["own.archive", ABORT["ID"]]
    assert list(deleting) == ["own", ABORT["ID"]]
    assert deleting["own"]["Filter"] == {"Prefix": "a/"}


def test_the_id_of_a_rule_says_for_which_prefix_it_is() -> None:
    """Of both rules of one prefix, also where it is called as rules of whole buckets begin."""
    both = {"archive": {"after": "30 days", "to": "glacier"}, "archive_above": "1 MB", **EXPIRING}
    rules = by_id({"own": {"path": "a/", **both}, "bucket": {"path": "b/", **EXPIRING}})

    assert {rule: prefix_of_rule(rule) for rule in rules} == {
        "own.archive": "own",
        "own": "own",
        "bucket": "bucket",
        ABORT["ID"]: "",
    }


@pytest.mark.parametrize(
    ("noncurrent", "action"),
    [
        pytest.param(
            {"expire": "30 days"},
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 30}},
            id="deleted at an age",
        ),
        pytest.param(
            {"expire": "30 days", "keep_newest": 3},
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 30, "NewerNoncurrentVersions": 3}},
            id="but for the newest",
        ),
        pytest.param(
            {"archive": {"after": "1 day", "to": "deep-archive"}, "keep_newest": 3},
            {"NoncurrentVersionTransitions": [{"NoncurrentDays": 1, "StorageClass": "DEEP_ARCHIVE"}]},
            id="moved, and never deleted",
        ),
    ],
)
def test_old_versions(noncurrent: Mapping[str, object], action: Mapping[str, object]) -> None:
    """What is not said to be deleted is kept."""
    rules = by_id({"own": {"path": "a/", "noncurrent": noncurrent}}, versioning="enabled")

    assert action_of(rules["own"]) == action


@pytest.mark.parametrize(
    ("prefix", "versioning", "cleaned"),
    [
        pytest.param(EXPIRING, "enabled", True, id="expiry leaves markers"),
        pytest.param(EXPIRING, "suspended", True, id="so it does where versions were"),
        pytest.param(EXPIRING, "disabled", False, id="but not without versions"),
        pytest.param(
            {"noncurrent": {"expire": "1 day"}}, "enabled", True, id="old versions go and leave markers"
        ),
        pytest.param(
            {"archive": {"after": "1 day", "to": "glacier"}}, "enabled", False, id="moves leave none"
        ),
        pytest.param({"keep": "forever"}, "enabled", False, id="nothing is deleted"),
    ],
)
def test_markers_are_cleaned_up(prefix: Mapping[str, object], versioning: str, cleaned: bool) -> None:
    """Where rules delete versions, the marker that is left alone goes too, in the whole bucket."""
    rules = by_id({"own": {"path": "a/", **prefix}}, versioning=versioning)

    assert rules.get("bucket.expired-delete-markers") == (MARKERS if cleaned else None)


def test_a_marker_left_alone_goes_at_once() -> None:
    """Also one whose object was found by a tag, which a marker does not carry."""
    prefixes = {"own": {"path": "a/{x}/b/", **EXPIRING}, "other": {"path": "a/{x}/c/"}}
    marker = StoredObject(key="a/1/b/x", created=MADE, delete_marker=True, version_id="m")

    events = fate(parse_rules(rules_of({"prefixes": prefixes, "versioning": "enabled"})), "Enabled", marker)

    assert [event.event for event in events] == ["remove_expired_marker"]


@pytest.mark.requirement("FP-7")
def test_unfinished_uploads_are_aborted_everywhere() -> None:
    """After the bucket's days, in a rule without tags and sizes, even where nothing else is said."""
    upload = StoredObject(key="anything", created=MADE, multipart_upload=True)
    rules = rules_of({"abort_uploads": "3 days"})

    assert [(event.at, event.event) for event in fate(parse_rules(rules), "Disabled", upload)] == [
        (after(MADE, 3), "abort")
    ]


def test_no_lifecycle_under_mfa_delete() -> None:
    """S3 supports none there, so nothing is compiled and nothing is tagged."""
    prefixes = {"own": {"path": "a/{x}/b/", **EXPIRING}, "other": {"path": "a/{x}/c/"}}
    bucket = {"prefixes": prefixes, "versioning": "enabled", "mfa_delete": True}

    assert rules_of(bucket) == []
    assert object_tags(environment(buckets={"files": bucket}), "files", "own") == {}


def test_no_two_rules_have_one_id() -> None:
    """Whatever the prefixes are called."""
    moving = {"archive": {"after": "1 day", "to": "glacier"}, "archive_above": "1 MB", "expire": "400 days"}
    ids = ["a", "a-archive", "abort-uploads", "expired-delete-markers", "bucket"]
    rules = rules_of(
        {"prefixes": {one: {"path": f"{one}/", **moving} for one in ids}, "versioning": "enabled"}
    )

    assert len({rule["ID"] for rule in rules}) == len(rules) == 12
    assert refusals(rules) == ()


def test_a_thousand_rules_are_the_most() -> None:
    """S3 takes 1,000; one more is refused here, with the bucket, the number and what to do."""
    prefixes = {f"p{n}": {"path": f"p{n}/", **EXPIRING} for n in range(999)}

    assert len(rules_of({"prefixes": prefixes})) == 1_000
    with pytest.raises(TooManyRules) as refused:
        rules_of({"prefixes": prefixes, "versioning": "enabled"})
    assert str(refused.value) == (
        "buckets.files would need 1,001 lifecycle rules, and S3 takes 1,000: give fewer of its prefixes a "
        "retention of their own, or make two buckets of it"
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param({}, "all_storage_classes_128K", id="by default"),
        pytest.param({"minimum_transition_size": "by-class"}, "varies_by_storage_class", id="by class"),
    ],
)
def test_the_smallest_object_that_moves(word: Mapping[str, object], expected: str) -> None:
    """S3's word for the bucket's setting."""
    assert minimum_size(environment(buckets={"files": word}).buckets["files"]) == expected
