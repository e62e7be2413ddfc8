"""Environments that differ by name alone are judged once, and told apart where they might differ."""

import pytest

from bucketwright.contract.loading import read
from cli.twins import twins

CONTRACT = """
project: shop
environments: {{dev: {dev}, test: {{}}, prod: {{}}}}
buckets: {{files: {{prefixes: {{documents: {{path: "{path}"}}}}}}}}
"""


def _names(path: str = "{env}/documents/", dev: str = "{}") -> list[tuple[str, ...]]:
    contract = read(CONTRACT.format(path=path, dev=dev), "contract.yaml")
    return [tuple(one.name for one in several) for several in twins(list(contract.environments.values()))]


def test_names_alone_make_no_difference() -> None:
    """Three environments of the same settings are one group."""
    assert _names() == [("dev", "test", "prod")]


@pytest.mark.parametrize(
    ("path", "dev", "groups"),
    [
        pytest.param("dev/documents/", "{}", [("dev",), ("test", "prod")], id="a name in a path"),
        pytest.param(
            "{env}/documents/", "{protect: true}", [("dev",), ("test", "prod")], id="another setting"
        ),
        pytest.param(
            "{env}/documents/",
            "{account: 111122223333}",
            [("dev",), ("test", "prod")],
            id="an account where others have none",
        ),
        pytest.param(
            "{env}/111122223333/",
            "{account: 111122223333}",
            [("dev",), ("test", "prod")],
            id="an account in a path",
        ),
    ],
)
def test_what_a_rule_could_see_divides(path: str, dev: str, groups: list[tuple[str, ...]]) -> None:
    """Whatever else differs, or might meet a name, is judged by itself."""
    assert _names(path, dev) == groups
