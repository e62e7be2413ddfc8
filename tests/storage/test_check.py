"""Does a check say in a plain sentence why nothing would work?"""

import pytest

from bucketwright.storage.errors import Denied, Misconfigured, Unreachable
from tests.faults.proxy import Proxy
from tests.storage.contracts import ACCOUNT, asking


@pytest.mark.requirement("AP-6")
@pytest.mark.parametrize(
    ("fault", "error", "told"),
    [
        ("status:404:NoSuchBucket", Misconfigured, "there is no bucket 'shelf-dev-files' at http://127"),
        ("status:403:InvalidAccessKeyId", Misconfigured, "does not know this access key"),
        ("status:403:SignatureDoesNotMatch", Misconfigured, "secret does not belong to the access key"),
        ("status:400:ExpiredToken", Misconfigured, "credentials have expired"),
        ("status:403:RequestTimeTooSkewed", Misconfigured, "clock is wrong"),
        ("status:403:AccessDenied", Denied, "may not list 'shelf-dev-files'"),
        ("status:301:PermanentRedirect", Misconfigured, "not in the region 'eu-west-1'"),
        ("status:400:AuthorizationHeaderMalformed", Misconfigured, "not in the region 'eu-west-1'"),
        ("status:501:NotImplemented", Misconfigured, "does not know ListObjectsV2"),
        ("empty200", Unreachable, "no sound answer: the answer is empty"),
        ("html200", Unreachable, "no sound answer"),
        ("reset", Unreachable, "cannot be reached"),
    ],
    ids=[
        "no bucket", "unknown key", "wrong secret", "expired", "clock", "denied", "elsewhere",
        "wrong region", "not S3", "empty", "a web page", "broken connection",
    ],
)  # fmt: skip
def test_why_nothing_would_work(proxy: Proxy, fault: str, error: type[Exception], told: str) -> None:
    """One plain sentence, on one line, without anything secret."""
    asking(proxy.url).check()
    proxy.fault(fault, method="GET")

    with pytest.raises(error, match=told) as caught:
        asking(proxy.url).check()
    assert str(caught.value).isprintable()
    assert ACCOUNT not in str(caught.value)


@pytest.mark.requirement("AP-6")
def test_nothing_answers_there() -> None:
    """A server that is down is told from one that refuses, and nobody looks for what was never sent."""
    down = asking("http://127.0.0.1:1")

    with pytest.raises(Unreachable, match="cannot be reached: nothing answers there"):
        down.check()
    with pytest.raises(Unreachable, match="nothing answers there"):
        down.prefix("files/pointers").at().put("a.txt", b"text")


@pytest.mark.requirement("AP-6")
def test_nobody_is_named(proxy: Proxy) -> None:
    """Without credentials nothing is sent."""
    nobody = asking(proxy.url, "")

    with pytest.raises(Misconfigured, match="no credentials were found"):
        nobody.check()
    assert proxy.seen == []
