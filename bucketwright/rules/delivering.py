"""Does the policy of a queue, a topic or a function let S3 deliver what happens in a bucket?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bucketwright.estate import BucketPosture, FunctionPosture, QueuePosture, TopicPosture
from bucketwright.facets.answers import all_of, any_of
from bucketwright.facets.bucket.notifications import Service
from bucketwright.facets.references import is_address
from bucketwright.iam.actions import covers
from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import Condition, Names, Principals, Statement
from bucketwright.iam.patterns import matches, parse
from bucketwright.posture import Estate, Undetermined
from bucketwright.rules.accounts import own_account
from bucketwright.rules.request_conditions import surely

Destination = QueuePosture | TopicPosture | FunctionPosture
_S3: Final = ("Service", "s3.amazonaws.com")
_EVERYBODY: Final = ("AWS", "*")
_ACTIONS: Final[Mapping[Service, str]] = {
    "queue": "sqs:sendmessage",
    "topic": "sns:publish",
    "function": "lambda:invokefunction",
}
_TAILS: Final[Mapping[Service, str]] = {"queue": "", "topic": "", "function": "function:"}
_SOURCE: Final = "aws:sourcearn"
_OF_SERVICES: Final[Known] = {
    "aws:principalaccount": (),
    "aws:principalarn": (),
    "aws:principalisawsservice": ("true",),
    "aws:principalorgid": (),
    "aws:principalservicename": (_S3[1],),
    "aws:securetransport": ("true",),
}
_ARN: Final = "arn:aws:s3:::"
_PARTITION: Final = re.compile(r"^arn:aws[a-z-]*:s3:::")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What S3 asks for."""

    service: Service
    name: str
    """Of the queue, the topic or the function; empty where that is not known."""
    bucket: str
    """Address of the bucket of which it tells."""
    bucket_name: str
    """Empty where that is not known."""
    account: str | None
    """Whose the bucket is, where that is known."""

    @property
    def source(self) -> str:
        """What S3 says it tells of: the bucket's ARN; its address stands for one that is not known."""
        return f"{_ARN}{self.bucket_name}" if self.bucket_name else self.bucket

    @property
    def known(self) -> Known:
        """The condition keys of which it is known what they hold."""
        owner: Known = {"aws:sourceaccount": (self.account,)} if self.account else {}
        return {**_OF_SERVICES, _SOURCE: (self.source,), **owner}


def delivery_to(
    destination: Destination, service: Service, bucket: BucketPosture, estate: Estate
) -> Delivery:
    """What S3 asks of a destination for the sake of a bucket."""
    try:
        account = own_account(estate)
    except Undetermined:
        account = None
    return Delivery(service, destination.name, bucket.address, bucket.name, account)


def lets_in(destination: Destination, asked: Delivery) -> bool | None:
    """Whether it does; None where that depends on what is not known."""
    policy = destination.permissions if isinstance(destination, FunctionPosture) else destination.policy
    statements = policy.document.statements if policy else ()
    allowed = any_of(_is_about(one, asked) for one in statements if one.allows)
    denied = any_of(_is_about(one, asked) for one in statements if not one.allows)
    return all_of((allowed, None if denied is None else not denied))


def _is_about(statement: Statement, asked: Delivery) -> bool | None:
    return all_of(
        (
            _names_s3(statement.principals),
            covers(statement.actions, _ACTIONS[asked.service]),
            _names_it(statement.resources, asked),
            *(_is_met(one, asked) for one in statement.conditions),
        )
    )


def _names_s3(principals: Principals | None) -> bool | None:
    """Whether S3 is among them; who is everybody but some is not looked into."""
    if principals is None or principals.negated:
        return None
    return _S3 in principals.members or _EVERYBODY in principals.members


def _names_it(names: Names | None, asked: Delivery) -> bool | None:
    """Whether the resources hold it; a policy of a function leaves out what it is about."""
    if names is None:
        return True
    held = any_of(_is_it(pattern, asked) for pattern in names.patterns)
    return held if not names.negated or held is None else not held


def _is_it(pattern: str, asked: Delivery) -> bool | None:
    """By the last part of an ARN, which alone is known; a version or alias may be the one that is told."""
    if pattern == "*":
        return True
    parts = pattern.split(":", 5)
    if "$" in pattern or not asked.name or len(parts) < 6:
        return None
    tail = f"{_TAILS[asked.service]}{asked.name}"
    return None if parts[5].startswith(f"{tail}:") else matches(parse(parts[5]), tail)


def _is_met(condition: Condition, asked: Delivery) -> bool | None:
    is_open = condition.key == _SOURCE and not asked.bucket_name
    if is_open and not all(map(is_address, condition.values)):
        return None
    values = (asked.source if one == asked.bucket else _PARTITION.sub(_ARN, one) for one in condition.values)
    return surely(replace(condition, values=tuple(values)), asked.known)
