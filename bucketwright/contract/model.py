"""A contract as data: what a team declares of its storage, resolved for each environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import Field

from bucketwright.contract.buckets import Bucket, Transfer
from bucketwright.contract.form import Part, Shape
from bucketwright.contract.merging import Layers
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.problems import Path, Position
from bucketwright.contract.roles import Access
from bucketwright.contract.scalars import AccountId, Day, Flag, Line, Reason, Region, Slug
from bucketwright.contract.terms import RuleId, Terms


class Exemption(Part):
    """A rule that does not hold somewhere, for a reason, until a day."""

    rule: RuleId
    """Id of the rule."""
    bucket: Slug | None = None
    """The bucket it is about."""
    prefix: Slug | None = None
    """The prefix of that bucket it is about."""
    role: Slug | None = None
    """The role it is about."""
    reason: Reason
    """Why this is right."""
    owner: Annotated[
        str, Shape(r"^[^\x00-\x1f\x7f]{2,80}$", "an owner of 2 to 80 characters", ("platform-team",))
    ]
    """Who answers for it."""
    expires: Day
    """Last day it holds, in UTC."""
    ticket: Line | None = None
    """Where it was agreed."""

    def holds_on(self, day: date) -> bool:
        """Whether it still holds on a day in UTC; its last day counts."""
        return day <= self.expires


class Settings(Part):
    """What a contract says at its top, and what an environment may say differently."""

    region: Region = "us-west-2"
    """Region of the buckets."""
    compute_region: Region | None = None
    """Region of the programs that use them; by default the same."""
    account: AccountId | None = None
    """The AWS account, twelve digits."""
    key_prefix: Line | None = None
    """Template with which every path of every data bucket must begin, such as `{env}/`."""
    protect: Flag = False
    """Refuse to delete buckets, their keys and their distributions."""
    tags: Mapping[str, str] = {}
    """Tags of every bucket, role and key."""
    account_block: Flag = False
    """Close the whole account to public access, buckets of others in it too; one environment of an account
    says so."""
    transfer: Transfer = Transfer()
    """How large files travel, where a bucket says nothing else."""
    buckets: Mapping[Slug, Bucket] = {}
    """The buckets, each under its id."""
    access: Mapping[Slug, Access] = {}
    """Who may do what, each under its id."""
    rules: Terms = Terms()
    """Which rules are judged, and by which terms."""
    exemptions: tuple[Exemption, ...] = ()
    """Rules that do not hold somewhere."""


class Head(Part):
    """What a contract says beside its settings: whose it is, and where it holds."""

    project: Slug
    """Id of the project; names of buckets and roles begin with it."""
    environments: Mapping[Slug, Mapping[str, object] | None] = Field(min_length=1)
    """The environments, each with what it says differently: mappings merge, lists and values replace, null
    removes."""


class Environment(Settings):
    """All settings as they hold in one environment."""

    project: Slug
    name: Slug

    @property
    def partition(self) -> str:
        """The AWS partition the region belongs to."""
        return partition_of(self.region)


@dataclass(frozen=True, slots=True)
class Contract:
    """A project's contract: its environments, resolved."""

    project: str
    source: str
    environments: Mapping[str, Environment]
    layers: Mapping[str, Layers] = field(default_factory=dict, repr=False, compare=False)
    """What was written for each environment; empty for a contract that was not read from text."""

    def where(self, environment: str, path: Path | str) -> Position:
        """Where a path such as `buckets.files.versioning` is written, or the nearest part above it."""
        if environment not in self.layers:
            return Position(1, 1, 2)
        if isinstance(path, str):
            path = tuple(int(part) if part.isdecimal() else part for part in path.split("."))
        return self.layers[environment].written(path).key_position
