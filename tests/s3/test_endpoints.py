"""What a server is known not to answer is told by operation and by setting: what does a setting cover?"""

from collections import defaultdict

import botocore.session
import pytest

from bucketwright.calls import Call, Failure
from bucketwright.s3.endpoints import SERVERS, Server, setting_of

MODEL = botocore.session.get_session().get_service_model("s3")
OPERATIONS = frozenset(MODEL.operation_names)
OTHERS = [server for server in SERVERS.values() if server.unable]


def subject(operation: str) -> tuple[int, str]:
    """What the SDK's address of an operation is about: a bucket or an object, and which part of it."""
    path, _, part = MODEL.operation_model(operation).http["requestUri"].partition("?")
    return path.count("/"), part


def of_settings() -> dict[str, set[str]]:
    """All operations by the settings that they are about."""
    found = defaultdict(set)
    for operation in OPERATIONS:
        found[setting_of(operation)].add(operation)
    return found


@pytest.mark.parametrize("server", OTHERS, ids=lambda server: str(server.name))
def test_a_setting_covers_all_that_is_about_it(server: Server) -> None:
    """No operation of the same part of a bucket or object is left out, and no other is taken along.

    A listing of buckets has no part in its address.
    """
    for named in set(server.unable) - OPERATIONS - {"DirectoryBuckets"}:
        covered = of_settings()[named]
        subjects = {subject(operation) for operation in covered}

        assert len(subjects) == 1, named
        (about,) = subjects
        beside = {operation for operation in OPERATIONS if subject(operation) == about} - covered
        assert all(server.declines(Call("s3", operation)) for operation in beside), named


@pytest.mark.parametrize(
    ("operation", "is_sent"),
    [
        pytest.param("GetBucketVersioning", True, id="a setting that it has"),
        pytest.param("GetBucketEncryption", False, id="reads one that it has not"),
        pytest.param("DeleteBucketEncryption", False, id="removes one that it has not"),
        pytest.param("ListBucketInventoryConfigurations", False, id="lists those that it has not"),
        pytest.param("DeleteBucketMetadataConfiguration", False, id="it would delete the bucket"),
        pytest.param("UpdateObjectEncryption", False, id="it would overwrite the object"),
        pytest.param("DeleteBucket", True, id="named like the beginning of another"),
        pytest.param("PutObject", True, id="named like the beginning of a setting"),
    ],
)
def test_what_is_sent_to_versitygw(operation: str, is_sent: bool) -> None:
    """A setting that it does not have is neither read nor changed there."""
    declined = SERVERS["versitygw"].declines(Call("s3", operation))

    assert (declined is None) == is_sent
    assert declined is None or (declined.kind, declined.code) == ("unsupported", "NotAsked")


@pytest.mark.parametrize("server", [one for one in SERVERS.values() if one.name not in {"aws", "sandbox"}])
def test_newer_calls_that_others_mistake(server: Server) -> None:
    """What some servers take for a deletion of the bucket or for new content is sent to Amazon alone."""
    for operation in ("DeleteBucketMetadataConfiguration", "UpdateObjectEncryption", "RenameObject"):
        assert isinstance(server.declines(Call("s3", operation)), Failure), operation
        assert SERVERS["aws"].declines(Call("s3", operation)) is None
