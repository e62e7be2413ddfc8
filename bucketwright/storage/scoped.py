"""Which credentials reach one place and no other? Those of a role of the contract, narrowed to its keys.

Whoever gets them, a worker or another service, may do there what the role may, and nothing elsewhere: STS
gives them out with a session policy, and the server holds each request against it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.sessions import session_policy
from bucketwright.contract.model import Environment
from bucketwright.contract.names import role_arn
from bucketwright.contract.quantities import spell_span
from bucketwright.contract.roles import Access
from bucketwright.plain_text import did_you_mean, shown
from bucketwright.s3.addresses import AccessError
from bucketwright.storage.errors import Misconfigured, Refused, Unreachable
from bucketwright.storage.place import Place
from bucketwright.storage.settings import Settings
from bucketwright.storage.signing.terms import signer_of
from bucketwright.storage.stored import At

if TYPE_CHECKING:  # the SDK is loaded by the backends that use it
    from bucketwright.s3.sessions import Sessions

USUAL: Final = timedelta(hours=1)
_LEAST: Final = timedelta(minutes=15)
"""What STS gives out at the least."""
_LONGEST_NAME: Final = 64


@dataclass(frozen=True, slots=True)
class Lent:
    """Credentials that end; none of them is shown."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    session_token: str = field(repr=False)
    until: datetime

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables from which any AWS SDK, in another program, takes them."""
        return {
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_SESSION_TOKEN": self.session_token,
        }

    def settings(self, own: Settings) -> Settings:
        """The same settings with these credentials: a storage opened with them reaches the place alone."""
        return replace(
            own,
            profile="",
            access_key=self.access_key,
            secret_key=self.secret_key,
            session_token=self.session_token,
        )


def policy_of(place: Place, access: str) -> Mapping[str, object]:
    """The session policy under which a role of the contract reaches the keys of a place and no others."""
    environment = place.home.environment
    _keep_role(environment, access)
    try:
        return session_policy(environment, access, place.there.address, place.values)
    except ValueError as error:
        raise Refused(str(error)) from None


def lend(place: Place, access: str, lasting: timedelta = USUAL, role: str = "") -> Lent:
    """Credentials that reach the keys of a place and no others, as a role of the contract may.

    The storage's own credentials have to be let in by that role's `trusts`. `role` is its ARN where it is
    called otherwise than the contract calls it.
    """
    environment, policy = place.home.environment, policy_of(place, access)
    _keep_terms(environment.access[access], access, lasting)
    wanted = {
        "RoleArn": role or _role(environment, access),
        "RoleSessionName": f"bucketwright-{access}"[:_LONGEST_NAME],
        "Policy": json.dumps(policy, separators=(",", ":")),
        "DurationSeconds": lasting // timedelta(seconds=1),
    }
    return _lent(signer_of(place).server.asking.sessions, wanted)


def _lent(sessions: "Sessions", wanted: Mapping[str, object]) -> Lent:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - the SDK is there by now

    from bucketwright.storage.backends.s3_errors import Request, meant  # noqa: PLC0415 - the same

    try:
        answer = sessions.client("sts").assume_role(**wanted)["Credentials"]
    except (AccessError, BotoCoreError, ClientError) as error:
        where = sessions.endpoint_url or "AWS"
        raise meant(error, Request("AssumeRole", At(str(wanted["RoleArn"]), ""), None, where)) from None
    match answer:
        case {
            "AccessKeyId": str(key),
            "SecretAccessKey": str(secret),
            "SessionToken": str(token),
            "Expiration": datetime() as until,
        }:
            return Lent(key, secret, token, until.astimezone(UTC))
    raise Unreachable("STS answered without credentials")


def _keep_role(environment: Environment, access: str) -> None:
    if access not in environment.access:
        near = did_you_mean(access, environment.access) or f"it has {', '.join(environment.access) or 'none'}"
        raise Refused(f"the contract has no role {shown(access)} under 'access'; {near}")


def _keep_terms(access: Access, access_id: str, lasting: timedelta) -> None:
    if access.federated is not None:
        raise Refused(f"access.{access_id} is for tokens of {access.federated.provider}: nobody lends it")
    longest = access.max_session or USUAL
    if not _LEAST <= lasting <= longest:
        raise Refused(
            f"credentials of access.{access_id} last {spell_span(_LEAST)} to {spell_span(longest)}: "
            "what is longer, the contract says under 'max_session'"
        )


def _role(environment: Environment, access: str) -> str:
    if environment.account is None:
        raise Misconfigured(
            f"the contract names no account for {environment.name}: name it there, or give the role's ARN"
        )
    return role_arn(environment, access, environment.account)
