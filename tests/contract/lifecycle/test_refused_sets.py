"""Does `refusals` refuse what S3 refuses between rules and of a whole set?"""

import pytest

from bucketwright.contract.lifecycle.validity import refusals
from tests.contract.lifecycle.refusing import EXPIRES, expiring, legacy, request, rule

ABORT = {"DaysAfterInitiation": 7}
V1 = "Filter element can only be used in Lifecycle V2. (InvalidRequest)"
V2 = "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter. \
(InvalidRequest)"


def overlap(first: str, second: str, action: str) -> str:
    return request(f"Found overlapping prefixes '{first}' and '{second}' for same action type '{action}'")


GLACIER = {"Days": 1, "StorageClass": "GLACIER"}
LATER_GLACIER = {"NoncurrentDays": 1, "StorageClass": "GLACIER"}

REFUSED_SETS: dict[str, tuple[object, tuple[str, ...]]] = {
    "no rules": ([], ("the rule set: At least one lifecycle rule must be specified. (InvalidRequest)",)),
    "no rules in the wrapper": (
        {"Rules": ()},
        ("the rule set: At least one lifecycle rule must be specified. (InvalidRequest)",),
    ),
    "1001 rules": (
        [expiring(ID=str(number)) for number in range(1001)],
        (
            (
                "the rule set: The number of lifecycle rules must not exceed the allowed limit of 1000 "
                "rules. (InvalidRequest)"
            ),
        ),
    ),
    "nothing at all": (None, ("the rule set: Rules must be a list, found nothing (MalformedXML)",)),
    "a bare rule": (expiring(), ("the rule set: Rules must be a list, found nothing (MalformedXML)",)),
    "a text": ("rules", ("the rule set: Rules must be a list, found a text (MalformedXML)",)),
    "an id of 256": (
        [expiring(ID="i" * 256)],
        ((f"rule 1 ('{'i' * 60}…'): ID length should not exceed allowed limit of 255 (InvalidArgument)"),),
    ),
    "one id for two rules": (
        [expiring(ID="a"), expiring(ID="b"), expiring(ID="a")],
        ("rule 3 ('a'): Rule ID must be unique. Found same ID for more than one rule (InvalidArgument)",),
    ),
    "a filter after a rule-level prefix": (
        [legacy("a", **EXPIRES), expiring(), legacy("b", **EXPIRES)],
        (f"rule 2: {V1}",),
    ),
    "a rule-level prefix after a filter": (
        [expiring(), legacy("a", **EXPIRES), expiring()],
        (f"rule 2: {V2}",),
    ),
    "a rule with both before them": (
        [expiring(Prefix="x"), legacy("a", **EXPIRES), expiring()],
        (
            "rule 1: a rule has either a Filter or a rule-level Prefix, not both (MalformedXML)",
            f"rule 3: {V1}",
        ),
    ),
    "one rule-level prefix twice": (
        [legacy("a", **EXPIRES), legacy("b", **EXPIRES), legacy("a", Transition=GLACIER)],
        ("rule 3: Found two rules with same prefix 'a' (InvalidRequest)",),
    ),
    "one rule-level prefix twice for one action": (
        [legacy("a", **EXPIRES), legacy("a", **EXPIRES)],
        ("rule 2: Found two rules with same prefix 'a' (InvalidRequest)",),
    ),
    "expirations that overlap": (
        [legacy("a", **EXPIRES), legacy("", **EXPIRES), legacy("b/", **EXPIRES)],
        (
            f"rule 1: {overlap('', 'a', 'Expiration')}",
            f"rule 3: {overlap('', 'b/', 'Expiration')}",
        ),
    ),
    "an overlap past another prefix": (
        [legacy("a/", **EXPIRES), legacy("a/b/c", **EXPIRES), legacy("a/d", **EXPIRES)],
        (
            f"rule 2: {overlap('a/', 'a/b/c', 'Expiration')}",
            f"rule 3: {overlap('a/', 'a/d', 'Expiration')}",
        ),
    ),
    "transitions that overlap": (
        [legacy("a", Transition=GLACIER), legacy("ab", Transitions=[GLACIER])],
        (f"rule 2: {overlap('a', 'ab', 'Transition')}",),
    ),
    "noncurrent expirations that overlap": (
        [
            legacy("a", NoncurrentVersionExpiration={"NoncurrentDays": 1}),
            legacy("ab", NoncurrentVersionExpiration={"NoncurrentDays": 1}),
        ],
        (f"rule 2: {overlap('a', 'ab', 'NoncurrentVersionExpiration')}",),
    ),
    "noncurrent transitions that overlap": (
        [
            legacy("a", NoncurrentVersionTransition=LATER_GLACIER),
            legacy("ab", NoncurrentVersionTransition=LATER_GLACIER),
        ],
        (f"rule 2: {overlap('a', 'ab', 'NoncurrentVersionTransition')}",),
    ),
    "aborts that overlap": (
        [
            legacy("dir/", AbortIncompleteMultipartUpload=ABORT),
            legacy("di", AbortIncompleteMultipartUpload=ABORT),
        ],
        (f"rule 1: {overlap('di', 'dir/', 'AbortIncompleteMultipartUpload')}",),
    ),
    "several faults, in the order of the rules": (
        [
            rule(Expiration={"Days": "7"}),
            expiring(Status=1),
            7,
            rule(ID="x", Expiration={"Days": -1}, Status=""),
        ],
        (
            "rule 1: Expiration.Days must be a whole number, found a text (MalformedXML)",
            "rule 2: Status must be a text, found a number (MalformedXML)",
            "rule 3: the rule must be an object, found a number (MalformedXML)",
            "rule 4 ('x'): Status must be Enabled or Disabled (MalformedXML)",
            "rule 4 ('x'): 'Days' for Expiration action must be a positive integer (InvalidArgument)",
        ),
    ),
}


@pytest.mark.parametrize(("raw", "expected"), REFUSED_SETS.values(), ids=REFUSED_SETS)
def test_refuses_sets_of_rules(raw: object, expected: tuple[str, ...]) -> None:
    """A fault between rules, or of the whole set, is told with the rule it is found in."""
    assert refusals(raw) == expected
