"""A bucket that is asked too much slows down itself alone."""

from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.session import Session

from bucketwright.s3.bucket_rates import BucketRates
from bucketwright.s3.hooks import Regions

TOO_FAST = b"<Error><Code>SlowDown</Code></Error>"


class Counting:
    """Stands for the SDK's limiter: how often it was asked to wait, and how often too much was asked."""

    def __init__(self) -> None:
        self.waits = self.throttled = 0

    def on_sending_request(self, _request: object) -> None:
        self.waits += 1

    def on_receiving_response(self, **answered: object) -> None:
        response = answered["response"]
        assert isinstance(response, tuple)
        self.throttled += response[0].status_code == 503


def test_each_bucket_has_a_rate_of_its_own() -> None:
    """Two requests of one are told that there are too many: the limiter of the other never hears of it, nor
    does that of what is about no bucket. Each attempt waits for its own."""
    made: list[Counting] = []

    def new() -> Counting:
        made.append(Counting())
        return made[-1]

    session = Session()
    session.set_credentials("key", "secret")
    once = Config(retries={"mode": "standard", "total_max_attempts": 1})
    client = session.create_client(
        "s3", region_name="us-west-2", endpoint_url="http://127.0.0.1:9", config=once
    )
    Regions().listen(client.meta.events)
    BucketRates(new).listen(client.meta.events)
    client.meta.events.register_last("before-send.s3", _answer)

    for bucket in ("throttled", "free", "throttled", "free"):
        try:
            client.head_bucket(Bucket=bucket)
        except client.exceptions.ClientError:
            assert bucket == "throttled"
    client.list_buckets()

    assert [(one.waits, one.throttled) for one in made] == [(2, 2), (2, 0), (1, 0)]


def test_the_limiter_is_the_sdks_own() -> None:
    """Without a bucket that answers `SlowDown` nobody waits."""
    rates, events = BucketRates(), Session().get_component("event_emitter")
    rates.listen(events)
    limiter = rates._limiter({})

    assert type(limiter).__name__ == "ClientRateLimiter"
    assert limiter.on_sending_request(None) is None


def _answer(request: object, **_event: object) -> AWSResponse:
    is_slow = "/throttled" in request.url  # type: ignore[attr-defined]  # an AWSPreparedRequest
    response = AWSResponse("http://x", 503 if is_slow else 200, {}, None)
    response._content = TOO_FAST if is_slow else b""
    return response
