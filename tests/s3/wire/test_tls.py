"""Over TLS a server is believed by the certificates that the SDK believes, and by no others."""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bucketwright.calls import Failure
from bucketwright.s3.wire.wire import Wire
from tests.s3.asking import BUCKET, REGION, sessions
from tests.s3.wire.by_wire import SANDBOX, at_once
from tests.s3.wire.loopback import Loopback, answering, object_reply


def certificate(folder: Path, address: str) -> tuple[Path, Path]:
    """A certificate for an address that speaks for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def headed(files: tuple[Path, Path], count: int = 1) -> tuple[list[Mapping[str, str] | Failure], Loopback]:
    """What comes of HEADs over TLS."""
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trust.load_cert_chain(*files)

    async def run() -> tuple[list[Mapping[str, str] | Failure], Loopback]:
        async with (
            answering(lambda _: object_reply(), trust) as server,
            Wire(sessions(server.url), server=SANDBOX, pause=at_once) as wire,
        ):
            place = await wire.bucket(BUCKET, REGION)
            return [await place.head("x") for _ in range(count)], server

    return asyncio.run(run())


def test_no_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle that is not there is named."""
    missing = tmp_path / "missing.pem"
    monkeypatch.setenv("AWS_CA_BUNDLE", str(missing))

    [outcome], server = headed(certificate(tmp_path, "127.0.0.1"))

    assert isinstance(outcome, Failure)
    assert f"the certificates to believe cannot be read: {missing}: No such file" in outcome.message
    assert server.seen == []


def test_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate of the bundle that the SDK is given opens a connection that lasts."""
    files = certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(files[0]))

    outcomes, server = headed(files, count=3)

    assert [isinstance(outcome, Failure) for outcome in outcomes] == [False] * 3
    assert server.connections == 1


@pytest.mark.parametrize(
    ("address", "is_known"),
    [("127.0.0.1", False), ("127.0.0.2", True)],
    ids=["of-nobody-known", "of-another-host"],
)
def test_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, is_known: bool) -> None:
    """Any other is refused before anything is sent, and said to be."""
    files = certificate(tmp_path, address)
    if is_known:
        monkeypatch.setenv("AWS_CA_BUNDLE", str(files[0]))

    [outcome], server = headed(files)

    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.code) == ("unreachable", "Tls")
    assert server.seen == []
