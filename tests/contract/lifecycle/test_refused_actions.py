"""Does `refusals` refuse the actions S3 refuses, in the same words?"""

import pytest

from bucketwright.contract.lifecycle.validity import refusals
from tests.contract.lifecycle.refusing import (
    Written,
    argument,
    legacy,
    malformed,
    moves,
    noncurrent,
    request,
    rule,
)

CLASSES = "STANDARD_IA, INTELLIGENT_TIERING, ONEZONE_IA, GLACIER_IR, GLACIER, DEEP_ARCHIVE"
ONE_TIME = "a Transition holds exactly one of Days and Date (MalformedXML)"
ONE_FORM = "an Expiration holds exactly one of Days, Date and ExpiredObjectDeleteMarker (MalformedXML)"
MIDNIGHT = "'Date' must be at midnight GMT (InvalidArgument)"
TAGGED = {"Tag": {"Key": "k", "Value": "v"}}
SMALL = {"ObjectSizeLessThan": 9}
MARKERS = {"ExpiredObjectDeleteMarker": True}
ABORT = {"DaysAfterInitiation": 7}

REFUSED: dict[str, tuple[Written, tuple[str, ...]]] = {
    "no action": (rule(), (request("At least one action needs to be specified in a rule"),)),
    "no action but an empty list": (
        rule(Transitions=[]),
        (request("At least one action needs to be specified in a rule"),),
    ),
    "an empty expiration": (rule(Expiration={}), (ONE_FORM,)),
    "days and date": (rule(Expiration={"Days": 1, "Date": "2030-01-01"}), (ONE_FORM,)),
    "days and marker": (rule(Expiration={"Days": 1, **MARKERS}), (ONE_FORM,)),
    "date and marker": (
        rule(Expiration={"Date": "2030-01-01", "ExpiredObjectDeleteMarker": False}),
        (ONE_FORM,),
    ),
    "expiry at zero days": (
        rule(Expiration={"Days": 0}),
        (argument("'Days' for Expiration action must be a positive integer"),),
    ),
    "more days than an integer holds": (
        rule(Expiration={"Days": 2**31}),
        (malformed("'Days' for Expiration action must not exceed 2147483647"),),
    ),
    "an expiry date after midnight": (rule(Expiration={"Date": "2030-01-01T00:00:00.000001Z"}), (MIDNIGHT,)),
    "midnight elsewhere": (rule(Expiration={"Date": "2030-01-01T00:00:00+02:00"}), (MIDNIGHT,)),
    "a transition date before midnight": (moves(("2030-01-01T23:59:59Z", "GLACIER")), (MIDNIGHT,)),
    "marker clean-up by tag": (
        rule(Filter=TAGGED, Expiration=MARKERS),
        (request("ExpiredObjectDeleteMarker cannot be specified with Tags."),),
    ),
    "marker clean-up by size, even off": (
        rule(Filter=SMALL, Expiration={"ExpiredObjectDeleteMarker": False}),
        (request("ExpiredObjectDeleteMarker cannot be specified with Object Size."),),
    ),
    "abort by tag and size": (
        rule(
            Filter={"And": {"Tags": [{"Key": "k"}], "ObjectSizeGreaterThan": 9}},
            AbortIncompleteMultipartUpload=ABORT,
        ),
        (
            request("AbortIncompleteMultipartUpload cannot be specified with Tags."),
            request("AbortIncompleteMultipartUpload cannot be specified with Object Size."),
        ),
    ),
    "abort without days": (
        rule(AbortIncompleteMultipartUpload={}),
        (malformed("an AbortIncompleteMultipartUpload needs DaysAfterInitiation"),),
    ),
    "abort at zero days": (
        rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 0}),
        (
            argument(
                "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer"
            ),
        ),
    ),
    "abort after too many days": (
        rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 2**31}),
        (
            malformed(
                "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must not exceed 2147483647"
            ),
        ),
    ),
    "noncurrent expiry without days": (
        rule(NoncurrentVersionExpiration={"NewerNoncurrentVersions": 1}),
        (malformed("a NoncurrentVersionExpiration needs NoncurrentDays"),),
    ),
    "noncurrent expiry at zero days": (
        rule(NoncurrentVersionExpiration={"NoncurrentDays": 0}),
        (argument("'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer"),),
    ),
    "no newer versions": (
        rule(NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 0}),
        (
            argument(
                "'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must be a positive integer"
            ),
        ),
    ),
    "101 newer versions": (
        rule(NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 101}),
        (argument("'NewerNoncurrentVersions' for NoncurrentVersionExpiration action must not exceed 100"),),
    ),
    "101 newer versions in a transition": (
        rule(
            NoncurrentVersionTransitions=[
                {"NoncurrentDays": 1, "NewerNoncurrentVersions": 101, "StorageClass": "GLACIER"},
            ],
        ),
        (argument("'NewerNoncurrentVersions' for NoncurrentVersionTransition action must not exceed 100"),),
    ),
    "newer versions under a rule-level prefix": (
        legacy("", NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 1}),
        (request("NewerNoncurrentVersions element can only be used in Lifecycle V2."),),
    ),
    "a noncurrent transition without days": (
        rule(NoncurrentVersionTransitions=[{"StorageClass": "GLACIER"}]),
        (malformed("a NoncurrentVersionTransition needs NoncurrentDays"),),
    ),
    "a noncurrent transition below zero days": (
        noncurrent((-1, "STANDARD_IA")),
        (argument("'NoncurrentDays' in NoncurrentVersionTransition action must be nonnegative"),),
    ),
    "a noncurrent transition at 29 days": (
        noncurrent((29, "ONEZONE_IA")),
        (
            argument(
                "'NoncurrentDays' in NoncurrentVersionTransition action must be greater than or equal to 30 "
                "for storageClass 'ONEZONE_IA'"
            ),
        ),
    ),
    "a transition without time": (rule(Transitions=[{"StorageClass": "GLACIER"}]), (ONE_TIME,)),
    "a transition with two times": (
        rule(Transitions=[{"Days": 1, "Date": "2030-01-01", "StorageClass": "GLACIER"}]),
        (ONE_TIME,),
    ),
    "a transition below zero days": (
        moves((-1, "GLACIER")),
        (argument("'Days' in Transition action must be nonnegative"),),
    ),
    "a transition after too many days": (
        moves((2**31, "GLACIER")),
        (malformed("'Days' for Transition action must not exceed 2147483647"),),
    ),
    "infrequent access at 29 days": (
        moves((29, "STANDARD_IA")),
        (
            argument(
                "'Days' in Transition action must be greater than or equal to 30 "
                "for storageClass 'STANDARD_IA'"
            ),
        ),
    ),
    "one zone at once": (
        moves((0, "ONEZONE_IA")),
        (
            argument(
                "'Days' in Transition action must be greater than or equal to 30 "
                "for storageClass 'ONEZONE_IA'"
            ),
        ),
    ),
    "up to standard": (
        moves((30, "STANDARD")),
        (argument("Invalid target Storage class for Transition action"),),
    ),
    "to reduced redundancy": (
        noncurrent((30, "REDUCED_REDUNDANCY")),
        (argument("Invalid target Storage class for NoncurrentVersionTransition action"),),
    ),
    "to a class nobody knows": (
        moves((30, "glacier")),
        (malformed(f"a Transition names one of {CLASSES}; found StorageClass 'glacier'"),),
    ),
    "to no class": (
        rule(NoncurrentVersionTransitions=[{"NoncurrentDays": 1}]),
        (malformed(f"a NoncurrentVersionTransition names one of {CLASSES}; found no StorageClass"),),
    ),
}


@pytest.mark.parametrize(("raw", "causes"), REFUSED.values(), ids=REFUSED)
def test_refuses_an_action_in_the_words_of_s3(raw: Written, causes: tuple[str, ...]) -> None:
    """A rule with an action that S3 refuses is refused for just these causes, and named."""
    expected = tuple(f"rule 1 ('tmp'): {cause}" for cause in causes)

    assert expected == refusals([{**raw, "ID": "tmp"}])
