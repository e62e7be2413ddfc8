"""What is wrong with the access a contract grants though each line of it is sound: findings for people.

Those that stop a deployment are those with which `check` fails by itself.
"""

from dataclasses import dataclass
from typing import ClassVar

from bucketwright.contract.words import Verb


@dataclass(frozen=True, slots=True)
class Escape:
    """A grant that cannot be kept from another prefix."""

    stops_deployment: ClassVar[bool] = True
    access_id: str
    granted: str
    reached: str
    example: str
    """A key of the other prefix; for `list` an `s3:prefix` that shows some."""
    verbs: tuple[Verb, ...]

    @property
    def path(self) -> tuple[str, str]:
        return "access", self.access_id

    def __str__(self) -> str:
        if self.verbs == ("list",):
            return (
                f"listing {self.example!r} shows keys of {self.reached}, which is not granted, and ends "
                f"where no Deny can tell it apart; let {self.granted} begin otherwise, or grant both"
            )
        return (
            f"{' and '.join(self.verbs)} on {self.granted} reaches {self.example!r} of {self.reached}, which "
            "is not granted, and a Deny would take keys shared on purpose; divide the grants between two"
        )


@dataclass(frozen=True, slots=True)
class Unusable:
    """A grant that does not give what it says."""

    stops_deployment: ClassVar[bool] = False
    access_id: str
    granted: str
    because: str

    @property
    def path(self) -> tuple[str, str]:
        return "access", self.access_id

    def __str__(self) -> str:
        return f"{self.granted}: {self.because}"


@dataclass(frozen=True, slots=True)
class Oversize:
    """A role or bucket whose policy IAM or S3 would refuse for its size."""

    stops_deployment: ClassVar[bool] = True
    path: tuple[str, str]
    message: str

    def __str__(self) -> str:
        return self.message


Finding = Escape | Unusable | Oversize
