"""Which tags does everything that can carry tags carry?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bucketwright.contract.own_tags import ADDRESS_TAG, ENVIRONMENT_TAG, PROJECT_TAG

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

NONE: Final[Mapping[str, str]] = MappingProxyType({})


def resource_tags(
    environment: "Environment", address: str, own: Mapping[str, str] = NONE
) -> Mapping[str, str]:
    """The environment's tags and the resource's own, and those by which it is known again."""
    known = {
        ADDRESS_TAG: address,
        PROJECT_TAG: environment.project,
        ENVIRONMENT_TAG: environment.name,
    }
    return MappingProxyType({**environment.tags, **own, **known})
