"""Which partition does a region belong to, and how do its names end?"""

from collections.abc import Mapping
from typing import Final

from sandbox.provider.handler import Clients

_BY_START: Final[Mapping[str, str]] = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
_SUFFIXES: Final[Mapping[str, str]] = {"aws-cn": "amazonaws.com.cn"}


def partition_of(region: str) -> str:
    """The partition, as an ARN spells it."""
    return next((name for start, name in _BY_START.items() if region.startswith(start)), "aws")


def dns_suffix_of(region: str) -> str:
    """What host names of AWS end in there."""
    return _SUFFIXES.get(partition_of(region), "amazonaws.com")


def arn(clients: Clients, service: str, resource: str, *, regional: bool = True) -> str:
    """The ARN of a resource of this account; services without regions leave the region out."""
    region = clients.region if regional else ""
    return f"arn:{partition_of(clients.region)}:{service}:{region}:{clients.account}:{resource}"
