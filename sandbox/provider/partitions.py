"""How do the names of a partition begin and end?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.contract.partitions import partition_of
from sandbox.provider.handler import Clients

_SUFFIXES: Final[Mapping[str, str]] = {"aws-cn": "amazonaws.com.cn"}


def dns_suffix_of(region: str) -> str:
    """What host names of AWS end in there."""
    return _SUFFIXES.get(partition_of(region), "amazonaws.com")


def arn(clients: Clients, service: str, resource: str, *, regional: bool = True) -> str:
    """The ARN of a resource of this account; services without regions leave the region out."""
    region = clients.region if regional else ""
    return f"arn:{partition_of(clients.region)}:{service}:{region}:{clients.account}:{resource}"
