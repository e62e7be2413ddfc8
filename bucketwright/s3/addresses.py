"""May requests be sent to this address? Over TLS anywhere, in plain HTTP on this machine."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from bucketwright.plain_text import shown

_FORM: Final = "an endpoint is of the form https://HOST or https://HOST:PORT"
_AMAZON: Final = (".amazonaws.com", ".amazonaws.com.cn")
_R2: Final = ".r2.cloudflarestorage.com"


class AccessError(ValueError):
    """Why the account cannot be asked as it was said; the message is for people."""


def endpoint(url: str, *, plain_http: bool = False) -> str:
    """The address as the SDK takes it, without a slash at its end; AccessError where it is not safe."""
    parts = _parts(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise AccessError(f"{shown(url)} is no address to send requests to: {_FORM}")
    if parts.username is not None or parts.password is not None:
        raise AccessError("an endpoint's address holds no credentials; give them by profile or environment")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise AccessError(f"{shown(url)} goes on after the host: {_FORM}")
    if parts.scheme == "http" and not plain_http and not is_loopback(parts.hostname):
        raise AccessError(
            f"{shown(url)} is plain HTTP to another machine: who is on the way can read and change "
            "what is answered; use https://, or say that plain HTTP is wanted"
        )
    return f"{parts.scheme}://{parts.netloc}"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, by its number or by the name that is kept for it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost"


def is_amazon(url: str) -> bool:
    """Whether AWS itself answers there; empty stands for AWS."""
    return not url or f".{urlsplit(url).hostname or ''}".lower().endswith(_AMAZON)


def is_r2(url: str) -> bool:
    """Whether Cloudflare R2 answers there, which keeps no tags, takes no forms and knows no regions."""
    return f".{urlsplit(url).hostname or ''}".lower().endswith(_R2)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise AccessError(f"{shown(url)} is no address to send requests to: {_FORM}") from None
    return parts
