"""What is everything called that audits an environment by itself? Known before any of it exists."""

from dataclasses import dataclass

from bucketwright.contract.model import Environment
from bucketwright.contract.names import derived_name


@dataclass(frozen=True, slots=True)
class AuditNames:
    """The account and region it is in, and how all its names begin."""

    account: str
    region: str
    partition: str
    stem: str

    def of(self, part: str) -> str:
        """The name of a part."""
        return f"{self.stem}_{part}"

    def arn(self, service: str, rest: str) -> str:
        """The ARN of something regional."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{rest}"

    def role_arn(self, part: str, path: str) -> str:
        """The ARN of one of its roles."""
        return f"arn:{self.partition}:iam::{self.account}:role{path}{self.of(part)}"

    @property
    def log_group(self) -> str:
        return f"/bucketwright/{self.stem}"

    @property
    def alias(self) -> str:
        """The alias of the key of its topic."""
        return f"alias/{self.of('topic')}"

    @property
    def topic(self) -> str:
        return self.arn("sns", self.of("topic"))

    @property
    def dead_letters(self) -> str:
        return self.arn("sqs", self.of("dead"))

    @property
    def group(self) -> str:
        """The group of its schedule."""
        return self.arn("scheduler", f"schedule-group/{self.of('schedule')}")

    @property
    def cluster(self) -> str:
        return self.arn("ecs", f"cluster/{self.of('tasks')}")

    @property
    def tasks(self) -> str:
        """The task definition, without its revision."""
        return self.arn("ecs", f"task-definition/{self.of('task')}")

    @property
    def function(self) -> str:
        return self.arn("lambda", f"function:{self.of('function')}")


LONGEST_STEM = 48
"""With the longest word for a part behind it, a name of a role or a schedule has 64 characters."""


def audit_names(environment: Environment, account: str) -> AuditNames:
    """Those of an environment; no id of a contract has an underscore, so none is a contract's own."""
    stem = derived_name(environment, "audit_", LONGEST_STEM).rstrip("_")
    return AuditNames(account, environment.region, environment.partition, stem)
