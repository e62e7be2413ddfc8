"""How does a private key sign for CloudFront? ECDSA P-256 with SHA-256, RSA with SHA-1 as of old."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

_PRIVATE: Final = re.compile(
    r"-----BEGIN ((?:(?:EC|RSA) )?PRIVATE KEY)-----[A-Za-z0-9+/=\s]{1,9000}-----END \1-----"
)
_RSA_BITS: Final = 2048


@dataclass(frozen=True, slots=True, repr=False)
class PrivateHalf:
    """A private key that CloudFront takes."""

    public: bytes
    """Its public half, as bytes of one form."""
    sign: Callable[[bytes], bytes]
    hash_algorithm: str


def private_halves(text: str) -> tuple[PrivateHalf, ...]:
    """The keys of a text in PEM, without passwords; ValueError where one is none that CloudFront takes."""
    found = [match[0] for match in _PRIVATE.finditer(text)]
    if not found:
        raise ValueError("it holds no private key in PEM without a password")
    return tuple(map(_half, found))


def public_form(pem: str) -> bytes:
    """A public key in PEM, as bytes of one form; ValueError where it is none."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("it is no public key that can be read") from None
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _half(pem: str) -> PrivateHalf:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("a private key in it cannot be read") from None
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    match key:
        case EllipticCurvePrivateKey() if isinstance(key.curve, SECP256R1):
            return PrivateHalf(public, lambda text: key.sign(text, ECDSA(SHA256())), "SHA256")
        case RSAPrivateKey() if key.key_size == _RSA_BITS:
            return PrivateHalf(public, lambda text: key.sign(text, PKCS1v15(), SHA1()), "SHA1")  # noqa: S303 - what CloudFront checks
    raise ValueError(
        "CloudFront takes RSA keys of 2048 bits and ECDSA keys on P-256, and one in it is neither"
    )
