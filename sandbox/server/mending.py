"""What a gap is, and what mends it: a function around moto's own answer, for requests of one place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from sandbox.server.calls import Answer, Call, Level

Forward = Callable[[Call], Answer]
Mend = Callable[[Call, Forward], Answer]
Service = Literal["s3", "s3control", "s3express", "access-analyzer", "cloudfront", "kms"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that moto loses, mangles or does otherwise than AWS, and what the layer does instead."""

    id: str
    moto: str
    layer: str


@dataclass(frozen=True, slots=True)
class Mending:
    """A mend and the requests it is for; None stands for any. The outermost is asked first."""

    mend: Mend
    level: Level | None = None
    method: str | None = None
    subresource: str | None = None
    service: Service = "s3"
    stands: Literal["outermost", "between", "innermost"] = "between"

    def concerns(self, service: str, level: Level, method: str, subresource: str) -> bool:
        """Whether requests of that place are among them."""
        return (
            service == self.service
            and self.level in (None, level)
            and self.method in (None, method)
            and self.subresource in (None, subresource)
        )

    @property
    def order(self) -> int:
        """Its place among others: what is for more requests is further out."""
        named = [self.level, self.method, self.subresource]
        between = len(named) - named.count(None)
        return {"outermost": -1, "innermost": len(named) + 1}.get(self.stands, between)


def mended(call: Call, mends: Iterable[Mend], forward: Forward) -> Answer:
    """The answer of moto with every mend around it, the first outermost."""
    for mend in reversed(tuple(mends)):
        forward = _around(mend, forward)
    return forward(call)


def _around(mend: Mend, forward: Forward) -> Forward:
    return lambda call: mend(call, forward)
