"""An environment that is audited, as a recorded program."""

from collections.abc import Mapping
from typing import Final

import pulumi

from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.plan import Plan, Resource
from components.audit_configured import Configured
from components.recording import record
from components.storage import declare

CONTRACT: Final = """\
project: shop
region: eu-central-1
environments: {prod: {account: "111122223333", tags: {team: storage}}}
buckets:
  files: {versioning: enabled, encryption: kms, prefixes: {docs: {path: docs/}}}
  audits:
    encryption: kms
    versioning: enabled
    prefixes:
      reports: {path: "{env}/reports/", expire: 400 days, noncurrent: {expire: 1 day}}
      history: {path: "{env}/history/", write: overwrite, noncurrent: {expire: 30 days}}
access:
  loader: {trusts: lambda.amazonaws.com, write: files/docs}
"""
ACCOUNT: Final = "111122223333"
PRINCIPAL: Final = "arn:aws:iam::210987654321:role/security"
EXTERNAL_ID: Final = "0123456789abcdef0123456789abcdef"
IMAGE: Final = f"{ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/tools/bucketwright@sha256:{'a' * 64}"
TASK: Final[Mapping[str, object]] = {
    "at": "rate(1 hour)",
    "image": IMAGE,
    "subnets": ["subnet-0123456789abcdef0"],
    "security_groups": ["sg-0123456789abcdef0"],
}
FUNCTION: Final[Mapping[str, object]] = {"at": "rate(1 hour)", "image": IMAGE, "run_on": "lambda"}
WISHES: Final[Mapping[str, Mapping[str, object]]] = {
    "a role": {"principal": PRINCIPAL},
    "a task": {"schedule": TASK},
    "a function": {"schedule": FUNCTION},
    "all of it": {
        "principal": PRINCIPAL,
        "schedule": TASK,
        "profile": "all",
        "objects": "full",
        "path": "/audit/",
    },
}


def environment(text: str = CONTRACT) -> Environment:
    """The one of the contract."""
    return read(text, "contract.yaml").environments["prod"]


def plan_of(wish: object, external_id: pulumi.Input[str] | None = EXTERNAL_ID, text: str = CONTRACT) -> Plan:
    """The plan of its program with this wish in the configuration."""
    audited = environment(text)
    return record(lambda: declare(audited, Configured(wish, external_id)), project="shop", stack="prod")


def audits(plan: Plan) -> list[Resource]:
    """All that is made for audits."""
    return [one for one in plan.resources if "index:Audit" in one.urn]
