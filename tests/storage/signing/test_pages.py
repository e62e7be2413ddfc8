"""Which pages may use a link? What is said here is what a server answers a browser that asks for leave."""

from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import product
from random import Random
from urllib.parse import urlsplit

import pytest

from bucketwright.contract.buckets import Cors
from bucketwright.facets.bucket import cors
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.reading import Target
from bucketwright.facets.writing import Site
from bucketwright.storage import Refused
from bucketwright.storage.signing.pages import keep_page
from tests.servers.running import Running, versitygw
from tests.storage.signing.signed import contract

ORIGINS = [
    "https://a.example.com",
    "https://b.example.com",
    "https://example.com",
    "http://a.example.com:8080",
]
PATTERNS = ["*", *ORIGINS, "https://*.example.com", "http*://a.example.com", "http://a.example.com:*"]
METHODS = ["GET", "PUT", "POST"]
HEADERS = ["x-amz-tagging", "x-amz-meta-by", "if-none-match", "cache-control"]
ALLOWED = ["*", "x-amz-*", "X-Amz-Meta-*", "If-None-Match", "cache-control", "*-control"]


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with versitygw() as running:
        running.client().create_bucket(Bucket="shelf-dev-files")
        yield running


def rules(random: Random) -> tuple[Cors, ...]:
    """One to three of them."""
    return tuple(
        Cors(
            origins=tuple(random.sample(PATTERNS, random.randint(1, 2))),
            methods=tuple(random.sample(METHODS, random.randint(1, 2))),
            headers=tuple(random.sample(ALLOWED, random.randint(1, 2))),
        )
        for _ in range(random.randint(1, 3))
    )


def deployed(server: Running, declared: tuple[Cors, ...]) -> None:
    """The rules in the bucket, as the contract's are deployed."""
    environment = contract().environments["dev"]
    files = environment.buckets["files"].model_copy(update={"cors": declared})
    own = environment.model_copy(update={"buckets": {**environment.buckets, "files": files}})
    scope = BucketScope(own, "files")
    site = Site(Target("bucket", scope.address, {"Bucket": scope.name}), lambda address, _: address)
    [write] = cors.to_api(cors.FRESH, cors.wanted(scope), site)
    server.client().put_bucket_cors(**write.call.params)


def lets(server: Running, origin: str, method: str, headers: list[str]) -> bool:
    """Whether the server gives leave."""
    connection = HTTPConnection(urlsplit(server.url).netloc)
    try:
        asked = {"Origin": origin, "Access-Control-Request-Method": method}
        more = {"Access-Control-Request-Headers": ", ".join(headers)} if headers else {}
        connection.request("OPTIONS", "/shelf-dev-files/a", headers={**asked, **more})
        return connection.getresponse().status == 200
    finally:
        connection.close()


def says(declared: tuple[Cors, ...], origin: str, method: str, headers: list[str]) -> bool:
    """Whether a link would be made."""
    try:
        keep_page(declared, origin, method, dict.fromkeys(headers, "x"))
    except Refused:
        return False
    return True


@pytest.mark.requirement("FP-14")
@pytest.mark.parametrize("seed", range(8))
def test_as_a_server_answers(seed: int, server: Running) -> None:
    """For rules with wildcards of all kinds, whatever is asked for."""
    random = Random(seed)  # noqa: S311 - no secret
    declared = rules(random)
    deployed(server, declared)
    for origin, method in product(ORIGINS, METHODS):
        headers = random.sample(HEADERS, random.randint(0, 2))
        case = (origin, method, headers)

        assert says(declared, *case) == lets(server, *case), (declared, case)


@pytest.mark.parametrize(
    ("content_type", "asks"),
    [
        ("text/plain", False),
        ("text/plain; charset=utf-8", False),
        ("application/pdf", True),
        ("text/html", True),
    ],
)
def test_types_that_need_no_leave(content_type: str, asks: bool) -> None:
    """Those that any page may send; browsers themselves set sizes."""
    rule = Cors(origins=("https://a.example.com",), methods=("PUT",), headers=("x-amz-*",))
    headers = {"Content-Type": content_type, "Content-Length": "3"}
    if not asks:
        keep_page((rule,), "https://a.example.com", "PUT", headers)
        return
    with pytest.raises(Refused, match="may send content-type: add it to the headers"):
        keep_page((rule,), "https://a.example.com", "PUT", headers)
