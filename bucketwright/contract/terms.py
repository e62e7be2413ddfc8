"""By which terms is this project judged: which rules, how strictly, and what only the team can know?"""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from bucketwright.contract.form import OneOrMany, Part, Shape
from bucketwright.contract.scalars import AccountId, Count, Days, KeyArn, Region, Span
from bucketwright.contract.usual import USUAL
from bucketwright.contract.words import DataClass, Enforcement, NamePart, Profile, Severity
from bucketwright.iam.documents import parse

RULE_ID: Final = r"^[a-z][a-z0-9-]{2,63}$"
UserId = Annotated[str, Shape(r"^[0-9a-f]{64}$", "a canonical user id")]
RuleId = Annotated[str, Shape(RULE_ID, "the id of a rule", ("versioning-enabled",))]


def _policy(text: str) -> str:
    parse(text)
    return text


PolicyText = Annotated[str, AfterValidator(_policy)]
"""A policy document in JSON, that IAM accepts."""


class Terms(Part):
    """Which rules are judged and how strictly, and facts they need that no resource tells."""

    profile: Profile = USUAL.profile
    """Which rules are judged beside those that a setting of this contract asks for: baseline holds for
    everyone, cis and fsbp add what CIS AWS Foundations and AWS Foundational Security Best Practices ask, all
    adds the rest."""
    also: tuple[RuleId, ...] = USUAL.also
    """Further rules that are judged, whatever the profile."""
    mandatory_from: Severity = USUAL.mandatory_from
    """In a preview, findings of this severity and above stop the deployment; lower ones are advice."""
    enforcement: Mapping[RuleId, Enforcement] = USUAL.enforcement
    """What single rules do in a preview, whatever their severity."""
    trusted_accounts: Annotated[tuple[AccountId, ...], OneOrMany()] = USUAL.trusted_accounts
    """Other AWS accounts that policies, replication and lists of grants may name."""
    trusted_users: tuple[UserId, ...] = USUAL.trusted_users
    """Canonical ids of other accounts that access control lists may name."""
    keys: Annotated[tuple[KeyArn, ...], OneOrMany()] = USUAL.keys
    """KMS keys that may encrypt objects, beside those the buckets declare."""
    regions: Mapping[DataClass, Annotated[tuple[Region, ...], OneOrMany()]] = USUAL.regions
    """In which regions data of a class may lie; a class that is not named may lie anywhere."""
    required_tags: Mapping[str, Annotated[tuple[str, ...], OneOrMany()]] = USUAL.required_tags
    """Tags that every bucket has to carry, each with the values it may have; none named: any."""
    name_parts: Annotated[tuple[NamePart, ...], OneOrMany()] = USUAL.name_parts
    """What the name of every bucket has to carry, in this order."""
    policy_limit: PolicyText | None = USUAL.policy_limit
    """A policy document in JSON: no bucket policy may let anybody do more than it does."""
    required_statements: PolicyText | None = USUAL.required_statements
    """A policy document in JSON whose statements every bucket policy has to contain, in whatever spelling."""
    stale_upload: Days = USUAL.stale_upload
    """Age from which an unfinished upload is stale, and at which lifecycle has to end it at the latest."""
    expiry_grace: Days = USUAL.expiry_grace
    """How long after its day an object may still be there: lifecycle runs late."""
    noncurrent_versions: Count = Field(default=USUAL.noncurrent_versions, ge=1)
    """How many old versions of one key are a backlog."""
    pending_replication: Span = USUAL.pending_replication
    """How long a copy may be under way before it counts as failed."""
    stuck_restore: Days = USUAL.stuck_restore
    """How long a restore from an archive may take."""
