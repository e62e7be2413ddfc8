"""What does a request ask, and of which service, bucket and key? Read once from the WSGI environment."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl

from sandbox.server.accounts import account_of_key

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Level = Literal["service", "bucket", "object"]
Headers = tuple[tuple[str, str], ...]

_SCOPE: Final = re.compile(r"Credential=([^/,\s]+)/[0-9]{8}/([^/,\s]+)/([^/,\s]+)/aws4_request")
_OLD: Final = re.compile(r"AWS ([^:\s]+):")
_PATHS: Final = {"s3control": "/v20180820/", "cloudfront": "/2020-05-31/", "access-analyzer": "/"}
_FORM: Final = "application/x-www-form-urlencoded"
_DEFAULT_REGION: Final = "us-east-1"
SUBRESOURCES: Final = frozenset(
    {
        "abac", "accelerate", "acl", "analytics", "annotation", "attributes", "cors", "delete", "encryption",
        "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "location", "logging",
        "metadataAnnotationTable", "metadataConfiguration", "metadataInventoryTable", "metadataJournalTable",
        "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "policy",
        "policyStatus", "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore",
        "retention", "select", "session", "tagging", "torrent", "uploads", "versioning", "versions",
        "website",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    status: int
    headers: Headers = ()
    body: bytes = b""

    def with_headers(self, **headers: str) -> "Answer":
        """The same answer with these headers set; an underscore in a name stands for a dash."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kept = tuple((key, value) for key, value in self.headers if key.lower() not in named)
        return replace(self, headers=(*kept, *named.items()))

    def with_body(self, body: bytes, kind: str = "application/xml") -> "Answer":
        """The same answer with another body."""
        return replace(self, body=body).with_headers(content_type=kind, content_length=str(len(body)))


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `region` is the one it is signed for, or the default."""

    environ: "WSGIEnvironment" = field(repr=False)
    method: str
    service: str
    access_key: str | None
    account: str
    region: str
    bucket: str
    key: str
    query: Mapping[str, str]

    @property
    def level(self) -> Level:
        """What an S3 request is about."""
        return "object" if self.key else "bucket" if self.bucket else "service"

    @property
    def subresource(self) -> str:
        """What a request is about: of S3, a part of a bucket or object, empty for the thing itself.

        Of a service with paths, the path with `*` for the name in it; of others, the operation.
        """
        if self.service == "s3":
            return next((name for name in self.query if name in SUBRESOURCES), "")
        if self.service in _PATHS:
            kind, name, rest = self._path()
            return "/".join(filter(None, (kind, "*" if name else "", rest)))
        return (self.header("x-amz-target") or "").rpartition(".")[2]

    @property
    def name(self) -> str:
        """The name in the path of a service with paths."""
        return self._path()[1]

    def _path(self) -> tuple[str, str, str]:
        path: str = self.environ.get("PATH_INFO", "")
        kind, _, rest = path.removeprefix(_PATHS[self.service]).partition("/")
        name, _, part = rest.partition("/")
        return kind, name, part

    def header(self, name: str) -> str | None:
        """The value of a header, by its name in lower case."""
        key = name.upper().replace("-", "_")
        found = self.environ.get(key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}")
        return found if isinstance(found, str) else None

    def body(self) -> bytes:
        """The whole body, which stays readable for whoever comes next."""
        stream = self.environ["wsgi.input"]
        if not isinstance(stream, BytesIO):
            length = self.environ.get("CONTENT_LENGTH")
            read = stream.read(int(length)) if length else stream.read() if self._ends() else b""
            stream = self.environ["wsgi.input"] = BytesIO(read)
        return stream.getvalue()

    def told(self) -> Mapping[str, object]:
        """What the body says as a JSON object; nothing where it is none."""
        try:
            found = json.loads(self.body())
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def with_body(self, body: bytes) -> "Call":
        """The same request with another body."""
        changed = {**self.environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return replace(self, environ=changed)

    @property
    def names_region(self) -> bool:
        """Whether the signature says for which region the request is meant."""
        return self.access_key is not None and not _OLD.match(self.environ.get("HTTP_AUTHORIZATION", ""))

    def _ends(self) -> bool:
        return bool(self.environ.get("wsgi.input_terminated"))


def read_call(environ: "WSGIEnvironment") -> Call:
    """The request as the layer sees it, and the environment told whose account it speaks for."""
    query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    key, region, service = _signed_for(environ, query)
    path = environ.get("PATH_INFO", "")
    if service == "s3" and path.startswith(_PATHS["s3control"]):
        service = "s3control"
    account = account_of_key(key)
    environ["HTTP_X_MOTO_ACCOUNT_ID"] = account
    bucket, _, name = _text(path).removeprefix("/").partition("/") if service == "s3" else ("", "", "")
    return Call(environ, environ["REQUEST_METHOD"], service, key, account, region, bucket, name, query)


def _signed_for(environ: "WSGIEnvironment", query: Mapping[str, str]) -> tuple[str | None, str, str]:
    """Access key, region and service of the signature; unsigned requests are S3's, if of its form."""
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    presigned = query.get("X-Amz-Credential", "")
    scope = _SCOPE.search(authorization or f"Credential={presigned}")
    if scope:
        return scope[1], scope[2], scope[3]
    old = _OLD.match(authorization)
    if old:
        return old[1], _DEFAULT_REGION, "s3"
    return query.get("AWSAccessKeyId"), _DEFAULT_REGION, "" if _is_form(environ) else "s3"


def _is_form(environ: "WSGIEnvironment") -> bool:
    form = environ["REQUEST_METHOD"] == "POST" and environ.get("CONTENT_TYPE", "").startswith(_FORM)
    inner = environ.get("PATH_INFO", "").startswith(("/moto-api", "/latest/"))
    return form or inner or "HTTP_X_AMZ_TARGET" in environ


def _text(path: str) -> str:
    """WSGI hands out a path's bytes as Latin-1; names in S3 are UTF-8."""
    return path.encode("latin-1", "replace").decode("utf-8", "replace")


def joined(body: Iterable[bytes]) -> bytes:
    """All chunks of a WSGI answer, which is closed after."""
    try:
        return b"".join(body)
    finally:
        close = getattr(body, "close", None)
        if close:
            close()
