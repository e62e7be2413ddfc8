"""By which terms is judged where no contract says so? What each is for stands in the contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias, Union

from bucketwright.contract.words import DataClass, Enforcement, NamePart, Profile, Severity

if TYPE_CHECKING:
    from bucketwright.contract.terms import Terms


@dataclass(frozen=True, slots=True)
class UsualTerms:
    """The terms of a contract that says nothing of them, for those who have none."""

    profile: Profile = "baseline"
    also: tuple[str, ...] = ()
    mandatory_from: Severity = "high"
    enforcement: Mapping[str, Enforcement] = field(default_factory=dict)
    trusted_accounts: tuple[str, ...] = ()
    trusted_users: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    regions: Mapping[DataClass, tuple[str, ...]] = field(default_factory=dict)
    required_tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name_parts: tuple[NamePart, ...] = ()
    policy_limit: str | None = None
    required_statements: str | None = None
    stale_upload: int = 7
    expiry_grace: int = 2
    noncurrent_versions: int = 100
    pending_replication: timedelta = timedelta(hours=24)
    stuck_restore: int = 3


USUAL: Final = UsualTerms()
AnyTerms: TypeAlias = Union["Terms", UsualTerms]
"""What a contract says, or what holds without one."""
