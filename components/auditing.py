"""Who audits an environment that a program deploys? What its configuration wishes, as components."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pulumi

from bucketwright.contract.access.isolation import isolation_of
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.access.stopping import why_not_deployed
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name
from bucketwright.contract.placement import place_of
from bucketwright.contract.roles import Access
from bucketwright.facets.tagging import resource_tags
from bucketwright.intended import intended
from bucketwright.judging import Selection
from bucketwright.looking.permissions import Document, least_policies
from bucketwright.looking.scope import Scope
from bucketwright.looking.wish import LONGEST_WATCH, AuditWish, ScheduleWish, WishError, audit_wish
from bucketwright.posture import Circumstances, reference
from components.audit_configured import CONFIGURED, EXTERNAL_ID, Configured
from components.audit_function import DEADLINE
from components.audit_names import AuditNames, audit_names
from components.audit_role import AuditRole
from components.audit_schedule import AuditSchedule

_RUNNER: Final = "audit-runner"
"""The grantee as which the run is, while what it may do in the bucket of reports is compiled."""
_TRUSTED: Final = {"ecs": "ecs-tasks.amazonaws.com", "lambda": "lambda.amazonaws.com"}
_BUCKET: Final = """\
  {bucket}:
    encryption: kms
    versioning: enabled
    prefixes:
      reports: {{path: reports/, expire: 400 days, noncurrent: {{expire: 1 day}}}}
      history: {{path: history/, write: overwrite, noncurrent: {{expire: 30 days}}}}"""


def declare_audit(environment: Environment, configured: Configured, opts: pulumi.ResourceOptions) -> None:
    """The role of an auditor and the schedule, as far as they are wished for."""
    try:
        wish = audit_wish(configured.written, CONFIGURED)
    except WishError as wrong:
        raise pulumi.RunError(str(wrong)) from None
    if environment.account is None:
        raise pulumi.RunError(f"{CONFIGURED}: the contract names no account for {environment.name}")
    auditing = _Auditing(environment, wish, audit_names(environment, environment.account), opts)
    if wish.principal is not None:
        pulumi.export("auditor", auditing.role(wish.principal, configured.external_id).role_arn)
    if wish.schedule is not None:
        pulumi.export("audits", auditing.schedule(wish.schedule).topic_arn)


@dataclass(frozen=True, slots=True)
class _Auditing:
    """One environment and what is wished of its audits."""

    environment: Environment
    wish: AuditWish
    names: AuditNames
    opts: pulumi.ResourceOptions

    def role(self, principal: str, external_id: pulumi.Input[str] | None) -> AuditRole:
        if external_id is None:
            raise pulumi.RunError(
                f"{CONFIGURED}.principal needs an external id beside it:\n"
                f'  pulumi config set --secret {EXTERNAL_ID} "$(openssl rand -hex 16)"'
            )
        return AuditRole(
            "auditor",
            {
                "name": self.names.of("auditor"),
                "principal": principal,
                "external_id": external_id,
                "policies": self._reading(),
                "path": self.wish.path,
                "boundary": self.wish.boundary,
                "tags": resource_tags(self.environment, reference("audit", "auditor")),
            },
            self.opts,
        )

    def schedule(self, wish: ScheduleWish) -> AuditSchedule:
        reports, history = (self._folder(wish.reports, prefix) for prefix in ("reports", "history"))
        return AuditSchedule(
            "audits",
            {
                "names": self.names,
                "words": self._words(wish),
                "reading": self._reading(),
                "reporting": self._reporting(wish),
                "reports": reports,
                "history": history,
                "at": wish.at,
                "time_zone": wish.time_zone,
                "image": wish.image,
                "run_on": wish.run_on,
                "processor": wish.processor,
                "subnets": wish.subnets,
                "security_groups": wish.security_groups,
                "public_ip": wish.public_ip,
                "overdue_hours": wish.overdue or LONGEST_WATCH,
                "keep_logs": wish.keep_logs,
                "path": self.wish.path,
                "boundary": self.wish.boundary,
                "tags": resource_tags(self.environment, ""),
            },
            self.opts,
        )

    def _reading(self) -> Sequence[Document]:
        """The least that an audit needs; it is the same whatever the day."""
        environment = self.environment
        scope = Scope(
            around=Circumstances(environment, intended(environment)),
            selection=Selection.of(environment.rules, self.wish.profile),
            objects=self.wish.objects == "full",
        )
        return least_policies(scope, environment.partition)

    def _reporting(self, wish: ScheduleWish) -> Sequence[Document]:
        """What it may do in the bucket of reports, compiled and judged as the contract's own grants are."""
        reports, history = f"{wish.reports}/reports", f"{wish.reports}/history"
        granted = Access(trusts=(_TRUSTED[wish.run_on],), read=(history,), write=(reports, history))
        access = {**self.environment.access, _RUNNER: granted}
        environment = self.environment.model_copy(update={"access": access})
        if why := why_not_deployed(environment.name, tuple(isolation_of(environment, _RUNNER))):
            raise pulumi.RunError(f"{CONFIGURED}.schedule: {why}")
        return role_policies(environment, _RUNNER)

    def _folder(self, bucket_id: str, prefix_id: str) -> str:
        """Where a prefix of the bucket of reports begins."""
        try:
            place = place_of(self.environment, f"{bucket_id}/{prefix_id}")
        except ValueError as missing:
            raise pulumi.RunError(
                f"{CONFIGURED}.schedule: {missing}; the contract needs under buckets:\n"
                f"{_BUCKET.format(bucket=bucket_id)}"
            ) from None
        if place.path.variables:
            raise pulumi.RunError(
                f"{CONFIGURED}.schedule: the path of {place.address} has variables that only a key fills in"
            )
        return f"s3://{bucket_name(self.environment, bucket_id)}/{place.path.format()}"

    def _words(self, wish: ScheduleWish) -> Sequence[str]:
        told = [self.environment.name, "--objects", self.wish.objects]
        told += ["--profile", self.wish.profile] if self.wish.profile else []
        return [*told, "--deadline", str(DEADLINE)] if wish.run_on == "lambda" else told
