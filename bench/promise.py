"""One promise: what was measured, and what it may be at most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """A measured figure against its bound."""

    what: str
    measured: float
    at_most: float
    unit: str

    @property
    def holds(self) -> bool:
        return self.measured <= self.at_most

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "BROKEN"
        return f"{verdict:6}  {self.what}: {self.measured:.2f} {self.unit}, at most {self.at_most:g}"
