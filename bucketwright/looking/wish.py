"""What can a deployment be told of the auditing of its own environment: whose role, and how often it runs?"""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import ValidationError

from bucketwright.contract.form import OneOrMany, Part, Shape
from bucketwright.contract.problems import spelled
from bucketwright.contract.scalars import PolicyArn, Slug
from bucketwright.contract.wording import explained
from bucketwright.contract.words import Profile

LONGEST_WATCH: Final = 168
"""How many hours CloudWatch can look back."""
_RATE: Final = re.compile(r"rate\(([0-9]+) (minute|hour|day)s?\)")
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 24 * 60}
_SPARE: Final = 1

ONE_PRINCIPAL: Final = r"arn:aws(-[a-z-]+)?:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]{1,512}"
"""The ARN of one role or user, as a pattern."""
Principal = Annotated[
    str,
    Shape(
        f"^{ONE_PRINCIPAL}$",
        "the ARN of one role or user",
        ("arn:aws:iam::111122223333:role/security",),
    ),
]
IamPath = Annotated[str, Shape(r"^/([A-Za-z0-9+=,.@_-]{1,64}/){0,5}$", "a path of IAM", ("/", "/audit/"))]
Schedule = Annotated[
    str,
    Shape(
        r"^(rate\([1-9][0-9]{0,3} (minute|hour|day)s?\)|cron\([0-9A-Za-z*?,/#-]+( [0-9A-Za-z*?,/#-]+){5}\))$",
        "when EventBridge Scheduler is to run it",
        ("rate(1 hour)", "cron(0 6 * * ? *)"),
    ),
]
TimeZone = Annotated[str, Shape(r"^[A-Za-z][A-Za-z0-9_+/-]{0,49}$", "a time zone", ("Europe/Berlin",))]
Image = Annotated[
    str,
    Shape(
        r"^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[a-z0-9][a-z0-9._/-]{1,255}"
        r"@sha256:[0-9a-f]{64}$",
        "an image in ECR by its digest",
        ("111122223333.dkr.ecr.us-west-2.amazonaws.com/bucketwright@sha256:…",),
    ),
]
Subnet = Annotated[str, Shape(r"^subnet-[0-9a-f]{8,17}$", "a subnet", ("subnet-0123456789abcdef0",))]
Group = Annotated[str, Shape(r"^sg-[0-9a-f]{8,17}$", "a security group", ("sg-0123456789abcdef0",))]
Many = OneOrMany()


class ScheduleWish(Part):
    """When and where the audit runs by itself."""

    at: Schedule
    """`rate(1 hour)`, or `cron(…)` in the time zone."""
    time_zone: TimeZone = "UTC"
    image: Image
    """The container image, by its digest: another image is another deployment."""
    run_on: Literal["ecs", "lambda"] = "ecs"
    """ecs: a task on Fargate; lambda: a function, which is over after 15 minutes."""
    processor: Literal["x86_64", "arm64"] = "x86_64"
    """What the image was built for."""
    subnets: Annotated[tuple[Subnet, ...], Many] = ()
    """Where a task runs: it has to reach AWS from there."""
    security_groups: Annotated[tuple[Group, ...], Many] = ()
    public_ip: bool = False
    """Whether a task has a public address, which public subnets need."""
    reports: Slug = "audits"
    """The bucket of the contract for reports and what is remembered of runs."""
    overdue_hours: int | None = None
    """After how many hours without a run the alarm sounds; by default after two runs that did not come."""
    keep_logs: Literal[7, 14, 30, 60, 90, 180, 365, 400] = 90
    """For how many days."""

    @property
    def overdue(self) -> int | None:
        """The hours after which a run is missed; None where nothing says."""
        rate = _RATE.fullmatch(self.at)
        if self.overdue_hours is not None or rate is None:
            return self.overdue_hours
        return -(-2 * int(rate[1]) * _MINUTES[rate[2]] // 60) + _SPARE


class AuditWish(Part):
    """Who may audit the environment, and whether it is audited by itself."""

    principal: Principal | None = None
    """Who may take on the role of an auditor, such as a role of the security team's account."""
    path: IamPath = "/"
    """Under which path the roles stand."""
    boundary: PolicyArn | None = None
    """The permissions boundary of the roles."""
    profile: Profile | None = None
    """Which rules the audit judges by; by default the contract's."""
    objects: Literal["none", "full"] = "none"
    """Whether every object is looked at, too."""
    schedule: ScheduleWish | None = None


class WishError(ValueError):
    """The wish cannot be met as it is written; its text is for people."""


def audit_wish(written: object, where: str) -> AuditWish:
    """What was wished for; WishError with everything that is wrong."""
    try:
        wish = AuditWish.model_validate(written)
    except ValidationError as error:
        faults = explained(AuditWish, written, error)
        lines = (f"{where}.{spelled(one.path)}: {one.message}{_more(one.help)}" for one in faults)
        raise WishError("\n".join(lines)) from None
    wrong = tuple(f"{where}.{one}" for one in _contradictions(wish))
    if wrong:
        raise WishError("\n".join(wrong))
    return wish


def _more(remedy: str) -> str:
    return f"; {remedy}" if remedy else ""


def _contradictions(wish: AuditWish) -> Iterator[str]:
    if wish.principal is None and wish.schedule is None:
        yield "principal or schedule is needed: nobody could audit"
    if wish.schedule is None:
        return
    is_task = wish.schedule.run_on == "ecs"
    if is_task and not (wish.schedule.subnets and wish.schedule.security_groups):
        yield "schedule: a task needs subnets and security_groups"
    if not is_task and (wish.schedule.subnets or wish.schedule.security_groups or wish.schedule.public_ip):
        yield "schedule: a function runs in no subnet; leave out subnets, security_groups and public_ip"
    overdue = wish.schedule.overdue
    if overdue is None:
        yield "schedule.overdue_hours is needed: a cron expression does not say how often it runs"
    elif not 1 <= overdue <= LONGEST_WATCH:
        yield f"schedule.overdue_hours: {overdue} hours; CloudWatch looks back 1 to {LONGEST_WATCH} hours"
