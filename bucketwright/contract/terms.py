"""By which terms is this project judged: which rules, how strictly, and what only the team can know?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from bucketwright.contract.form import OneOrMany, Part, Shape
from bucketwright.contract.scalars import AccountId, Count, Days, KeyArn, Region, Span
from bucketwright.contract.words import DataClass, Enforcement, NamePart, Profile, Severity
from bucketwright.iam.documents import parse

RULE_ID: Final = r"^[a-z][a-z0-9-]{2,63}$"
RuleId = Annotated[str, Shape(RULE_ID, "the id of a rule", ("versioning-enabled",))]


def _policy(text: str) -> str:
    parse(text)
    return text


PolicyText = Annotated[str, AfterValidator(_policy)]
"""A policy document in JSON, that IAM accepts."""


class Terms(Part):
    """Which rules are judged and how strictly, and facts they need that no resource tells."""

    profile: Profile = "baseline"
    """Which rules are judged beside those that a setting of this contract asks for: baseline holds for
    everyone, cis and fsbp add what CIS AWS Foundations and AWS Foundational Security Best Practices ask, all
    adds the rest."""
    also: tuple[RuleId, ...] = ()
    """Further rules that are judged, whatever the profile."""
    mandatory_from: Severity = "high"
    """In a preview, findings of this severity and above stop the deployment; lower ones are advice."""
    enforcement: Mapping[RuleId, Enforcement] = {}
    """What single rules do in a preview, whatever their severity."""
    trusted_accounts: Annotated[tuple[AccountId, ...], OneOrMany()] = ()
    """Other AWS accounts that policies, replication and lists of grants may name."""
    trusted_users: tuple[Annotated[str, Shape(r"^[0-9a-f]{64}$", "a canonical user id")], ...] = ()
    """Canonical ids of other accounts that access control lists may name."""
    keys: Annotated[tuple[KeyArn, ...], OneOrMany()] = ()
    """KMS keys that may encrypt objects, beside those the buckets declare."""
    regions: Mapping[DataClass, Annotated[tuple[Region, ...], OneOrMany()]] = {}
    """In which regions data of a class may lie; a class that is not named may lie anywhere."""
    required_tags: Mapping[str, Annotated[tuple[str, ...], OneOrMany()]] = {}
    """Tags that every bucket has to carry, each with the values it may have; none named: any."""
    name_parts: Annotated[tuple[NamePart, ...], OneOrMany()] = ()
    """What the name of every bucket has to carry, in this order."""
    policy_limit: PolicyText | None = None
    """A policy document in JSON: no bucket policy may let anybody do more than it does."""
    required_statements: PolicyText | None = None
    """A policy document in JSON whose statements every bucket policy has to contain, in whatever spelling."""
    stale_upload: Days = 7
    """Age from which an unfinished upload is stale, and at which lifecycle has to end it at the latest."""
    expiry_grace: Days = 2
    """How long after its day an object may still be there: lifecycle runs late."""
    noncurrent_versions: Count = Field(default=100, ge=1)
    """How many old versions of one key are a backlog."""
    pending_replication: Span = timedelta(hours=24)
    """How long a copy may be under way before it counts as failed."""
    stuck_restore: Days = 3
    """How long a restore from an archive may take."""
