"""An account on paper: what it answers to each operation; to all others, mostly, that it is denied."""

from collections.abc import Callable, Mapping
from typing import Final

from audits.live import Looked, look
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.looking.scope import Scope
from bucketwright.posture import Circumstances
from tests.audits.sandboxed import NOW

ACCOUNT: Final = "111122223333"
REGION: Final = "eu-west-1"
DENIED: Final = Failure("denied", "AccessDenied")
GONE: Final = Failure("gone", "NotFound")
FILES: Final = "shop-prod-files"
"""What the contract's one bucket is called."""
OTHERWISE: Final = "otherwise"
Told = Outcome | Callable[[Mapping[str, object]], Outcome]
CONTRACT: Final = f"""
project: shop
region: {REGION}
environments: {{dev: {{}}, prod: {{account: "{ACCOUNT}"}}}}
buckets:
  files: {{encryption: kms, prefixes: {{all: {{path: "all/", keep: forever}}}}}}
"""


class Paper:
    """A Send that remembers what it was asked."""

    def __init__(self, **told: Told) -> None:
        self.told: dict[str, Told] = {
            OTHERWISE: DENIED,
            "GetCallerIdentity": Answer({"Account": ACCOUNT}),
            "ListBuckets": listing(),
            **told,
        }
        self.calls: list[Call] = []

    def __call__(self, call: Call) -> Outcome:
        self.calls.append(call)
        told = self.told.get(call.operation, self.told[OTHERWISE])
        return told if isinstance(told, Answer | Failure) else told(call.params)

    def asked(self, operation: str) -> list[Mapping[str, object]]:
        """With which parameters an operation was asked for."""
        return [call.params for call in self.calls if call.operation == operation]

    def look(self, scope: Scope | None = None) -> Looked:
        """What is seen of it."""
        return look(self, scope or Scope())


def listing(*names: str, region: str = REGION) -> Answer:
    """A list of buckets."""
    return Answer({"Buckets": [{"Name": name, "BucketRegion": region} for name in names]})


def declared(environment: str = "prod", text: str = CONTRACT) -> Circumstances:
    """What the contract says."""
    return circumstances(read(text, "contract.yaml"), NOW)[environment]
