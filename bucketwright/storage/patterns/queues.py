"""How is a queue of SQS asked? By its address alone, and with the words of storage where it says no."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol
from urllib.parse import urlsplit

from botocore import xform_name
from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError

from bucketwright.plain_text import clipped, shown
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.failures import UNREADABLE
from bucketwright.s3.limits import Limits
from bucketwright.s3.sessions import Access, Sessions
from bucketwright.storage.backends.interface import Busy, Lost
from bucketwright.storage.backends.s3_attempts import attempts, watch
from bucketwright.storage.backends.s3_errors import Request, meant
from bucketwright.storage.errors import Changed, InDoubt, Misconfigured, Refused, StorageError, Unreachable
from bucketwright.storage.stored import At

LONGEST_WAIT: Final = 20
"""Seconds that SQS waits for a message."""
MOST_AT_ONCE: Final = 10
"""Messages that one request sends, or receives."""
_LONGEST_HIDDEN: Final = 43_200
_REGION: Final = re.compile(r"(?:sqs|queue)[.-]([a-z0-9-]+)\.|^([a-z0-9-]+)\.queue\.")
_FORM: Final = "https://sqs.REGION.amazonaws.com/ACCOUNT/NAME"
_NO_QUEUE: Final = frozenset({"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"})
_TOO_LATE: Final = frozenset(
    {
        "AWS.SimpleQueueService.MessageNotInflight",
        "InvalidParameterValue",
        "MessageNotInflight",
        "ReceiptHandleIsInvalid",
    }
)
_BY_RECEIPT: Final = frozenset({"ChangeMessageVisibility", "DeleteMessage"})
_ERRORS: Final = (BotoCoreError, ClientError, *UNREADABLE)


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as it was received."""

    id: str
    body: str
    receipt: str = field(repr=False)
    """By which it is deleted, as long as it is hidden from others."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Those that are texts."""
    times: int = 1
    """How often it was received."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that is to be sent."""

    body: str
    attributes: Mapping[str, str]
    group: str = ""
    """Within which the order is kept."""
    once: str = ""
    """What tells it from every other message; a FIFO queue takes it once in five minutes."""


class Queue(Protocol):
    """Messages on their way."""

    @property
    def is_fifo(self) -> bool:
        """Whether the order of messages is kept."""

    def send(self, message: Outgoing) -> str:
        """The id of the message; Lost where it may have been sent in spite of the error."""

    def send_many(self, messages: Sequence[Outgoing]) -> tuple[str | StorageError, ...]:
        """The id of each message, or why it was not taken; Lost where nobody knows of any of them."""

    def receive(self, most: int, wait: int, hidden: int | None) -> tuple[Message, ...]:
        """Some messages, which nobody else gets for so many seconds; by default as the queue says."""

    def delete(self, receipt: str) -> None:
        """Take a message out for good; Changed where others may have it by now."""

    def hide(self, receipt: str, seconds: int) -> None:
        """Keep a message from others for so many seconds from now on; 0 gives it back at once."""

    def facts(self) -> Mapping[str, str]:
        """The attributes of the queue, by SQS's names for them."""


