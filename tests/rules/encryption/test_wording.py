"""Do verdicts on refusals say what is let in, and what a Deny that comes near lacks?"""

import pytest

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.bucket.policy import Policy
from bucketwright.rules.encryption.policy_denies_unencrypted_puts import policy_denies_unencrypted_puts
from bucketwright.rules.encryption.policy_denies_wrong_key import policy_denies_wrong_key
from bucketwright.rules.encryption.sse_c_blocked import sse_c_blocked
from bucketwright.rules.encryption.tls_minimum_version import tls_minimum_version
from bucketwright.rules.encryption.tls_only import tls_only
from bucketwright.rules.example_access import ROLE, allow, policy
from bucketwright.rules.example_refusals import BUCKET, OBJECTS, Condition, refusal, upload_refusal
from bucketwright.rules.request_conditions import SSE, SSE_C, SSE_KEY, TLS_VERSION
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import HIGH, LOW, Fails
from tests.rules.exposure.judging import faults, verdict

HTTP: Condition = {"Bool": {"aws:SecureTransport": "false"}}
LISTED = "over plain HTTP, s3:ListBucket on the bucket itself is let in"
READ = "over plain HTTP, s3:GetObject on its objects is let in"


def but_new(action: str) -> list[str]:
    """All actions of today."""
    return [f"s3:{letter}*" for letter in "ABCDEGHILOPRSTUW"] if action == "*" else [action]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(None, [LISTED, READ], id="no policy"),
        pytest.param(policy(refusal(HTTP, Resource=OBJECTS)), [LISTED], id="objects only"),
        pytest.param(policy(refusal(HTTP, Resource=BUCKET)), [READ], id="the bucket only"),
        pytest.param(
            policy(refusal(HTTP, Sid="Tls", Principal={"AWS": ROLE})),
            [LISTED, READ, f"statement 1 ('Tls') is about '{ROLE}' alone"],
            id="one caller",
        ),
        pytest.param(
            policy(refusal(HTTP, Principal=None, NotPrincipal={"AWS": [ROLE, "111122223333"]})),
            [LISTED, READ, f"statement 1 spares '{ROLE}', '111122223333'"],
            id="all callers but two",
        ),
        pytest.param(
            policy(
                allow({"AWS": ROLE}, Condition=HTTP),
                refusal({"Bool": {"aws:ViaAWSService": "true"}}, Principal={"AWS": ROLE}),
            ),
            [LISTED, READ],
            id="statements about something else",
        ),
        pytest.param(
            policy(refusal(HTTP, Principal=None)),
            [LISTED, READ, "statement 1 names nobody"],
            id="nobody",
        ),
        pytest.param(
            policy(refusal({**HTTP, "NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}})),
            [LISTED, READ, "statement 1 refuses only where NotIpAddress aws:sourceip '10.0.0.0/8'"],
            id="from some addresses",
        ),
        pytest.param(
            policy(refusal({"Bool": {"aws:SecureTransport": "true"}})),
            [LISTED, READ, "statement 1 refuses only where Bool aws:securetransport 'true'"],
            id="the wrong way round",
        ),
        pytest.param(
            policy(refusal(HTTP, Action=but_new("*"))),
            [
                "over plain HTTP, what S3 may add on the bucket itself is let in",
                "over plain HTTP, what S3 may add on its objects is let in",
            ],
            id="only what S3 has today",
        ),
        pytest.param(
            policy(refusal(HTTP, Action=None, NotAction=["s3:PutBucketPolicy", "s3:PutObject"])),
            [
                "over plain HTTP, s3:PutBucketPolicy on the bucket itself is let in",
                "over plain HTTP, s3:PutObject on its objects is let in",
            ],
            id="all but two actions",
        ),
    ],
)
def test_what_plain_http_may_do_is_named(document: Policy | None, expected: list[str]) -> None:
    """An action for the bucket, one for its objects, and which statement comes near."""
    assert faults(verdict(tls_only, policy=document)) == expected


WRONG_KEY: Condition = {"StringEquals": {SSE: "aws:kms"}, "StringNotEquals": {SSE_KEY: "key"}}


@pytest.mark.parametrize(
    ("rule", "document", "miss"),
    [
        pytest.param(
            sse_c_blocked,
            policy(upload_refusal({"Null": {SSE_C: "true"}})),
            f"statement 1 refuses only where Null {SSE_C} 'true'",
            id="keys of uploaders",
        ),
        pytest.param(
            tls_minimum_version,
            policy(refusal({"NumericLessThan": {TLS_VERSION: "1.0"}})),
            f"statement 1 refuses only where NumericLessThan {TLS_VERSION} '1.0'",
            id="old versions of TLS",
        ),
        pytest.param(
            policy_denies_unencrypted_puts,
            policy(upload_refusal({"StringEquals": {SSE: "aws:kms:dsse"}})),
            f"statement 1 refuses only where StringEquals {SSE} 'aws:kms:dsse'",
            id="another encryption",
        ),
        pytest.param(
            policy_denies_wrong_key,
            policy(upload_refusal(WRONG_KEY, Principal={"AWS": ROLE})),
            f"statement 1 is about '{ROLE}' alone",
            id="another key",
        ),
    ],
)
def test_a_deny_that_comes_near_is_shown_with_what_it_lacks(
    rule: Rule[BucketPosture], document: Policy, miss: str
) -> None:
    """After what is let in, and of what it asks only what such requests do not bring."""
    found = verdict(rule, encryption=Encryption("aws:kms"), policy=document, blocks_sse_c=False)

    assert [one for one in faults(found) if one.startswith("statement")] == [miss]


def test_the_same_fault_has_the_same_mark_wherever_its_statement_stands() -> None:
    """A statement before it changes its number, not what is wrong."""
    near = refusal(HTTP, Principal={"AWS": ROLE})
    alone, second = (
        verdict(tls_only, policy=policy(*some)) for some in ([near], [refusal({}, Action="s3:X"), near])
    )
    assert isinstance(alone, Fails)
    assert isinstance(second, Fails)

    assert alone.faults[-1].text != second.faults[-1].text
    assert alone.faults[-1].lasting == second.faults[-1].lasting


@pytest.mark.parametrize(
    ("encryption", "let_in", "severity"),
    [
        pytest.param(Encryption("aws:kms"), ["AES256"], HIGH, id="weaker than KMS"),
        pytest.param(Encryption("aws:kms"), ["aws:kms:dsse"], LOW, id="stronger than KMS"),
        pytest.param(FRESH, ["aws:kms", "aws:kms:dsse"], LOW, id="stronger than S3"),
        pytest.param(Encryption("aws:kms:dsse"), ["AES256", "aws:kms"], HIGH, id="weaker than two layers"),
        pytest.param(Encryption("aws:kms:dsse"), ["aws:kms"], HIGH, id="one layer of two"),
    ],
)
def test_a_weaker_encryption_is_graver(encryption: Encryption, let_in: list[str], severity: str) -> None:
    """Uploads under a stronger one do no harm to what is stored."""
    refused = [
        one for one in ("AES256", "aws:kms", "aws:kms:dsse") if one not in [*let_in, encryption.algorithm]
    ]
    document = policy(upload_refusal({"StringEquals": {SSE: refused}})) if refused else None
    found = verdict(policy_denies_unencrypted_puts, encryption=encryption, policy=document)
    assert isinstance(found, Fails)

    assert [fault.text for fault in found.faults[: len(let_in)]] == [
        f"uploads that ask for {one} are let in" for one in let_in
    ]
    assert found.severity == severity


def test_uploads_without_a_key_are_told_from_those_with_another() -> None:
    """They get the key of AWS."""
    named: Condition = {"Null": {SSE_KEY: "false"}}
    under = Encryption("aws:kms", "key:files")

    assert faults(
        verdict(policy_denies_wrong_key, encryption=under, policy=policy(upload_refusal(named)))
    ) == [
        "uploads that ask for aws:kms and name no key are let in",
        "uploads that ask for aws:kms:dsse and name no key are let in",
    ]
    assert faults(verdict(policy_denies_wrong_key, encryption=Encryption("aws:kms"), policy=None)) == [
        "uploads may name another key than the bucket's"
    ]
