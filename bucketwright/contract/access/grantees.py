"""Who comes by itself, without a role of ours, and what ties it to those it may act for?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bucketwright.contract.access.findings import Unusable
from bucketwright.contract.access.statement import Condition
from bucketwright.contract.remembering import remembered

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access


@dataclass(frozen=True, slots=True)
class Grantee:
    """A principal, and the condition under which it is let in."""

    principal: Mapping[str, tuple[str, ...]]
    tie: Condition


@remembered
def visitors(environment: "Environment") -> Mapping[str, "Access"]:
    """The entries that make no role of ours, by their ids."""
    return {one: access for one, access in environment.access.items() if not access.makes_role()}


def grantee_of(environment: "Environment", access: "Access") -> Grantee:
    """The service, tied to those it acts for, or the principals, tied to their accounts.

    S3 shows a role that was deleted and made again by a bare id; its account still stands in the condition.
    """
    if access.service is None:
        accounts = tuple(dict.fromkeys(arn.split(":")[4] for arn in access.principals))
        return Grantee({"AWS": access.principals}, {"StringEquals": {"aws:PrincipalAccount": accounts}})
    accounts = access.service.accounts or own_account(environment)
    return Grantee({"Service": (access.service.name,)}, on_behalf(accounts, access.service.sources))


def is_tied(environment: "Environment", access: "Access") -> bool:
    """Whether it is known on whose behalf a service may act; one that may act for anybody is not let in."""
    return access.service is None or bool(grantee_of(environment, access).tie)


def not_let_in(environment: "Environment") -> tuple[Unusable, ...]:
    """The services that are granted something, and yet let in nowhere."""
    return tuple(one for access_id in environment.access for one in refusal(environment, access_id))


def refusal(environment: "Environment", access_id: str) -> tuple[Unusable, ...]:
    """What is wrong with an entry for a service that is let in nowhere; nothing with any other."""
    if is_tied(environment, environment.access[access_id]):
        return ()
    because = "it could act for anybody; name accounts or sources, or the account of the environment"
    return (Unusable(access_id, "the service is not let in", because),)


def own_account(environment: "Environment") -> tuple[str, ...]:
    """The account of the environment, where it is known."""
    return () if environment.account is None else (environment.account,)


def on_behalf(accounts: tuple[str, ...], sources: tuple[str, ...]) -> Condition:
    """The condition that a service acts for one of these: no confused deputy."""
    by_account: Condition = {"StringEquals": {"aws:SourceAccount": accounts}} if accounts else {}
    by_source: Condition = {"ArnLike": {"aws:SourceArn": sources}} if sources else {}
    return {**by_source, **by_account}
