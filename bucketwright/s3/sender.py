"""How is one call sent by the SDK, all its pages included, and what came of it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from botocore import xform_name
from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError
from botocore.model import OperationModel, OperationNotFoundError

from bucketwright.calls import Answer, Call, Failure, Outcome, Send
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.endpoints import AWS, Server
from bucketwright.s3.failures import UNREADABLE, failure_of
from bucketwright.s3.limits import Bounds, Deadline, Limits, bounded
from bucketwright.s3.owners import Owners
from bucketwright.s3.paging import Page
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.values import plain_values

_LATE: Final = Failure("late")


class NoSuchCallError(LookupError):
    """A mistake in this program: no service has such an operation, or it answers with a stream of bytes."""


def sdk_send(
    sessions: Sessions, deadline: Deadline | None = None, server: Server = AWS, owners: Owners | None = None
) -> Send:
    """Sends what it is given, writing calls too, until the deadline; never what `server` cannot answer."""
    return _SdkSend(sessions, deadline or Deadline(), server, Owners() if owners is None else owners)


@dataclass(frozen=True, slots=True)
class _SdkSend:
    sessions: Sessions
    deadline: Deadline
    server: Server
    owners: Owners = field(default_factory=Owners)

    def __call__(self, call: Call) -> Outcome:
        declined = self.server.declines(call)
        if declined is not None:
            return declined
        if self.deadline.passed:
            return _LATE
        try:
            client = self._client(call)
            model = _model(client, call)
        except (AccessError, BotoCoreError) as error:
            return failure_of(error, call, late=False)
        outcome = self._asked(client, model, call)
        self.owners.remember(call, outcome)
        return outcome

    def _client(self, call: Call) -> BaseClient:
        known = self.sessions.regions.of(call.params.get("Bucket")) if call.service == "s3" else ""
        return self.sessions.client(call.service, known or call.region, call.account)

    def _asked(self, client: BaseClient, model: OperationModel, call: Call) -> Outcome:
        request = _Request(client, xform_name(model.name), self.sessions.limits, self.deadline)
        params = self.owners.params(model, call)
        paging = self.sessions.paging(call.service, model)
        try:
            if paging is None or paging.limit in params:
                return Answer(plain_values(request.one_page(params)))
            return Answer(plain_values(paging.whole(request.sent, params)))
        except (BotoCoreError, ClientError, *UNREADABLE) as error:
            return failure_of(error, call, late=request.late)


class _Request:
    """One operation's requests, each of them bounded."""

    def __init__(self, client: BaseClient, method: str, limits: Limits, run: Deadline) -> None:
        self._client, self._method, self._limits, self._run = client, method, limits, run
        self._until = run

    @property
    def late(self) -> bool:
        """Whether the time of the last of them is over."""
        return self._until.passed

    def sent(self, params: Mapping[str, object]) -> Page:
        """What is answered to one."""
        self._until = self._run.sooner(self._limits.answer_seconds)
        with bounded(Bounds(self._until, self._limits.answer_bytes)):
            page: Page = getattr(self._client, self._method)(**params)
        return page

    def one_page(self, params: Mapping[str, object]) -> Page:
        """The same, without what says that its keys came encoded: they are decoded."""
        page = self.sent(params)
        page.pop("EncodingType", None)
        return page


def _model(client: BaseClient, call: Call) -> OperationModel:
    try:
        model = client.meta.service_model.operation_model(call.operation)
    except OperationNotFoundError:
        raise NoSuchCallError(f"{call.service} has no operation {call.operation}") from None
    if model.has_streaming_output:
        raise NoSuchCallError(f"{call.operation} answers with a stream of bytes, which no Answer holds")
    return model
