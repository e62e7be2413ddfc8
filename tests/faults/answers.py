"""What a server answers that is broken, or means to break who reads it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.faults.requests import Request

XML = "application/xml"
_PROLOGUE = re.compile(rb"^\s*<\?xml[^>]*\?>")
_TOKEN = re.compile(rb"<(Next\w+|NextToken)>[^<]*</\1>")
_TRUNCATED = re.compile(rb"<IsTruncated>[^<]*</IsTruncated>")
_BOMB = b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]>'


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, headers and a body; `length` where another is said than it has."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None


def refusal(request: Request, status: int, code: str, **more: str) -> Reply:
    """An error in the protocol of the service that was asked."""
    if "x-amz-target" in request.headers:
        return Reply(status, json.dumps({"__type": code, "message": "made by the proxy"}).encode())
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in more.items())
    error = f"<Error><Code>{code}</Code><Message>made by the proxy</Message>{inner}</Error>"
    whole = f"<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>"
    body = whole if request.action or request.service in {"iam", "sts", "sns"} else error
    return Reply(status, b"" if request.method == "HEAD" else body.encode(), {"content-type": XML})


def redirected(request: Request, region: str) -> Reply:
    """The bucket is in another region."""
    reply = refusal(request, 301, "PermanentRedirect")
    return replace(reply, headers={**reply.headers, "x-amz-bucket-region": region})


def cut(reply: Reply) -> Reply:
    """Half of it, with the length of all of it."""
    return replace(reply, body=reply.body[: len(reply.body) // 2], length=len(reply.body))


def cut_soundly(reply: Reply) -> Reply:
    """Half of it, as if that were all."""
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def flipped(reply: Reply) -> Reply:
    """One byte of what gives the text its form is another; there is no checksum that could tell."""
    body = reply.body
    broken = body.replace(b"</", b"<.", 1) if b"</" in body else body.replace(b'"', b"'", 1)
    return replace(reply, body=broken)


def without_token(reply: Reply) -> Reply:
    """More is said to follow, and not how to ask for it."""
    return replace(
        reply, body=_TRUNCATED.sub(b"<IsTruncated>true</IsTruncated>", _TOKEN.sub(b"", reply.body))
    )


def without_end(reply: Reply) -> Reply:
    """It is not said whether more follows."""
    return replace(reply, body=_TRUNCATED.sub(b"", reply.body))


def with_token(reply: Reply, token: str) -> Reply:
    """More is said to follow that token."""
    named = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{token}</NextContinuationToken>".encode()
    return replace(reply, body=_TRUNCATED.sub(named, _TOKEN.sub(b"", reply.body)))


def with_entities(reply: Reply) -> Reply:
    """The same behind a document type with entities."""
    return replace(reply, body=_BOMB + _PROLOGUE.sub(b"", reply.body))
