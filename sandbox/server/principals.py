"""Are the principals of a policy there? AWS looks up those it can, and refuses the policy if one is not."""

from collections.abc import Iterator

from moto.iam.models import iam_backends

from bucketwright.iam.documents import Document


def missing_principals(policy: Document, account: str, partition: str) -> Iterator[str]:
    """The statements that name a role or user of this account that does not exist, by their labels.

    Those of other accounts cannot be looked up here and are taken.
    """
    people = iam_backends[account][partition]
    there = {role.arn for role in people.roles.values()} | {user.arn for user in people.users.values()}
    own = f"arn:{partition}:iam::{account}:"
    for one in policy.statements:
        named = [name for kind, name in one.principals.members if kind == "AWS"] if one.principals else []
        looked_up = [name for name in named if name.startswith((f"{own}role/", f"{own}user/"))]
        if not set(looked_up) <= there:
            yield one.label
