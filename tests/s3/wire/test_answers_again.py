"""An answer that comes again, to the byte, is not read again; and nothing else is taken for it."""

from collections.abc import Mapping

from botocore.session import Session

from bucketwright.calls import Answer, Call, Outcome
from bucketwright.s3.pool import ask
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.wire.answers_again import AnswersAgain, key_of
from bucketwright.s3.wire.head_lines import Reply
from sandbox.server import Server
from tests.s3.asking import ACCOUNT, REGION, sessions
from tests.s3.wire.by_wire import wired

S3 = Session().get_service_model("s3")
BODY = b"<VersioningConfiguration/>"
NO_HEADERS: Mapping[str, str] = {}


def key(
    operation: str, body: bytes = BODY, status: int = 200, headers: Mapping[str, str] = NO_HEADERS
) -> object:
    """Of an answer to an operation."""
    return key_of(S3.operation_model(operation), Reply(status, dict(headers), body), True)


def test_what_an_answer_is_read_from() -> None:
    """Operation, status and body, and of the headers those that it holds; none where it may hold any."""
    rules = "GetBucketLifecycleConfiguration"
    size = {"x-amz-transition-default-minimum-object-size": "varies_by_storage_class"}
    beside = {"date": "later", "x-amz-request-id": "2"}

    assert key("GetBucketVersioning") == key("GetBucketVersioning", headers=beside)
    assert key("GetBucketVersioning") != key("GetBucketVersioning", b"<VersioningConfiguration />")
    assert key("GetBucketVersioning") != key("GetBucketVersioning", status=203)
    assert key("GetBucketVersioning") != key("GetBucketLogging")
    assert key(rules) != key(rules, headers=size)
    assert key("HeadObject") is None
    assert key("GetBucketVersioning", b" " * 5_000) is None


def test_only_so_many_are_kept() -> None:
    """However many different ones come."""
    again = AnswersAgain()
    for number in range(2_000):
        again.keep(number, Answer({"n": number}))

    known = [number for number in range(2_000) if again.find(number) is not None]

    assert 1_999 in known
    assert len(known) <= 512


def test_buckets_that_are_alike_and_one_that_is_not(server: Server) -> None:
    """Each is told as by the SDK, whatever was answered of others before."""
    s3 = server.clients(account=ACCOUNT, region=REGION).client("s3")
    names = [f"alike-{number}" for number in range(4)]
    for name in names:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=names[2], VersioningConfiguration={"Status": "Enabled"})
    asked = ("GetBucketVersioning", "GetBucketAcl", "GetBucketTagging", "ListMultipartUploads")
    calls = [Call("s3", one, {"Bucket": name}, REGION) for name in names for one in asked]
    send = wired(server.url)

    told = [dict[str, Outcome](ask(send, calls)) for _ in range(2)]

    assert told[0] == told[1] == ask(sdk_send(sessions(server.url)), calls)
    send.close()
