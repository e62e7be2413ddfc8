"""Does a role of the contract reach keys of a prefix that others hold and that it was not granted?"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.crossings import declared_shared
from bucketwright.contract.access.findings import Escape
from bucketwright.contract.access.isolation import isolation_of
from bucketwright.contract.access.spelling import keys_of
from bucketwright.contract.access.verbs import WHOLE_BUCKET, among, buckets_of, held
from bucketwright.contract.placement import Place, bucket_arn, places
from bucketwright.contract.words import VERBS
from bucketwright.iam.asking import WORK, Question, Request, allowed_request
from bucketwright.iam.documents import Document, PolicyError, Statement
from bucketwright.iam.formulas import beside
from bucketwright.iam.homes import homes
from bucketwright.iam.languages import Undecided, Work, exactly
from bucketwright.iam.reach import Objects
from bucketwright.plain_text import shown
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.role_statements import OBJECT_ACTIONS

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access

_VERSION: Final = "2012-10-17"
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Grantee:
    """A grantee of the contract, among all others."""

    environment: "Environment"
    access_id: str

    @property
    def access(self) -> "Access":
        return self.environment.access[self.access_id]

    def as_declared(self) -> Iterator[str]:
        """What the documents that the contract makes for it reach too much of: that is decided already."""
        for found in isolation_of(self.environment, self.access_id):
            if isinstance(found, Escape):
                yield from self._fault(found.reached, found.example)

    def with_documents(self, statements: tuple[Statement, ...]) -> tuple[str, ...]:
        """What other documents reach too much of, in the buckets that they or its grants name."""
        document = Document(_VERSION, statements)
        spelled = {arn for home in homes(document).values() for arn in home.containers}
        buckets = (
            one
            for one in self.environment.buckets
            if one in buckets_of(self.access) or bucket_arn(self.environment, one) in spelled
        )
        return faults_of(
            *(partial(self._reached, document, place) for one in buckets for place in self._others(one))
        )

    def _others(self, bucket_id: str) -> Iterator[Place]:
        """The prefixes of a bucket that are not granted, but for those that share keys with one that is."""
        own = places(self.environment, bucket_id)
        ids = _held(self.access, bucket_id)
        granted = among(own, ids)
        for place in own:
            if place not in granted and not any(declared_shared(place, one) for one in granted):
                yield place

    def _reached(self, document: Document, place: Place) -> Iterator[str]:
        if any(self._holders(place.address)):
            found = _request(document, place, bucket_arn(self.environment, place.bucket_id))
            if found is not None:
                key = found.text.partition("/")[2]
                yield from self._fault(place.address, key)

    def _fault(self, address: str, key: str) -> Iterator[str]:
        holders = sorted(self._holders(address))
        if holders:
            yield f"reaches {shown(key, _LONGEST)} of {address}, which is for {', '.join(holders)}"

    def _holders(self, address: str) -> Iterator[str]:
        """The others that hold a prefix."""
        bucket_id, _, prefix_id = address.partition("/")
        for other, access in self.environment.access.items():
            if other != self.access_id and _held(access, bucket_id) & {prefix_id, WHOLE_BUCKET}:
                yield other


def _held(access: "Access", bucket_id: str) -> frozenset[str]:
    """The prefixes of a bucket that are granted with whatever verb."""
    return frozenset().union(*(held(access, verb, bucket_id) for verb in VERBS))


def _request(document: Document, place: Place, arn: str) -> Request | None:
    keys = beside(keys_of(place.keys), exactly(f"{arn}/").tokens, ())
    try:
        return allowed_request(document, Question(OBJECT_ACTIONS, Objects(), (keys,)), Work(WORK))
    except (Undecided, PolicyError) as error:
        raise Undetermined("policies", Unknown(f"not settled for {place.address}: {error}")) from None
