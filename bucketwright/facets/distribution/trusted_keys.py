"""Trusted keys: whose signatures does the distribution take?"""

import hashlib
from collections.abc import Iterator
from typing import Final

from bucketwright.facets.behaviors import behaviors
from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.feeding import all_fed
from bucketwright.facets.said import Said
from bucketwright.facets.scopes import DistributionScope
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Unset

FRESH: Final[frozenset[str]] = frozenset()
GROUP: Final = "aws:cloudfront/keyGroup:KeyGroup"
PUBLIC_KEY: Final = "aws:cloudfront/publicKey:PublicKey"


def wanted(scope: DistributionScope) -> frozenset[str]:
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


def normal(pem: str) -> str:
    """A key in PEM with no white space but its line ends."""
    return "\n".join(filter(None, map(str.strip, pem.splitlines()))) + "\n"


def _keys(planned: Planned) -> Iterator[str]:
    for said in behaviors(planned).values():
        for group in _groups(planned, said):
            keys = planned.says(group).entries("items")
            for key in map(planned.says, all_fed(planned, group, "items", PUBLIC_KEY, keys)):
                yield normal(key.needed("encodedKey", key.text("encodedKey")))
        yield from (f"account:{signer}" for signer in said.texts("trustedSigners"))


def _groups(planned: Planned, said: Said) -> tuple[Resource, ...]:
    behavior = said.path.partition("[")[0]
    return all_fed(planned, planned.resource, behavior, GROUP, said.entries("trustedKeyGroups"))
