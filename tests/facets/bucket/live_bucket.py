"""A bucket of the sandbox, whose settings are set and read."""

from dataclasses import dataclass, field
from itertools import count
from types import ModuleType
from typing import Final

from bucketwright.calls import Answer, Call, Send
from bucketwright.facets.bucket import acl
from bucketwright.facets.writing import Site
from sandbox.server import Server
from tests.facets.live import REGION, asked, bucket, sender, sent
from tests.facets.plans import resolve

_NUMBERS: Final = count(1)
DISTRIBUTION: Final = "arn:aws:cloudfront::123456789012:distribution/E1FILES"


@dataclass(frozen=True, slots=True)
class Live:
    """A bucket, and all that a call about it has to know."""

    send: Send
    name: str
    facts: dict[str, object] = field(default_factory=dict)

    def call(self, operation: str, **params: object) -> None:
        outcome = self.send(Call("s3", operation, {"Bucket": self.name, **params}, REGION))

        assert isinstance(outcome, Answer), outcome

    def read(self, facet: ModuleType) -> object:
        return facet.from_api(asked(self.send, bucket(self.name), facet.READS, address_of))

    def site(self) -> Site:
        owner = acl.owner_of(asked(self.send, bucket(self.name), acl.READS))
        return Site(bucket(self.name), found, self.facts, owner)

    def set(self, facet: ModuleType, before: object, after: object) -> None:
        sent(self.send, facet.to_api(before, after, self.site()))


def found(address: str, form: object) -> str:
    """The ARN of an address."""
    return DISTRIBUTION if address == "distribution:files" else resolve(address, "arn")


def address_of(kind: str, _: str, value: object) -> str | None:
    """The same, the other way round."""
    if kind == "distribution":
        return "distribution:files" if value == DISTRIBUTION else None
    text = value if isinstance(value, str) else ""
    return f"key:{text.rpartition('/')[2]}" if text.startswith("arn:aws:kms:::") else None


def made(server: Server) -> Live:
    """A bucket that nothing forbids anything of what is set here."""
    live = Live(sender(server), f"files-{next(_NUMBERS)}")
    live.call(
        "CreateBucket",
        ObjectOwnership="ObjectWriter",
        CreateBucketConfiguration={"LocationConstraint": REGION},
    )
    live.call("DeletePublicAccessBlock")
    return live
