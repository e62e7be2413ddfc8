"""Admin calls: for the holder of the token alone, and what each of them does."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from sandbox.server import Clients, Server, connect
from sandbox.server.clients import SandboxError
from tests.sandbox.server.asking import made, sent, versioned

LONG_AGO = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize("path", ["health", "buckets", "reset", "", "nothing"])
def test_without_the_token_nothing_is_told(server: Server, path: str) -> None:
    """Each call without the token, or with another, is refused."""
    assert sent(server.url, "GET", f"/_sandbox/{path}").status == 403
    for token in ("another", "\xe9", ""):
        assert sent(server.url, "GET", f"/_sandbox/{path}", x_sandbox_token=token).status == 403


def test_a_token_of_another_sandbox_is_no_good(server: Server) -> None:
    """Health is of the very sandbox the token belongs to."""
    assert server.healthy()
    assert not connect(server.url, "another").healthy()


def test_an_unknown_call_names_the_known_ones(server: Server) -> None:
    """A call that is not there is answered with those that are."""
    answer = sent(server.url, "GET", "/_sandbox/frob", x_sandbox_token=server.token)

    assert answer.status == 404
    assert b"POST object-date" in answer.read()


def test_an_object_can_be_old(server: Server, clients: Clients, name: str) -> None:
    """Lists and heads say the date that was set."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="ä b/k", Body=b"")
    server.set_object_date(name, "ä b/k", LONG_AGO)

    assert s3.head_object(Bucket=name, Key="ä b/k")["LastModified"] == LONG_AGO
    assert s3.list_objects_v2(Bucket=name)["Contents"][0]["LastModified"] == LONG_AGO


def test_dates_are_in_utc(server: Server, clients: Clients, name: str) -> None:
    """A date with an offset is turned into UTC, one without is taken for UTC."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"")
    server.set_object_date(name, "k", LONG_AGO.astimezone(timezone(timedelta(hours=5))))
    with_offset = s3.head_object(Bucket=name, Key="k")["LastModified"]
    server.set_object_date(name, "k", LONG_AGO.replace(tzinfo=None))

    assert with_offset == LONG_AGO == s3.head_object(Bucket=name, Key="k")["LastModified"]


def test_one_version_can_be_old(server: Server, clients: Clients, name: str) -> None:
    """The version that is named gets the date, delete markers too, and the others keep theirs."""
    s3 = versioned(clients, name)
    version = s3.put_object(Bucket=name, Key="k", Body=b"")["VersionId"]
    s3.put_object(Bucket=name, Key="k", Body=b"")
    marker = s3.delete_object(Bucket=name, Key="k")["VersionId"]
    for one in (version, marker):
        server.set_object_date(name, "k", LONG_AGO, one)
    listed = s3.list_object_versions(Bucket=name)
    dates = {one["VersionId"]: one["LastModified"] for one in listed["Versions"] + listed["DeleteMarkers"]}

    assert {one for one, date in dates.items() if date == LONG_AGO} == {version, marker}


def test_an_upload_can_be_old(server: Server, clients: Clients, name: str) -> None:
    """The list of uploads says the date that was set."""
    s3 = made(clients, name)
    upload = s3.create_multipart_upload(Bucket=name, Key="k")["UploadId"]
    server.set_upload_date(name, upload, LONG_AGO)

    assert s3.list_multipart_uploads(Bucket=name)["Uploads"][0]["Initiated"] == LONG_AGO


def test_what_is_not_there_cannot_be_old(server: Server, clients: Clients, name: str) -> None:
    """The refusal names what is missing."""
    made(clients, name)
    with pytest.raises(SandboxError, match="no such version of 'k'"):
        server.set_object_date(name, "k", LONG_AGO)
    with pytest.raises(SandboxError, match="no such upload"):
        server.set_upload_date(name, "u", LONG_AGO)
    with pytest.raises(SandboxError, match="no such version"):
        server.set_object_date("none-here", "k", LONG_AGO)


@pytest.mark.parametrize("query", ["", "bucket=b", "bucket=b&key=k&modified=then"])
def test_a_call_says_what_it_needs(server: Server, clients: Clients, name: str, query: str) -> None:
    """A call with something missing or no moment is refused with 400."""
    made(clients, name).put_object(Bucket=name, Key="k", Body=b"")
    path = f"/_sandbox/object-date?{query.replace('bucket=b', f'bucket={name}')}"
    answer = sent(server.url, "POST", path, x_sandbox_token=server.token)

    assert answer.status == 400


def test_the_dump_tells_all_of_a_bucket(server: Server, clients: Clients, name: str) -> None:
    """Owner, region, versions, documents, objects and uploads are told."""
    s3 = versioned(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"four")
    s3.delete_object(Bucket=name, Key="k")
    s3.create_multipart_upload(Bucket=name, Key="u")
    told = next(bucket for bucket in server.buckets() if bucket["name"] == name)

    assert (told["account"], told["region"], told["versioning"]) == (
        clients.account,
        clients.region,
        "Enabled",
    )
    assert "<EncryptionType>SSE-C</EncryptionType>" in told["documents"]["encryption"]
    assert [(one["size"], one["latest"], one["delete_marker"]) for one in told["objects"]] == [
        (4, False, False),
        (None, True, True),
    ]
    assert [one["key"] for one in told["uploads"]] == ["u"]
