"""Valid contracts load, mean what they say, and satisfy the JSON Schema."""

from hypothesis import HealthCheck, given, settings

from bucketwright.contract.composing import MapNode, compose
from bucketwright.contract.loading import read
from bucketwright.contract.names import bound_path, bucket_name, name_refusal
from tests.contract.prefix_strategies import Data
from tests.contract.schema_cases import VALIDATOR
from tests.contract.strategies import as_yaml, contracts

LAW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(contracts())
def test_a_valid_contract_loads(data: Data) -> None:
    """What is put together by the rules loads, for every environment it names."""
    contract = read(as_yaml(data), "contract.yaml")
    assert contract.project == data["project"]
    assert list(contract.environments) == list(data["environments"])  # type: ignore[call-overload]
    for name, environment in contract.environments.items():
        assert environment.name == name
        assert list(environment.buckets) == list(data["buckets"])  # type: ignore[call-overload]
        assert list(environment.access) == list(data["access"])  # type: ignore[call-overload]


@LAW
@given(contracts())
def test_a_valid_contract_satisfies_the_schema(data: Data) -> None:
    """The schema refuses nothing that loads."""
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@LAW
@given(contracts())
def test_names_and_paths_of_a_valid_contract_are_known(data: Data) -> None:
    """Every bucket has a name that S3 takes, no two the same one, and every path binds."""
    contract = read(as_yaml(data), "contract.yaml")
    names = [
        bucket_name(environment, bucket_id)
        for environment in contract.environments.values()
        for bucket_id in environment.buckets
    ]
    assert len(set(names)) == len(names)
    assert [name for name in names if name_refusal(name)] == []
    for environment in contract.environments.values():
        for bucket_id, bucket in environment.buckets.items():
            for prefix_id in bucket.prefixes:
                assert not {"env", "project"} & bound_path(environment, bucket_id, prefix_id).variables.keys()


@LAW
@given(contracts())
def test_everything_written_is_found_where_it_is_written(data: Data) -> None:
    """The place of every path is the key's own line in the text."""
    text = as_yaml(data)
    contract = read(text, "contract.yaml")
    lines = text.split("\n")
    root = compose(text, "contract.yaml").root
    assert isinstance(root, MapNode)
    environment = next(iter(contract.environments))
    for bucket_id, bucket in contract.environments[environment].buckets.items():
        for prefix_id in bucket.prefixes:
            place = contract.where(environment, ("buckets", bucket_id, "prefixes", prefix_id, "path"))
            assert lines[place.line - 1][place.column - 1 : place.end_column - 1] == '"path"'
            above = contract.where(environment, ("buckets", bucket_id, "prefixes", prefix_id))
            assert above.line < place.line
