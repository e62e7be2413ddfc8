"""Does each server lack what its profile says, and answer all the rest? Proven by calls."""

import json
from collections.abc import Iterator, Mapping
from typing import Final

from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.estate import READERS, BucketPosture
from bucketwright.facets.reading import LiveFacet, Read
from bucketwright.looking import object_reads, questions
from bucketwright.s3.endpoints import SERVERS, recognised, setting_of
from bucketwright.s3.reading_only import only_reads
from bucketwright.s3.sender import sdk_send
from tests.other_servers.furnished import (
    AS_TOLD,
    BODY,
    BUCKET,
    KEY,
    LOCKED,
    Furnished,
    called,
    model,
    operations,
)

PUBLIC: Final[Mapping[str, object]] = {"GetBucketPolicyStatus": {"PolicyStatus": {"IsPublic": True}}}
ANSWERED_BESIDE: Final = frozenset({"unsupported", "bad answer", "refused"})


def reads() -> Iterator[Read]:
    """Every question that an audit asks of buckets and objects."""
    _, facets = READERS[BucketPosture.kind]
    for facet in facets.values():
        yield from facet.READS if isinstance(facet, LiveFacet) else ()
    for module in (object_reads, questions):
        yield from (one for one in vars(module).values() if isinstance(one, Read))


ASKED: Final = {read.operation: read for read in reads() if read.service == "s3"}
OPERATIONS: Final = sorted(
    name for name in operations().operation_names if not model(name).has_streaming_output
)
CHANGES: Final = [name for name in OPERATIONS if not only_reads("s3", name)]


def is_declined(there: Furnished, operation: str) -> bool:
    return SERVERS[there.server.name].declines(Call("s3", operation)) is not None


def asked(there: Furnished, operation: str, server: str = "aws") -> Outcome:
    """What comes of a call to which the product adds nothing but what it knows of that server."""
    bucket = LOCKED if "Lock" in operation or "LegalHold" in operation or "Retention" in operation else BUCKET
    call = Call("s3", operation, there.least(operation, bucket), "us-east-1")
    return sdk_send(there.sessions, server=SERVERS[server])(call)


def told(outcome: Answer) -> dict[str, object]:
    """An answer, its policy read."""
    values = dict(outcome.values)
    if "Policy" in values:
        values["Policy"] = json.loads(str(values["Policy"]))
    return values


def test_it_is_recognised(there: Furnished) -> None:
    """By how it signs its answers."""
    assert recognised(there.sessions) == SERVERS[there.server.name]


def test_what_it_declines_has_no_true_answer(there: Furnished) -> None:
    """Each such question is refused, answered with something else, or answered falsely."""
    declined = [one for one in OPERATIONS if only_reads("s3", one) and is_declined(there, one)]
    assert len(declined) > 15
    for operation in declined:
        outcome = asked(there, operation)

        if isinstance(outcome, Failure):
            assert outcome.kind in ANSWERED_BESIDE, (operation, outcome)
        else:
            assert told(outcome) != PUBLIC[operation], operation


def test_all_the_rest_is_answered(there: Furnished) -> None:
    """As it was told; what it was not told is absent in a way that the product knows."""
    answered = {name: read for name, read in ASKED.items() if not is_declined(there, name)}
    assert len(answered) > 15
    for operation, read in answered.items():
        outcome = asked(there, operation)

        if isinstance(outcome, Failure):
            assert setting_of(operation) not in there.taken, (operation, outcome)
            assert outcome.code in read.absent
        else:
            expected = AS_TOLD.get(operation, {})
            assert {name: told(outcome)[name] for name in expected} == expected, operation


def test_settings_that_it_lacks_cannot_be_changed(there: Furnished) -> None:
    """The server refuses, or takes the call for another; in no case it can be read back afterwards."""
    for operation in CHANGES:
        if not is_declined(there, operation) or operation in {"PutBucketAcl", "PutObjectAcl"}:
            continue
        called(there.s3, operation, there.least(operation, LOCKED))
        reading = [
            one
            for one in OPERATIONS
            if setting_of(one) == setting_of(operation) and only_reads("s3", one) and is_declined(there, one)
        ]

        for one in reading:
            outcome = asked(there, one)
            assert isinstance(outcome, Failure) or one in PUBLIC, (operation, one, outcome)


def test_nothing_is_harmed_by_what_it_mistakes(there: Furnished) -> None:
    """A bucket would be deleted and an object overwritten by calls that a fix never sends there."""
    there.s3.create_bucket(Bucket="empty")
    send = sdk_send(there.sessions, server=SERVERS[there.server.name])
    for operation in CHANGES:
        if is_declined(there, operation):
            outcome = send(Call("s3", operation, there.least(operation, "empty")))

            assert isinstance(outcome, Failure)
            assert (outcome.kind, outcome.code) == ("unsupported", "NotAsked")
    there.s3.head_bucket(Bucket="empty")
    there.s3.delete_bucket(Bucket="empty")
    assert there.s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == BODY


def test_what_is_harmed_where_it_is_sent(there: Furnished) -> None:
    """Why such calls are not sent: both are answered with success."""
    key = "harmed.txt"
    there.s3.create_bucket(Bucket="harmed")
    called(there.s3, "DeleteBucketMetadataConfiguration", {"Bucket": "harmed"})
    there.s3.put_object(Bucket=BUCKET, Key=key, Body=BODY)
    called(there.s3, "UpdateObjectEncryption", {**there.least("UpdateObjectEncryption"), "Key": key})

    body = there.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    is_deleted = called(there.s3, "HeadBucket", {"Bucket": "harmed"}) == "404"
    assert (is_deleted, b"<ObjectEncryption" in body) == (True, True)
