"""What may other accounts do with a bucket by its policy, Denies and conditions included?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from bucketwright.contract.partitions import NO_ACCOUNT
from bucketwright.iam.actions import covers, spelled
from bucketwright.iam.callers import Caller
from bucketwright.iam.documents import Document, Names, PolicyError, Statement
from bucketwright.iam.languages import Formula
from bucketwright.iam.reach import Policies, View, reached, requests
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.accounts import account_of, own_account
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.principals import Guest, guests
from bucketwright.rules.requests_to_bucket import bucket_arn, is_any, requests_for

_VERSION: Final = "2012-10-17"
_ANYTHING: Final = Names(("*",))
_ITS_OWN: Final = Document(_VERSION, (Statement("", True, None, _ANYTHING, _ANYTHING, ()),))
"""What another account lets its people do is not ours to know: anything."""
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class ForeignReach:
    """What the policy of a bucket lets other accounts do."""

    bucket: str
    policy: tuple[Statement, ...]
    estate: Estate
    actions: tuple[str, ...]

    def granted(self, statement: Statement) -> tuple[str, ...]:
        """Which of the actions the statement lets whom of another account do."""
        if not statement.allows:
            return ()
        covered = (one for one in self.actions if covers(statement.actions, one))
        about = tuple(one for one in covered if self._is_left(one, lambda view: requests(statement, view)))
        if not about:
            return ()
        return faults_of(*(partial(self._granted_to, one, statement, about) for one in guests(statement)))

    def _granted_to(self, guest: Guest, statement: Statement, about: tuple[str, ...]) -> tuple[str, ...]:
        for caller in self._callers(statement, guest):
            done = [spelled(one) for one in about if self._may(caller, statement, one)]
            if done:
                whom = "other accounts" if guest.is_anybody else shown(guest.name, _LONGEST)
                return (f"{statement.label} lets {whom} do {', '.join(done)}",)
        return ()

    def _callers(self, statement: Statement, guest: Guest) -> Iterator[Caller]:
        """Somebody of each other account that may be meant, named or not."""
        if guest.is_anybody:
            yield _caller(NO_ACCOUNT, NO_ACCOUNT)
            yield from self._named()
        elif guest.kind != "Service":
            account = guest.account
            if account is None:
                because = f"{statement.label}: of which account {shown(guest.name, _LONGEST)} is, is not told"
                raise Undetermined("policy", Unknown(because))
            if account != own_account(self.estate):
                yield _caller(guest.name, account)
                yield from (one for one in self._named() if one.account == guest.name)

    def _named(self) -> Iterator[Caller]:
        """Those of other accounts whom some statement tells from others."""
        names = [name for one in self.policy if one.principals for _, name in one.principals.members]
        values = [value for one in self.policy for test in one.conditions for value in test.values]
        for name in dict.fromkeys((*names, *values)):
            account = account_of(name)
            if account is not None and account != own_account(self.estate):
                yield _caller(name, account)

    def _may(self, caller: Caller, statement: Statement, action: str) -> bool:
        """Whether the Denies leave it something of what the statement allows."""
        denies = tuple(one for one in self.policy if not one.allows)
        if not (denies or statement.conditions):
            return True
        policies = Policies(identity=(_ITS_OWN,), bucket=Document(_VERSION, (statement, *denies)))
        return self._is_left(action, lambda view: reached(caller, policies, "", action, view))

    def _is_left(self, action: str, asked: Callable[[View], Formula]) -> bool:
        """Whether some request to the bucket is asked for."""
        arn = bucket_arn(self.bucket, self.policy)
        try:
            return any(is_any("policy", asked(view), where) for view, where in requests_for(arn, action))
        except PolicyError as error:
            raise Undetermined("policy", Unknown(str(error).strip())) from None


def _caller(name: str, account: str) -> Caller:
    """Whoever goes by the name, which may be a pattern; of an account, a role that nobody named."""
    arn = f"arn:aws:iam::{account}:role/somebody" if name == account else name
    return Caller(arn.replace("*", "x").replace("?", "x"), account)
