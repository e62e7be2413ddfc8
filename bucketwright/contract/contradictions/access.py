"""Does every grant say who, what and where, and nothing twice?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.contract.contradictions.arns import iam_fault
from bucketwright.contract.contradictions.scope import Scope, each
from bucketwright.contract.problems import Fault
from bucketwright.contract.words import VERBS, Verb

if TYPE_CHECKING:
    from bucketwright.contract.roles import Access, Identity

_WHO: Final = ("trusts", "federated", "principals", "service")
_ROLE_SETTINGS: Final = ("boundary", "max_session")
_SERVICE_VERBS: Final = ("read", "list", "write")
_PRINCIPALS: Final = ("role", "user", "root")
_PROVIDERS: Final = ("oidc-provider", "saml-provider")


def access(scope: Scope) -> Iterator[Fault]:
    """Grants that contradict themselves or name what is not there."""
    for access_id, grant in scope.environment.access.items():
        for fault in each(_who(grant), _role(grant), _what(grant), _where(scope, grant)):
            yield fault.under("access", access_id)


def _who(grant: "Access") -> Iterator[Fault]:
    given = [name for name in _WHO if getattr(grant, name)]
    if not given:
        yield Fault((), "who this is for is missing", _WHO, "say one of them", "key")
    for other in given[1:]:
        message = f"{given[0]} and {other} are both given; an entry is for one kind of grantee"
        yield Fault((other,), message, (), "make two entries of it", "key")
    for place, principal in enumerate(grant.principals):
        if message := iam_fault(principal, _PRINCIPALS):
            yield Fault(("principals", place), message)
    for place, trusted in enumerate(grant.trusts):
        message = iam_fault(trusted, _PRINCIPALS) if trusted.startswith("arn:") else ""
        if message:
            yield Fault(("trusts", place), message, (), "or a service, or an account")
    if grant.federated is not None:
        yield from _provider(grant.federated)


def _provider(identity: "Identity") -> Iterator[Fault]:
    if message := iam_fault(identity.provider, _PROVIDERS):
        yield Fault(("federated", "provider"), message)
    elif ":oidc-provider/" in identity.provider and identity.subject is None:
        message = "without a subject every user and tenant of the provider may assume the role"
        yield Fault(("federated",), message, (), "subject: the claim of the one that may", "key")


def _role(grant: "Access") -> Iterator[Fault]:
    if not grant.makes_role():
        for name in _ROLE_SETTINGS:
            if getattr(grant, name) is not None:
                message = f"{name} belongs to a role, and this entry makes none"
                yield Fault((name,), message, (), "only with trusts or federated", "key")
    if grant.boundary is not None and (message := iam_fault(grant.boundary, ("policy",))):
        yield Fault(("boundary",), message)
    if grant.max_session is not None and not timedelta(hours=1) <= grant.max_session <= timedelta(hours=12):
        yield Fault(("max_session",), "a session of a role lasts 1 to 12 hours at most")


def _what(grant: "Access") -> Iterator[Fault]:
    if not any(grant.refs(verb) for verb in VERBS):
        yield Fault((), "what this may do is missing", VERBS, "say at least one of them", "key")
    if grant.service is not None and grant.delete:
        yield Fault(("delete",), "a service may read, list and write, not delete", _SERVICE_VERBS, at="key")
    listed = frozenset(grant.read)
    for verb in VERBS:
        seen: set[str] = set()
        for place, reference in enumerate(grant.refs(verb)):
            if reference in seen:
                yield Fault((verb, place), f"{reference} is given twice", (), "keep one")
            elif verb == "list" and reference in listed:
                yield Fault((verb, place), f"read already lists {reference}", (), "remove it here")
            seen.add(reference)


def _where(scope: Scope, grant: "Access") -> Iterator[Fault]:
    yield from each(*(_of_verb(scope, grant, verb) for verb in VERBS))


def _of_verb(scope: Scope, grant: "Access", verb: Verb) -> Iterator[Fault]:
    for place, reference in enumerate(grant.refs(verb)):
        bucket_id, _, prefix_id = reference.partition("/")
        yield from scope.unknown_bucket((verb, place), bucket_id)
        if prefix_id != "*":
            yield from scope.unknown_prefix((verb, place), bucket_id, prefix_id)
