"""Which KMS key does a name mean: of ours, of AWS, or of whom?"""

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.keys import given_key, has_own_key
from bucketwright.estate import KeyPosture
from bucketwright.posture import Estate, Undetermined, Unknown, reference

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

_ARN: Final = re.compile(r"arn:[^:]+:kms:(?P<region>[^:]+):[0-9]{12}:key/(?P<id>.+)")
_OF_AWS: Final = "alias/aws/"


def id_in(name: str) -> str | None:
    """The id in the ARN of a key; None where it is no such ARN."""
    found = _ARN.fullmatch(name)
    return found and found["id"]


def region_in(name: str) -> str | None:
    """The region in the ARN of a key, likewise."""
    found = _ARN.fullmatch(name)
    return found and found["region"]


def is_alias(name: str) -> bool:
    """Whether it is an alias, or the ARN of one."""
    return name.rpartition(":")[2].startswith("alias/")


def is_of_aws(alias: str) -> bool:
    """Whether AWS itself gives its keys such an alias."""
    return alias.startswith(_OF_AWS)


def declared_keys(environment: "Environment") -> frozenset[str]:
    """Every key that the contract lets objects be under: addresses of ours, ARNs of given ones."""
    buckets = environment.buckets.items()
    own = {reference("key", bucket_id) for bucket_id, bucket in buckets if has_own_key(bucket)}
    given = {key for _, bucket in buckets if (key := given_key(bucket)) is not None}
    return frozenset({*own, *given, *environment.rules.keys})


def names_of(key: str, estate: Estate, known: Collection[str]) -> frozenset[str]:
    """As which of the known keys a key goes that is named by its address, its ARN, its id or an alias.

    Undetermined where that cannot be told.
    """
    if is_alias(key):
        alias = key.rpartition(":")[2]
        meant = next((one for one in estate.every(KeyPosture) if alias in one.aliases), None)
        if meant is None:
            raise Undetermined(key, Unknown("which key the alias means is not known"))
        return names_of(meant.address, estate, known)
    if ":" not in key:
        return frozenset({one for one in known if id_in(one) == key})
    arn = arn_of(key, estate)
    if arn is None and any(map(id_in, known)):
        raise Undetermined(key, Unknown("the ARN of the key is not known"))
    return frozenset({key, arn or key})


def arn_of(key: str, estate: Estate) -> str | None:
    """The ARN of a key that is named by its address or its ARN, where it is known."""
    posture = estate.postures.get(key)
    named = key if posture is None else posture.name
    return named if id_in(named) else None
