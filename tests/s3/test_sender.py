"""What is answered arrives whole, as plain data, and what is sent names whose bucket it is meant to be."""

import pytest

from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.s3.endpoints import SERVERS, named, recognised
from bucketwright.s3.identity import identified
from bucketwright.s3.limits import Deadline
from bucketwright.s3.sender import NoSuchCallError, sdk_send
from bucketwright.s3.sessions import AccessError, Sessions
from tests.faults.proxy import Proxy
from tests.s3.asking import ACCOUNT, BUCKET, LISTING, REGION, VERSIONING, sender

KEYS = ["a b+c%/é", "x", "y/z"]


def values(outcome: Outcome) -> dict[str, object]:
    """What an answer holds."""
    assert isinstance(outcome, Answer), outcome
    return dict(outcome.values)


def entries(outcome: Outcome, name: str) -> list[dict[str, object]]:
    """A list in an answer."""
    listed = values(outcome)[name]
    assert isinstance(listed, list)
    return listed


@pytest.mark.parametrize(
    ("operation", "listed"),
    [
        ("ListObjectsV2", "Contents"),
        ("ListObjects", "Contents"),
        ("ListObjectVersions", "Versions"),
        ("ListMultipartUploads", "Uploads"),
    ],
)
def test_keys_arrive_as_they_are(proxy: Proxy, asked: Sessions, operation: str, listed: str) -> None:
    """A key with blanks, plus signs and per cent signs is decoded once, and no longer said to be encoded."""
    outcome = sdk_send(asked)(Call("s3", operation, {"Bucket": BUCKET}, REGION))

    assert [entry["Key"] for entry in entries(outcome, listed)] == KEYS
    assert "EncodingType" not in values(outcome)


@pytest.mark.parametrize(
    ("operation", "limit", "listed"),
    [
        pytest.param("ListObjectsV2", "MaxKeys", "Contents", id="objects"),
        pytest.param("ListMultipartUploads", "MaxUploads", "Uploads", id="uploads"),
    ],
)
def test_pages_turned_by_hand(proxy: Proxy, asked: Sessions, operation: str, limit: str, listed: str) -> None:
    """Whoever says how long a page is gets one page, and with what it says the next."""
    send = sdk_send(asked)
    params: dict[str, object] = {"Bucket": BUCKET, limit: 1}
    found: list[object] = []
    more = True
    while more:
        page = values(send(Call("s3", operation, params, REGION)))
        found += [entry["Key"] for entry in page.get(listed, ())]  # type: ignore[attr-defined]  # a list
        assert "EncodingType" not in page
        more = bool(page["IsTruncated"])
        following = {
            name.removeprefix("Next"): text for name, text in page.items() if name.startswith("Next")
        }
        params |= {name: text for name, text in following.items() if more}

    assert found == KEYS
    assert len(proxy.seen) == len(KEYS)


def test_pages_are_joined(proxy: Proxy, asked: Sessions) -> None:
    """All pages of an answer are one answer, and what turned them is not in it."""
    iam = sdk_send(asked)
    for number in range(3):
        trust = '{"Version":"2012-10-17","Statement":[]}'
        iam(Call("iam", "CreateRole", {"RoleName": f"role-{number}", "AssumeRolePolicyDocument": trust}))
    client = asked.client("iam")
    client.meta.events.register("before-parameter-build.iam.ListRoles", _one_a_page, unique_id="one")
    proxy.calm()

    outcome = iam(Call("iam", "ListRoles"))

    client.meta.events.unregister("before-parameter-build.iam.ListRoles", unique_id="one")
    assert {role["RoleName"] for role in entries(outcome, "Roles")} == {"role-0", "role-1", "role-2"}
    assert set(values(outcome)) == {"Roles"}
    assert len(proxy.seen) == 3


def _one_a_page(params: dict[str, object], **_event: object) -> None:
    params["MaxItems"] = 1


def test_times_are_texts(asked: Sessions) -> None:
    """A time is its text in ISO 8601, in UTC, and nothing of how the answer came is in it."""
    listed = values(sdk_send(asked)(Call("s3", "ListBuckets")))

    assert "ResponseMetadata" not in listed
    assert str(entries(Answer(listed), "Buckets")[0]["CreationDate"]).endswith("Z")


def test_expected_owner(proxy: Proxy, asked: Sessions) -> None:
    """Once the account is known it is the expected owner of every bucket, unless the call says otherwise."""
    send = sdk_send(asked)
    send(VERSIONING)
    assert identified(send) == ACCOUNT
    send(VERSIONING)
    send(Call("s3", "GetBucketVersioning", {"Bucket": BUCKET, "ExpectedBucketOwner": ""}, REGION))
    send(Call("s3", "GetBucketVersioning", {"Bucket": BUCKET, "ExpectedBucketOwner": "210987654321"}, REGION))

    owners = [
        request.headers.get("x-amz-expected-bucket-owner")
        for request in proxy.seen
        if request.service == "s3"
    ]
    assert owners == [None, ACCOUNT, None, "210987654321"]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        pytest.param("", ACCOUNT, id="any"),
        pytest.param(ACCOUNT, ACCOUNT, id="the-expected-one"),
        pytest.param("210987654321", "credentials", id="another"),
    ],
)
def test_whose_credentials(asked: Sessions, expected: str, found: str) -> None:
    """Credentials of another account than the expected one are refused."""
    account = identified(sdk_send(asked), expected=expected)

    assert (account.kind if isinstance(account, Failure) else account) == found


