"""Policy: what does the bucket's own policy let whom do, and what does it refuse?"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import (
    Declared,
    Planned,
    Resolve,
    agreed,
)
from bucketwright.facets.kept_statements import with_theirs
from bucketwright.facets.placeholders import addresses_in, render, restored
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.facets.writing import Site, Write
from bucketwright.iam.documents import Document, PolicyError, canonical, parse
from bucketwright.plan import is_known
from bucketwright.posture import UNSET, Undetermined, Unknown, Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.bucket_scope import BucketScope


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document: equal to another where the two mean the same."""

    document: Document
    """In normal form, with stand-ins for what is known only after deployment."""
    text: str = field(compare=False, repr=False)
    """As it was written, in JSON."""


KIND: Final = "aws:s3/bucketPolicy:BucketPolicy"
FRESH: Final[Policy | None] = None
_POLICY: Final = Read(
    "s3", "GetBucketPolicy", "s3:GetBucketPolicy", ("Bucket",), frozenset({"NoSuchBucketPolicy"})
)
READS: Final = (_POLICY,)


def wanted(scope: "BucketScope") -> Policy:
    """There is always one: it refuses uploads under another encryption."""
    return policy_of(json.dumps(scope.policy))


def to_args(value: Policy | None, _: Resolve) -> tuple[Declared, ...]:
    """The text may hold stand-ins, which the program renders."""
    return () if value is None else (Declared(KIND, {"policy": value.text}),)


def from_plan(planned: Planned) -> Policy | Unset:
    return planned_policy(planned, KIND)


def from_api(asked: Asked) -> Policy | None:
    said = asked.said(_POLICY)
    return None if said is None else answered_policy(said)


def keeping(before: Policy | None, after: Policy | None) -> Policy | None:
    """The statements of others stay, by their Sids, or else by what they mean."""
    if before is None or after is None:
        return after if before is None else before
    return policy_of(with_theirs(before.text, after.text))


def to_api(before: Policy | None, after: Policy | None, site: Site) -> tuple[Write, ...]:
    if before == after:
        return ()
    if after is None:
        return (site.write("DeleteBucketPolicy", "s3:DeleteBucketPolicy", {}),)
    return (site.write("PutBucketPolicy", "s3:PutBucketPolicy", {"Policy": rendered(after, site.resolve)}),)


def planned_policy(planned: Planned, kind: str) -> Policy | Unset:
    """The policy that a resource of its own says, or the thing itself."""
    said = planned.one(kind)
    separate = UNSET if said is None else said.needed("policy", policy_in(said))
    return agreed("policy", separate, or_unset(policy_in(planned.said)))


def policy_of(text: str, address_of: Callable[[str], str | None] = str) -> Policy:
    """A policy from its text; PolicyError where it is none."""
    return Policy(_document(restored(text, address_of)), text)


@lru_cache(maxsize=4096)
def _document(text: str) -> Document:
    """Read once, though contract, plan and rules ask for the same text."""
    return canonical(parse(text))


def policy_in(said: Said, name: str = "policy") -> Policy | None:
    """The policy of a property, given as JSON or as what JSON spells; None where nothing is said."""
    found = said.values.get(name)
    if isinstance(found, Mapping) and not is_known(found):
        raise Undetermined(name, Unknown("is known only after deployment"))
    text = json.dumps(found) if isinstance(found, Mapping) else said.text(name)
    try:
        return policy_of(text, partial(said.refer, "distribution", name)) if text else None
    except PolicyError as error:
        raise Undetermined(name, Unknown(f"is none that IAM accepts: {error}")) from None


def answered_policy(said: Said, name: str = "Policy") -> Policy:
    """The policy of an answer, which has one; its text, too, has stand-ins for what has an address."""
    found = said.needed(name, policy_in(said, name))
    return replace(found, text=restored(found.text, partial(said.refer, "distribution", name)))


def rendered(value: Policy, resolve: Resolve) -> str:
    """The text with the ARN of each address in it."""
    return render(value.text, {one: str(resolve(one, "arn")) for one in addresses_in(value.text)})
