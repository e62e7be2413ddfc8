"""What is the schedule of an audit told, and how is one part of it made?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Required, TypedDict, cast

import pulumi
import pulumi_aws

from bucketwright.contract.own_tags import ADDRESS_TAG
from bucketwright.facets.attachments import POLICY
from bucketwright.facets.facet import Declared
from bucketwright.facets.tokens import ROLE
from bucketwright.posture import reference
from components.audit_names import AuditNames
from components.audit_policies import Document, Statement
from components.making import Workshop
from components.role_parts import ATTACHMENTS, make_role

_UNTAGGED: Final = frozenset(
    {
        "aws:cloudwatch/logMetricFilter:LogMetricFilter",
        "aws:kms/alias:Alias",
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        "aws:scheduler/schedule:Schedule",
        "aws:sns/topicPolicy:TopicPolicy",
        "aws:sqs/queuePolicy:QueuePolicy",
    }
)


class AuditScheduleArgs(TypedDict, total=False):
    """What runs, when, where, and what it may do."""

    names: Required[AuditNames]
    words: Required[Sequence[str]]
    """What `bucketwright audit` is told: the stack, and options."""
    reading: Required[Sequence[Document]]
    """What the role may do that looks."""
    reporting: Required[Sequence[Document]]
    """What the role may do that leaves the reports, and reads nothing else."""
    reports: Required[str]
    """Where reports go: `s3://bucket/prefix/`."""
    history: Required[str]
    """Where it is kept what earlier runs found."""
    at: Required[str]
    time_zone: str
    image: Required[str]
    run_on: Required[Literal["ecs", "lambda"]]
    processor: Literal["x86_64", "arm64"]
    subnets: Sequence[str]
    security_groups: Sequence[str]
    public_ip: bool
    overdue_hours: Required[int]
    """After how many hours without a run the alarm sounds, at most 168."""
    keep_logs: int
    """For how many days."""
    path: str
    boundary: str | None
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AuditParts:
    """Makes the parts of one schedule."""

    shop: Workshop
    args: AuditScheduleArgs

    @property
    def names(self) -> AuditNames:
        return self.args["names"]

    def make(
        self, kind: str, part: str, told: Mapping[str, object], after: Sequence[pulumi.Resource] = ()
    ) -> pulumi.CustomResource:
        """A resource, with the tags of all of them and its own address where it can carry tags."""
        tags = {} if kind in _UNTAGGED else {"tags": self._tags(part)}
        return self.shop.make(Declared(kind, {**told, **tags}, part), waits_for=after)

    def role(
        self, part: str, trust: str, documents: Sequence[Document], after: Sequence[pulumi.Resource] = ()
    ) -> "pulumi_aws.iam.Role":
        """A role that does what these documents say."""
        about = {
            "name": self.names.of(part),
            "path": self.path,
            "permissions_boundary": self.args.get("boundary"),
            "assume_role_policy": trust,
            "tags": self._tags(part),
        }
        told = {name: value for name, value in about.items() if value is not None}
        several = (
            Declared(POLICY, {"policy": json.dumps(one)}, str(number))
            for number, one in enumerate(documents, start=1)
        )
        return make_role(self.shop, Declared(ROLE, told, part), several, after)

    @property
    def path(self) -> str:
        """Under which its roles stand."""
        return self.args.get("path", "/")

    def may(self) -> Sequence[pulumi.Resource]:
        """What lets the roles that are made so far do what they may."""
        return self.shop.made.get(ATTACHMENTS, ())

    def environment(self) -> Mapping[str, str]:
        """What the program in the container reads."""
        return {
            "BUCKETWRIGHT_AUDIT": " ".join(
                (*self.args["words"], "--assume-role", self.names.role_arn("reader", self.path))
            ),
            "BUCKETWRIGHT_HISTORY": self.args["history"],
            "BUCKETWRIGHT_REPORTS": self.args["reports"],
            "BUCKETWRIGHT_TOPIC": self.names.topic,
        }

    def _tags(self, part: str) -> Mapping[str, str]:
        return {**self.args.get("tags", {}), ADDRESS_TAG: reference("audit", part)}


@dataclass(frozen=True, slots=True)
class Target:
    """What the schedule calls."""

    arn: pulumi.Input[str]
    told: Mapping[str, object]
    """How, beside that."""
    needs: Sequence[Statement]
    """What the schedule's role has to be let do."""


def arn_of(made: pulumi.CustomResource) -> pulumi.Output[str]:
    """The ARN that AWS gave something."""
    return cast("pulumi.Output[str]", made.arn)  # type: ignore[attr-defined] # of the classes that have one
