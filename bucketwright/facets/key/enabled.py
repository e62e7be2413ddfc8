"""Enabled: can the key be used?"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.key_answers import KEY_ITSELF, itself
from bucketwright.facets.reading import Asked
from bucketwright.facets.tokens import KEY
from bucketwright.facets.writing import Site, Write
from bucketwright.posture import Unset, or_unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import KeyScope

FRESH: Final = True
READS: Final = (KEY_ITSELF,)


def wanted(_: "KeyScope") -> bool:
    return True


def to_args(value: bool, _: Resolve) -> tuple[Declared, ...]:
    return () if value else (Declared(KEY, {"is_enabled": False}),)


def from_plan(planned: Planned) -> bool | Unset:
    return or_unset(planned.said.flag("isEnabled"))


def from_api(asked: Asked) -> bool:
    """A key that is to be deleted cannot be used either."""
    said = itself(asked)
    return said.needed("Enabled", said.flag("Enabled"))


def to_api(before: bool, after: bool, site: Site) -> tuple[Write, ...]:
    """One that is to be deleted is saved first; of any other KMS refuses that, and nothing is lost."""
    if before == after:
        return ()
    key = {"KeyId": site.target.handles["KeyId"]}
    if not after:
        return (site.write("DisableKey", "kms:DisableKey", key, "kms"),)
    saved = site.write("CancelKeyDeletion", "kms:CancelKeyDeletion", key, "kms")
    return (
        replace(saved, harmless=frozenset({"KMSInvalidStateException"})),
        site.write("EnableKey", "kms:EnableKey", key, "kms"),
    )
