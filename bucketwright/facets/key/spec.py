"""Spec: of which kind is the key?"""

from typing import TYPE_CHECKING, Final

from bucketwright.facets.facet import Declared, Planned, Resolve
from bucketwright.facets.key_answers import KEY_ITSELF, itself
from bucketwright.facets.reading import Asked
from bucketwright.facets.tokens import KEY
from bucketwright.posture import UNSET, Unset

if TYPE_CHECKING:
    from bucketwright.facets.scopes import KeyScope

FRESH: Final = "SYMMETRIC_DEFAULT"
"""The one kind with which S3 encrypts."""
READS: Final = (KEY_ITSELF,)


def wanted(_: "KeyScope") -> str:
    return FRESH


def to_args(value: str, _: Resolve) -> tuple[Declared, ...]:
    return () if value == FRESH else (Declared(KEY, {"customer_master_key_spec": value}),)


def from_plan(planned: Planned) -> str | Unset:
    return planned.said.text("customerMasterKeySpec") or UNSET


def from_api(asked: Asked) -> str:
    said = itself(asked)
    return said.needed("KeySpec", said.text("KeySpec"))
