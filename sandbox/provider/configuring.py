"""Whose account and which region does a provider of the program mean? Its configuration says."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.plan import is_known

_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_ROLE: Final = re.compile(r"arn:[a-z-]+:iam::([0-9]{12}):role/.+")
_HARMLESS: Final = frozenset(
    {
        "version", "skipCredentialsValidation", "skipRegionValidation", "skipMetadataApiCheck",
        "skipRequestingAccountId", "pluginDownloadURL",
    }
)  # fmt: skip
CARRIED: Final = frozenset({"region", "allowedAccountIds", "assumeRoles"})


class ConfigurationError(ValueError):
    """The provider is configured in a way the double does not carry."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a provider works: an account and a region in it."""

    account: str
    region: str


def home_of(configured: Mapping[str, object], default: Home, holder: str | None = None) -> Home:
    """Where a provider works.

    The last role assumed decides the account, else who holds the credentials; where that is not said, the one
    account allowed. An account that is not allowed is refused, as AWS's provider refuses it.
    """
    strange = sorted(set(configured) - CARRIED - _HARMLESS)
    if strange:
        raise ConfigurationError(
            f"the double does not carry the provider's {', '.join(strange)};"
            f" it knows {', '.join(sorted(CARRIED))}"
        )
    region = configured.get("region", default.region)
    if not isinstance(region, str) or not is_known(region):
        raise ConfigurationError("the provider's region must be known when it is configured")
    account = _account(configured, holder) or default.account
    if not _ACCOUNT.fullmatch(account):
        raise ConfigurationError(f"{account!r} is not an account id of twelve digits")
    return Home(account, region)


def _account(configured: Mapping[str, object], holder: str | None) -> str | None:
    allowed = [str(one) for one in _list(configured, "allowedAccountIds")]
    used = _assumed(configured) or holder
    if used is not None:
        if allowed and used not in allowed:
            raise ConfigurationError(
                f"AWS account {used} is not allowed: the provider is for {', '.join(allowed)}"
            )
        return used
    if len(allowed) > 1:
        raise ConfigurationError(
            "the provider allows several accounts, so the double cannot tell which is meant"
        )
    return allowed[0] if allowed else None


def _assumed(configured: Mapping[str, object]) -> str | None:
    """The account of the last role that the provider assumes."""
    roles = _list(configured, "assumeRoles")
    if not roles:
        return None
    arn = roles[-1].get("roleArn") if isinstance(roles[-1], Mapping) else None
    found = _ROLE.fullmatch(arn) if isinstance(arn, str) else None
    if not found:
        raise ConfigurationError(f"the provider assumes {arn!r}, which is no ARN of a role")
    return found[1]


def _list(configured: Mapping[str, object], name: str) -> list[object]:
    """Configuration that is no string travels as JSON."""
    value = configured.get(name, [])
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, list):
        raise ConfigurationError(f"the provider's {name} must be a list")
    return found
