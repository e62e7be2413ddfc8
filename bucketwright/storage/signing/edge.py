"""With which key does CloudFront take a link, and by which host? As the deployment told, and the contract.

A distribution's host and the ids of its keys are known once it is deployed; the contract holds the public
halves, so a private half finds its id by itself.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from bucketwright.plain_text import shown
from bucketwright.storage.declared import Declared
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.extras import brought_by
from bucketwright.storage.settings import DELIVERIES, SIGNING_KEY
from bucketwright.strict_json import NotJsonError, read_json

if TYPE_CHECKING:  # it is loaded when something is signed
    from bucketwright.storage.signing.edge_keys import PrivateHalf

_LARGEST: Final = 10**6
_HOST: Final = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_KEY_ID: Final = re.compile(r"[A-Z0-9]{4,64}")


@dataclass(frozen=True, slots=True, repr=False)
class EdgeKey:
    """What signs for one distribution."""

    host: str
    key_id: str
    """What CloudFront calls the key."""
    sign: Callable[[bytes], bytes]
    hash_algorithm: str


class Edge:
    """The distributions of a deployment, and what signs for them; safe to share between threads."""

    def __init__(self, deliveries: str = "", signing_key: str = "") -> None:
        self._deliveries, self._signing_key = deliveries, signing_key
        self._found: dict[str, EdgeKey] = {}
        self._finding = Lock()

    @property
    def is_told(self) -> bool:
        """Whether anything was told of a deployment."""
        return bool(self._deliveries)

    def key(self, there: Declared) -> EdgeKey:
        """What signs for the distribution of a bucket; Misconfigured where nothing does."""
        bucket_id = there.place.bucket_id
        with self._finding:
            if bucket_id not in self._found:
                self._found[bucket_id] = self._find(there, bucket_id)
            return self._found[bucket_id]

    def _find(self, there: Declared, bucket_id: str) -> EdgeKey:
        stated = there.settings.cloudfront
        if stated is None or not (self._deliveries and self._signing_key):
            raise Misconfigured(
                f"links to {there.address} are CloudFront's: set {DELIVERIES} to what the deployment says of "
                f"its distributions, and {SIGNING_KEY} to the private half of a signing key"
            )
        told = _told(self._deliveries, bucket_id)
        half, name = _half(self._signing_key, stated.signing_keys, bucket_id)
        host = next(iter(stated.domains), "") or _checked(told.get("domain"), _HOST, f"{bucket_id}: domain")
        ids = told.get("signing_keys")
        key_id = ids.get(name) if isinstance(ids, Mapping) else None
        where = f"{bucket_id}: signing_keys: {name}"
        return EdgeKey(host, _checked(key_id, _KEY_ID, where), half.sign, half.hash_algorithm)


def _told(deliveries: str, bucket_id: str) -> Mapping[str, object]:
    """What the deployment says of a bucket's distribution."""
    text = deliveries if deliveries.lstrip().startswith("{") else _content(deliveries, DELIVERIES)
    try:
        value = read_json(text).value
    except NotJsonError as error:
        raise Misconfigured(f"{DELIVERIES}: {error}") from None
    told = value.get(bucket_id) if isinstance(value, Mapping) else None
    if not isinstance(told, Mapping):
        raise Misconfigured(f"{DELIVERIES} says nothing of a distribution before the bucket {bucket_id}")
    return told


def _half(signing_key: str, declared: Mapping[str, str], bucket_id: str) -> "tuple[PrivateHalf, str]":
    """The private half of a key that the contract declares, and what the contract calls it."""
    with brought_by("cloudfront", "cryptography", "signs for CloudFront"):
        from bucketwright.storage.signing.edge_keys import private_halves, public_form  # noqa: PLC0415 - takes its time
    text = signing_key if "-----BEGIN" in signing_key else _content(signing_key, SIGNING_KEY)
    try:
        halves = {one.public: one for one in private_halves(text)}
    except ValueError as error:
        raise Misconfigured(f"{SIGNING_KEY}: {error}") from None
    for name, pem in declared.items():
        try:
            public = public_form(pem)
        except ValueError as error:
            raise Misconfigured(f"the contract's signing key {name} of {bucket_id}: {error}") from None
        if public in halves:
            return halves[public], name
    raise Misconfigured(
        f"{SIGNING_KEY} holds the private half of none of the keys that the contract declares for "
        f"{bucket_id}: {', '.join(declared)}"
    )


def _checked(found: object, form: re.Pattern[str], where: str) -> str:
    if not isinstance(found, str) or not form.fullmatch(found):
        raise Misconfigured(f"{DELIVERIES}: {where} is {shown(found)}")
    return found


def _content(path: str, variable: str) -> str:
    """What stands in a small file."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = data.decode()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise Misconfigured(f"{variable} names {shown(path, 200)}, which cannot be read: {why}") from None
    if len(data) > _LARGEST:
        raise Misconfigured(f"{variable} names {shown(path, 200)}, which is larger than 1 MB")
    return text
