"""Of which environments do the rules say the same, since they differ by name and account alone?"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment

_OWN = {"name", "account"}


def twins(environments: Sequence["Environment"]) -> Iterator[tuple["Environment", ...]]:
    """The environments, those together that differ by nothing a rule could see.

    A name or an account that also stands in some text of the contract, such as a path, may meet it there:
    such an environment has no twin.
    """
    alike: dict[object, list[Environment]] = {}
    for each in environments:
        alike.setdefault(_key(each), []).append(each)
    for several in alike.values():
        yield tuple(several)


def _key(environment: "Environment") -> object:
    said = environment.model_dump_json(exclude=_OWN)
    own = (environment.name, environment.account or environment.name)
    return environment.name if any(one in said for one in own) else (environment.account is None, said)
