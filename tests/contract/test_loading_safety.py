"""Encryption, logs and everything unsafe: what needs a key, a target or a reason."""

import pytest

from tests.contract.loading_cases import KEY, assert_refused, case, with_bucket

RULE = "{origins: 'https://a.example.com', methods: GET}"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("kms", with_bucket("encryption: kms")),
        case("dsse", with_bucket("encryption: dsse")),
        case("given key", with_bucket(f"encryption: {{type: kms, key: {KEY}}}")),
        case("key for s3", with_bucket(f"encryption: {{key: {KEY}}}"), "encryption.key", "keys of S3"),
        case("dsse with bucket key", with_bucket("encryption: {type: dsse, bucket_key: true}"), "bucket_key"),
        case("dsse without bucket key", with_bucket("encryption: {type: dsse, bucket_key: false}")),
        case(
            "key elsewhere",
            with_bucket(f"region: eu-west-1, encryption: {{type: kms, key: {KEY}}}"),
            "encryption.key",
            "us-west-2",
        ),
        case(
            "alias",
            with_bucket("encryption: {type: kms, key: 'arn:aws:kms:us-west-2:111122223333:alias/a'}"),
            "alias",
        ),
        case(
            "key of another partition",
            with_bucket("encryption: {type: kms, key: 'arn:aws-cn:kms:us-west-2:111122223333:key/1'}"),
            "partition",
        ),
        case(
            "no key at all",
            with_bucket("encryption: {type: kms, key: 'arn:aws:sqs:us-west-2:111122223333:q'}"),
            "KMS key",
        ),
        case(
            "neither key nor alias",
            with_bucket("encryption: {type: kms, key: 'arn:aws:kms:us-west-2:111122223333:store/1'}"),
            "KMS key",
        ),
        case("logs", with_bucket("access_logs: logs")),
        case("logs to nowhere", with_bucket("access_logs: lags"), "access_logs.to", "'lags'"),
        case("logs to data", with_bucket("access_logs: more") + "  more: {}\n", "purpose of more"),
        case(
            "logs to itself",
            with_bucket("access_logs: logs") + "  loop: {purpose: access-logs, access_logs: loop}\n",
            "itself",
        ),
        case("logs abroad", with_bucket("access_logs: logs, region: eu-west-1"), "within a region"),
        case("inventory", with_bucket("inventory: {to: files}")),
        case("inventory to nowhere", with_bucket("inventory: {to: lags}"), "inventory.to"),
        case("inventory abroad", with_bucket("inventory: {to: logs}, region: eu-west-1"), "within a region"),
        case("kms log bucket", "buckets: {logs: {purpose: access-logs, encryption: kms}}\n", "encryption"),
        case(
            "locked log bucket",
            "buckets: {logs: {purpose: access-logs, versioning: enabled, object_lock: "
            "{mode: governance, retain: 1 days}}}\n",
            "object_lock.retain",
        ),
        case(
            "log bucket with a lock and no retention",
            "buckets: {logs: {purpose: access-logs, versioning: enabled, object_lock: {}}}\n",
        ),
        case(
            "paying log bucket",
            "buckets: {logs: {purpose: access-logs, requester_pays: true,"
            " unsafe: {requester-pays: they pay}}}\n",
            "requester_pays",
        ),
    ],
)
def test_encryption_and_logs(body: str, words: tuple[str, ...]) -> None:
    """Keys are usable where the bucket is, and logs go where S3 can write them."""
    assert_refused(body, words)


