"""Does `refusals` refuse what S3 refuses of how a rule says its objects, in the same words?"""

import pytest

from bucketwright.contract.lifecycle.validity import refusals
from tests.contract.lifecycle.refusing import EXPIRES, Written, expiring, legacy, malformed, request

FORM = "a Filter holds at most one of Prefix, Tag, ObjectSizeGreaterThan, ObjectSizeLessThan and And; \
several predicates go inside And (MalformedXML)"
LONE = "And holds two or more predicates; a single one stands in the Filter itself (MalformedXML)"
TAGGED = {"Tag": {"Key": "k", "Value": "v"}}
SMALL = {"ObjectSizeLessThan": 9}

REFUSED: dict[str, tuple[Written, tuple[str, ...]]] = {
    "a status in small letters": (
        expiring(Status="enabled"),
        (malformed("Status must be Enabled or Disabled"),),
    ),
    "no status": (expiring(Status=None), (malformed("Status must be Enabled or Disabled"),)),
    "neither filter nor prefix": (
        expiring(Filter=None),
        (malformed("a rule needs a Filter; an empty one applies to every object"),),
    ),
    "both filter and prefix": (
        expiring(Prefix="logs/"),
        (malformed("a rule has either a Filter or a rule-level Prefix, not both"),),
    ),
    "prefix and tag side by side": (expiring(Filter={"Prefix": "", **TAGGED}), (FORM,)),
    "prefix and size side by side": (expiring(Filter={"Prefix": "a", **SMALL}), (FORM,)),
    "both sizes side by side": (expiring(Filter={"ObjectSizeGreaterThan": 1, **SMALL}), (FORM,)),
    "prefix beside And": (
        expiring(Filter={"Prefix": "a", "And": {"Prefix": "a", "ObjectSizeLessThan": 9}}),
        (FORM,),
    ),
    "And of one prefix": (expiring(Filter={"And": {"Prefix": "a"}}), (LONE,)),
    "And of one tag": (expiring(Filter={"And": {"Tags": [{"Key": "k", "Value": "v"}]}}), (LONE,)),
    "And of one size": (expiring(Filter={"And": {"ObjectSizeGreaterThan": 1}}), (LONE,)),
    "And of nothing": (expiring(Filter={"And": {}}), (LONE,)),
    "a prefix of 1025 bytes": (
        expiring(Filter={"Prefix": "é" * 512 + "a"}),
        (request("The maximum size of a prefix is 1024."),),
    ),
    "a rule-level prefix of 1025 bytes": (
        legacy("p" * 1025, **EXPIRES),
        (request("The maximum size of a prefix is 1024."),),
    ),
    "a lower size below zero": (
        expiring(Filter={"ObjectSizeGreaterThan": -1}),
        (request("'ObjectSizeGreaterThan' should be between 0 and 1099511627776000."),),
    ),
    "a lower size too large": (
        expiring(Filter={"ObjectSizeGreaterThan": 1099511627776001}),
        (request("'ObjectSizeGreaterThan' should be between 0 and 1099511627776000."),),
    ),
    "an upper size of zero": (
        expiring(Filter={"ObjectSizeLessThan": 0}),
        (request("'ObjectSizeLessThan' should be between 1 and 1099511627776000."),),
    ),
    "an upper size too large": (
        expiring(Filter={"ObjectSizeLessThan": 1099511627776001}),
        (request("'ObjectSizeLessThan' should be between 1 and 1099511627776000."),),
    ),
    "an empty size range": (
        expiring(Filter={"And": {"ObjectSizeGreaterThan": 500, "ObjectSizeLessThan": 500}}),
        (request("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'."),),
    ),
    "an empty tag key": (
        expiring(Filter={"Tag": {"Key": "", "Value": ""}}),
        (request("A Tag's Key must be a length between 1 and 128."),),
    ),
    "a tag key of 129": (
        expiring(Filter={"Tag": {"Key": "k" * 129, "Value": ""}}),
        (request("A Tag's Key must be a length between 1 and 128."),),
    ),
    "a tag value of 257": (
        expiring(Filter={"Tag": {"Key": "k", "Value": "v" * 257}}),
        (request("A Tag's Value must be a length between 0 and 256."),),
    ),
    "a tag key twice": (
        expiring(Filter={"And": {"Tags": [{"Key": "k", "Value": "1"}, {"Key": "k", "Value": "2"}]}}),
        (request("Duplicate Tag Keys are not allowed."),),
    ),
}


@pytest.mark.parametrize(("raw", "causes"), REFUSED.values(), ids=REFUSED)
def test_refuses_a_scope_in_the_words_of_s3(raw: Written, causes: tuple[str, ...]) -> None:
    """A rule whose status or filter S3 refuses is refused for just these causes, and named."""
    expected = tuple(f"rule 1 ('tmp'): {cause}" for cause in causes)

    assert expected == refusals([{**raw, "ID": "tmp"}])
