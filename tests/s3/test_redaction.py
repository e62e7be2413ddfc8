"""Nothing that opens a door is kept or shown, and nothing else is lost."""

import json
import string
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.s3.redaction import REDACTED, redacted, redacted_values

KEY = "ASIA" + "B7" * 8
OF_IDENTIFIERS = f"{string.ascii_letters}{string.digits}_+=,.@:/-"
"""What an external id may hold."""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"the key {KEY} is unknown", id="key-id"),
        pytest.param("https://b.s3.amazonaws.com/k?X-Amz-Signature=SECRET&x=1", id="signature"),
        pytest.param("https://b/k?X-Amz-Security-Token=SECRET%2Fx", id="token-in-an-address"),
        pytest.param("X-Amz-Credential%3DSECRET%2F2026", id="encoded-address"),
        pytest.param(
            "Authorization: AWS4-HMAC-SHA256 Credential=SECRET, Signature=SECRET", id="authorization"
        ),
        pytest.param("{'X-Amz-Security-Token': b'SECRET/+=='}", id="token-in-bytes"),
        pytest.param("x-amz-server-side-encryption-customer-key: SECRET==", id="customer-key"),
        pytest.param('{"sts:ExternalId": "SECRET"}', id="external-id"),
        pytest.param('{"sts:ExternalId": ["SECRET"]}', id="external-id-in-a-list"),
        pytest.param('{\\"sts:ExternalId\\": \\"SECRET\\"}', id="external-id-in-a-text-in-a-text"),
        pytest.param('{"sts:ExternalId": ["a", "SECRET", "b"]}', id="external-ids-in-a-list"),
        pytest.param('{"sts:ExternalId": "a,SECRET"}', id="external-id-with-a-comma"),
        pytest.param("ExternalId=SECRET&RoleArn=x", id="external-id-in-a-form"),
        pytest.param("<SessionToken>SECRET</SessionToken>", id="token-in-xml"),
        pytest.param("<SecretAccessKey>SECRET</SecretAccessKey>", id="secret-in-xml"),
    ],
)
def test_secrets_in_texts(text: str) -> None:
    """Keys, tokens, signatures and external ids are blotted out of a text."""
    shown = redacted(text)

    assert "SECRET" not in shown
    assert KEY not in shown
    assert REDACTED in shown


@pytest.mark.parametrize(
    "text",
    [
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: s3:GetBucketPolicy",
        "AKIATOOSHORT",
        "xAKIA" + "A" * 16,
        "the signature does not match",
        "kms:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        '{"aws:SourceAccount": "123456789012"}',
    ],
)
def test_other_texts(text: str) -> None:
    """What opens nothing stays."""
    assert redacted(text) == text


@st.composite
def policies(draw: st.DrawFn) -> object:
    """A trust policy with some external ids."""
    identifiers = st.text(OF_IDENTIFIERS, min_size=6, max_size=30).map("SECRET{}".format)
    several = draw(st.lists(identifiers, min_size=1, max_size=4))
    name = draw(st.sampled_from(["sts:ExternalId", "sts:externalid", "STS:EXTERNALID"]))
    said = several[0] if len(several) == 1 and draw(st.booleans()) else several
    beside = draw(
        st.dictionaries(st.sampled_from(["aws:SourceArn", "aws:PrincipalArn"]), st.text(max_size=5))
    )
    condition = draw(st.permutations([*beside.items(), (name, said)]))
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Condition": {"StringLike": dict(condition)}}
    return {"Version": "2012-10-17", "Statement": [statement]}


def blotted(value: object) -> object:
    """The same with each external id blotted out; worked out on the data, not on a text."""
    match value:
        case dict():
            return {
                name: _each_blotted(inner) if name.lower() == "sts:externalid" else blotted(inner)
                for name, inner in value.items()
            }
        case list():
            return [blotted(inner) for inner in value]
    return value


def _each_blotted(value: object) -> object:
    return [REDACTED] * len(value) if isinstance(value, list) else REDACTED


@given(
    policy=policies(),
    deep=st.integers(0, 3),
    how=st.sampled_from([{}, {"indent": 2}, {"separators": (",", ":")}]),
)
def test_external_ids_in_a_policy(policy: object, deep: int, how: dict[str, Any]) -> None:
    """None is left in a policy as JSON, however deep in other JSON, and what is left is the same policy."""
    text = json.dumps(policy, **how)
    for _ in range(deep):
        text = json.dumps({"Policy": text, "Name": "x"}, **how)

    shown = redacted(text)

    assert "SECRET" not in shown
    assert redacted(shown) == shown
    left: object = json.loads(shown)
    for _ in range(deep):
        assert isinstance(left, dict)
        left = json.loads(left["Policy"])
    assert left == blotted(policy)


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param('{"ExternalId": [' + '"a", ' * 20_000, id="a list without an end"),
        pytest.param('"externalid":' + "\\n" * 50_000, id="blanks without an end"),
        pytest.param("externalid\\" * 20_000, id="names without a value"),
        pytest.param('"ExternalId":["' * 20_000, id="lists in lists"),
        pytest.param("externalid=" + " " * 50_000, id="no value after many blanks"),
        pytest.param("externalid=[" + " " * 50_000, id="nor in a list"),
    ],
)
@pytest.mark.timed
def test_no_text_takes_long(hostile: str) -> None:
    """The time grows with the length of a text and no faster."""
    began = process_time()

    redacted(hostile)

    assert process_time() - began < 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"SecretAccessKey": "x", "b": 1}, {"SecretAccessKey": REDACTED, "b": 1}),
        ({"sts:ExternalId": ["x", "y"]}, {"sts:ExternalId": [REDACTED, REDACTED]}),
        ({"Environment": {"Variables": {"DB": "x"}}}, {"Environment": {"Variables": {"DB": REDACTED}}}),
        (
            {"Items": [{"HeaderName": "h", "HeaderValue": "x"}]},
            {"Items": [{"HeaderName": "h", "HeaderValue": REDACTED}]},
        ),
        ([{"a": f"{KEY}"}, None, True, 7], [{"a": REDACTED}, None, True, 7]),
        ({"Bucket": "b", "Status": "Enabled"}, {"Bucket": "b", "Status": "Enabled"}),
    ],
    ids=["secret", "external-ids", "environment", "header", "nested", "nothing-secret"],
)
def test_secrets_in_values(value: object, shown: object) -> None:
    """Fields that are named as secrets are, lose their values, and all texts their secrets."""
    assert redacted_values(value) == shown
