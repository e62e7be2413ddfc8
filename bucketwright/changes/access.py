"""Who comes to reach what, and who no longer does?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccessChange:
    """One grantee and one verb on one bucket: what it gains and what it loses."""

    who: str
    """The role's address, an ARN of another account, a service, or `everyone`."""
    verb: str
    bucket: str
    """The address of the bucket."""
    gained: tuple[str, ...] = ()
    """Patterns of keys, such as `prod/cases/*/documents/*`."""
    lost: tuple[str, ...] = ()
    gained_example: str = ""
    """A key that only now can be reached."""
    lost_example: str = ""
    unsure: str = ""
    """Why it could not be decided exactly, where that is so."""
