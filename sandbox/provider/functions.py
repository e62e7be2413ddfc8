"""What do the provider's functions answer: who am I, and where?"""

from collections.abc import Callable, Mapping
from typing import Final

from bucketwright.contract.partitions import partition_of
from sandbox.provider.handler import Clients, Plain
from sandbox.provider.partitions import dns_suffix_of


class NoSuchFunctionError(LookupError):
    """The double answers no such function."""


def call_function(clients: Clients, token: str, arguments: Plain) -> Plain:
    """The answer of a function of the provider."""
    function = _FUNCTIONS.get(token)
    if function is None:
        raise NoSuchFunctionError(
            f"the double does not answer {token}; it answers {', '.join(sorted(_FUNCTIONS))}"
        )
    return function(clients, arguments)


def _caller(clients: Clients, _arguments: Plain) -> Plain:
    who = clients.client("sts").get_caller_identity()
    return {"accountId": who["Account"], "arn": who["Arn"], "id": who["Account"], "userId": who["UserId"]}


def _partition(clients: Clients, _arguments: Plain) -> Plain:
    name, suffix = partition_of(clients.region), dns_suffix_of(clients.region)
    reverse = ".".join(reversed(suffix.split(".")))
    return {"dnsSuffix": suffix, "id": name, "partition": name, "reverseDnsPrefix": reverse}


def _region(clients: Clients, arguments: Plain) -> Plain:
    """The region asked for, else the provider's own."""
    name = str(arguments.get("region") or arguments.get("name") or clients.region)
    endpoint = f"ec2.{name}.{dns_suffix_of(name)}"
    return {"description": name, "endpoint": endpoint, "id": name, "name": name, "region": name}


def _canonical_user(clients: Clients, _arguments: Plain) -> Plain:
    owner = clients.client("s3").list_buckets()["Owner"]
    return {"displayName": owner.get("DisplayName", ""), "id": owner["ID"]}


_FUNCTIONS: Final[Mapping[str, Callable[[Clients, Plain], Plain]]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": _caller,
    "aws:index/getPartition:getPartition": _partition,
    "aws:index/getRegion:getRegion": _region,
    "aws:s3/getCanonicalUserId:getCanonicalUserId": _canonical_user,
}
