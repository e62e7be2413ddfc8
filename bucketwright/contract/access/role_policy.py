"""The documents of one role: what it may do, and who may assume it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bucketwright.contract.access.grants import grant_statements
from bucketwright.contract.access.keys import key_statements
from bucketwright.contract.access.quarantine import queue_statements
from bucketwright.contract.access.size import VERSION, spread
from bucketwright.contract.access.statement import Json, Statement, one_or_list
from bucketwright.contract.access.verbs import buckets_of

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access, Identity


def role_policies(environment: "Environment", access_id: str) -> tuple[Json, ...]:
    """The identity policies of a role; more than one only where one would be too large.

    None for a principal or service that comes by itself: the bucket's policy lets those in.
    """
    reached = buckets_of(environment.access[access_id])
    granted = (grant_statements(environment, access_id, bucket_id) for bucket_id in reached)
    statements = [one for several in granted for one in several]
    return identity_policies(environment, access_id, [*statements, *queue_statements(environment, access_id)])


def identity_policies(
    environment: "Environment", access_id: str, granted: Iterable[Statement]
) -> tuple[Json, ...]:
    """The policies of these statements and of what they need of KMS."""
    access = environment.access[access_id]
    if not access.makes_role():
        return ()
    return spread([*granted, *key_statements(environment, access)], f"access.{access_id}")


def trust_policy(environment: "Environment", access_id: str) -> Json:
    """Who may assume the role: the named services, roles, accounts or federated users, and nobody else."""
    access = environment.access[access_id]
    if not access.makes_role():
        raise ValueError(f"access.{access_id} makes no role")
    trust = _federated(access.federated) if access.federated else _assumed(environment, access)
    return {"Version": VERSION, "Statement": [{"Effect": "Allow", **trust}]}


def _assumed(environment: "Environment", access: "Access") -> Json:
    services = [name for name in access.trusts if not name.startswith("arn:") and not name.isdigit()]
    others = [_principal(environment, name) for name in access.trusts if name not in services]
    principal = {"AWS": others, "Service": services}
    named = {kind: one_or_list(names) for kind, names in principal.items() if names}
    return {"Principal": named, "Action": "sts:AssumeRole"}


def _principal(environment: "Environment", name: str) -> str:
    return name if name.startswith("arn:") else f"arn:{environment.partition}:iam::{name}:root"


def _federated(identity: "Identity") -> Json:
    saml = ":saml-provider/" in identity.provider
    provider = "SAML" if saml else identity.provider.partition("/")[2]
    claims = {f"{provider}:aud": identity.audience}
    if identity.subject:
        claims[f"{provider}:sub"] = identity.subject
    return {
        "Principal": {"Federated": identity.provider},
        "Action": "sts:AssumeRoleWithSAML" if saml else "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": claims},
    }