def test_one_endpoint_for_all(proxy: Proxy, asked: Sessions) -> None:
    """S3, S3 Control, IAM, KMS, STS and others are asked at one address, without an account before it."""
    send = sdk_send(asked)
    calls = [
        VERSIONING,
        Call("s3control", "ListAccessPoints", {"AccountId": ACCOUNT}, REGION),
        Call("iam", "ListRoles"),
        Call("kms", "ListAliases", {}, REGION),
        Call("sts", "GetCallerIdentity"),
        Call("cloudtrail", "DescribeTrails", {}, REGION),
    ]

    outcomes = [send(call) for call in calls]

    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    hosts = {request.headers["host"] for request in proxy.seen}
    assert hosts == {proxy.url.removeprefix("http://")}
    assert len(proxy.seen) == len(calls)


def test_signed_and_named(proxy: Proxy, asked: Sessions) -> None:
    """Requests are signed by version 4 and say which tool sends them."""
    sdk_send(asked)(VERSIONING)

    headers = proxy.seen[0].headers
    assert headers["authorization"].startswith("AWS4-HMAC-SHA256 ")
    assert "bucketwright/" in headers["user-agent"]


@pytest.mark.parametrize(
    ("service", "operation"), [("s3", "GetBucketColour"), ("s3", "GetObject")], ids=["unknown", "stream"]
)
def test_mistakes_in_calls(asked: Sessions, service: str, operation: str) -> None:
    """An operation that there is not, or that answers with a stream, is a mistake in the program."""
    with pytest.raises(NoSuchCallError, match=operation):
        sdk_send(asked)(Call(service, operation, {"Bucket": BUCKET, "Key": "x"}))


def test_names_that_no_bucket_has(proxy: Proxy, asked: Sessions) -> None:
    """A name that the SDK refuses is refused without a request, and shown so that it cannot hide anything."""
    outcome = sdk_send(asked)(Call("s3", "GetBucketVersioning", {"Bucket": "no\x1b[31m"}))

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code) == ("refused", "InvalidParameter")
    assert outcome.message.isprintable()
    assert proxy.seen == []


def test_accounts_without_a_role(asked: Sessions) -> None:
    """A call for an account that no role lets in to is a failure of its credentials."""
    outcome = sdk_send(asked)(Call("s3", "ListBuckets", account="210987654321"))

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code) == ("credentials", "NoAccess")


def test_nothing_after_the_deadline(proxy: Proxy, asked: Sessions) -> None:
    """Nothing is sent once the run's time is over."""
    assert sdk_send(asked, Deadline.after(-1))(LISTING) == Failure("late")
    assert proxy.seen == []


@pytest.mark.parametrize(
    ("kind", "call", "asks"),
    [
        pytest.param(
            "minio", Call("s3", "GetBucketPolicyStatus", {"Bucket": BUCKET}), False, id="answers-falsely"
        ),
        pytest.param("minio", VERSIONING, True, id="answers-truly"),
        pytest.param("minio", Call("iam", "ListRoles"), False, id="no-such-service"),
        pytest.param("rclone", VERSIONING, False, id="makes-everything-up"),
        pytest.param("rclone", LISTING, True, id="lists-truly"),
        pytest.param("aws", Call("iam", "ListRoles"), True, id="aws-answers-all"),
    ],
)
def test_what_a_server_cannot_answer(
    proxy: Proxy, asked: Sessions, kind: str, call: Call, asks: bool
) -> None:
    """What a server cannot answer, or answers falsely, is never sent there."""
    outcome = sdk_send(asked, server=SERVERS[kind])(call)

    assert bool(proxy.seen) == asks
    assert isinstance(outcome, Answer) == asks
    if isinstance(outcome, Failure):
        assert (outcome.kind, outcome.code) == ("unsupported", "NotAsked")


def test_recognising_the_server(asked: Sessions) -> None:
    """A server is known by the name in the headers of its answers."""
    assert recognised(asked) is SERVERS["sandbox"]


def test_servers_by_name() -> None:
    """A server may be named; a name that is none is answered with those that there are."""
    assert named("ceph").title == "Ceph Object Gateway"
    with pytest.raises(AccessError, match="did you mean 'minio'"):
        named("minnio")


def test_credentials_that_are_not_there(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without credentials nothing is sent, and it is said what to do."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    outcome = sender(proxy.url)(VERSIONING)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code) == ("credentials", "NoCredentials")
    assert "name a profile" in outcome.message
    assert proxy.seen == []
