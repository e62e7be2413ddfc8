"""What does moto hold? The one place that reaches into its state, and what the layer keeps beside it.

The state is the process's: every server of a process shows the same buckets. What is kept beside a bucket or
an object lives as long as that bucket or object does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from weakref import WeakKeyDictionary

from moto.core.base_backend import BackendDict
from moto.core.config import default_user_config
from moto.iam.models import iam_backends
from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, FakeMultipart, S3Backend, s3_backends
from moto.s3control.models import S3ControlBackend, s3control_backends
from moto.utilities.utils import get_partition

from sandbox.server.calls import Answer
from sandbox.server.elements import Element

ENFORCED: Final = "BucketOwnerEnforced"
_UPLOAD_ID: Final = re.compile(b"<UploadId>([^<]*)</UploadId>")
"""The whole may be no XML, for moto writes keys as they are."""
_DOCUMENTS: Final[MutableMapping[FakeBucket, dict[tuple[str, str], Element]]] = WeakKeyDictionary()
_INITIATED: Final[MutableMapping[FakeMultipart, datetime]] = WeakKeyDictionary()
_NOTES: Final[MutableMapping[FakeKey | FakeMultipart, dict[str, str]]] = WeakKeyDictionary()
_ANALYZERS: Final[dict[tuple[str, str], dict[str, Mapping[str, object]]]] = {}


def know_managed_policies() -> None:
    """Let every account have the policies that AWS writes; moto has none of them unless it is told."""
    default_user_config["iam"]["load_aws_managed_policies"] = True


def forget_everything() -> None:
    """Empty every account."""
    iam_backends.clear()  # moto would first make all those policies again
    BackendDict.reset()
    _ANALYZERS.clear()


def bucket_named(name: str) -> FakeBucket | None:
    """The bucket of that name, whoever owns it."""
    home = s3_backends.bucket_accounts.get(name)
    if home is None:
        return None
    partition, account = home
    return s3_backends[account][partition].buckets.get(name)


def buckets() -> Iterator[FakeBucket]:
    """All buckets of all accounts, by name."""
    found = map(bucket_named, sorted(s3_backends.bucket_accounts))
    return (bucket for bucket in found if bucket is not None)


def buckets_of(account: str, region: str) -> dict[str, FakeBucket]:
    """The buckets of one account, in the partition of a region."""
    return storage_of(account, region).buckets


def storage_of(account: str, region: str) -> S3Backend:
    """What moto holds of S3 for an account."""
    return s3_backends[account][get_partition(region)]


def control_of(account: str, region: str) -> S3ControlBackend:
    """What moto holds of S3 Control for an account."""
    return s3control_backends[account][get_partition(region)]


def analyzers_in(account: str, region: str) -> dict[str, Mapping[str, object]]:
    """The access analyzers of an account in a region, by name; moto has no such service."""
    return _ANALYZERS.setdefault((account, region), {})


def documents_of(bucket: FakeBucket) -> dict[tuple[str, str], Element]:
    """What was put beside a bucket: (subresource, id) to document; the id is empty where there is but one."""
    return _DOCUMENTS.setdefault(bucket, {})


def notes_on(stored: FakeKey | FakeMultipart) -> dict[str, str]:
    """What the layer knows of one version of an object, or of an upload, and moto does not."""
    return _NOTES.setdefault(stored, {})


def upload_begun(bucket: FakeBucket, answer: Answer) -> FakeMultipart | None:
    """The upload that an answer of moto says was begun."""
    if answer.status != HTTPStatus.OK:
        return None
    found = _UPLOAD_ID.search(answer.body)
    return None if found is None else bucket.multiparts.get(found[1].decode())


def initiated(upload: FakeMultipart) -> datetime:
    """When an upload was begun; if nobody noted it, now."""
    return _INITIATED.setdefault(upload, datetime.now(UTC))


def set_initiated(upload: FakeMultipart, moment: datetime) -> None:
    """Note when an upload was begun."""
    _INITIATED[upload] = moment


def version_of(bucket: FakeBucket, key: str, version: str | None = None) -> FakeKey | None:
    """One version of an object, the newest unless another is named; None where it is a delete marker."""
    versions = [stored for stored in bucket.keys.getlist(key) or () if isinstance(stored, FakeKey)]
    if version is None:
        newest = bucket.keys.get(key)
        return newest if isinstance(newest, FakeKey) else None
    return next((stored for stored in versions if stored.version_id == version), None)


@contextmanager
def spared(versions: Iterable[FakeKey | FakeDeleteMarker]) -> Iterator[None]:
    """Within it moto may throw versions away; afterwards they are as they were, for whoever holds them."""
    states = [(one, one.__getstate__()) for one in versions if isinstance(one, FakeKey)]
    try:
        yield
    finally:
        for one, state in states:
            one.__setstate__(state)


def tags_on(stored: FakeKey, bucket: FakeBucket) -> dict[str, str]:
    """The tags of one version of an object."""
    tagger = storage_of(bucket.account_id, bucket.region_name).tagger
    return {key: value or "" for key, value in tagger.get_tag_dict_for_resource(stored.arn).items()}


def with_version(answer: Answer, stored: FakeKey) -> Answer:
    """The answer with the version it is about, where the bucket keeps versions."""
    version = stored.version_id
    return answer if version == "null" else answer.with_headers(x_amz_version_id=version)


def is_owner_enforced(bucket: FakeBucket) -> bool:
    """Whether the bucket's owner owns all in it and ACLs mean nothing."""
    return ownership_of(bucket) == ENFORCED


def ownership_of(bucket: FakeBucket) -> str | None:
    """The bucket's object ownership; moto declares it as something it is not."""
    rule: object = bucket.ownership_rule
    return rule if isinstance(rule, str) else None


def set_ownership(bucket: FakeBucket, rule: str) -> None:
    """Set the bucket's object ownership."""
    vars(bucket)["ownership_rule"] = rule
