"""A bucket or distribution under one rule, and what is said of it."""

import json
from collections.abc import Mapping
from typing import Final

from bucketwright.contract.model import Environment
from bucketwright.estate import AccountPosture, BucketPosture
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.intended import intended
from bucketwright.posture import Circumstances, Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, Verdict

OWN: Final = AccountPosture("account:111122223333", "111122223333", {})
THEIRS: Final = "arn:aws:iam::999988887777:role/reader"
ARN: Final = "arn:aws:s3:::files"
ALL: Final = (ARN, f"{ARN}/*")


def policy(*statements: Mapping[str, object]) -> Policy:
    """A policy of these statements; each reads the objects where it says nothing else."""
    usual = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{ARN}/*"}
    written = [{**usual, **one} for one in statements]
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": written}))


def judged(rule: str, posture: Posture, *beside: Posture, **terms: object) -> Verdict:
    """What the rule says, by these terms of a team."""
    several = {one.address: one for one in (posture, *beside)}
    environment = Environment.model_validate({"project": "shop", "name": "prod", "rules": terms})
    around = Circumstances(environment, intended(environment)) if terms else Circumstances()
    return catalogue()[rule].verdict(posture, Estate("live", several, circumstances=around))


def bucket(rule: str, *beside: Posture, **facts: object) -> Verdict:
    """What the rule says of a bucket of these facts, in our own account."""
    return judged(rule, BucketPosture("bucket:files", "files", facts), OWN, *beside)


def texts(verdict: Verdict) -> tuple[str, ...]:
    """The faults, in their order."""
    assert isinstance(verdict, Fails), verdict
    return tuple(fault.text for fault in verdict.faults)
