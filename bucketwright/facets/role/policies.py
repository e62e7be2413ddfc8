"""Policies: what do the role's own documents let it do, however many there are?"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bucketwright.facets.attachments import POLICY, ROLE_POLICY, attached
from bucketwright.facets.bucket.policy import Policy, policy_in, policy_of
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.scopes import RoleScope
from bucketwright.iam.documents import Statement
from bucketwright.posture import UNSET, Unset


@dataclass(frozen=True, slots=True)
class Policies:
    """All statements of all documents: how they are spread over documents means nothing."""

    statements: frozenset[Statement] = frozenset()
    """In normal form."""
    texts: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The documents as they were written, in JSON."""


FRESH: Final = Policies()


def wanted(scope: RoleScope) -> Policies:
    return _merged(policy_of(json.dumps(document)) for document in scope.policies)


def to_args(value: Policies, _: Resolve) -> tuple[Declared, ...]:
    """Each document as a policy, which the program attaches to the role."""
    return tuple(Declared(POLICY, {"policy": text}, str(n)) for n, text in enumerate(value.texts, start=1))


def from_plan(planned: Planned) -> Policies | Unset:
    """Inline documents and those of the plan's attached policies; AWS's own are another fact."""
    found = tuple(_documents(planned))
    return _merged(found) if found else UNSET


def _documents(planned: Planned) -> Iterator[Policy]:
    for said in planned.said.parts("inlinePolicies"):
        inline = policy_in(said)
        if inline is not None:
            yield inline
    for said in (*planned.all(ROLE_POLICY), *map(planned.says, attached(planned))):
        yield said.needed("policy", policy_in(said))


def _merged(policies: Iterable[Policy]) -> Policies:
    several = tuple(policies)
    statements = (statement for one in several for statement in one.document.statements)
    return Policies(frozenset(statements), tuple(one.text for one in several))
