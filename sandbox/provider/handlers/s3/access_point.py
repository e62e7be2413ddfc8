"""An access point of a bucket, with its policy. Its block and its network cannot change."""

from typing import Final

from bucketwright.contract.partitions import partition_of
from sandbox.provider.handler import Clients, Made, Plain, ask, now_live, operation
from sandbox.provider.handlers.s3.bucket_public_access_block import FLAGS
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.spelling import Spelling
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired

_TYPE: Final = "aws:s3/accessPoint:AccessPoint"
_SPELLING: Final = Spelling()
_GONE: Final = ("NoSuchAccessPoint",)
_NO_POLICY: Final = ("NoSuchAccessPointPolicy", *_GONE)
_DEFAULTS: Final = {
    "bucketAccountId": COMPUTED,
    "publicAccessBlockConfiguration": dict.fromkeys(FLAGS, True),
}


class AccessPoint:
    """Known by account and name: `111122223333:reports`."""

    type = _TYPE
    names = "name"
    replaces = frozenset(
        {
            "accountId",
            "bucket",
            "bucketAccountId",
            "name",
            "publicAccessBlockConfiguration",
            "vpcConfiguration",
        }
    )
    refuses: frozenset[str] = frozenset()

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it; all four blocks are on unless the program says otherwise."""
        control = clients.client("s3control")
        account = str(inputs.get("accountId", clients.account))
        said = {"publicAccessBlockConfiguration": {}, **inputs}
        block = {**dict.fromkeys(FLAGS, True), **_mapping(said["publicAccessBlockConfiguration"])}
        shape = operation(control, "create_access_point").input_shape
        arguments = _SPELLING.arguments(
            kinds_of(_TYPE),
            shape,
            {**said, "tags": None, "accountId": account, "publicAccessBlockConfiguration": block},
        )
        control.create_access_point(**arguments)
        if tags_of(inputs):
            where = {"AccountId": account, "ResourceArn": _arn(clients, account, str(inputs["name"]))}
            control.tag_resource(**where, Tags=pairs(tags_of(inputs)))
        if "policy" in inputs:
            self._put_policy(clients, account, inputs)
        return now_live(self, clients, f"{account}:{inputs['name']}", inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """What S3 returns of it, its policy and its tags."""
        control = clients.client("s3control")
        account, _, name = id_.partition(":")
        point = ask(control.get_access_point, _GONE, AccountId=account, Name=name)
        if point is None:
            return None
        policy = ask(control.get_access_point_policy, _NO_POLICY, AccountId=account, Name=name) or {}
        shape = operation(control, "get_access_point").output_shape
        live = {
            **_SPELLING.inputs(kinds_of(_TYPE), shape, point),
            **({"policy": policy["Policy"]} if policy.get("Policy") else {}),
            **said_tags(self._tags(clients, account, name)),
            "accountId": account,
        }
        computed = {
            "alias": point.get("Alias"),
            "arn": _arn(clients, account, name),
            "networkOrigin": point.get("NetworkOrigin"),
        }
        return Made(id_, retold(live, said, {"accountId": clients.account, **_DEFAULTS}), computed)

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Policy and tags change in place."""
        control = clients.client("s3control")
        account, _, name = id_.partition(":")
        if "policy" in new:
            self._put_policy(clients, account, new)
        else:
            ask(control.delete_access_point_policy, _NO_POLICY, AccountId=account, Name=name)
        where = {"AccountId": account, "ResourceArn": _arn(clients, account, name)}
        if removed(old, new):
            control.untag_resource(**where, TagKeys=removed(old, new))
        if tags_of(new):
            control.tag_resource(**where, Tags=pairs(tags_of(new)))
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away; its policy goes with it."""
        account, _, name = id_.partition(":")
        ask(clients.client("s3control").delete_access_point, _GONE, AccountId=account, Name=name)

    def _put_policy(self, clients: Clients, account: str, inputs: Plain) -> None:
        clients.client("s3control").put_access_point_policy(
            AccountId=account, Name=inputs["name"], Policy=inputs["policy"]
        )

    def _tags(self, clients: Clients, account: str, name: str) -> dict[str, str]:
        control = clients.client("s3control")
        answer = control.list_tags_for_resource(AccountId=account, ResourceArn=_arn(clients, account, name))
        return unpaired(answer.get("Tags", ()))


def _arn(clients: Clients, account: str, name: str) -> str:
    return f"arn:{partition_of(clients.region)}:s3:{clients.region}:{account}:accesspoint/{name}"


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


HANDLER: Final = AccessPoint()
