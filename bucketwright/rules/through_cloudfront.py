"""Who reads a bucket through CloudFront beside the distributions that deliver it, or gets past them?"""

from functools import partial
from typing import Final

from bucketwright.contract.access.cloudfront import SERVICE
from bucketwright.estate import BucketPosture, DistributionPosture
from bucketwright.facets.placeholders import addresses_in
from bucketwright.iam.documents import Condition, Statement
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.public_statements import public_clauses

_EQUALS: Final = frozenset({"stringequals", "stringlike", "arnequals", "arnlike"})
_SOURCE: Final = "aws:sourcearn"
_IDENTITY: Final = ":iam::cloudfront:user/"
_LONGEST: Final = 200


def loopholes(bucket: BucketPosture, estate: Estate) -> tuple[str, ...]:
    """Each way in that the bucket's policy leaves to others than its own distributions."""
    if bucket.policy is None:
        return ()
    allows = (one for one in bucket.policy.document.statements if one.allows)
    ways = (partial(_ways_in, one, bucket, estate) for one in allows)
    return faults_of(partial(_openness, bucket), *ways)


def _openness(bucket: BucketPosture) -> tuple[str, ...]:
    return (f"{bucket.name} lets in everybody",) if public_clauses(bucket.policy) else ()


def _ways_in(statement: Statement, bucket: BucketPosture, estate: Estate) -> tuple[str, ...]:
    members = statement.principals.members if statement.principals else ()
    identities = (name for _, name in members if _IDENTITY in name)
    found = tuple(f"{bucket.name} lets in the older identity {shown(name, _LONGEST)}" for name in identities)
    return (*found, *_distributions(statement, bucket, estate)) if ("Service", SERVICE) in members else found


def _distributions(statement: Statement, bucket: BucketPosture, estate: Estate) -> tuple[str, ...]:
    sources = [source for test in statement.conditions if _ties(test) for source in test.values]
    if not sources:
        return (f"{bucket.name} lets in CloudFront, whosever distribution it is",)
    others = (source for source in sources if not _delivers(source, bucket, estate))
    return tuple(f"{bucket.name} lets in {shown(one, _LONGEST)}, which does not deliver it" for one in others)


def _ties(condition: Condition) -> bool:
    also_absent = condition.if_exists or condition.quantifier == "forallvalues"
    return condition.key == _SOURCE and condition.operator in _EQUALS and not also_absent


def _delivers(source: str, bucket: BucketPosture, estate: Estate) -> bool:
    """Whether the ARN is of a distribution in front of the bucket."""
    if "*" in source or "?" in source:
        return False
    for one in estate.every(DistributionPosture):
        if one.address in addresses_in(source) or (one.name and source.endswith(f":distribution/{one.name}")):
            return any(origin.target == bucket.address for origin in one.origins)
    raise Undetermined("distribution", Unknown(f"{shown(source, _LONGEST)} is not in what was looked at"))
