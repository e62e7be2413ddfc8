"""What was found live, as far as a contract could speak of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bucketwright.contract.own_tags import OWN_TAGS
from bucketwright.estate import BucketPosture
from bucketwright.facets.references import is_address
from bucketwright.posture import Estate, Undetermined

Data = dict[str, object]
"""A part of a contract as YAML holds it."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class SeenBucket:
    """A bucket before it has an address."""

    name: str
    region: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Naming:
    """Whose contract it is going to be, and what the buckets are called there."""

    project: str
    environment: str
    region: str
    account: str = ""
    """Empty where the server knows none."""
    buckets: Mapping[str, str] = field(default_factory=dict)
    """The names of the buckets, by their ids."""
    roles: tuple[str, ...] = ()
    """The ids of the roles that are called as the contract's would be."""

    def role_id(self, role_name: str) -> str:
        """The id of a role that is called as the contract's are; empty where it is called otherwise."""
        beginning = f"{self.project}-{self.environment}-"
        return role_name.removeprefix(beginning) if role_name.startswith(beginning) else ""


@dataclass(frozen=True, slots=True)
class Live:
    """What is live, under the addresses that it is going to have."""

    naming: Naming
    estate: Estate
    arns: Mapping[str, str]
    """What AWS calls strangers that buckets refer to, by their addresses."""
    day: date

    @property
    def buckets(self) -> tuple[BucketPosture, ...]:
        """Those that are adopted."""
        several = (self.estate.postures.get(f"bucket:{bucket_id}") for bucket_id in self.naming.buckets)
        return tuple(one for one in several if isinstance(one, BucketPosture))

    @property
    def reason(self) -> str:
        """Stands for the reason that a person has to give for what is less than safe."""
        return f"found on adoption on {self.day.isoformat()}"

    def arn(self, reference: str) -> str:
        """The ARN behind a reference; empty where it is not known."""
        if not is_address(reference):
            return reference if reference.startswith("arn:") else ""
        found = self.arns.get(reference, "")
        return found if found.startswith("arn:") else ""


def own_tags(tags: Mapping[str, str]) -> Mapping[str, str]:
    """Those that a contract may name: the others are AWS's or bucketwright's own."""
    return {key: value for key, value in tags.items() if not key.lower().startswith(("aws:", OWN_TAGS))}


def short(**settings: object) -> Data:
    """Those settings of which something is said."""
    return {name: value for name, value in settings.items() if value not in (None, "", [], {}, ())}


def one_or_all(several: list[object]) -> object:
    """The one entry by itself, or all of them."""
    return several[0] if len(several) == 1 else several


def account_number(account: str) -> object:
    """An account as a contract writes it: as a number, unless it begins with 0."""
    return account if account.startswith("0") else int(account)


def known(read: Callable[[], Value]) -> Value | None:
    """What a fact says, where it is known."""
    try:
        return read()
    except Undetermined:
        return None
