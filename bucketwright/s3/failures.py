"""What did an error of the service, or of the SDK, come from? Said as a Failure, in words for people."""

from functools import lru_cache
from typing import Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    HTTPClientError,
    LoginError,
    MetadataRetrievalError,
    NoAuthTokenError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
    SSOError,
    TokenRetrievalError,
)
from botocore.parsers import ResponseParserError

from bucketwright.calls import Call, Failure
from bucketwright.plain_text import clipped
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.codes import NO_CREDENTIALS, advice, kind_of, kind_of_status
from bucketwright.s3.redaction import redacted
from bucketwright.s3.transport import TooLongError
from bucketwright.s3.wholeness import BadAnswerError

UNREADABLE: Final = (
    ArithmeticError,
    AttributeError,
    BadAnswerError,
    LookupError,
    RecursionError,
    ResponseParserError,
    SyntaxError,
    TooLongError,
    TypeError,
    ValueError,
)
"""What the SDK's parsers raise over answers that no honest service gives."""
_LONGEST_MESSAGE: Final = 400
_LONGEST_CODE: Final = 80
_ASSUMING: Final = "AssumeRole"
_NO_CREDENTIALS: Final = (
    CredentialRetrievalError,
    LoginError,
    MetadataRetrievalError,
    NoAuthTokenError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)
_NO_HEADER: Final = "Invalid header"
_NO_HEADER_SAID: Final = (
    "a header cannot be sent: a key or a session token holds a line break, or another character of no key"
)
_UNREACHABLE: Final = (
    (SSLError, "Tls", "the connection is not safe: the server's certificate does not hold"),
    (ProxyConnectionError, "Proxy", "the proxy that the environment names does not answer"),
    (
        ConnectTimeoutError,
        "ConnectTimeout",
        "nothing answers there in time: check the endpoint and the network",
    ),
    (EndpointConnectionError, "NoConnection", "nothing answers there: check the endpoint and the network"),
    (ReadTimeoutError, "ReadTimeout", "the connection was open, and nothing came"),
    (ConnectionClosedError, "ConnectionClosed", "the connection broke before the answer was whole"),
)


def failure_of(error: Exception, call: Call, *, late: bool) -> Failure:
    """What an error of one call means; `late` where its time was over when it came."""
    match error:
        case ClientError():
            return _answered(error, call)
        case AccessError():
            return Failure("credentials", "NoAccess", said(str(error)))
        case BadAnswerError() | TooLongError():
            return Failure("bad answer", "", said(str(error)))
        case ParamValidationError():
            return Failure("refused", "InvalidParameter", said(str(error)))
        case _ if late:
            return Failure("late")
        case _ if isinstance(error, _NO_CREDENTIALS):
            return Failure("credentials", "NoCredentials", NO_CREDENTIALS)
        case BotoCoreError():
            return _not_answered(error)
    return Failure("bad answer", type(error).__name__, said(str(error)))


def said(text: str) -> str:
    """A text from outside: on one line, not long, nothing hidden or secret in it."""
    return clipped(redacted(" ".join(text.split())), _LONGEST_MESSAGE)


def _not_answered(error: BotoCoreError) -> Failure:
    for kind, code, message in _UNREACHABLE:
        if isinstance(error, kind):
            return Failure("unreachable", code, message)
    if isinstance(error, HTTPClientError) and _NO_HEADER in str(error):  # it quotes the credentials
        return Failure("credentials", "InvalidHeader", _NO_HEADER_SAID)
    if isinstance(error, HTTPClientError):
        return Failure("unreachable", "NoConnection", said(str(error)))
    return Failure("bad answer", type(error).__name__, said(str(error)))


def _answered(error: ClientError, call: Call) -> Failure:
    code, message, status = _parts(error)
    if error.operation_name == _ASSUMING != call.operation:
        return Failure("credentials", code, f"the role cannot be assumed: {message or code}")
    if code.isdecimal() or not code:
        return _without_code(status, call)
    kind = kind_of(code, call.service, call.operation)
    if kind == "refused" and status in {429, 503}:
        kind = "throttled"
    elif kind == "refused" and status in {405, 501}:
        kind = "unsupported"
    return Failure(kind, code, advice(code, message))


def _without_code(status: int, call: Call) -> Failure:
    if call.operation.startswith("Head") or status in {429, 503}:
        return Failure(kind_of_status(status), str(status))
    return Failure(
        "bad answer", str(status), "what came is neither an answer nor an error of the service that was asked"
    )


def _parts(error: ClientError) -> tuple[str, str, int]:
    told = error.response.get("Error", {})
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code, message = str(told.get("Code") or ""), str(told.get("Message") or "")
    read = _words if len(code) + len(message) <= _LONGEST_MESSAGE else _words.__wrapped__
    return (*read(code, message), status)


@lru_cache(maxsize=256)
def _words(code: str, message: str) -> tuple[str, str]:
    """Both as they may be shown; hundreds of buckets say the same."""
    return clipped(redacted(code), _LONGEST_CODE), said(message)
