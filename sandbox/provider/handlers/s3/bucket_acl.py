"""The ACL of a bucket. AWS has no call that deletes one, so deleting the resource leaves it as it is."""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live, operation
from sandbox.provider.retelling import retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.spelling import Spelling

_TYPE: Final = "aws:s3/bucketAcl:BucketAcl"
_GROUPS: Final = "http://acs.amazonaws.com/groups"
_ALL: Final = f"{_GROUPS}/global/AllUsers"
_SIGNED: Final = f"{_GROUPS}/global/AuthenticatedUsers"
_LOGS: Final = f"{_GROUPS}/s3/LogDelivery"
_CANNED: Final[Mapping[str, frozenset[tuple[str, str]]]] = {
    "private": frozenset(),
    "public-read": frozenset({(_ALL, "READ")}),
    "public-read-write": frozenset({(_ALL, "READ"), (_ALL, "WRITE")}),
    "authenticated-read": frozenset({(_SIGNED, "READ")}),
    "log-delivery-write": frozenset({(_LOGS, "WRITE"), (_LOGS, "READ_ACP")}),
}
_SPELLING: Final = Spelling()


class BucketAcl:
    """A canned ACL, or owner and grants in full."""

    type = _TYPE
    names = None
    replaces = frozenset({"bucket"})
    refuses = frozenset({"expectedBucketOwner"})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        s3 = clients.client("s3")
        call = operation(s3, "put_bucket_acl").input_shape
        s3.put_bucket_acl(**_SPELLING.arguments(kinds_of(_TYPE), call, inputs))
        return now_live(self, clients, str(inputs["bucket"]), inputs)

    def update(self, clients: Clients, _id: str, _old: Plain, new: Plain) -> Made:
        """Put it anew."""
        return self.create(clients, new)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The canned name, if the grants are what it stands for; else the grants."""
        s3 = clients.client("s3")
        live = ask(s3.get_bucket_acl, ("NoSuchBucket",), Bucket=id_)
        if live is None:
            return None
        kind = kinds_of(_TYPE)["accessControlPolicy"]
        shape = operation(s3, "put_bucket_acl").input_shape.members["AccessControlPolicy"]
        full = _SPELLING.from_aws(kind, shape, {"Owner": live["Owner"], "Grants": live["Grants"]})
        canned = _canned(live)
        if "accessControlPolicy" not in said and canned:
            return Made(id_, {"bucket": id_, "acl": canned}, {})
        return Made(id_, retold({"bucket": id_, "accessControlPolicy": full}, said), {})

    def delete(self, _clients: Clients, _id: str, _said: Plain) -> None:
        """Nothing to do."""


def _canned(live: Mapping[str, Mapping[str, object]]) -> str | None:
    """The canned ACL that means just these grants beside the owner's own."""
    owner = live["Owner"].get("ID")
    others = set()
    for grant in live["Grants"]:
        match grant:
            case {"Grantee": {"ID": who}, "Permission": "FULL_CONTROL"} if who == owner:
                continue
            case {"Grantee": {"URI": group}, "Permission": permission}:
                others.add((str(group), str(permission)))
            case _:
                return None
    return next((name for name, grants in _CANNED.items() if grants == others), None)


HANDLER: Final = BucketAcl()
