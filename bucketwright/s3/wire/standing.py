"""Where does a bucket stand: at which host, under which path, in which region are its requests signed?"""

from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from botocore.endpoint_provider import VALID_HOST_LABEL_RE, EndpointProvider
from botocore.session import Session

from bucketwright.plain_text import shown
from bucketwright.s3.addresses import AccessError
from bucketwright.s3.sessions import Sessions
from bucketwright.s3.wire.lanes import Host

_ARN: Final = "arn:"
_OF_ITS_OWN: Final = "--x-s3"
"""How the names of buckets end whose requests are signed for a session."""
_SIGNED: Final = "sigv4"
_GLOBAL: Final = "us-east-1"


class Standing(NamedTuple):
    """Where requests go."""

    host: Host
    prefix: str
    """What stands in a path before the slash and the key."""
    region: str


class NotOnWireError(AccessError):
    """What only the SDK can reach; the message says why."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """Where all buckets of a run stand, as the SDK's own rules say."""

    sessions: Sessions
    _known: dict[tuple[str, str, str], Standing] = field(default_factory=dict)

    def of(self, bucket: str, region: str, account: str = "", *, in_path: bool = False) -> Standing:
        """Where a bucket stands; the service itself for no bucket. NotOnWireError, or one of the SDK's."""
        wished = region or self.sessions.region
        key = (bucket, wished, "path" if in_path else account)
        if key not in self._known:
            url = self.sessions.endpoint_url
            self._known[key] = (
                _standing(f"{url}/{bucket}" if bucket else url, wished)
                if url
                else self._by_rules(bucket, wished, account, in_path=in_path)
            )
        return self._known[key]

    def _by_rules(self, bucket: str, region: str, account: str, *, in_path: bool) -> Standing:
        session = self.sessions.session(account)
        found = _provider(session).resolve_endpoint(**_wishes(session, bucket, region, in_path=in_path))
        schemes = found.properties.get("authSchemes") or [{}]
        if schemes[0].get("name", _SIGNED) != _SIGNED:
            raise NotOnWireError(f"requests to {shown(bucket)} are signed in a way of their own")
        return _standing(found.url, str(schemes[0].get("signingRegion") or region))


def is_on_wire(bucket: object) -> bool:
    """Whether a bucket is asked and signed for as most are."""
    return not isinstance(bucket, str) or not (bucket.startswith(_ARN) or bucket.endswith(_OF_ITS_OWN))


def _standing(url: str, region: str) -> Standing:
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    host = Host(parts.hostname or "", parts.port or (443 if is_secure else 80), is_secure)
    return Standing(host, parts.path.rstrip("/"), region)


def _wishes(session: Session, bucket: str, region: str, *, in_path: bool) -> dict[str, object]:
    """What the SDK gives to its rules for a client that nobody configured in code."""
    config = session.get_config_variable("s3") or {}
    by_path = config.get("addressing_style") == "path" and not config.get("use_accelerate_endpoint")
    wishes: dict[str, object] = {
        "Region": region,
        "UseFIPS": bool(session.get_config_variable("use_fips_endpoint")),
        "UseDualStack": bool(
            config.get("use_dualstack_endpoint") or session.get_config_variable("use_dualstack_endpoint")
        ),
        "Accelerate": bool(config.get("use_accelerate_endpoint")),
        "ForcePathStyle": in_path or by_path or not _fits_host(bucket),
        "UseGlobalEndpoint": region == _GLOBAL
        and config.get("us_east_1_regional_endpoint", "legacy") == "legacy",
    }
    return wishes | ({"Bucket": bucket} if bucket else {})


def _fits_host(bucket: str) -> bool:
    return not bucket or VALID_HOST_LABEL_RE.match(bucket) is not None


@cache
def _provider(session: Session) -> EndpointProvider:
    loader = session.get_component("data_loader")
    return EndpointProvider(
        loader.load_service_model("s3", "endpoint-rule-set-1"), loader.load_data("partitions")
    )
