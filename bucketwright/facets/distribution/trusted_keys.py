"""Trusted keys: whose signatures does the distribution take?"""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bucketwright.facets.behaviors import behaviors
from bucketwright.facets.distribution_answers import CONFIGURATION, configured, known, listed
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.feeding import all_fed
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import DistributionScope

FRESH: Final[frozenset[str]] = frozenset()
GROUP: Final = "aws:cloudfront/keyGroup:KeyGroup"
PUBLIC_KEY: Final = "aws:cloudfront/publicKey:PublicKey"
_GROUPS: Final = Read("cloudfront", "ListKeyGroups", "cloudfront:ListKeyGroups")
_KEYS: Final = Read("cloudfront", "ListPublicKeys", "cloudfront:ListPublicKeys")
READS: Final = (CONFIGURATION, _GROUPS, _KEYS)


def wanted(scope: "DistributionScope") -> frozenset[str]:
    """The public halves in PEM, whatever they are called."""
    stated = scope.cloudfront
    return FRESH if stated is None else frozenset(map(normal, stated.signing_keys.values()))


def to_args(value: frozenset[str], _: Resolve) -> tuple[Declared, ...]:
    """A resource for each key, named by what it is, for no key can be changed; the program groups them."""
    named = {hashlib.sha256(key.encode()).hexdigest()[:8]: key for key in sorted(value)}
    return tuple(Declared(PUBLIC_KEY, {"encoded_key": key}, name) for name, key in named.items())


def from_plan(planned: Planned) -> frozenset[str] | Unset:
    """All keys of all groups that some path asks for; `account:` and its number for the older keys of one."""
    return frozenset(_keys(planned)) or UNSET


def from_api(asked: Asked) -> frozenset[str]:
    return frozenset(_answered(asked))


def normal(pem: str) -> str:
    """A key in PEM with no white space but its line ends."""
    return "\n".join(filter(None, map(str.strip, pem.splitlines()))) + "\n"


def _keys(planned: Planned) -> Iterator[str]:
    for said in behaviors(planned.said).values():
        for group in _groups(planned, said):
            keys = planned.says(group).entries("items")
            yield from map(_encoded, map(planned.says, all_fed(planned, group, "items", PUBLIC_KEY, keys)))
        yield from _older(said)


def _answered(asked: Asked) -> Iterator[str]:
    several = behaviors(configured(asked)).values()
    named = dict.fromkeys(one for said in several for one in said.texts("trustedKeyGroups"))
    if named:
        groups = listed(asked, _GROUPS, "KeyGroupList", "KeyGroup")
        keys = listed(asked, _KEYS, "PublicKeyList")
        for name in named:
            items = known(groups, "key group", name).inside("keyGroupConfig").texts("items")
            yield from (_encoded(known(keys, "public key", one)) for one in items)
    yield from (one for said in several for one in _older(said))


def _encoded(said: Said) -> str:
    return normal(said.needed("encodedKey", said.text("encodedKey")))


def _older(said: Said) -> Iterator[str]:
    yield from (f"account:{signer}" for signer in said.texts("trustedSigners"))


def _groups(planned: Planned, said: Said) -> tuple[Resource, ...]:
    behavior = said.path.partition("[")[0]
    return all_fed(planned, planned.resource, behavior, GROUP, said.entries("trustedKeyGroups"))
