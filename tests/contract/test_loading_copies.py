"""Copies, tiers and notifications: what S3 would refuse of them."""

import pytest

from tests.contract.loading_cases import KEY, assert_refused, case, with_bucket

VERSIONED = "versioning: enabled"
ALIAS = "'arn:aws:kms:us-west-2:111122223333:alias/a'"
QUEUE = "'arn:aws:sqs:us-west-2:111122223333:queue'"
TOPIC = "'arn:aws:sns:us-west-2:111122223333:topic'"
CREATED = "'s3:ObjectCreated:*'"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case(
            "copies",
            with_bucket(f"{VERSIONED}, replication: {{to: copy}}") + "  copy: {versioning: enabled}\n",
        ),
        case(
            "kms copies at home",
            with_bucket(f"{VERSIONED}, encryption: kms, replication: {{to: copy}}")
            + "  copy: {versioning: enabled, encryption: dsse, region: eu-west-1}\n",
        ),
        case(
            "kms copies without a key at home",
            with_bucket(f"{VERSIONED}, encryption: kms, replication: {{to: copy}}")
            + "  copy: {versioning: enabled, region: eu-west-1}\n",
            "copy has none",
        ),
        case("copies abroad", with_bucket(f"{VERSIONED}, replication: {{to: 'arn:aws:s3:::copy'}}")),
        case(
            "kms copies abroad",
            with_bucket(
                f"{VERSIONED}, encryption: kms, replication: {{to: 'arn:aws:s3:::copy', key: {KEY}}}"
            ),
        ),
        case(
            "kms copies without a key",
            with_bucket(f"{VERSIONED}, encryption: kms, replication: {{to: 'arn:aws:s3:::copy'}}"),
            "key of the copies",
        ),
        case(
            "unversioned",
            with_bucket("replication: {to: copy}") + "  copy: {versioning: enabled}\n",
            "replication",
            "not enabled",
        ),
        case(
            "unversioned copy",
            with_bucket(f"{VERSIONED}, replication: {{to: copy}}") + "  copy: {}\n",
            "versioning of copy",
        ),
        case("to itself", with_bucket(f"{VERSIONED}, replication: {{to: files}}"), "itself"),
        case("to nowhere", with_bucket(f"{VERSIONED}, replication: {{to: nowhere}}"), "'nowhere'"),
        case(
            "of no prefix",
            with_bucket(f"{VERSIONED}, replication: {{to: 'arn:aws:s3:::copy', prefixes: none}}"),
            "prefixes",
        ),
        case(
            "to a key",
            with_bucket(f"{VERSIONED}, replication: {{to: 'arn:aws:s3:::copy/x'}}"),
            "ARN of a bucket",
        ),
        case(
            "to another partition",
            with_bucket(f"{VERSIONED}, replication: {{to: 'arn:aws-cn:s3:::copy'}}"),
            "aws-cn",
        ),
        case(
            "under an alias",
            with_bucket(f"{VERSIONED}, replication: {{to: 'arn:aws:s3:::copy', key: {ALIAS}}}"),
            "replication.0.key",
        ),
        case(
            "with an account at home",
            with_bucket(f"{VERSIONED}, replication: {{to: copy, account: 444455556666}}")
            + "  copy: {versioning: enabled}\n",
            "account",
        ),
        case(
            "with a key at home",
            with_bucket(f"{VERSIONED}, replication: {{to: copy, key: {KEY}}}")
            + "  copy: {versioning: enabled}\n",
            "key",
        ),
        case(
            "locked objects to an unlocked copy",
            with_bucket(f"{VERSIONED}, object_lock: {{}}, replication: {{to: copy}}")
            + "  copy: {versioning: enabled}\n",
            "replication.0.to",
            "object lock",
        ),
        case(
            "locked objects to a locked copy",
            with_bucket(f"{VERSIONED}, object_lock: {{}}, replication: {{to: copy}}")
            + "  copy: {versioning: enabled, object_lock: {}}\n",
        ),
        case(
            "unlocked objects to a locked copy",
            with_bucket(f"{VERSIONED}, replication: {{to: copy}}")
            + "  copy: {versioning: enabled, object_lock: {}}\n",
        ),
        case(
            "locked objects abroad",
            with_bucket(f"{VERSIONED}, object_lock: {{}}, replication: {{to: 'arn:aws:s3:::copy'}}"),
        ),
        case("tiers", with_bucket("intelligent_tiering: {archive: 90 days, deep_archive: 730 days}")),
        case("deep tier alone", with_bucket("intelligent_tiering: {deep_archive: 180 days}")),
        case("tier at 89", with_bucket("intelligent_tiering: {archive: 89 days}"), "90 to 730"),
        case("tier at 731", with_bucket("intelligent_tiering: {archive: 731 days}"), "90 to 730"),
        case("deep tier at 179", with_bucket("intelligent_tiering: {deep_archive: 179 days}"), "180 to 730"),
        case(
            "tiers at once",
            with_bucket("intelligent_tiering: {archive: 200 days, deep_archive: 200 days}"),
            "deep_archive",
        ),
        case("no tier", with_bucket("intelligent_tiering: {}"), "no tier"),
        case(
            "tier of no prefix",
            with_bucket("intelligent_tiering: {archive: 90 days, prefixes: none}"),
            "prefixes.0",
        ),
    ],
)
def test_copies_and_tiers(body: str, words: tuple[str, ...]) -> None:
    """Replication needs versions on both ends and a usable key; tiers have S3's bounds."""
    assert_refused(body, words)


