"""How is a read through CloudFront signed? A link to one object, or cookies for a whole place.

The SDK signs links; the name of the hash is added behind, and cookies are made here.
"""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from botocore.signers import CloudFrontSigner

from bucketwright.storage.signing.edge import EdgeKey

_FIRST: Final = "SHA1"
"""The hash that CloudFront takes for meant where none is named."""
_SPELLED: Final = bytes.maketrans(b"+=/", b"-_~")


def path_of(key: str) -> str:
    """A key as it stands in an address; nothing in it is left that CloudFront takes for a wildcard."""
    return f"/{quote(key)}"


def signed_link(key: EdgeKey, path: str, until: datetime) -> str:
    """The address of one object, good until then."""
    signer = CloudFrontSigner(key.key_id, key.sign)
    url: str = signer.generate_presigned_url(f"https://{key.host}{path}", date_less_than=until)
    return url if key.hash_algorithm == _FIRST else f"{url}&Hash-Algorithm={key.hash_algorithm}"


def signed_cookies(key: EdgeKey, path: str, until: datetime) -> Mapping[str, str]:
    """Cookies for all that begins so, good until then."""
    signer = CloudFrontSigner(key.key_id, key.sign)
    policy = signer.build_policy(f"https://{key.host}{path}*", until).encode()
    named = {} if key.hash_algorithm == _FIRST else {"CloudFront-Hash-Algorithm": key.hash_algorithm}
    return {
        "CloudFront-Policy": _spelled(policy),
        "CloudFront-Signature": _spelled(key.sign(policy)),
        "CloudFront-Key-Pair-Id": key.key_id,
        **named,
    }


def whole_second(moment: datetime) -> datetime:
    """The moment as CloudFront reads it, in whole seconds since 1970."""
    return datetime.fromtimestamp(int(moment.timestamp()), UTC)


def _spelled(data: bytes) -> str:
    return b64encode(data).translate(_SPELLED).decode("ascii")