PARTNER = "access: {partner: {principals: 'arn:aws:iam::444455556666:role/r', read: files/*}}\n"
ROLE = "access: {app: {trusts: lambda.amazonaws.com, read: files/*}}\n"
NO_ACCOUNT = "project: demo\nenvironments: {dev: {}}\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("a partner", NO_ACCOUNT + with_bucket("encryption: kms") + PARTNER, "access.partner", "account"),
        case(
            "an inventory",
            NO_ACCOUNT + with_bucket("encryption: kms, inventory: {to: files}"),
            "the inventory",
        ),
        case("a partner of a known account", with_bucket("encryption: kms") + PARTNER),
        case("a role", NO_ACCOUNT + with_bucket("encryption: kms") + ROLE),
        case("a partner of a bucket under keys of S3", NO_ACCOUNT + with_bucket("") + PARTNER),
        case(
            "a partner, and the key is given",
            NO_ACCOUNT + with_bucket(f"encryption: {{type: kms, key: {KEY}}}") + PARTNER,
        ),
    ],
)
def test_a_key_that_others_use_needs_the_account(body: str, words: tuple[str, ...]) -> None:
    """Its policy names it; roles of the account use the key by what KMS itself writes."""
    assert_refused(body, words)


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("acls", "ownership: writer"),
        ("acls", "ownership: preferred, acl: log-delivery-write"),
        ("public-access", "public_access_block: {ignore_acls: false}"),
        ("plain-http", "require_tls: false"),
        ("any-origin", "cors: {origins: 'https://*.example.com', methods: GET}"),
        ("customer-keys", "block_sse_c: false"),
        ("destroy-objects", "destroy_objects: true"),
        ("requester-pays", "requester_pays: true"),
    ],
)
def test_the_unsafe_needs_its_reason(name: str, setting: str) -> None:
    """An unsafe setting loads with a reason, and only with it; a reason needs its setting."""
    reason = f"unsafe: {{{name}: because we have to}}"
    assert_refused(with_bucket(f"{setting}, {reason}"), ())
    assert_refused(with_bucket(setting), ("no reason",))
    assert_refused(with_bucket(reason), (f"unsafe.{name}", "does not do"))


def test_an_acl_needs_acls() -> None:
    """An ACL under enforced ownership is a contradiction, whatever the reason."""
    assert_refused(with_bucket("acl: private"), ("acl", "enforced ownership"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("inherited", "protect: true\n", "destroy_objects"),
        case("own", "protect: false\n"),
    ],
)
def test_what_is_protected_is_not_destroyed(body: str, words: tuple[str, ...]) -> None:
    """Objects may not die with a bucket that is protected, by itself or by its environment."""
    setting = "destroy_objects: true, unsafe: {destroy-objects: made again every night}"
    assert_refused(body + with_bucket(setting), words)
    assert_refused(body + with_bucket(f"{setting}, protect: true"), ("destroy_objects",))
    assert_refused(body + with_bucket(f"{setting}, protect: false"), ())


@pytest.mark.parametrize(
    ("origin", "wrong"),
    [
        ("https://app.example.com", ""),
        ("http://localhost:3000", ""),
        ("https://[2001:db8::1]:8443", ""),
        ("capacitor://localhost", ""),
        ("https://münchen.example", "is not an origin"),
        ("app.example.com", "no scheme"),
        ("https://app.example.com/", "behind the host"),
        ("https://app.example.com/a", "behind the host"),
        ("https://app.example.com:port", "is not an origin"),
        ("https://", "is not an origin"),
        ("https://a b", "is not an origin"),
    ],
)
@pytest.mark.requirement("FP-14")
def test_origins(origin: str, wrong: str) -> None:
    """An origin is a scheme, a host and perhaps a port (FP-14)."""
    assert_refused(
        with_bucket(f"cors: {{origins: '{origin}', methods: GET}}"), ("origins", wrong) if wrong else ()
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case(
            "a family of headers", with_bucket("cors: {origins: 'http://a', methods: PUT, headers: x-amz-*}")
        ),
        case(
            "two stars", with_bucket("cors: {origins: 'http://a', methods: PUT, headers: '*-*'}"), "headers.0"
        ),
        case("a hundred rules", with_bucket(f"cors: [{', '.join([RULE] * 100)}]")),
        case("a rule more", with_bucket(f"cors: [{', '.join([RULE] * 101)}]"), "files.cors", "at most 100"),
    ],
)
def test_rules_for_other_origins(body: str, words: tuple[str, ...]) -> None:
    """S3 takes one star in a header, and a hundred rules."""
    assert_refused(body, words)