def targets(*entries: str, prefixes: str = "a: {path: a/}, b: {path: 'b/{x}/'}, bc: {path: 'b/c/'}") -> str:
    """A bucket with notification targets."""
    overlapping = prefixes.replace("path: 'b/c/'", "path: 'b/c/', overlaps: b")
    return with_bucket(f"notifications: {{targets: [{', '.join(entries)}]}}, prefixes: {{{overlapping}}}")


def target(arn: str, events: str, rest: str = "") -> str:
    """One notification target."""
    return f"{{arn: {arn}, events: {events}{rest}}}"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("one", targets(target(QUEUE, CREATED))),
        case("bus only", with_bucket("notifications: {eventbridge: true}")),
        case("different events", targets(target(QUEUE, CREATED), target(TOPIC, "'s3:ObjectRemoved:*'"))),
        case(
            "different kinds",
            targets(target(QUEUE, "'s3:ObjectCreated:Put'"), target(TOPIC, "'s3:ObjectCreated:Post'")),
        ),
        case("same events", targets(target(QUEUE, CREATED), target(TOPIC, CREATED)), "targets.1", "overlap"),
        case(
            "a kind and its family",
            targets(target(QUEUE, "'s3:ObjectCreated:Put'"), target(TOPIC, CREATED)),
            "s3:ObjectCreated:Put",
        ),
        case(
            "other prefixes",
            targets(target(QUEUE, CREATED, ", prefix: a"), target(TOPIC, CREATED, ", prefix: b")),
        ),
        case(
            "prefixes within each other",
            targets(target(QUEUE, CREATED, ", prefix: bc"), target(TOPIC, CREATED, ", prefix: b")),
            "overlap",
        ),
        case(
            "other suffixes",
            targets(target(QUEUE, CREATED, ", suffix: .pdf"), target(TOPIC, CREATED, ", suffix: .png")),
        ),
        case(
            "suffixes within each other",
            targets(target(QUEUE, CREATED, ", suffix: .gz"), target(TOPIC, CREATED, ", suffix: .tar.gz")),
            "overlap",
        ),
        case("unknown prefix", targets(target(QUEUE, CREATED, ", prefix: c")), "prefix", "'c'"),
        case("no target of S3", targets(target("'arn:aws:ses:us-west-2:111122223333:x'", CREATED)), "ses"),
        case(
            "no account of twelve digits", targets(target("'arn:aws:sqs:us-west-2:1:q'", CREATED)), "twelve"
        ),
        case("no account", targets(target("'arn:aws:sqs:us-west-2::q'", CREATED)), "names its account"),
        case("abroad", targets(target("'arn:aws:sqs:eu-west-1:111122223333:q'", CREATED)), "eu-west-1"),
        case("fifo", targets(target("'arn:aws:sqs:us-west-2:111122223333:q.fifo'", CREATED)), "FIFO"),
        case(
            "too many",
            targets(*[target(QUEUE, CREATED, f", suffix: x{n:03}") for n in range(101)]),
            "at most 100",
        ),
    ],
)
def test_notifications(body: str, words: tuple[str, ...]) -> None:
    """Targets are in the region, and no two are told of the same object's same event."""
    assert_refused(body, words)
