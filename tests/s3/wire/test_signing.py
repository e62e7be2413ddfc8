"""A request that is signed here is signed as the SDK signs it, byte for byte."""

import re
from datetime import UTC, datetime
from random import Random
from string import ascii_letters, digits

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.utils import percent_encode

from bucketwright.s3.wire.signing import Keys, path_of, query_of, stamp

SECOND = int(datetime(2026, 11, 21, 23, 59, 59, tzinfo=UTC).timestamp())
PLAIN = Keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
OF_A_ROLE = PLAIN._replace(token="FwoGZXIvYXdzE//token+with/signs==")  # noqa: S106 - nobody's
PIECES = (
    *(ascii_letters + digits),
    *" +~.-_!*'()&=?#%:;,@$|\\\"<>[]{}^`",
    *"\t\n\r\x00\x01\x7f",
    *"éüßñ漢字かな🙂\u0301\u00a0\ufeff\U0010ffff",
    "..",
    "../",
    "/./",
    "//",
    "%2F",
    "%20",
    "a/b",
    "~user/",
)
MORE = (("x-amz-expected-bucket-owner", "123456789012"), ("X-Amz-Request-Payer", " requester  pays "))


class AtSecond(S3SigV4Auth):  # type: ignore[misc]  # botocore carries no types
    """The SDK's signer at a moment of the test's choice."""

    def add_auth(self, request: AWSRequest) -> None:
        moment = datetime.fromtimestamp(SECOND, UTC)
        request.context["timestamp"] = moment.strftime("%Y%m%dT%H%M%SZ")
        self._modify_request_before_signing(request)
        to_sign = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(to_sign, request))


def by_sdk(
    keys: Keys, method: str, key: str, params: dict[str, str], more: tuple[tuple[str, str], ...]
) -> str:
    """What the SDK would send as the header Authorization."""
    url = f"https://files.example.com:8443/bucket/{percent_encode(key, safe='/~')}"
    request = AWSRequest(method, url, dict(more), params=params)
    AtSecond(Credentials(keys.access, keys.secret, keys.token or None), "s3", "eu-west-1").add_auth(request)
    return str(request.headers["Authorization"])


def by_us(
    keys: Keys, method: str, key: str, params: dict[str, str], more: tuple[tuple[str, str], ...]
) -> str:
    """What is sent here."""
    made = stamp(keys, "eu-west-1", "files.example.com:8443", more, SECOND)
    content = made.request(method, path_of("/bucket", key), query_of(params.items()))
    return content.decode().partition("authorization: ")[2].removesuffix("\r\n\r\n")


def texts(random: Random, most: int) -> str:
    """Some text that could break an encoding."""
    return "".join(random.choices(PIECES, k=random.randint(1, most)))


def test_ten_thousand_keys() -> None:
    """On ten thousand keys, with parameters, headers and tokens, both signatures are the same."""
    random = Random(20261121)  # noqa: S311 - no secret
    for _ in range(10_000):
        key = texts(random, 24)
        params = {texts(random, 4): texts(random, 6) for _ in range(random.randint(0, 3))}
        case = (random.choice((PLAIN, OF_A_ROLE)), random.choice(("GET", "HEAD")), key, params)
        more = MORE[: random.randint(0, 2)]

        assert by_us(*case, more) == by_sdk(*case, more), case


@pytest.mark.parametrize("keys", [PLAIN, OF_A_ROLE], ids=["long-lived", "of-a-role"])
def test_all_that_is_signed_is_sent(keys: Keys) -> None:
    """Each header that the signature names is sent, once, as it was signed."""
    content = stamp(keys, "eu-west-1", "h", MORE, SECOND).request("GET", "/k", "a=b").decode()

    first, *lines = content.removesuffix("\r\n\r\n").split("\r\n")
    headers = [line.partition(": ")[0] for line in lines]
    found = re.search("SignedHeaders=([^,]*)", content)
    assert first == "GET /k?a=b HTTP/1.1"
    assert found is not None
    assert sorted(headers) == sorted([*found[1].split(";"), "User-Agent", "authorization"])


def test_no_header_is_smuggled_in() -> None:
    """Whatever stands in a value, no line of the request begins with it."""
    more = (("x-amz-expected-bucket-owner", "1\r\nx-evil: yes\n\n"),)

    content = stamp(PLAIN, "eu-west-1", "h", more, SECOND).request("HEAD", "/k")

    assert b"\nx-evil" not in content
    assert content.count(b"\r\n\r\n") == 1


def test_keys_are_not_shown() -> None:
    """Who prints credentials by mistake prints none."""
    assert PLAIN.secret not in repr(PLAIN)


def test_path_and_query_are_sent_as_signed() -> None:
    """Nothing is left out or made shorter on the way: a key may well be called `../x`."""
    assert path_of("/bucket", "a/../b//c d+é~") == "/bucket/a/../b//c%20d%2B%C3%A9~"
    assert query_of([("b", "1 2"), ("a", "~*"), ("versions", "")]) == "a=~%2A&b=1%202&versions="
