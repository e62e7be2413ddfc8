"""How is what follows from an environment worked out once, though many ask?

Parts of a contract are frozen, but hold mappings and so have no hash. What is remembered is the answer about
the very same environment: an equal one that was read elsewhere is asked about anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Final, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

Rest = TypeVarTuple("Rest")
Answer = TypeVar("Answer")
_MOST: Final = 4_096


def remembered(
    work_out: Callable[["Environment", *Rest], Answer],
) -> Callable[["Environment", *Rest], Answer]:
    """The same function, which answers from memory what it has lately been asked."""

    @lru_cache(maxsize=_MOST)
    def known(about: _Same, *rest: *Rest) -> Answer:
        return work_out(about.environment, *rest)

    @wraps(work_out)
    def answer(environment: "Environment", /, *rest: *Rest) -> Answer:
        return known(_Same(environment), *rest)

    return answer


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """An environment as a key. It is held, so that no other can take its place in memory."""

    environment: "Environment"

    def __hash__(self) -> int:
        return id(self.environment)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.environment is self.environment