class SqsQueue:
    """A queue of SQS, or of a server with its protocol; safe to share between threads."""

    def __init__(self, url: str, client: BaseClient | None = None, profile: str = "") -> None:
        self._url: Final = url
        self._name: Final = url.rsplit("/", 1)[-1]
        self._client = client or _client(url, profile)
        watch(self._client)

    @property
    def is_fifo(self) -> bool:
        """Whether the order of messages is kept."""
        return self._name.endswith(".fifo")

    def send(self, message: Outgoing) -> str:
        """The id of the message; Lost where it may have been sent in spite of the error."""
        return str(self._sent("SendMessage", **_spelled(message)).get("MessageId"))

    def send_many(self, messages: Sequence[Outgoing]) -> tuple[str | StorageError, ...]:
        """The id of each message, or why it was not taken; Lost where nobody knows of any of them."""
        entries = [{"Id": str(number), **_spelled(one)} for number, one in enumerate(messages)]
        answer = self._sent("SendMessageBatch", Entries=entries)
        taken, refused = _by_number(answer.get("Successful")), _by_number(answer.get("Failed"))
        return tuple(
            _taken(taken.get(number), refused.get(number)) for number in map(str, range(len(entries)))
        )

    def _sent(self, operation: str, **params: object) -> Mapping[str, object]:
        """What is answered; Lost where it may have been done in spite of the error."""
        with attempts() as tried:
            try:
                return self._ask(operation, **params)
            except StorageError as error:
                if tried.may_be_done:
                    raise Lost(error, unanswered=tried.unanswered) from None
                raise

    def receive(self, most: int, wait: int, hidden: int | None) -> tuple[Message, ...]:
        """Some messages, which nobody else gets for so many seconds; by default as the queue says."""
        visible = {} if hidden is None else {"VisibilityTimeout": _within(hidden, 0, _LONGEST_HIDDEN)}
        answer = self._ask(
            "ReceiveMessage",
            MaxNumberOfMessages=_within(most, 1, MOST_AT_ONCE),
            WaitTimeSeconds=_within(wait, 0, LONGEST_WAIT),
            MessageAttributeNames=["All"],
            AttributeNames=["ApproximateReceiveCount"],
            **visible,
        )
        found = answer.get("Messages")
        return tuple(_message(one) for one in found) if isinstance(found, list) else ()

    def delete(self, receipt: str) -> None:
        """Take a message out for good; Changed where others may have it by now."""
        self._ask("DeleteMessage", ReceiptHandle=receipt)

    def hide(self, receipt: str, seconds: int) -> None:
        """Keep a message from others for so many seconds from now on; 0 gives it back at once."""
        visible = _within(seconds, 0, _LONGEST_HIDDEN)
        self._ask("ChangeMessageVisibility", ReceiptHandle=receipt, VisibilityTimeout=visible)

    def facts(self) -> Mapping[str, str]:
        """The attributes of the queue, by SQS's names for them."""
        found = self._ask("GetQueueAttributes", AttributeNames=["All"]).get("Attributes")
        return {str(name): str(text) for name, text in found.items()} if isinstance(found, Mapping) else {}

    def _ask(self, operation: str, **params: object) -> Mapping[str, object]:
        call: Callable[..., Mapping[str, object]] = getattr(self._client, xform_name(operation))
        try:
            return call(QueueUrl=self._url, **params)
        except _ERRORS as error:
            raise self._error(error, operation) from None

    def _error(self, error: Exception, operation: str) -> StorageError:
        code = str(error.response.get("Error", {}).get("Code")) if isinstance(error, ClientError) else ""
        if code in _NO_QUEUE:
            return Misconfigured(f"there is no queue {shown(self._url, 200)}")
        if operation in _BY_RECEIPT and code in _TOO_LATE:
            return Changed("the message is no longer ours: its time was over, and it comes again")
        where = self._client.meta.endpoint_url
        found = meant(error, Request(operation, At(self._name, ""), None, where))
        return Unreachable(str(found)) if isinstance(found, Busy) else found


def _client(url: str, profile: str) -> BaseClient:
    """A client that asks where the queue's address leads, whatever else the environment names."""
    try:
        parts = urlsplit(url)
        found = _REGION.search(parts.hostname or "")
        region = (found[1] or found[2]) if found else ""
        if not parts.netloc or not parts.path.strip("/"):
            raise AccessError(f"it is as {_FORM}")
        access = Access(profile=profile, region=region, endpoint_url=f"{parts.scheme}://{parts.netloc}")
        limits = Limits(read_seconds=2 * LONGEST_WAIT)
        return Sessions(access, limits=limits).client("sqs")
    except ValueError as error:
        named = "that" if "@" in url else shown(url, 200)  # there may be a password before it
        raise Misconfigured(f"{named} is no address of a queue: {error}") from None


def _spelled(message: Outgoing) -> Mapping[str, object]:
    """A message as SQS spells it."""
    attributes = {
        name: {"DataType": "String", "StringValue": text} for name, text in message.attributes.items()
    }
    said = {"MessageGroupId": message.group, "MessageDeduplicationId": message.once}
    given = {name: text for name, text in said.items() if text}
    return {"MessageBody": message.body, "MessageAttributes": attributes, **given}


def _by_number(rows: object) -> Mapping[str, Mapping[str, object]]:
    found = rows if isinstance(rows, list) else []
    return {str(one.get("Id")): one for one in found if isinstance(one, Mapping)}


def _taken(taken: Mapping[str, object] | None, refused: Mapping[str, object] | None) -> str | StorageError:
    """The id of one message of several, or why the queue did not take it."""
    if taken is not None:
        return str(taken.get("MessageId"))
    if refused is None:
        return InDoubt("the queue said nothing of this message; it may have been sent")
    told = clipped(
        f"{refused.get('Code') or 'an error'}: {refused.get('Message') or 'no reason was given'}", 200
    )
    kind = Refused if refused.get("SenderFault") else Unreachable
    return kind(f"the queue did not take the message: {told}")


def _message(values: Mapping[str, object]) -> Message:
    return message_of(values, ("MessageId", "Body", "ReceiptHandle", "MessageAttributes", "StringValue"))


def message_of(values: Mapping[str, object], names: tuple[str, str, str, str, str]) -> Message:
    """A message whose parts are called so: as SQS answers, or as Lambda hands them on."""
    message_id, body, receipt, attributes, text = names
    own, facts = values.get(attributes), values.get("Attributes") or values.get("attributes")
    given = own if isinstance(own, Mapping) else {}
    texts = {str(name): one.get(text) for name, one in given.items() if isinstance(one, Mapping)}
    times = str(facts.get("ApproximateReceiveCount", "1")) if isinstance(facts, Mapping) else "1"
    return Message(
        str(values.get(message_id)),
        str(values.get(body) or ""),
        str(values.get(receipt)),
        {name: found for name, found in texts.items() if isinstance(found, str)},
        int(times) if times.isdecimal() else 1,
    )


def _within(number: int, least: int, most: int) -> int:
    return max(least, min(number, most))
