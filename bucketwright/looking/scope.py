"""What is to be looked at, and with what in mind?"""

from dataclasses import dataclass, field

from bucketwright.judging import Selection
from bucketwright.posture import Circumstances


@dataclass(frozen=True, slots=True)
class Scope:
    """One account, and what in it."""

    around: Circumstances = field(default_factory=Circumstances)
    """What a contract says; without one everything is looked at as it is."""
    selection: Selection = field(default_factory=Selection)
    """The rules by which is judged: only what these need is asked for."""
    buckets: frozenset[str] = frozenset()
    """The names of those that are asked about; none: all that the contract names, or without one all."""
    all_buckets: bool = False
    """Whether a contract's audit looks at all others of the account, too."""
    region: str = "us-east-1"
    """Where calls about the account go, where no contract names a region."""
    signer: str = ""
    """The account by whose role is signed, where that is not the run's own."""
    objects: bool = False
    """Whether objects are judged, too: what their rules look at of buckets is asked for."""

    @property
    def home(self) -> str:
        """Where calls about the account go."""
        environment = self.around.environment
        return self.region if environment is None else environment.region

    @property
    def takes_all(self) -> bool:
        """Whether everything in the account is asked about."""
        return self.all_buckets or (self.around.environment is None and not self.buckets)

    @property
    def expected_account(self) -> str:
        """The account that it has to be; empty where any is right."""
        environment = self.around.environment
        return (environment and environment.account) or self.signer
