"""What does an answer mean that is none? The SDK's own error, and whether to ask once more."""

from functools import cache
from typing import Final

from botocore.exceptions import ClientError
from botocore.parsers import ResponseParser, create_parser

from bucketwright.calls import Failure
from bucketwright.s3.wholeness import BadAnswerError, NotXmlError, root_of, sound
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.plain_errors import plain_error

_ERROR: Final = "Error"
_PASSING: Final = frozenset({500, 502, 503, 504})
_PASSING_CODES: Final = frozenset({"PriorRequestNotComplete", "RequestTimeout", "RequestTimeoutException"})
_PASSING_KINDS: Final = frozenset({"throttled", "unreachable"})
_ELSEWHERE: Final = frozenset(
    {"AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "PermanentRedirect"}
)
_EXPIRED: Final = frozenset({"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"})
_SURELY_NONE: Final = 301
"""From this status on the SDK reads an answer as an error."""
_TOLD_BESIDE: Final = frozenset({"HostId", "RequestId"})
"""What the SDK knows from the headers, and takes out of the error."""
_SKEWED: Final = frozenset({"RequestExpired", "RequestTimeTooSkewed"})


def refused(reply: Reply, operation: str) -> ClientError:
    """What the SDK makes of an error; of one whose body may not be read it knows the status alone."""
    plain = plain_error(reply.body) if reply.status >= _SURELY_NONE else None
    if plain is not None:
        told = {name: text for name, text in plain.items() if name not in _TOLD_BESIDE}
        beside = {"HTTPStatusCode": reply.status, "HTTPHeaders": reply.headers}
        return ClientError({"Error": told, "ResponseMetadata": beside}, operation)
    body = reply.body if reply.body and sound(reply.body) else b""
    parsed = _parser().parse({"status_code": reply.status, "headers": reply.headers, "body": body}, None)
    return ClientError(parsed, operation)


def with_true_status(reply: Reply) -> Reply:
    """The same; 500 where S3 began to answer well and then said an error, or broke off."""
    try:
        is_error = root_of(reply.body) == _ERROR
    except NotXmlError:
        is_error = True
    except BadAnswerError:
        is_error = False
    return reply._replace(status=500) if is_error else reply


def passes(failure: Failure, status: int) -> bool:
    """Whether it may well be answered a little later; a status of 0 where none came."""
    return failure.kind in _PASSING_KINDS or status in _PASSING or failure.code in _PASSING_CODES


def is_too_much(failure: Failure) -> bool:
    """Whether the server would rather be asked less."""
    return failure.kind == "throttled"


def is_elsewhere(code: str, status: int) -> bool:
    """Whether the bucket may be in another region; to a HEAD no code says so."""
    return code in _ELSEWHERE or status in {301, 302, 307} or code == "400"


def is_expired(code: str) -> bool:
    """Whether the keys may be out of date; to a HEAD no code says so."""
    return code in _EXPIRED or code == "400"


def is_skewed(code: str) -> bool:
    """Whether the clock may be wrong; to a HEAD no code says so."""
    return code in _SKEWED or code == "403"


@cache
def _parser() -> ResponseParser:
    return create_parser("rest-xml")
