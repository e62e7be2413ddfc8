"""What may a verdict look at beside an estate, where there is a contract?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bucketwright.intended import intended
from bucketwright.posture import Circumstances, Estate

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract


class _Intended(Mapping[str, Estate]):
    """What a contract wants of each environment, worked out when somebody asks: few rules look beyond one."""

    def __init__(self, contract: "Contract") -> None:
        self._contract: Final = contract
        self._known: Final[dict[str, Estate]] = {}

    def __getitem__(self, name: str) -> Estate:
        if name not in self._known:
            self._known[name] = intended(self._contract.environments[name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._contract.environments)

    def __len__(self) -> int:
        return len(self._contract.environments)


@dataclass(frozen=True, slots=True)
class _Others(Mapping[str, Estate]):
    """The same without one environment."""

    every: _Intended
    but: str

    def __getitem__(self, name: str) -> Estate:
        if name == self.but:
            raise KeyError(name)
        return self.every[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.every if name != self.but)

    def __len__(self) -> int:
        return len(self.every) - 1


def circumstances(
    contract: "Contract", now: datetime, environments: Iterable[str] | None = None
) -> Mapping[str, Circumstances]:
    """What a verdict may look at beside an estate, for these environments or for all."""
    wanted, every = _Intended(contract), contract.environments
    return {
        name: Circumstances(every[name], wanted[name], _Others(wanted, name), now)
        for name in (every if environments is None else environments)
    }
