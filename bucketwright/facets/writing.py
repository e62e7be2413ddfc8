"""What is sent to a live account to set a fact?

A facet that can be set live offers `to_api(before, after, site)`: the calls in their order, none where nothing
differs. Where others may have put something there too, `keeping(before, after)` is `after` with theirs kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bucketwright.calls import Call
from bucketwright.facets.facet import Resolve
from bucketwright.facets.reading import Target


@dataclass(frozen=True, slots=True)
class Write:
    """One call that changes something, and what the caller has to be let do."""

    call: Call
    permission: str


@dataclass(frozen=True, slots=True)
class Site:
    """Where a fact is set, and what stands there for contract addresses."""

    target: Target
    resolve: Resolve

    def write(
        self, operation: str, permission: str, params: Mapping[str, object], service: str = "s3"
    ) -> Write:
        """A call to S3, or another service, about the thing itself."""
        named = {"Bucket": self.target.handles["Bucket"]} if service == "s3" else {}
        target = self.target
        return Write(Call(service, operation, {**named, **params}, target.region, target.signer), permission)
