"""S3 as its documents describe it, in memory: a bucket whose objects are copied, tagged and encrypted anew.

It knows nothing of how fixes work: what a copy is not told it does not have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import RLock
from typing import Final
from urllib.parse import parse_qsl

from audits.fixing_things import Ground, Thing
from bucketwright.calls import Answer, Call, Failure, Outcome

NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)
OWNER: Final = "f" * 64
BUCKET: Final = "shop"
_REPLACED: Final = (
    "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage", "ContentType", "Expires",
    "Metadata", "StorageClass", "WebsiteRedirectLocation", "ObjectLockMode", "ObjectLockRetainUntilDate",
    "ObjectLockLegalHoldStatus",
)  # fmt: skip
_GRANTS: Final = {
    "GrantFullControl": "FULL_CONTROL",
    "GrantRead": "READ",
    "GrantReadACP": "READ_ACP",
    "GrantWriteACP": "WRITE_ACP",
}
Head = dict[str, object]


def ground(**facts: object) -> Ground:
    """The bucket."""
    usual: dict[str, object] = {
        "address": "bucket:shop", "name": BUCKET, "region": "us-west-2", "now": NOW, "owner": OWNER,
        "has_locks": False, "versions": "Disabled",
        "default": {"ServerSideEncryption": "AES256", "SSEKMSKeyId": None, "BucketKeyEnabled": False},
    }  # fmt: skip
    return Ground(**{**usual, **facts})  # type: ignore[arg-type]  # a table of fields


def thing(key: str = "a.png", **names: str) -> Thing:
    """What lies under a key of the bucket."""
    return Thing(BUCKET, key, "us-west-2", **names)


@dataclass
class Stored:
    """One object."""

    head: Head
    tags: dict[str, str] = field(default_factory=dict)
    grants: frozenset[tuple[str, str]] = frozenset({(f"id:{OWNER}", "FULL_CONTROL")})
    copies: int = 0
    """How often it was copied onto itself."""


@dataclass
class Model:
    """A bucket; each call is one change or one look."""

    objects: dict[str, Stored] = field(default_factory=dict)
    uploads: dict[str, Call] = field(default_factory=dict)
    sent: list[Call] = field(default_factory=list)
    default: Mapping[str, object] = field(default_factory=lambda: {"ServerSideEncryption": "AES256"})
    parts: dict[str, list[str]] = field(default_factory=dict)
    older: dict[tuple[str, str], Stored] = field(default_factory=dict)
    """What copies took the place of, by key and version; of objects that have a version."""
    _turn: RLock = field(default_factory=RLock)

    def put(
        self,
        head: Mapping[str, object] | None = None,
        key: str = "a.png",
        tags: Mapping[str, str] | None = None,
    ) -> Stored:
        """An object as somebody put it there."""
        told = {
            "ETag": f'"{key}"',
            "ContentLength": 9,
            "LastModified": "2026-01-01T00:00:00Z",
            "Metadata": {},
        }
        self.objects[key] = Stored({**told, **self.default, **(head or {})}, dict(tags or {}))
        return self.objects[key]

    def __call__(self, call: Call) -> Outcome:
        with self._turn:
            self.sent.append(call)
            found = self._found(str(call.params["Key"]), call.params.get("VersionId"))
            if found is None:
                return Failure("gone", "404")
            answer: Callable[[Call, Stored], Outcome] = getattr(self, f"_{call.operation}")
            return answer(call, found)

    def _found(self, key: str, version: object) -> Stored | None:
        current = self.objects.get(key)
        if version is None or current is None or current.head.get("VersionId", version) == version:
            return current
        return self.older.get((key, str(version)))

    def _DeleteObject(self, call: Call, _: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        del self.older[str(call.params["Key"]), str(call.params["VersionId"])]
        return Answer()

    def _HeadObject(self, _: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        return Answer({**one.head, **({"TagCount": len(one.tags)} if one.tags else {})})

    def _GetObjectTagging(self, _: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        return Answer({"TagSet": [{"Key": name, "Value": text} for name, text in one.tags.items()]})

    def _GetObjectAcl(self, _: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        grants = [
            {
                "Grantee": {"ID": who.removeprefix("id:")} if who.startswith("id:") else {"URI": who},
                "Permission": what,
            }
            for who, what in sorted(one.grants)
        ]
        return Answer({"Owner": {"ID": OWNER}, "Grants": grants})

    def _PutObjectTagging(self, call: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        tagging = call.params["Tagging"]
        assert isinstance(tagging, dict)
        one.tags = {pair["Key"]: pair["Value"] for pair in tagging["TagSet"]}
        return Answer()

    def _PutObjectAcl(self, call: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        policy = call.params["AccessControlPolicy"]
        assert isinstance(policy, dict)
        named = ((grant["Grantee"], grant["Permission"]) for grant in policy["Grants"])
        one.grants = frozenset(
            (f"id:{who['ID']}" if "ID" in who else who["URI"], what) for who, what in named
        )
        return Answer()

    def _UpdateObjectEncryption(self, call: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        wanted = call.params["ObjectEncryption"]
        assert isinstance(wanted, dict)
        kms = wanted["SSEKMS"]
        one.head |= {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms["KMSKeyArn"]}
        one.head["BucketKeyEnabled"] = kms["BucketKeyEnabled"]
        return Answer()

    def _CopyObject(self, call: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        told = call.params
        if told.get("CopySourceIfMatch", one.head["ETag"]) != one.head["ETag"]:
            return Failure("refused", "PreconditionFailed")
        assert told["CopySource"] == {"Bucket": told["Bucket"], "Key": told["Key"]}
        self._copy(call, one)
        return Answer({"CopyObjectResult": {"ETag": one.head["ETag"]}})

    def _copy(self, call: Call, one: Stored) -> None:
        """What it is not told it does not have, but for the tags of a copy in one."""
        told, old = call.params, one.head
        version = old.get("VersionId")
        if version is not None:
            self.older[str(told["Key"]), str(version)] = replace(one)
        head: Head = {name: old[name] for name in ("ETag", "ContentLength")}
        head |= {"LastModified": "2026-11-21T00:00:00Z", "Metadata": {}}
        head |= {} if version is None else {"VersionId": f"v{one.copies + 1}"}
        head |= {name: told[name] for name in _REPLACED if name in told}
        asked = {name: told[name] for name in told if name.startswith(("Server", "SSE", "BucketKey"))}
        head |= asked or self.default
        algorithm = told.get("ChecksumAlgorithm")
        head |= {f"Checksum{algorithm}": old.get(f"Checksum{algorithm}", "new")} if algorithm else {}
        is_copy = told.get("TaggingDirective", "COPY") == "COPY" and "CopySource" in told
        one.tags = (
            one.tags if is_copy else dict(parse_qsl(str(told.get("Tagging", "")), keep_blank_values=True))
        )
        granted = {(name, what) for header, what in _GRANTS.items() for name in _named(told.get(header))}
        one.grants = frozenset(granted) or frozenset({(f"id:{OWNER}", "FULL_CONTROL")})
        one.head, one.copies = head, one.copies + 1

    def _CreateMultipartUpload(self, call: Call, _: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        upload = f"upload-{len(self.uploads)}"
        self.uploads[upload] = call
        return Answer({"UploadId": upload})

    def _UploadPartCopy(self, call: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        upload = str(call.params["UploadId"])
        if upload not in self.uploads:
            return Failure("gone", "NoSuchUpload")
        if call.params["CopySourceIfMatch"] != one.head["ETag"]:
            return Failure("refused", "PreconditionFailed")
        self.parts.setdefault(upload, []).append(str(call.params["CopySourceRange"]))
        return Answer({"CopyPartResult": {"ETag": f'"{call.params["PartNumber"]}"'}})

    def _CompleteMultipartUpload(self, call: Call, one: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        begun = self.uploads.pop(str(call.params["UploadId"]), None)
        if begun is None:
            return Failure("gone", "NoSuchUpload")
        self._copy(begun, one)
        return Answer({"ETag": one.head["ETag"]})

    def _AbortMultipartUpload(self, call: Call, _: Stored) -> Outcome:  # noqa: N802 - as S3 calls it
        found = self.uploads.pop(str(call.params["UploadId"]), None)
        return Failure("gone", "NoSuchUpload") if found is None else Answer()


def _named(header: object) -> list[str]:
    """Whom a header names: `id="…",uri="…"`."""
    pairs = (one.partition("=") for one in str(header).split(",")) if header else ()
    return [f"id:{who[1:-1]}" if kind == "id" else who[1:-1] for kind, _, who in pairs]
