"""A Pulumi program with a resource of every type that the double carries, for tests with the real engine."""

from collections.abc import Callable

import pulumi

from sandbox.server import Clients
from tests.sandbox.provider.all_examples import EXAMPLES
from tests.sandbox.provider.examples import filled
from tests.sandbox.provider.ground import new_buckets, shared

PLAINEST = tuple(example for example in EXAMPLES if not example.about)


class EveryType:
    """Lays the ground that the program stands on; the program makes nothing of it and leaves it as it is."""

    def __init__(self, clients: Clients) -> None:
        common = shared(clients)
        self._grounds = [{**common, **new_buckets(clients)} for _ in PLAINEST]

    def program(self, step: int = 0) -> Callable[[], None]:
        """Declares every resource as it is in that step of its life, or in its last."""
        told = [
            (example.type, filled(example.steps[min(step, len(example.steps) - 1)], words))
            for example, words in zip(PLAINEST, self._grounds, strict=True)
        ]

        def declare() -> None:
            for number, (type_, inputs) in enumerate(told):
                name = f"{number}-{type_.rpartition(':')[2]}"
                pulumi.CustomResource(type_, name, _copied(inputs))

        return declare


def _copied(inputs: object) -> dict[str, object]:
    """Pulumi writes into what it is given."""
    return dict(inputs) if isinstance(inputs, dict) else {}
