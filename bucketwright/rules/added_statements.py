"""What is the policy of a bucket once it refuses some more to everybody?"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bucketwright.contract.partitions import partition_of
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.iam.documents import canonical, parse
from bucketwright.iam.strict_json import decoded, fields, several

Condition = Mapping[str, Mapping[str, str]]
_EMPTY: Final = '{"Version": "2012-10-17", "Statement": []}'


def refusing(bucket: BucketPosture, condition: Condition) -> Policy:
    """It refuses every action on the bucket and on its objects under this condition, too."""
    arn = _arn(bucket)
    return _with(bucket.policy, "s3:*", (arn, f"{arn}/*"), condition)


def refusing_uploads(bucket: BucketPosture, *conditions: Condition) -> Policy | None:
    """It refuses uploads under any of these conditions, too."""
    found = bucket.policy
    for condition in conditions:
        found = _with(found, "s3:PutObject", (f"{_arn(bucket)}/*",), condition)
    return found


def _with(policy: Policy | None, action: str, resources: tuple[str, ...], condition: Condition) -> Policy:
    """The same with a Deny after all that was written."""
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resources,
        "Condition": condition,
    }
    before = policy or policy_of(_EMPTY)
    raw = fields(decoded(before.text), "the policy")
    whole = {**raw, "statement": [*several(raw["statement"]), deny]}
    text = json.dumps({name.capitalize(): value for name, value in whole.items()})
    meant = (*before.document.statements, *parse({"Statement": deny}).statements)
    return Policy(canonical(replace(before.document, statements=meant)), text)


def _arn(bucket: BucketPosture) -> str:
    """A bucket whose region is not known is taken to be in the partition that most are in."""
    region = bucket.told("region")
    return f"arn:{partition_of(region if isinstance(region, str) else '')}:s3:::{bucket.name}"
