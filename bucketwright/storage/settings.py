"""What do the variables of the environment say of where objects are kept, and as whom they are asked for?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bucketwright.plain_text import shown
from bucketwright.storage.errors import Misconfigured

CONTRACT: Final = "BUCKETWRIGHT_CONTRACT"
ENVIRONMENT: Final = "BUCKETWRIGHT_ENVIRONMENT"
DELIVERIES: Final = "BUCKETWRIGHT_DELIVERIES"
SIGNING_KEY: Final = "BUCKETWRIGHT_SIGNING_KEY"
_YES: Final = frozenset({"1", "on", "true", "yes"})
_NO: Final = frozenset({"0", "false", "no", "off"})
_PRIVATE: Final = frozenset({"", "none", "private"})


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it is optional: what is empty follows from the contract, or is found by the SDK."""

    contract: str = ""
    """The path of the contract."""
    environment: str = ""
    """Which of the contract's environments."""
    region: str = ""
    """Where a server with an address of its own, or a bucket named here, is."""
    endpoint_url: str = ""
    """The address of the server; empty: AWS."""
    access_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    session_token: str = field(default="", repr=False)
    """What belongs to credentials that end."""
    profile: str = ""
    bucket: str = ""
    """The name of the bucket, where the contract has one for data."""
    temp_bucket: str = ""
    """The name of the bucket of upload sessions."""
    plain_http: bool = False
    """Whether another machine may be asked without TLS."""
    verify: bool = True
    """Whether certificates have to hold."""
    region_is_forced: bool = False
    """Whether the region goes before what the contract says of a bucket's."""
    deliveries: str = ""
    """What the deployment says of its CloudFront distributions: JSON, or the path of a file that holds it."""
    signing_key: str = field(default="", repr=False)
    """A private key that signs for them, or several: PEM, or the path of a file that holds it."""


def settings_of(environ: Mapping[str, str]) -> Settings:
    """What these variables say; Misconfigured where one says what cannot be."""
    _keep_private(environ.get("S3_DEFAULT_ACL", ""))
    access_key, secret_key = environ.get("S3_ACCESS_KEY", ""), environ.get("S3_SECRET_KEY", "")
    session_token = environ.get("S3_SESSION_TOKEN", "")
    if bool(access_key) != bool(secret_key):
        raise Misconfigured("S3_ACCESS_KEY and S3_SECRET_KEY are set together, or neither is")
    if session_token and not access_key:
        raise Misconfigured("S3_SESSION_TOKEN belongs to S3_ACCESS_KEY and S3_SECRET_KEY: set these, too")
    tls = _flag(environ, "S3_USE_SSL", default=True)
    forced = environ.get("S3_REGION_NAME", "")
    return Settings(
        contract=environ.get(CONTRACT, ""),
        environment=environ.get(ENVIRONMENT, ""),
        region=forced or environ.get("AWS_REGION", "") or environ.get("AWS_DEFAULT_REGION", ""),
        endpoint_url=_address(environ, tls=tls),
        access_key=access_key,
        secret_key=secret_key,
        session_token=session_token,
        bucket=environ.get("S3_BUCKET_NAME", ""),
        temp_bucket=environ.get("AWS_TEMP_BUCKET", ""),
        plain_http=not tls,
        verify=_flag(environ, "S3_VERIFY_SSL", default=True),
        region_is_forced=bool(forced),
        deliveries=environ.get(DELIVERIES, ""),
        signing_key=environ.get(SIGNING_KEY, ""),
    )


def _keep_private(acl: str) -> None:
    if acl.strip().lower() not in _PRIVATE:
        raise Misconfigured(
            f"S3_DEFAULT_ACL is {shown(acl)}: objects are private here, and read by signed links; "
            "leave it out, or say private"
        )


def _address(environ: Mapping[str, str], *, tls: bool) -> str:
    """The server's address, with the scheme that is meant where it has none."""
    address = environ.get("S3_ENDPOINT_URL", "") or _of_the_sdk(environ)
    if not address:
        if not tls:
            raise Misconfigured("S3_USE_SSL is off, and AWS is not asked without TLS: name S3_ENDPOINT_URL")
        return ""
    return address if "://" in address else f"{'https' if tls else 'http'}://{address}"


def _of_the_sdk(environ: Mapping[str, str]) -> str:
    if environ.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() == "true":
        return ""
    return environ.get("AWS_ENDPOINT_URL_S3", "") or environ.get("AWS_ENDPOINT_URL", "")


def _flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "").strip().lower()
    if text in _YES or text in _NO:
        return text in _YES
    if text:
        raise Misconfigured(f"{name} is {shown(environ[name])}: it is true or false")
    return default
