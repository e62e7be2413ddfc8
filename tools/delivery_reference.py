"""Print the table of deliveries that the page about them shows, from what `explain` says."""

from collections.abc import Iterator

from bucketwright.contract.delivery import DELIVERIES


def table() -> Iterator[str]:
    """A row for each way, in the contract's order."""
    yield "| `delivery` | choose it when | because |"
    yield "|---|---|---|"
    for via, choice in DELIVERIES.items():
        yield f"| `{via}` | {choice.when} | {choice.why} |"


if __name__ == "__main__":
    print("\n".join(table()))
