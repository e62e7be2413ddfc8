"""May a run begin for what it is expected to cost, and when has it to stop asking?"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bucketwright.contract.cost.figures import in_money
from bucketwright.plain_text import shown

if TYPE_CHECKING:  # what is expected is worked out where a budget is named
    from audits.objects_price import Expected

_DOLLARS: Final = re.compile(r"\$?([0-9]{1,9}(?:[.][0-9]{1,12})?)")
_CALLS: Final = re.compile(r"([0-9]{1,15}) ?calls")


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a run may take: dollars, or calls. One of them is said."""

    dollars: Decimal | None = None
    calls: int | None = None

    @classmethod
    def named(cls, text: str) -> "Budget":
        """The one that `5`, `$5.00` or `200000 calls` names; ValueError where it names none."""
        if found := _DOLLARS.fullmatch(text):
            return cls(dollars=Decimal(found[1]))
        if found := _CALLS.fullmatch(text):
            return cls(calls=int(found[1]))
        raise ValueError(
            f"{shown(text)} is no budget: say dollars, such as 5.00, or calls, such as '20000 calls'"
        )

    def __str__(self) -> str:
        return f"{self.calls:,} calls" if self.dollars is None else in_money(self.dollars)


def refusal(budget: Budget, said: "Expected") -> str:
    """Why a run may not begin; empty where it may. Where too little is known to tell, the meter stops it."""
    if budget.dollars is not None and said.unpriced:
        return f"a budget of {budget} cannot be kept: {said.unpriced}, or say --budget '20000 calls'"
    if budget.calls is not None and said.all_calls > budget.calls:
        return f"it is expected to take {said.all_calls:,} calls, and the budget is {budget}; {_CHEAPER}"
    if budget.dollars is not None and said.dollars is not None and said.dollars > budget.dollars:
        return f"it is expected to cost {in_money(said.dollars)}, and the budget is {budget}; {_CHEAPER}"
    return ""


_CHEAPER: Final = (
    "raise --budget, or ask less: --objects changed with a ledger, --objects sample, or fewer buckets"
)


@dataclass(slots=True)
class SpendingMeter:
    """Counts what a run takes; asked before each call, repeated ones too, it lets none take it too far."""

    budget: Budget = field(default_factory=Budget)
    spent: Decimal = Decimal(0)
    calls: int = 0
    refused: int = 0
    """Calls that there was nothing left for."""

    def take(self, count: int, each: Decimal | None) -> int:
        """How many of so many calls, at a price each, may still be made; they count as made from now on."""
        allowed = min(count, self._left(each))
        self.calls += allowed
        self.spent += allowed * (each or 0)
        self.refused += count - allowed
        return allowed

    def told(self) -> str:
        """Why some things were not asked; empty where all were."""
        if not self.refused:
            return ""
        taken = f"{self.calls:,} calls" if self.budget.dollars is None else in_money(self.spent)
        return f"stopped at the budget of {self.budget}, after {taken}: what was not asked stays unknown"

    def _left(self, each: Decimal | None) -> int:
        """A call whose price nobody knows is one that a budget of dollars has nothing left for."""
        if self.budget.calls is not None:
            return self.budget.calls - self.calls
        if self.budget.dollars is None:
            return _ALL
        if each is None:
            return 0
        return int((self.budget.dollars - self.spent) // each) if each else _ALL


_ALL: Final = 10**18
