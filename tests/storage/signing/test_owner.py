"""Does a signed upload go into nobody else's bucket, should the name of ours be free one day?"""

from functools import cache

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Link, Refused, Settings, Storage
from bucketwright.storage.place import Place
from tests.storage.signing.signed import ACCESS_KEY, SECRET_KEY, query

HEADER = "x-amz-expected-bucket-owner"
ACCOUNT = "111122223333"
PAGE = "https://app.example.com"


@cache
def contract(allowed: str = "content-type") -> Contract:
    return read(
        f"""
project: shelf
region: eu-west-1
environments: {{dev: {{}}, prod: {{account: "{ACCOUNT}"}}}}
buckets:
  files:
    cors: {{origins: {PAGE}, methods: PUT, headers: [content-type, {allowed}]}}
    prefixes: {{plans: {{path: "plans/", write: overwrite, delivery: presigned}}}}
""",
        "contract.yaml",
    )


def plans(environment: str = "prod", endpoint: str = "", allowed: str = "x-other") -> Place:
    keys = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY, "endpoint_url": endpoint}
    told = Settings(**keys)  # type: ignore[arg-type]  # mypy takes texts for any field
    return Storage.open(contract(allowed), environment, told).prefix("files/plans").at()


def test_a_put_names_the_account() -> None:
    """Among the headers that are signed, so that S3 refuses it where another account has the bucket."""
    link = plans().signed_put("a.pdf", Link(size=1))

    assert link.headers[HEADER] == ACCOUNT
    assert HEADER in query(link.url)["X-Amz-SignedHeaders"].split(";")


@pytest.mark.parametrize(
    ("environment", "endpoint"),
    [("dev", ""), ("prod", "http://127.0.0.1:9000")],
    ids=["an account that the contract does not say", "a server that knows no accounts"],
)
def test_where_no_account_is_known(environment: str, endpoint: str) -> None:
    """Nothing is said of it."""
    assert HEADER not in plans(environment, endpoint).signed_put("a.pdf", Link(size=1)).headers


def test_a_link_to_read_needs_no_headers() -> None:
    """Whoever follows one sends none, so that it says nothing of the owner."""
    link = plans().signed_get("a.pdf")

    assert (dict(link.headers), query(link.url)["X-Amz-SignedHeaders"]) == ({}, "host")


def test_a_page_has_to_have_leave_to_send_it() -> None:
    """By the contract's CORS, as for every other header."""
    with pytest.raises(Refused, match=f"may send {HEADER}: add it to the headers"):
        plans().signed_put("a.pdf", Link(size=1, origin=PAGE))
    assert plans(allowed="x-amz-*").signed_put("a.pdf", Link(size=1, origin=PAGE)).headers[HEADER] == ACCOUNT
