"""Policies: what do the role's own documents let it do, however many there are?"""

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from bucketwright.facets.attachments import POLICY, ROLE_POLICY, attached
from bucketwright.facets.bucket.policy import Policy, policy_in, policy_of, rendered
from bucketwright.facets.facet import Args, Declared, Planned, Resolve
from bucketwright.facets.reading import Asked
from bucketwright.facets.role_answers import DETAILS
from bucketwright.facets.role_documents import Held, document_name, held, spare
from bucketwright.facets.writing import Site, Unsettable, Write
from bucketwright.iam.documents import Statement
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import RoleScope

Some = TypeVar("Some")


@dataclass(frozen=True, slots=True)
class Policies:
    """All statements of all documents: how they are spread over documents means nothing."""

    statements: frozenset[Statement] = frozenset()
    """In normal form."""
    texts: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """The documents as they were written, in JSON."""
    documents: tuple[Held, ...] = field(default=(), compare=False, repr=False)
    """The same with their names, where these are known."""
    spare: tuple[Held, ...] = field(default=(), compare=False, repr=False)
    """Policies that are there for the role, and that it has not."""


FRESH: Final = Policies()
READS: Final = (DETAILS,)


def wanted(scope: "RoleScope") -> Policies:
    return _gathered(
        Held(document_name(scope.name, number), policy_of(json.dumps(document)))
        for number, document in _numbered(scope.policies)
    )


def to_args(value: Policies, _: Resolve) -> tuple[Declared, ...]:
    """Each document as a policy, which the program attaches to the role."""
    return tuple(Declared(POLICY, {"policy": text}, number) for number, text in _numbered(value.texts))


def from_plan(planned: Planned) -> Policies | Unset:
    """Inline documents and those of the plan's attached policies; AWS's own are another fact."""
    found = tuple(_documents(planned))
    return _merged(found) if found else UNSET


def from_api(asked: Asked) -> Policies:
    """Inline documents, and those of the account's own attached policies."""
    return replace(_gathered(held(asked)), spare=tuple(spare(asked)))


def keeping(before: Policies, after: Policies) -> Policies:
    """Documents are known by their names."""
    names = {one.name for one in after.documents}
    return _gathered((*after.documents, *(one for one in before.documents if one.name not in names)))


def to_api(before: Policies, after: Policies, site: Site) -> tuple[Write, ...]:
    """What is missing first, and then what is to go; a document stays where it stands."""
    if before == after:
        return ()
    if len(after.documents) < len(after.texts):
        raise Unsettable("the documents of a role are set by their names, and these have none")
    known = (*before.spare, *after.spare, *before.documents, *after.documents)
    homes = {one.name: one.arn for one in known if one.arn}
    there, wanted = _placed(before.documents, homes), _placed(after.documents, homes)
    changed = (
        one for place, one in wanted.items() if place not in there or there[place].policy != one.policy
    )
    current = {one.arn: one for one in (*before.spare, *there.values())}
    attached = {arn for arn, _ in there}
    return (
        *(write for one in changed for write in _put(one, current, attached, site)),
        *(_take(one, site) for place, one in there.items() if place not in wanted),
    )


def _numbered(documents: Iterable[Some]) -> Iterator[tuple[str, Some]]:
    """Each with what tells it from the others of its role."""
    return ((str(number), one) for number, one in enumerate(documents, start=1))


def _placed(documents: Iterable[Held], homes: Mapping[str, str]) -> dict[tuple[str, str], Held]:
    """Each under its place: the policy that has it, or the role itself, and the name."""
    found: dict[tuple[str, str], Held] = {}
    for one in documents:
        arn = homes.get(one.name, "") if one.arn is None else one.arn
        found[arn, one.name] = replace(one, arn=arn)
    return found


def _put(
    one: Held, current: Mapping[str | None, Held], attached: Container[str], site: Site
) -> Iterator[Write]:
    text = rendered(one.policy, site.resolve)
    role = {"RoleName": site.target.handles["RoleName"]}
    if not one.arn:
        yield _write("PutRolePolicy", {**role, "PolicyName": one.name, "PolicyDocument": text}, site)
        return
    policy, home = {"PolicyArn": one.arn}, current.get(one.arn)
    if home is None or home.policy != one.policy:
        if home is not None and home.outdated:
            yield _write("DeletePolicyVersion", {**policy, "VersionId": home.outdated}, site)
        yield _write("CreatePolicyVersion", {**policy, "PolicyDocument": text, "SetAsDefault": True}, site)
    if one.arn not in attached:
        yield _write("AttachRolePolicy", {**role, **policy}, site)


def _take(one: Held, site: Site) -> Write:
    role = {"RoleName": site.target.handles["RoleName"]}
    if one.arn:
        return _write("DetachRolePolicy", {**role, "PolicyArn": one.arn}, site)
    return _write("DeleteRolePolicy", {**role, "PolicyName": one.name}, site)


def _write(operation: str, params: Args, site: Site) -> Write:
    return site.write(operation, f"iam:{operation}", params, "iam")


def _gathered(documents: Iterable[Held]) -> Policies:
    several = tuple(documents)
    return replace(_merged(one.policy for one in several), documents=several)


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
