"""How does a client of the SDK behave? One way for all services: bounded, and signed by version 4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from botocore import __version__ as botocore_version
from botocore.client import BaseClient
from botocore.config import Config
from botocore.session import Session
from botocore.utils import get_environ_proxies

from bucketwright import __version__
from bucketwright.s3.addresses import is_amazon, is_loopback
from bucketwright.s3.body_hash import sign_by_known_hashes
from bucketwright.s3.bucket_rates import BucketRates
from bucketwright.s3.hooks import Regions, read_encoded_uploads, region_in
from bucketwright.s3.limits import Limits, bounds
from bucketwright.s3.sendable import keep_sendable_those_of
from bucketwright.s3.transport import Transport
from bucketwright.s3.wholeness import refuse_what_is_not_whole

LONGEST_WAIT_SECONDS: Final = 1
"""Before the second attempt; it doubles before the third."""
_SIGNING: Final = "before-sign"
_REGIONAL: Final[Mapping[str, str]] = {
    "addressing_style": "virtual",
    "us_east_1_regional_endpoint": "regional",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """What all clients of a run have in common."""

    endpoint_url: str
    """Empty: AWS."""
    concurrency: int
    limits: Limits
    regions: Regions
    verify: bool = True
    """Whether the server's certificate has to hold."""


def new_client(session: Session, service: str, region: str, manner: Manner) -> BaseClient:
    """A client whose every request keeps the bounds of the thread that makes it."""
    client = session.create_client(
        service,
        region_name=region,
        endpoint_url=manner.endpoint_url or None,
        config=_config(service, manner),
    )
    events = client.meta.events
    events.register_first(_SIGNING, _Sendable(session).keep)
    events.register_last("before-send", _transport(session, client.meta.endpoint_url, manner).answer)
    retrying = f"needs-retry.{client.meta.service_model.service_id.hyphenize()}"
    events.register_first(retrying, _not_when_time_is_short)
    events.register_last("before-parse", refuse_what_is_not_whole)
    if service == "s3":
        manner.regions.listen(events)
        BucketRates().listen(events)
        read_encoded_uploads(events)
        sign_by_known_hashes(events)
        events.register_first(retrying, _no_search_for_regions)
    if service == "s3control" and manner.endpoint_url:
        events.register("before-call.s3-control", _Elsewhere(manner.endpoint_url).without_account_in_host)
    return client


def new_signing_client(session: Session, region: str, manner: Manner) -> BaseClient:
    """A client that asks nobody: it signs what others will send to S3, for the host of that region alone.

    The SDK's own choice is a host that all regions share, which answers pages with a redirect.
    """
    client = session.create_client(
        "s3",
        region_name=region,
        endpoint_url=manner.endpoint_url or None,
        config=signing_config(manner),
    )
    client.meta.events.register_first(_SIGNING, _Sendable(session).keep)
    return client


def signing_config(manner: Manner) -> Config:
    """How a client of S3 is set up whose links name the host of its region."""
    config = _config("s3", manner)
    return config if manner.endpoint_url else config.merge(Config(s3=dict(_REGIONAL)))


def _config(service: str, manner: Manner) -> Config:
    """Checksums that nobody asked for go to AWS alone: other servers refuse or store them."""
    limits = manner.limits
    checksums = "when_supported" if is_amazon(manner.endpoint_url) else "when_required"
    return Config(
        retries={
            "mode": "standard" if service == "s3" else "adaptive",  # buckets have rates of their own
            "total_max_attempts": limits.attempts,
        },
        connect_timeout=limits.connect_seconds,
        read_timeout=limits.read_seconds,
        max_pool_connections=manner.concurrency,
        signature_version="s3v4" if service == "s3" else None,
        s3={"addressing_style": "path"} if manner.endpoint_url else None,
        request_checksum_calculation=checksums,
        response_checksum_validation=checksums,
        inject_host_prefix=not manner.endpoint_url,
        ignore_configured_endpoint_urls=True,
        user_agent=f"bucketwright/{__version__} Botocore/{botocore_version}",
    )


def _transport(session: Session, url: str, manner: Manner) -> Transport:
    limits = manner.limits
    return Transport(
        verify=manner.verify and (session.get_config_variable("ca_bundle") or True),
        proxies=proxies_for(url),
        timeout=(limits.connect_seconds, limits.read_seconds),
        max_pool_connections=manner.concurrency,
    )


def proxies_for(url: str) -> Mapping[str, str]:
    """Those of the environment, as NO_PROXY limits them; none to this machine itself."""
    if is_loopback(urlsplit(url).hostname or ""):
        return {}
    found: Mapping[str, str] = get_environ_proxies(url)
    return found


def _not_when_time_is_short(attempts: int, **_event: object) -> bool | None:
    """Whether another attempt could not be over in time; nothing where the SDK may decide."""
    wait = LONGEST_WAIT_SECONDS * 2 ** (attempts - 1)
    return False if bounds().deadline.left < wait else None


def _no_search_for_regions(
    request_dict: dict[str, dict[str, object]],
    response: tuple[object, Mapping[str, object]] | None,
    **_event: object,
) -> None:
    """A redirect that names no region is not followed: the SDK would ask by HEAD, without end."""
    if response is not None and not region_in(response[1]):
        request_dict["context"]["s3_redirect"] = {"redirected": True}


@dataclass(frozen=True, slots=True)
class _Sendable:
    """Credentials that may be signed with, before each request: they can be others by then."""

    session: Session = field(repr=False)

    def keep(self, **_event: object) -> None:
        """Raises AccessError where they cannot be sent as they are."""
        keep_sendable_those_of(self.session)


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """An endpoint of its own, which no account stands in front of."""

    url: str

    def without_account_in_host(self, params: dict[str, object], **_event: object) -> None:
        """S3 Control's rules put the account before any host, and no such host is known."""
        address, here = urlsplit(str(params["url"])), urlsplit(self.url)
        params["url"] = address._replace(scheme=here.scheme, netloc=here.netloc).geturl()
