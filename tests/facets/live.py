"""Facets against a server that answers: calls sent as an audit and a fix send them, and what comes back."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final

from botocore import xform_name
from botocore.exceptions import ClientError

from bucketwright.calls import Answer, Call, Failure, Outcome, Send
from bucketwright.facets.facet import Resolve
from bucketwright.facets.reading import Asked, Read, Target
from bucketwright.facets.said import Refer
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import Undetermined
from sandbox.server import Server
from tests.facets.plans import address_of, resolve

ACCOUNT: Final = "123456789012"
REGION: Final = "eu-west-1"
_DENIED: Final = frozenset({"AccessDenied", "AccessDeniedException", "AllAccessDisabled"})
_ANYWHERE: Final = "us-east-1"


def sender(server: Server, account: str = ACCOUNT) -> Send:
    """Sends by boto3 whatever it is told to, all pages; what boto3 itself takes for senseless, it raises."""

    def send(call: Call) -> Outcome:
        clients = server.clients(account=call.account or account, region=call.region or _ANYWHERE)
        client = clients.client(call.service)
        method = xform_name(call.operation)
        try:
            if client.can_paginate(method):
                return answer(client.get_paginator(method).paginate(**call.params).build_full_result())
            return answer(getattr(client, method)(**call.params))
        except ClientError as refused:
            return failure(refused)

    return send


def answer(told: Mapping[str, object]) -> Answer:
    """What boto3 gave, as JSON could hold it."""
    plain = _plain({name: value for name, value in told.items() if name != "ResponseMetadata"})
    assert isinstance(plain, dict)
    return Answer(plain)


def failure(refused: ClientError) -> Failure:
    """What boto3 raised."""
    error = refused.response["Error"]
    code = str(error.get("Code"))
    return Failure("denied" if code in _DENIED else "refused", code, str(error.get("Message", "")))


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def bucket(name: str, region: str = REGION, account: str = ACCOUNT) -> Target:
    """A bucket to be asked about."""
    return Target("bucket", name, {"Bucket": name}, region, account)


def asked(send: Send, target: Target, reads: Iterable[Read], refer: Refer = address_of) -> Asked:
    """All that the reads of a facet ask for, and what was answered; a list before what it lists."""
    outcomes: dict[str, Outcome] = {}
    so_far = Asked(target, outcomes, refer)
    for read in (step for one in reads for step in _steps(one)):
        with suppress(Undetermined):
            for call in so_far.calls(read):
                if call.identity not in outcomes:
                    outcomes[call.identity] = send(call)
    return so_far


def _steps(read: Read) -> tuple[Read, ...]:
    return (read,) if read.each is None else (*_steps(read.each.read), read)


def answers(target: Target, told: Mapping[Read, Outcome], refer: Refer = address_of) -> Asked:
    """The same by hand, for reads of one call each."""
    bare = Asked(target, {}, refer)
    return Asked(target, {bare.calls(read)[0].identity: outcome for read, outcome in told.items()}, refer)


def site(target: Target, known: Resolve = resolve) -> Site:
    """Where a facet is set."""
    return Site(target, known)


def sent(send: Send, writes: Iterable[Write]) -> None:
    """Every call is made, and each is taken."""
    for write in writes:
        outcome = send(write.call)

        assert isinstance(outcome, Answer), (write, outcome)
