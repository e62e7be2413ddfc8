"""Whom does a statement of a bucket's policy let in, one by one, and of which account is each of them?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bucketwright.iam.documents import PrincipalKind, Statement
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules.accounts import account_of

_EVERYBODY: Final = "*"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody whom an Allow lets in."""

    kind: PrincipalKind
    name: str

    @property
    def account(self) -> str | None:
        """The account; None of somebody whom no account's number or ARN names."""
        return account_of(self.name)

    @property
    def is_anybody(self) -> bool:
        """Whether this is everybody, or every user of a provider of identities."""
        return self.name == _EVERYBODY or (self.kind == "Federated" and self.account is None)


def guests(statement: Statement) -> Iterator[Guest]:
    """Everyone whom an Allow names, nobody for a Deny; everybody but some counts as everybody."""
    principals = statement.principals
    if not statement.allows:
        return
    if principals is None:
        because = f"{statement.label} has no Principal, so this is no bucket policy"
        raise Undetermined("policy", Unknown(because))
    if principals.negated:
        yield Guest("AWS", _EVERYBODY)
    else:
        yield from (Guest(kind, name) for kind, name in principals.members)
