"""All of a contract, as one environment has it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pulumi
import pulumi_aws

from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.stopping import why_not_deployed
from bucketwright.contract.loading import load
from bucketwright.contract.model import Environment
from bucketwright.contract.problems import ContractError, spelled
from bucketwright.posture import reference
from components.access_role import AccessRole
from components.account_block import AccountBlock
from components.args import DeliveryArgs, StorageArgs
from components.audit_configured import Configured
from components.bucket import Bucket, Sibling
from components.delivery import Delivery
from components.from_contract import storage_args
from components.temp_bucket import TempBucket


class Storage(pulumi.ComponentResource):
    """Buckets, keys, roles, deliveries and quarantines, each below what it belongs to."""

    def __init__(self, name: str, args: StorageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:Storage", name, {}, opts)
        if args["account_block"] is not None:
            AccountBlock("account", args["account_block"], self._below())
        self.roles = {one: AccessRole(one, told, self._below()) for one, told in args["roles"].items()}
        self.buckets: Mapping[str, Bucket] = {
            one: (TempBucket if one in args["sessions"] else Bucket)(
                one, {**told, "outlived_by": self._reaching(one, args)}, self._below()
            )
            for one, told in args["buckets"].items()
        }
        self.deliveries = {
            one: Delivery(one, self._in_front_of(one, told), self._below(one))
            for one, told in args["deliveries"].items()
        }
        self._connect()
        self.register_outputs({})

    def needed_by_clients(self) -> Mapping[str, object]:
        """What an application has to know to use this storage; nothing of it is secret."""
        return {
            "buckets": {
                one: {"name": bucket.bucket_name, "region": bucket.bucket.region, "key": bucket.key_arn}
                for one, bucket in self.buckets.items()
            },
            "roles": {one: role.role_arn for one, role in self.roles.items()},
            "deliveries": {
                one: {"domain": delivery.domain_name, "signing_keys": delivery.signing_key_ids}
                for one, delivery in self.deliveries.items()
            },
            "quarantines": {
                f"{one}/{prefix}": quarantine.queue_url
                for one, bucket in self.buckets.items()
                for prefix, quarantine in bucket.quarantines.items()
            },
        }

    def _in_front_of(self, bucket_id: str, told: DeliveryArgs) -> DeliveryArgs:
        """A distribution comes after its bucket and goes before it: nobody takes the name in between."""
        made = self.buckets[bucket_id].bucket_name.apply(lambda _: told["domain"])
        return {**told, "domain": made}

    def _below(self, bucket_id: str = "") -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self.buckets[bucket_id] if bucket_id else self)

    def _reaching(self, bucket_id: str, args: StorageArgs) -> Sequence[AccessRole]:
        """While a bucket is there, and a protected one always is, no role that may reach it goes."""
        return [self.roles[one] for one in args["reached_by"].get(bucket_id, ())]

    def _connect(self) -> None:
        """Buckets learn of each other last: by then each has the policy that lets the others deliver."""
        first = {reference("distribution", one): Sibling(made.arn) for one, made in self.deliveries.items()}
        first |= {address: Sibling(arn) for one in self.buckets.values() for address, arn in one.keys.items()}
        for bucket in self.buckets.values():
            bucket.connect(first)
        known = {reference("bucket", one): bucket.as_sibling() for one, bucket in self.buckets.items()}
        for bucket in self.buckets.values():
            bucket.connect(known)
            bucket.refuse_to_wait()


def declare(environment: Environment, audit: Configured | None = None) -> Storage:
    """All of an environment, deployed to its own account and to no other; and what audits it, if anything."""
    _judge(environment)
    accounts = [environment.account] if environment.account else None
    provider = pulumi_aws.Provider("aws", region=environment.region, allowed_account_ids=accounts)
    opts = pulumi.ResourceOptions(providers=[provider])
    storage = Storage(environment.project, storage_args(environment), opts)
    pulumi.export("project", environment.project)
    pulumi.export("environment", environment.name)
    for name, value in storage.needed_by_clients().items():
        pulumi.export(name, value)
    if audit is not None and audit.written is not None:
        from components.auditing import declare_audit  # noqa: PLC0415 - brings all rules

        declare_audit(environment, audit, pulumi.ResourceOptions(providers=[provider], depends_on=[storage]))
    return storage


def _judge(environment: Environment) -> None:
    """Nothing is made where access reaches beyond its grants; a grant that gives nothing is told."""
    found = check_isolation(environment)
    if why := why_not_deployed(environment.name, found):
        raise pulumi.RunError(why)
    for finding in found:
        pulumi.log.warn(f"{spelled(finding.path)}: {finding}")


def deploy(path: Path, name: str, audit: Configured | None = None) -> None:
    """The environment of that name of the contract at a path; what is wrong with it ends the run, plainly."""
    try:
        contract = load(path)
    except ContractError as error:
        raise pulumi.RunError(str(error)) from None
    if name not in contract.environments:
        known = ", ".join(contract.environments)
        raise pulumi.RunError(f"{path.name} has no environment {name!r}; it has: {known}")
    declare(contract.environments[name], audit)
