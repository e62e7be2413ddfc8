"""What does the code of an error mean? Every code that is known, in one table."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bucketwright.calls import FailureKind

KINDS: Final[Mapping[FailureKind, frozenset[str]]] = MappingProxyType(
    {
        "denied": frozenset(
            {
                "AccessDenied",
                "AccessDeniedException",
                "AccountProblem",
                "AllAccessDisabled",
                "AuthorizationError",
                "AuthorizationErrorException",
                "Forbidden",
                "KMS.AccessDeniedException",
                "NotAuthorized",
                "UnauthorizedAccess",
                "UnauthorizedException",
                "UnauthorizedOperation",
            }
        ),
        "throttled": frozenset(
            {
                "BandwidthLimitExceeded",
                "RequestLimitExceeded",
                "RequestThrottled",
                "RequestThrottledException",
                "ServiceUnavailable",
                "SlowDown",
                "ThrottledException",
                "Throttling",
                "ThrottlingException",
                "TooManyRequests",
                "TooManyRequestsException",
            }
        ),
        "unsupported": frozenset(
            {
                "InvalidAction",
                "MethodNotAllowed",
                "NotImplemented",
                "UnknownOperationException",
                "UnsupportedOperation",
                "UnsupportedOperationException",
            }
        ),
        "gone": frozenset(
            {
                "AWS.SimpleQueueService.NonExistentQueue",
                "NoSuchAccessPoint",
                "NoSuchBucket",
                "NoSuchDistribution",
                "NoSuchEntity",
                "NoSuchKey",
                "NoSuchUpload",
                "NoSuchVersion",
                "NotFound",
                "NotFoundException",
                "QueueDoesNotExist",
                "ResourceNotFoundException",
                "TrailNotFoundException",
            }
        ),
        "credentials": frozenset(
            {
                "AuthFailure",
                "ExpiredToken",
                "ExpiredTokenException",
                "IncompleteSignature",
                "IncompleteSignatureException",
                "InvalidAccessKeyId",
                "InvalidClientTokenId",
                "InvalidSecurity",
                "InvalidSignatureException",
                "InvalidToken",
                "MissingAuthenticationToken",
                "MissingAuthenticationTokenException",
                "NotSignedUp",
                "OptInRequired",
                "RequestExpired",
                "RequestTimeTooSkewed",
                "SignatureDoesNotMatch",
                "TokenRefreshRequired",
                "UnrecognizedClientException",
            }
        ),
    }
)
_KIND_OF: Final = {code: kind for kind, codes in KINDS.items() for code in codes}
_NOT_CONFIGURED: Final = frozenset(
    {
        ("iam", "GetAccountPasswordPolicy"),
        ("iam", "GetLoginProfile"),
        ("lambda", "GetFunctionUrlConfig"),
        ("lambda", "GetPolicy"),
    }
)
"""Where a code that elsewhere means that the thing is gone means that it has none of these."""
_STATUSES: Final[Mapping[int, FailureKind]] = MappingProxyType(
    {
        401: "denied",
        403: "denied",
        404: "gone",
        405: "unsupported",
        429: "throttled",
        501: "unsupported",
        503: "throttled",
    }
)
"""Of answers without a body, as to HEAD."""
_CLOCK: Final = "this machine's clock is wrong by more than fifteen minutes: set it right"
_OFF_THE_CLOCK: Final = ("Signature expired", "Signature not yet current")
"""How services other than S3 begin what they say of a clock, under the code of a wrong secret."""
_REGION_MEANT: Final = re.compile(r"the region '?[a-z0-9-]+'? is wrong; expecting '?([a-z0-9-]{1,40})'?")
_EXPIRED: Final = "the credentials have expired: sign in again"
_UNKNOWN_KEY: Final = (
    "the service does not know this access key: check the profile, the region and the endpoint"
)
_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ExpiredToken": _EXPIRED,
        "ExpiredTokenException": _EXPIRED,
        "RequestExpired": _EXPIRED,
        "RequestTimeTooSkewed": _CLOCK,
        "InvalidAccessKeyId": _UNKNOWN_KEY,
        "InvalidClientTokenId": _UNKNOWN_KEY,
        "UnrecognizedClientException": _UNKNOWN_KEY,
        "SignatureDoesNotMatch": "the secret does not belong to the access key: check the profile",
    }
)
"""What to do, where the service's own message does not say it."""
NO_CREDENTIALS: Final = "no credentials were found: name a profile, or set them in the environment"


def advice(code: str, message: str) -> str:
    """What is wrong and what to do; where nothing better is known, the service's own message."""
    if kind_of(code, "", "") == "credentials" and message.startswith(_OFF_THE_CLOCK):
        return _CLOCK
    meant = _REGION_MEANT.search(message) if code == "AuthorizationHeaderMalformed" else None
    if meant is not None:
        return f"the region is wrong: the server is of {meant[1]}; name that by --region, or in the contract"
    return _ADVICE.get(code, message)


def kind_of(code: str, service: str, operation: str) -> FailureKind:
    """What a code means; where it says only that nothing of the kind is configured, no more than that."""
    kind = _KIND_OF.get(code, "refused")
    return "refused" if kind == "gone" and (service, operation) in _NOT_CONFIGURED else kind


def kind_of_status(status: int) -> FailureKind:
    """What is meant where there is a status, and no code."""
    return _STATUSES.get(status, "refused")
