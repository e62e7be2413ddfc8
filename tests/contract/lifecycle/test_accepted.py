"""Does `refusals` accept every configuration that S3 accepts?"""

from datetime import date

import pytest

from bucketwright.contract.lifecycle.validity import refusals
from tests.contract.lifecycle.refusing import EXPIRES, Written, expiring, legacy, moves, noncurrent, rule

ACCEPTED: Written = {
    "days": [expiring()],
    "the wrapper of the API": {"Rules": [expiring()]},
    "a disabled rule": [expiring(Status="Disabled")],
    "an empty filter": [expiring(Filter={})],
    "an empty prefix": [expiring(Filter={"Prefix": ""})],
    "a rule-level prefix": [legacy("", Expiration={"Days": 1})],
    "a tag": [expiring(Filter={"Tag": {"Key": "k", "Value": "v"}})],
    "a tag without a value": [expiring(Filter={"Tag": {"Key": "k"}})],
    "one size": [expiring(Filter={"ObjectSizeGreaterThan": 0})],
    "the smallest upper size": [expiring(Filter={"ObjectSizeLessThan": 1})],
    "the largest lower size": [expiring(Filter={"ObjectSizeGreaterThan": 1099511627776000})],
    "the largest upper size": [expiring(Filter={"ObjectSizeLessThan": 1099511627776000})],
    "two tags in And": [
        expiring(Filter={"And": {"Tags": [{"Key": "a", "Value": "v"}, {"Key": "b", "Value": "v"}]}}),
    ],
    "an empty prefix and a size in And": [expiring(Filter={"And": {"Prefix": "", "ObjectSizeLessThan": 9}})],
    "a size range": [
        expiring(Filter={"And": {"ObjectSizeGreaterThan": 500, "ObjectSizeLessThan": 501}}),
    ],
    "a prefix of 1024 bytes": [expiring(Filter={"Prefix": "é" * 512})],
    "a tag key of 128 and a value of 256": [
        expiring(Filter={"Tag": {"Key": "k" * 128, "Value": "v" * 256}}),
    ],
    "an id of 255": [expiring(ID="i" * 255)],
    "two empty ids": [expiring(ID=""), expiring(ID="")],
    "a thousand rules": [expiring(ID=str(number)) for number in range(1000)],
    "one day": [rule(Expiration={"Days": 1})],
    "the most days an integer holds": [rule(Expiration={"Days": 2**31 - 1})],
    "days as an integral float": [rule(Expiration={"Days": 3.0})],
    "a date at midnight": [rule(Expiration={"Date": "2030-01-01T00:00:00Z"})],
    "a date alone": [rule(Expiration={"Date": date(2030, 1, 1)})],
    "midnight GMT said from elsewhere": [rule(Expiration={"Date": "2030-01-01T02:00:00+02:00"})],
    "marker clean-up": [rule(Expiration={"ExpiredObjectDeleteMarker": True})],
    "marker clean-up off": [rule(Expiration={"ExpiredObjectDeleteMarker": False})],
    "marker clean-up with a transition": [
        moves((0, "GLACIER"), Expiration={"ExpiredObjectDeleteMarker": True}),
    ],
    "abort": [rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 1})],
    "abort beside an expiry": [expiring(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7})],
    "noncurrent expiry": [rule(NoncurrentVersionExpiration={"NoncurrentDays": 1})],
    "noncurrent expiry of tagged objects": [
        rule(
            Filter={"Tag": {"Key": "k", "Value": "v"}},
            NoncurrentVersionExpiration={"NoncurrentDays": 1},
        ),
    ],
    "one newer version": [
        rule(NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 1}),
    ],
    "a hundred newer versions": [
        rule(NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 100}),
    ],
    "newer versions in a transition": [
        rule(
            NoncurrentVersionTransitions=[
                {"NoncurrentDays": 0, "NewerNoncurrentVersions": 100, "StorageClass": "GLACIER"},
            ],
        ),
    ],
    "a transition at once": [moves((0, "GLACIER_IR"))],
    "the archive at once": [moves((0, "DEEP_ARCHIVE"))],
    "tiering at once": [moves((0, "INTELLIGENT_TIERING"))],
    "infrequent access at 30 days": [moves((30, "STANDARD_IA"))],
    "one zone at 30 days": [moves((30, "ONEZONE_IA"))],
    "infrequent access by date": [moves(("2030-01-01", "STANDARD_IA"))],
    "the older spelling of a transition": [rule(Transition={"Days": 30, "StorageClass": "STANDARD_IA"})],
    "the older spelling of a noncurrent transition": [
        rule(NoncurrentVersionTransition={"NoncurrentDays": 30, "StorageClass": "STANDARD_IA"}),
    ],
    "the older spelling as a list": [
        rule(
            Transition=[{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 60, "StorageClass": "GLACIER"}],
        ),
    ],
    "30 days from infrequent access on": [moves((30, "STANDARD_IA"), (60, "GLACIER"))],
    "30 days from one zone on": [moves((30, "ONEZONE_IA"), (60, "DEEP_ARCHIVE"))],
    "30 days from infrequent access to tiering": [moves((30, "STANDARD_IA"), (60, "INTELLIGENT_TIERING"))],
    "a day from tiering on": [moves((1, "INTELLIGENT_TIERING"), (2, "GLACIER_IR"))],
    "90 days from instant retrieval on": [moves((0, "GLACIER_IR"), (90, "GLACIER"))],
    "90 days from flexible retrieval on": [moves((30, "GLACIER"), (120, "DEEP_ARCHIVE"))],
    "90 days between dates": [moves(("2030-01-01", "GLACIER"), ("2030-04-01", "DEEP_ARCHIVE"))],
    "transitions in any order": [moves((90, "GLACIER"), (30, "STANDARD_IA"), Expiration={"Days": 91})],
    "the whole waterfall": [
        moves(
            (30, "STANDARD_IA"),
            (60, "INTELLIGENT_TIERING"),
            (61, "GLACIER_IR"),
            (151, "GLACIER"),
            (241, "DEEP_ARCHIVE"),
            Expiration={"Days": 242},
        ),
    ],
    "tiering before one zone": [moves((0, "INTELLIGENT_TIERING"), (30, "ONEZONE_IA"))],
    "expiry a day after the transition": [moves((30, "GLACIER"), Expiration={"Days": 31})],
    "expiry by date a day after": [
        moves(("2030-01-01", "GLACIER"), Expiration={"Date": "2030-01-02"}),
    ],
    "noncurrent expiry a day after": [
        noncurrent((30, "STANDARD_IA"), NoncurrentVersionExpiration={"NoncurrentDays": 31}),
    ],
    "noncurrent transition at once": [noncurrent((0, "GLACIER"))],
    "current and noncurrent to one class": [
        moves(
            (30, "GLACIER"),
            NoncurrentVersionTransitions=[{"NoncurrentDays": 1, "StorageClass": "GLACIER"}],
            NoncurrentVersionExpiration={"NoncurrentDays": 2},
        ),
    ],
    "current expiry before a noncurrent transition": [
        noncurrent((60, "GLACIER"), Expiration={"Days": 1}),
    ],
    "filters that overlap": [expiring(Filter={"Prefix": ""}), expiring()],
    "rule-level prefixes apart": [
        legacy("a/", **EXPIRES),
        legacy("b/", **EXPIRES),
        legacy("b", Transition={"Days": 1, "StorageClass": "GLACIER"}),
    ],
    "rule-level prefixes that overlap for different actions": [
        legacy("", Expiration={"Days": 1}),
        legacy("a", AbortIncompleteMultipartUpload={"DaysAfterInitiation": 1}),
        legacy("ab", NoncurrentVersionExpiration={"NoncurrentDays": 1}),
        legacy("abc", Transition={"Days": 1, "StorageClass": "GLACIER"}),
        legacy("abcd", NoncurrentVersionTransition={"NoncurrentDays": 1, "StorageClass": "GLACIER"}),
    ],
    "the answer of the API, as an SDK gives it": {
        "ResponseMetadata": {"HTTPStatusCode": 200},
        "TransitionDefaultMinimumObjectSize": "varies_by_storage_class",
        "Rules": [expiring()],
    },
    "null where nobody knows the field": [expiring(Colour=None, Filter={"Prefix": "a", "Colour": None})],
    "null where a field may be absent": [
        expiring(ID=None, Prefix=None, Transitions=None, Transition=None, NoncurrentVersionExpiration=None),
    ],
}


@pytest.mark.parametrize("raw", ACCEPTED.values(), ids=ACCEPTED)
def test_accepts_what_s3_accepts(raw: object) -> None:
    """A configuration that S3 takes has no refusals."""
    assert refusals(raw) == ()
