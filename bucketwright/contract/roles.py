"""Who may do what on which prefixes: roles of ours, principals of other accounts, AWS services."""

from typing import Annotated

from bucketwright.contract.form import OneOrMany, Part, Shape
from bucketwright.contract.scalars import (
    AccountId,
    Line,
    PolicyArn,
    PrincipalArn,
    ProviderArn,
    SourceArn,
    Span,
)
from bucketwright.contract.words import Verb

PrefixRef = Annotated[
    str,
    Shape(
        r"^[a-z][a-z0-9-]*/([a-z][a-z0-9-]*|\*)$",
        "a bucket and one of its prefixes",
        ("files/documents", "files/*"),
        ids=True,
    ),
]
ServiceName = Annotated[
    str,
    Shape(r"^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$", "a service", ("lambda.amazonaws.com",)),
]
Many = OneOrMany()


class Service(Part):
    """An AWS service that writes or reads by itself, on behalf of named sources only."""

    name: ServiceName
    """The service principal, such as `cloudtrail.amazonaws.com`."""
    accounts: Annotated[tuple[AccountId, ...], Many] = ()
    """Accounts on whose behalf it may act; by default this environment's."""
    sources: Annotated[tuple[SourceArn, ...], Many] = ()
    """Resources on whose behalf it may act."""


class Identity(Part):
    """A federated identity provider whose tokens may assume the role."""

    provider: ProviderArn
    """ARN of the OIDC or SAML provider."""
    audience: Line
    """The audience the token must carry."""
    subject: Line | None = None
    """The subject the token must carry."""


class Access(Part):
    """One grantee and what it may do; one of trusts, federated, principals and service says who it is."""

    trusts: Annotated[tuple[ServiceName | PrincipalArn | AccountId, ...], Many] = ()
    """Who may assume the role this makes: services, role ARNs, accounts."""
    federated: Identity | None = None
    """Identity provider whose users may assume the role this makes."""
    principals: Annotated[tuple[PrincipalArn, ...], Many] = ()
    """Roles or users of other accounts, granted by bucket policy."""
    service: Service | None = None
    """An AWS service, granted by bucket policy."""
    read: Annotated[tuple[PrefixRef, ...], Many] = ()
    """Prefixes whose objects it may get and list, and have restored where they lie in an archive:
    `files/documents`, or `files/*` for all of a bucket."""
    list: Annotated[tuple[PrefixRef, ...], Many] = ()
    """Prefixes it may list without reading."""
    write: Annotated[tuple[PrefixRef, ...], Many] = ()
    """Prefixes it may put objects to."""
    delete: Annotated[tuple[PrefixRef, ...], Many] = ()
    """Prefixes it may delete objects from."""
    boundary: PolicyArn | None = None
    """Permissions boundary of the role."""
    max_session: Span | None = None
    """Longest session; by default one hour."""

    def makes_role(self) -> bool:
        """Whether this is a role of ours, and not a principal or service that comes by itself."""
        return bool(self.trusts or self.federated)

    def refs(self, verb: Verb) -> tuple[PrefixRef, ...]:
        """The prefixes named for a verb; no other verb's are looked at, for they may be Unsound."""
        match verb:
            case "read":
                return self.read
            case "list":
                return self.list
            case "write":
                return self.write
            case "delete":
                return self.delete
