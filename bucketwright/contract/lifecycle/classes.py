"""What does S3 say of its storage classes: who may move where, how soon, how small?"""

from collections.abc import Mapping
from typing import Final, Literal

MinimumSize = Literal["all_storage_classes_128K", "varies_by_storage_class"]

USUAL_CLASS: Final = "STANDARD"
"""The class of what is written without one."""

WATERFALL: Final = (
    USUAL_CLASS,
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
)
"""The classes from warm to cold. Lifecycle moves objects only downwards."""

TARGETS: Final = WATERFALL[1:]
"""The classes a transition may name."""

NEVER_TARGETS: Final = frozenset({"STANDARD", "REDUCED_REDUNDANCY"})
"""Classes S3 knows, and refuses as the target of a transition."""

REACHABLE: Final[Mapping[str, frozenset[str]]] = {
    "STANDARD": frozenset(TARGETS),
    "REDUCED_REDUNDANCY": frozenset({"GLACIER", "DEEP_ARCHIVE"}),
    "STANDARD_IA": frozenset({"INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"}),
    "INTELLIGENT_TIERING": frozenset({"ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"}),
    "ONEZONE_IA": frozenset({"GLACIER", "DEEP_ARCHIVE"}),
    "GLACIER_IR": frozenset({"GLACIER", "DEEP_ARCHIVE"}),
    "GLACIER": frozenset({"DEEP_ARCHIVE"}),
    "DEEP_ARCHIVE": frozenset(),
}
"""From each class, the classes lifecycle can move an object to ("supported lifecycle transitions")."""

FAVOUR: Final = (
    "STANDARD_IA",
    "ONEZONE_IA",
    "GLACIER_IR",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
)
"""Of several transitions due at once S3 takes the last of these: the colder one, except that it favours
INTELLIGENT_TIERING over all but GLACIER and DEEP_ARCHIVE (user guide, lifecycle conflicts)."""

EARLIEST_DAYS: Final[Mapping[str, int]] = {"STANDARD_IA": 30, "ONEZONE_IA": 30}
"""Days an object must be old before a transition may move it to the class."""

MINIMUM_STAY: Final[Mapping[str, int]] = {
    "STANDARD_IA": 30,
    "ONEZONE_IA": 30,
    "GLACIER_IR": 90,
    "GLACIER": 90,
    "DEEP_ARCHIVE": 180,
}
"""Days charged at least. One rule may not move an object on before them; another rule may, at a price."""

MINIMUM_SIZES: Final[Mapping[str, MinimumSize]] = {
    "all-classes": "all_storage_classes_128K",
    "by-class": "varies_by_storage_class",
}
"""A contract's words for the default minimum size of a bucket, and S3's."""

SMALL_OBJECT_TARGETS: Final[Mapping[MinimumSize, frozenset[str]]] = {
    "all_storage_classes_128K": frozenset(),
    "varies_by_storage_class": frozenset({"GLACIER", "DEEP_ARCHIVE"}),
}
"""Under each default minimum size of a bucket, the classes that small objects move to all the same."""


def s3_class(word: str) -> str:
    """S3's spelling of a storage class."""
    return word.upper().replace("-", "_")


def class_word(storage_class: str) -> str:
    """A contract's word for a storage class in S3's spelling."""
    return storage_class.lower().replace("_", "-")
