"""What several tests ask of a bucket, on the sandbox or on bare moto."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from sandbox.server import Clients

ACCOUNT = "123456789012"
OTHER = "210987654321"
REGION = "eu-west-1"
EVERYWHERE = "us-east-1"


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that AWS does: how it is asked, with a bucket name that is free, and what AWS answers."""

    gap: str
    ask: Callable[[Clients, str], object]
    aws: object


def code(call: Callable[[], object]) -> str:
    """The code of the refusal, or `taken`."""
    try:
        call()
    except ClientError as refused:
        return str(refused.response["Error"]["Code"])
    return "taken"


def made(clients: Clients, name: str, **more: object) -> Any:
    """A client in whose region a new bucket of that name is."""
    s3 = clients.client("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": clients.region}, **more)
    return s3


def opened(clients: Clients, name: str) -> Any:
    """The same for a bucket that blocks nothing and has ACLs."""
    s3 = made(clients, name, ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket=name)
    return s3


def versioned(clients: Clients, name: str, **more: object) -> Any:
    """The same for a bucket with versioning."""
    s3 = made(clients, name, **more)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return s3


def policy(*statements: Mapping[str, object]) -> str:
    """A policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def statement(bucket: str, effect: str = "Allow", **more: object) -> dict[str, object]:
    """A statement about a bucket and all in it, for everyone and everything unless it says otherwise."""
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    return {"Effect": effect, "Principal": "*", "Action": "s3:*", "Resource": resources, **more}


def sent(url: str, method: str, path: str, body: bytes = b"", /, **headers: str) -> HTTPResponse:
    """The answer to a request made by hand, still to be read; an underscore in a header stands for a dash."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=120)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, named)
    return connection.getresponse()


def posted(s3: Any, bucket: str, key: str = "k", content: bytes = b"x", **fields: str) -> int:
    """The status of the answer to a form that a client signed."""
    said = [{name: text} for name, text in fields.items()]
    form = s3.generate_presigned_post(bucket, key, fields, said)
    mark = "between-two-fields"
    heads = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in form["fields"].items()
    ]
    file = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    body = "".join((*heads, file)).encode() + content + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    return sent(form["url"], "POST", urlsplit(form["url"]).path, body, Content_Type=kind).status


def signature(region: str, service: str = "s3", account: str = ACCOUNT) -> str:
    """The header of a signature, which nobody checks."""
    scope = f"{account}/20260101/{region}/{service}/aws4_request"
    return f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"


def keys(listed: Sequence[Mapping[str, object]], *names: str) -> list[tuple[object, ...]]:
    """Some fields of each entry of a list."""
    return [tuple(entry.get(name) for name in names) for entry in listed]
