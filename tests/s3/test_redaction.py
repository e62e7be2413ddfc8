"""Nothing that opens a door is kept or shown, and nothing else is lost."""

import pytest

from bucketwright.s3.redaction import REDACTED, redacted, redacted_values

KEY = "ASIA" + "B7" * 8


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
        pytest.param("x-amz-server-side-encryption-customer-key: SECRET==", id="customer-key"),
        pytest.param('{"sts:ExternalId": "SECRET"}', id="external-id"),
        pytest.param('{"sts:ExternalId": ["SECRET"]}', id="external-id-in-a-list"),
        pytest.param('{\\"sts:ExternalId\\": \\"SECRET\\"}', id="external-id-in-a-text-in-a-text"),
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
