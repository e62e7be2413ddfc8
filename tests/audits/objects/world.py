"""A deployed contract whose buckets hold whatever somebody put there, and what either engine says of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import hypothesis.strategies as st
from botocore.exceptions import ClientError

from audits.live import Looked, look
from bucketwright.calls import Send
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.estate import BucketPosture
from bucketwright.findings import finding_of
from bucketwright.judging import Judgement, Selection
from bucketwright.looking.scope import Scope
from bucketwright.posture import Circumstances
from sandbox.drifts import Live
from sandbox.server import Server
from sandbox.server.clients import SandboxError
from sandbox.server.held import bucket_named, version_of
from tests.audits.sandboxed import deploy

NOW: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
CONTRACT: Final = """
project: oracle
region: us-west-2
environments: {prod: {account: "123456789012"}}
buckets:
  files:
    encryption: kms
    versioning: enabled
    prefixes:
      documents:
        path: "{env}/cases/{case_id:int}/documents/"
        keep: forever
        types: [application/pdf, image/*]
      exports: {path: "{env}/exports/", expire: 30 days, noncurrent: {expire: 10 days}, tags: {team: red}}
  shared:
    ownership: preferred
    unsafe: {acls: an old program needs them}
    prefixes: {parts: {path: "{env}/parts/", tags: {team: red}}}
  vault:
    versioning: enabled
    object_lock: {mode: governance, retain: 30 days}
    prefixes: {kept: {path: "{env}/kept/"}}
"""
BUCKETS: Final = {"files": "oracle-prod-files", "shared": "oracle-prod-shared", "vault": "oracle-prod-vault"}
HOSTILE: Final = (
    "../../etc/passwd",
    "<img src=x onerror=alert(1)>.html",
    '=HYPERLINK("http://x")',
    "a\x01b\x07c",
    "a\nb\r\nc",
    "caf\u00e9.txt",
    "cafe\u0301.txt",
    "ends/with/",
    "//double//slash",
    "\x1b[31mred\x1b[0m",
    "percent%2Fnot+decoded&amp; ",
    "\ufffe\u2028",
    "k" * 1_024,
    "\u20ac" * 341,
    "\U0001f600/x",
)
PLAIN: Final = (
    "prod/cases/7/documents/a.pdf",
    "prod/cases/7/documents/b.png",
    "prod/exports/c.csv",
    "prod/exports/.env",
    "prod/parts/d.bin",
    "prod/kept/e.txt",
    "elsewhere/f.tar.gz",
)
KEYS: Final = (*PLAIN, *PLAIN, *HOSTILE)
_GROUPS: Final = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'
_DATES: Final = (NOW - timedelta(days=1), NOW - timedelta(days=45), datetime(2021, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to one key of one bucket."""

    bucket: str
    key: str
    what: str
    how: Mapping[str, Any]


def deeds() -> st.SearchStrategy[list[Deed]]:
    """To some keys this and that, each time after something was put there."""
    stories = st.lists(_story_of(st.sampled_from(sorted(BUCKETS)), KEYS), min_size=4, max_size=12)
    return stories.map(lambda several: [deed for story in several for deed in story])


def later_deeds() -> st.SearchStrategy[list[Deed]]:
    """What happens to objects that an audit has seen: anew, in place, or that they go."""
    whats = st.one_of(
        st.tuples(st.just("put"), _PUTS),
        st.tuples(st.just("delete"), st.just({})),
        st.tuples(st.just("acl"), st.sampled_from([{"GrantRead": _GROUPS}, {"ACL": "private"}])),
        st.tuples(st.just("tags"), st.sampled_from([{"team": "red"}, {"team": "green"}])),
        st.tuples(st.just("rekey"), st.just({})),
        st.tuples(st.just("transition"), st.just({})),
        st.tuples(st.just("hold"), st.sampled_from([{"Status": "ON"}, {"Status": "OFF"}])),
    )
    keys = st.sampled_from(KEYS)
    stories = st.builds(
        lambda bucket, key, what: Deed(BUCKETS[bucket], key, what[0], what[1]),
        st.sampled_from(sorted(BUCKETS)),
        keys,
        whats,
    )
    return st.lists(stories, max_size=8)


def _story_of(buckets: st.SearchStrategy[str], keys: tuple[str, ...]) -> st.SearchStrategy[list[Deed]]:
    whats = st.tuples(st.tuples(st.just("put"), _PUTS), st.lists(_WHATS, max_size=3))
    return st.builds(_story, buckets, st.sampled_from(keys), whats)


def _story(
    bucket: str, key: str, whats: tuple[tuple[str, Mapping[str, Any]], list[tuple[str, Mapping[str, Any]]]]
) -> list[Deed]:
    return [Deed(BUCKETS[bucket], key, what, how) for what, how in (whats[0], *whats[1])]


_PUTS: Final = st.fixed_dictionaries(
    {},
    optional={
        "ContentType": st.sampled_from(["application/pdf", "text/html", "image/png; charset=x", "odd"]),
        "ContentEncoding": st.just("gzip"),
        "StorageClass": st.sampled_from(["STANDARD_IA", "GLACIER"]),
        "Tagging": st.sampled_from(["team=red", "team=blue", "x=1"]),
        "ChecksumAlgorithm": st.sampled_from(["CRC32", "SHA256"]),
        "encrypted": st.sampled_from(
            [
                {"ServerSideEncryption": "AES256"},
                {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "another"},
                {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32},
            ]
        ),
    },
)
_WHATS: Final = st.one_of(
    st.tuples(st.just("put"), _PUTS),
    st.tuples(st.just("delete"), st.just({})),
    st.tuples(st.just("date"), st.fixed_dictionaries({"modified": st.sampled_from(_DATES)})),
    st.tuples(st.just("unencrypt"), st.just({})),
    st.tuples(st.just("acl"), st.sampled_from([{"GrantRead": _GROUPS}, {"ACL": "private"}])),
    st.tuples(st.just("tags"), st.sampled_from([{"team": "red"}, {"team": "green"}, {"x": "y"}])),
    st.tuples(st.just("upload"), st.just({})),
    st.tuples(st.just("hold"), st.sampled_from([{"Status": "ON"}, {"Status": "OFF"}])),
)


def _deed(bucket: str, key: str, what: str, **how: object) -> Deed:
    return Deed(BUCKETS[bucket], key, what, how)


_LONG_AGO: Final = {"modified": _DATES[1]}
_CUSTOMERS: Final = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
ALL_SORTS: Final = (
    _deed("files", PLAIN[0], "put", ContentType="text/html", encrypted={"ServerSideEncryption": "AES256"}),
    _deed("files", PLAIN[0], "put", ContentType="application/pdf", encrypted={"SSEKMSKeyId": "another"}),
    _deed("files", PLAIN[1], "put", StorageClass="GLACIER"),
    _deed("files", PLAIN[1], "unencrypt"),
    _deed("files", PLAIN[2], "put", Tagging="team=blue"),
    _deed("files", PLAIN[2], "date", modified=_DATES[2]),
    _deed("files", PLAIN[2], "put", Tagging="team=red"),
    _deed("files", PLAIN[2], "date", **_LONG_AGO),
    _deed("files", PLAIN[3], "put"),
    _deed("files", PLAIN[3], "delete"),
    _deed("files", PLAIN[3], "put"),
    _deed("files", "prod/exports/gone", "delete"),
    _deed("files", "prod/exports/gone", "date", **_LONG_AGO),
    _deed("files", PLAIN[3], "upload"),
    _deed("shared", PLAIN[4], "put", encrypted=_CUSTOMERS),
    _deed("shared", PLAIN[5], "put", ContentType="text/plain"),
    _deed("shared", PLAIN[5], "acl", GrantRead=_GROUPS),
    _deed("shared", PLAIN[6], "put", ContentEncoding="gzip"),
    _deed("shared", PLAIN[6], "acl", GrantRead=f'id="{"a" * 64}"'),
    _deed("vault", PLAIN[5], "put"),
    _deed("vault", PLAIN[5], "hold", Status="ON"),
    _deed("vault", PLAIN[6], "put", encrypted=_CUSTOMERS),
    *(_deed(bucket, key, "put") for bucket in BUCKETS for key in HOSTILE),
    *(_deed("files", key, "put", ContentType="text/html") for key in HOSTILE),
)
"""One of each sort at least."""


class World:
    """The deployment."""

    def __init__(self, server: Server) -> None:
        self.around: Final[Circumstances] = circumstances(read(CONTRACT, "contract.yaml"), NOW)["prod"]
        deploy(server, self.around)
        environment = self.around.environment
        assert environment is not None
        self.server: Final = server
        self.s3: Final = Live(server, environment).client("s3")
        self.key: Final = Live(server, environment).client("kms").create_key()["KeyMetadata"]["Arn"]
        self.scope: Final = Scope(self.around, Selection("all"), objects=True)

    def seen(self, send: Send) -> Looked:
        """What an audit sees of the buckets, and of the account."""
        return look(send, self.scope)

    def do(self, deed: Deed) -> None:
        """Whatever cannot be done is left undone."""
        try:
            _DOES[deed.what](self, deed)
        except (ClientError, SandboxError):
            return

    def clear(self) -> None:
        """Let nothing be left in the buckets."""
        for name, bucket in BUCKETS.items():
            way, lists = (
                ("list_objects_v2", ["Contents"])
                if name == "shared"
                else ("list_object_versions", ["Versions", "DeleteMarkers"])
            )
            for page in self.s3.get_paginator(way).paginate(Bucket=bucket):
                for one in (row for several in lists for row in page.get(several, ())):
                    self._delete(bucket, one)
            for one in self.s3.list_multipart_uploads(Bucket=bucket).get("Uploads", ()):
                self.s3.abort_multipart_upload(Bucket=bucket, Key=one["Key"], UploadId=one["UploadId"])

    def _delete(self, bucket: str, one: Mapping[str, Any]) -> None:
        named = {"Bucket": bucket, "Key": one["Key"]}
        if "VersionId" not in one:
            self.s3.delete_object(**named)
            return
        named["VersionId"] = one["VersionId"]
        if bucket == BUCKETS["vault"] and "Size" in one:
            self.s3.put_object_legal_hold(**named, LegalHold={"Status": "OFF"})
        self.s3.delete_object(**named, BypassGovernanceRetention=True)

    def put(self, deed: Deed) -> None:
        how = {name: value for name, value in deed.how.items() if name != "encrypted"}
        encrypted = {**deed.how.get("encrypted", {})}
        if "SSEKMSKeyId" in encrypted:
            encrypted |= {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": self.key}
        self.s3.put_object(Bucket=deed.bucket, Key=deed.key, Body=b"body", **how, **encrypted)

    def upload(self, deed: Deed) -> None:
        made = self.s3.create_multipart_upload(Bucket=deed.bucket, Key=deed.key)
        named = {"Bucket": deed.bucket, "Key": deed.key, "UploadId": made["UploadId"]}
        self.s3.upload_part(**named, PartNumber=1, Body=b"part")
        self.server.set_upload_date(deed.bucket, made["UploadId"], NOW - timedelta(days=10))

    def date(self, deed: Deed) -> None:
        self.server.set_object_date(deed.bucket, deed.key, deed.how["modified"])

    def unencrypt(self, deed: Deed) -> None:
        self.s3.head_object(Bucket=deed.bucket, Key=deed.key)
        self.server.make_unencrypted(deed.bucket, deed.key)

    def tags(self, deed: Deed) -> None:
        tags = [{"Key": name, "Value": value} for name, value in deed.how.items()]
        self.s3.put_object_tagging(Bucket=deed.bucket, Key=deed.key, Tagging={"TagSet": tags})

    def hold(self, deed: Deed) -> None:
        self.s3.head_object(Bucket=deed.bucket, Key=deed.key)
        self.s3.put_object_legal_hold(Bucket=deed.bucket, Key=deed.key, LegalHold=deed.how)

    def rekey(self, deed: Deed) -> None:
        """Encrypt it anew in place: neither ETag nor LastModified tells."""
        to = {"SSEKMS": {"KMSKeyArn": self.key}}
        self.s3.update_object_encryption(Bucket=deed.bucket, Key=deed.key, ObjectEncryption=to)

    def transition(self, deed: Deed) -> None:
        """Let lifecycle move it."""
        bucket = bucket_named(deed.bucket)
        stored = None if bucket is None else version_of(bucket, deed.key)
        if stored is not None:
            stored._storage_class = "GLACIER"


_DOES: Final[Mapping[str, Callable[[World, Deed], object]]] = {
    "put": World.put,
    "delete": lambda world, deed: world.s3.delete_object(Bucket=deed.bucket, Key=deed.key),
    "date": World.date,
    "unencrypt": World.unencrypt,
    "acl": lambda world, deed: world.s3.put_object_acl(Bucket=deed.bucket, Key=deed.key, **deed.how),
    "tags": World.tags,
    "upload": World.upload,
    "hold": World.hold,
    "rekey": World.rekey,
    "transition": World.transition,
}


def said(judgements: tuple[Judgement, ...]) -> list[object]:
    """All that is to be said, as a report would have it."""
    return [finding_of(one) for one in judgements]


def names(looked: Looked) -> Mapping[str, str]:
    """What the buckets are called."""
    return {one.address: one.name for one in looked.estate.every(BucketPosture)}
