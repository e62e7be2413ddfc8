"""Where do the prefixes of an environment lie, with which patterns, under which ARNs?"""

import pytest

from bucketwright.contract.model import Environment
from bucketwright.contract.placement import bucket_arn, place_of, places


def environment(**settings: object) -> Environment:
    """A production environment with two prefixes in one bucket."""
    prefixes = {
        "documents": {"path": "{env}/cases/{case_id:int}/documents/"},
        "chunks": {"path": "{project}/{bucket}/{region}/", "objects": "{account}-chunk_{i:int}.txt"},
    }
    common = {"project": "shop", "name": "prod", "account": "111122223333"}
    return Environment.model_validate({**common, "buckets": {"files": {"prefixes": prefixes}}, **settings})


def test_a_place_is_a_prefix_with_its_reserved_variables_bound() -> None:
    """Its address, its path, its whole keys, and the patterns of both."""
    documents, chunks = places(environment(), "files")

    assert (documents.address, chunks.address) == ("files/documents", "files/chunks")
    assert documents.path.text == "prod/cases/{case_id:int}/documents/"
    assert documents.keys is documents.path
    assert documents.path_pattern == documents.key_pattern == "prod/cases/*/documents/*"
    assert chunks.path.text == "shop/files/us-west-2/"
    assert chunks.keys.text == "shop/files/us-west-2/111122223333-chunk_{i:int}.txt"
    assert (chunks.path_pattern, chunks.key_pattern) == (
        "shop/files/us-west-2/*",
        "shop/files/us-west-2/111122223333-chunk_*.txt",
    )
    assert documents.prefix == environment().buckets["files"].prefixes["documents"]


def test_an_unknown_account_stays_a_variable() -> None:
    """Until it is known, it may be anything."""
    chunks = place_of(environment(account=None), "files/chunks")

    assert chunks.key_pattern == "shop/files/us-west-2/*-chunk_*.txt"


def test_environments_lie_apart() -> None:
    """What is remembered of one environment is not answered for another."""
    assert place_of(environment(), "files/documents").path.text.startswith("prod/")
    assert place_of(environment(name="dev"), "files/documents").path.text.startswith("dev/")


@pytest.mark.parametrize("address", ["files/none", "none/documents", "files", "", "files/documents/x"])
def test_an_unknown_address_is_refused(address: str) -> None:
    """The message names the environment and the address."""
    with pytest.raises(ValueError, match=f"prod has no prefix {address}"):
        place_of(environment(), address)


@pytest.mark.parametrize(
    ("region", "arn"),
    [
        pytest.param("us-west-2", "arn:aws:s3:::shop-prod-files", id="commercial"),
        pytest.param("cn-north-1", "arn:aws-cn:s3:::shop-prod-files", id="China"),
        pytest.param("us-gov-west-1", "arn:aws-us-gov:s3:::shop-prod-files", id="GovCloud"),
    ],
)
@pytest.mark.parametrize("of_bucket", [True, False], ids=["its own region", "the environment's region"])
def test_an_arn_is_of_the_partition_of_the_region(region: str, arn: str, of_bucket: bool) -> None:
    """The bucket's own region, else the environment's."""
    bucket = {"prefixes": {}, **({"region": region} if of_bucket else {})}

    assert (
        bucket_arn(
            environment(region="us-east-1" if of_bucket else region, buckets={"files": bucket}), "files"
        )
        == arn
    )
