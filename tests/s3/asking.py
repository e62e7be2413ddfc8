"""What the tests of this folder ask, and how impatiently."""

from bucketwright.calls import Call, Outcome, Send
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, Sessions
from tests.faults.proxy import Proxy

ACCOUNT = "123456789012"
BUCKET = "kept-things"
REGION = "eu-west-1"
PATIENT = Limits(answer_seconds=20, connect_seconds=2, read_seconds=10)
"""Time for all three attempts."""
VERSIONING = Call("s3", "GetBucketVersioning", {"Bucket": BUCKET}, REGION)
LISTING = Call("s3", "ListObjectsV2", {"Bucket": BUCKET}, REGION)


def sessions(url: str, limits: Limits = PATIENT) -> Sessions:
    """Sessions of the account that the tests work in."""
    return Sessions(Access(endpoint_url=url, region=REGION), limits=limits)


def sender(url: str, limits: Limits = PATIENT, seconds: float = 60) -> Send:
    """A Send to that address."""
    return sdk_send(sessions(url, limits), Deadline.after(seconds))


def warm(proxy: Proxy, limits: Limits) -> Send:
    """A Send that has its client and a connection already, so that a test of time sees nothing else."""
    send = sender(proxy.url, limits)
    send(VERSIONING)
    proxy.calm()
    return send


def sent(url: str, call: Call, limits: Limits = PATIENT) -> Outcome:
    """What comes of one call."""
    return sender(url, limits)(call)
