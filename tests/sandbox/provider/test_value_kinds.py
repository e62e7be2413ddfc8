"""Type hints of the SDK tell what a property takes, whatever else they admit."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Literal

import pytest
from pulumi_aws import s3

from sandbox.provider.value_kinds import Anything, Either, Kind, Listing, Record, Scalar, Table, kind_of


class Colour(Enum):
    """Some names."""

    RED = "red"


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        pytest.param(str, Scalar(str), id="text"),
        pytest.param(Colour, Scalar(str), id="names"),
        pytest.param(str | None, Scalar(str), id="text or nothing"),
        pytest.param(Sequence[str], Listing(Scalar(str)), id="a list"),
        pytest.param(list[bool], Listing(Scalar(bool)), id="a plain list"),
        pytest.param(Mapping[str, Any], Table(Anything()), id="a table of anything"),
        pytest.param(str | Sequence[str], Either((Scalar(str), Listing(Scalar(str)))), id="either"),
        pytest.param(Literal["a"], Anything(), id="what is no class"),
    ],
)
def test_a_hint_tells_a_kind(hint: object, expected: Kind) -> None:
    """None is a way to say nothing, not a kind."""
    assert kind_of(hint) == expected


@pytest.mark.parametrize(
    ("arguments", "name", "expected"),
    [
        pytest.param(s3.BucketArgs, "tags", Table(Scalar(str)), id="a table"),
        pytest.param(s3.BucketArgs, "acl", Scalar(str), id="names, or text"),
        pytest.param(s3.BucketArgs, "forceDestroy", Scalar(bool), id="truth"),
        pytest.param(
            s3.BucketPolicyArgs, "policy", Either((Scalar(str), Record(s3.PolicyDocumentArgs))), id="either"
        ),
        pytest.param(
            s3.BucketOwnershipControlsArgs,
            "rule",
            Record(s3.BucketOwnershipControlsRuleArgs),
            id="a record, or how Python types its mapping",
        ),
        pytest.param(
            s3.BucketCorsConfigurationArgs,
            "corsRules",
            Listing(Record(s3.BucketCorsConfigurationCorsRuleArgs)),
            id="a list of records",
        ),
    ],
)
def test_the_sdk_tells_what_a_property_takes(arguments: type, name: str, expected: Kind) -> None:
    """Outputs and futures are ways to arrive, not kinds."""
    assert Record(arguments).members[name] == expected


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(Scalar(float), "a number", id="a number"),
        pytest.param(Either((Scalar(str), Listing(Scalar(str)))), "a string or a list", id="either"),
        pytest.param(Either((Table(Scalar(str)), Scalar(bool))), "a mapping or true or false", id="a table"),
        pytest.param(Record(s3.BucketPolicyArgs), "a mapping", id="a record"),
    ],
)
def test_a_kind_has_words(kind: Kind, words: str) -> None:
    """For complaints that people read."""
    assert str(kind) == words


def test_a_record_knows_what_it_needs() -> None:
    """What may not be left out, in the spelling of the wire."""
    assert Record(s3.BucketPolicyArgs).required == {"bucket", "policy"}
    assert set(Record(s3.BucketPolicyArgs).members) == {"bucket", "policy", "region"}
