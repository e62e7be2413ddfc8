"""What may somebody outside read, and under which name does a browser save it?"""

import json
import sys
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP384R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage import Misconfigured, Refused, Settings, Storage
from bucketwright.storage.dispositions import attachment
from bucketwright.storage.signing.link import Link
from tests.storage.signing.signed import (
    ACCESS_KEY,
    DELIVERIES,
    ORIGIN,
    SECRET_KEY,
    PrivateKey,
    contract,
    edge_place,
    elliptic,
    place,
    private,
    query,
    rsa,
    storage,
)

KEYS: Mapping[str, Callable[[], PrivateKey]] = {"RSA": rsa, "ECDSA": elliptic}


def unspelled(text: str) -> bytes:
    return b64decode(text.replace("-", "+").replace("_", "=").replace("~", "/"))


def verified(key: PrivateKey, text: bytes, signature: bytes) -> None:
    """As CloudFront does it; InvalidSignature where it is not the key's."""
    match key.public_key():
        case EllipticCurvePublicKey() as public:
            public.verify(signature, text, ECDSA(SHA256()))
        case RSAPublicKey() as public:
            public.verify(signature, text, PKCS1v15(), SHA1())  # noqa: S303 - what CloudFront checks


def policy(resource: str, until: datetime) -> bytes:
    """By the letter of CloudFront's description."""
    second = int(until.timestamp())
    condition = '{"DateLessThan":{"AWS:EpochTime":' + str(second) + "}}"
    return f'{{"Statement":[{{"Resource":"{resource}","Condition":{condition}}}]}}'.encode()


@pytest.mark.requirement("FP-5")
@pytest.mark.parametrize(
    ("name", "saved", "plain"),
    [
        ("Brief.pdf", "Brief.pdf", "Brief.pdf"),
        ('a "quoted" name.pdf', 'a "quoted" name.pdf', "a _quoted_ name.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a__Set-Cookie: x=1.pdf", "a__Set-Cookie_ x_1.pdf"),
        ("Übersicht · März.pdf", "Übersicht · März.pdf", "_bersicht _ M_rz.pdf"),
        ("漢字.pdf", "漢字.pdf", "__.pdf"),
        ("..\\..\\etc/passwd", "passwd", "passwd"),
        ("photo\u202egpj.exe", "photo_gpj.exe", "photo_gpj.exe"),
        ("a;b=c%41'd.pdf", "a;b=c%41'd.pdf", "a_b_c_41_d.pdf"),
        ("\ud800.pdf", "_.pdf", "_.pdf"),
    ],
    ids=[
        "plain",
        "quotes",
        "newline",
        "accents",
        "not Latin",
        "path",
        "turned around",
        "separators",
        "half a letter",
    ],
)
def test_the_name_to_save_under(name: str, saved: str, plain: str) -> None:
    """Safe as a header and as a name: the real one for who reads it, and one in ASCII for old readers."""
    told = query(place("files/brief").signed_get("a.pdf", file_name=name).url)["response-content-disposition"]
    kind, _, rest = told.partition("; ")
    old, _, real = rest.partition("; ")

    assert kind == "attachment"
    assert old == f'filename="{plain}"'
    assert unquote(real.removeprefix("filename*=UTF-8''")) == ("" if saved == plain else saved)
    assert told.isascii()
    assert told.isprintable()


@pytest.mark.requirement("FP-5")
@given(st.text(st.characters(), max_size=300))
def test_any_name_makes_one_header(name: str) -> None:
    """Whatever it is, a parser of headers finds a download in it, and no second header or parameter."""
    told = attachment(name)
    message = Message()
    message["Content-Disposition"] = told

    assert told.isascii()
    assert told.isprintable()
    assert message.get_content_disposition() == "attachment"
    params = message.get_params(header="Content-Disposition") or []
    assert {one for one, _ in params[1:]} <= {"filename", "filename*"}


@pytest.mark.requirement("CS-8")
@pytest.mark.requirement("FP-1")
@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("files/inside", "its delivery is none; with delivery: presigned there are links"),
        ("files/records", "its delivery is archive"),
        ("files/waiting", "files/waiting is a quarantine: nobody but its scanner reads there"),
    ],
)
def test_what_nobody_outside_reads(address: str, told: str) -> None:
    """The contract says who may; links lead nowhere else."""
    with pytest.raises(Refused, match=told):
        place(address).signed_get("a.pdf")


@pytest.mark.requirement("AP-7")
def test_a_link_says_nothing_but_its_object() -> None:
    """No header is needed to send it, and it is only to read."""
    link = place("files/mirrored").signed_get("a/b.pdf")

    assert (link.method, link.name, link.key, link.headers) == ("GET", "a/b.pdf", "mirrored/a/b.pdf", {})
    assert query(link.url)["X-Amz-SignedHeaders"] == "host"
    assert "response-content-disposition" not in query(link.url)
    with pytest.raises(Refused, match="can be no name"):
        place("files/mirrored").signed_get("../inside/a")


@pytest.mark.requirement("FP-8")
@pytest.mark.parametrize("kind", KEYS)
def test_links_of_cloudfront(kind: str) -> None:
    """Signed for the very address, with the id that belongs to the key, and the hash that is used."""
    key, name = KEYS[kind](), "a b*?é.css"
    link = edge_place("media/site", key, name="x*y").signed_get(name)
    address, said = link.url.partition("?")[0], query(link.url)

    assert address == "https://d111.cloudfront.net/site/x%2Ay/a%20b%2A%3F%C3%A9.css"
    assert said.keys() - {"Hash-Algorithm"} == {"Expires", "Signature", "Key-Pair-Id"}
    assert (said["Key-Pair-Id"], said.get("Hash-Algorithm")) == (
        ("KOLD111", None) if kind == "RSA" else ("KNEW222", "SHA256")
    )
    assert int(said["Expires"]) == link.until.timestamp()
    verified(key, policy(address, link.until), unspelled(said["Signature"]))
    with pytest.raises(InvalidSignature):
        verified(key, policy(f"{address}x", link.until), unspelled(said["Signature"]))


@pytest.mark.requirement("FP-8")
@pytest.mark.parametrize("kind", KEYS)
def test_cookies_of_cloudfront(kind: str) -> None:
    """For all below one place, and for nothing beside it."""
    key = KEYS[kind]()
    cookies = edge_place("media/site", key, name="x*y").signed_cookies(timedelta(minutes=90))
    said = {name.removeprefix("CloudFront-"): text for name, text in cookies.values.items()}

    assert unspelled(said["Policy"]) == policy("https://d111.cloudfront.net/site/x%2Ay/*", cookies.until)
    assert said["Key-Pair-Id"] == ("KOLD111" if kind == "RSA" else "KNEW222")
    assert said.get("Hash-Algorithm") == (None if kind == "RSA" else "SHA256")
    verified(key, unspelled(said["Policy"]), unspelled(said["Signature"]))
    assert timedelta(minutes=60) < cookies.until - datetime.now(UTC) <= timedelta(minutes=90)
    own = replace(cookies, host="cdn.example.com")
    assert len(own.headers("example.com")) == len(said)
    for line in own.headers("example.com"):
        assert line.endswith("; Domain=example.com; Path=/site/x%2Ay/; Secure; HttpOnly; SameSite=Lax")


@pytest.mark.parametrize(
    "domain", ["cloudfront.net", "example.com", "front.net", "d111.cloudfront.net\r\nX: y", ""]
)
def test_cookies_that_no_browser_would_send(domain: str) -> None:
    """Of another domain, or of the one that all distributions share."""
    cookies = edge_place("media/site", elliptic(), name="a").signed_cookies()

    with pytest.raises(Refused, match=r"to no host d111\.cloudfront\.net: declare a domain"):
        cookies.headers(domain)


@pytest.mark.requirement("FP-8")
def test_how_long_links_of_cloudfront_are_good() -> None:
    """As long as the contract says; else a day, or longer than S3's where that is asked for."""
    wide, site = edge_place("media/wide", elliptic()), edge_place("media/site", elliptic(), name="a")
    month = timedelta(days=30)

    assert abs(wide.signed_get("a.webp", Link(lasts=month)).until - datetime.now(UTC) - month) < timedelta(
        hours=1
    )
    with pytest.raises(Refused, match="good for 10 years at most"):
        wide.signed_get("a.webp", Link(lasts=timedelta.max))
    with pytest.raises(Refused, match="live 2 hours, and no longer"):
        site.signed_get("a.css", Link(lasts=timedelta(hours=3)))


def test_cookies_that_would_open_more() -> None:
    """None for a place below which lies another that is delivered so; the other way round there are."""
    with pytest.raises(Refused, match="cookies for 'wide/' would open media/below as well: sign links"):
        edge_place("media/wide", elliptic()).signed_cookies()

    assert edge_place("media/below", elliptic()).signed_cookies().path == "/wide/below/"


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        (lambda site: site.signed_get("a.css", file_name="b.css"), "CloudFront hands on no wishes"),
        (lambda site: site.signed_get("a.css", Link(origin=ORIGIN)), "which knows no CORS"),
        (lambda _: place("files/brief").signed_cookies(), "only CloudFront takes cookies"),
        (lambda _: place("files/inside").signed_cookies(), "to nobody outside"),
    ],
    ids=["a name to save under", "a page of another origin", "cookies for S3", "cookies for nobody"],
)
def test_what_cloudfront_does_not_do(sign: Callable[[object], object], told: str) -> None:
    """It is said, and not left out in silence."""
    with pytest.raises(Refused, match=told):
        sign(edge_place("media/site", elliptic(), name="a"))


@pytest.mark.parametrize(
    ("deliveries", "key", "told"),
    [
        ("", "", "set BUCKETWRIGHT_DELIVERIES to what the deployment says .* and BUCKETWRIGHT_SIGNING_KEY"),
        ("{}", "KEY", "says nothing of a distribution before the bucket media"),
        ("{", "KEY", "BUCKETWRIGHT_DELIVERIES: not JSON"),
        ("[]", "KEY", "BUCKETWRIGHT_DELIVERIES names '\\[\\]', which cannot be read: No such file"),
        ('{"media": {"domain": "a b"}}', "KEY", "media: domain is 'a b'"),
        ('{"media": {"domain": "a.net", "signing_keys": {"new": 7}}}', "KEY", "signing_keys: new is 7"),
        (json.dumps(DELIVERIES), "/nowhere", "_SIGNING_KEY names '/nowhere', which cannot be read"),
        (json.dumps(DELIVERIES), "-----BEGIN nothing", "it holds no private key in PEM"),
        (json.dumps(DELIVERIES), "BROKEN", "a private key in it cannot be read"),
        (json.dumps(DELIVERIES), "OTHER", "the private half of none of the keys .* for media: old, new"),
        (json.dumps(DELIVERIES), "CURVE", "RSA keys of 2048 bits and ECDSA keys on P-256"),
    ],
    ids=[
        "nothing is told", "of no distribution", "broken", "no file", "no host", "no id of a key",
        "no file of keys", "no key", "broken key", "another's key", "another curve",
    ],
)  # fmt: skip
def test_what_cloudfront_cannot_be_signed_with(deliveries: str, key: str, told: str) -> None:
    """One plain sentence, which shows nothing of a key."""
    made = {
        "KEY": private(elliptic()),
        "OTHER": private(generate_private_key(elliptic().curve)),
        "CURVE": private(generate_private_key(SECP384R1())),
        "BROKEN": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    }
    site = storage(deliveries, made.get(key, key)).prefix("media/site").at(name="a")
    with pytest.raises(Misconfigured, match=told) as caught:
        site.signed_get("a.css")

    assert "AAAA" not in str(caught.value)


def test_without_what_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lacks it is told which extra brings it."""
    place = edge_place("media/wide", elliptic())
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.serialization", None)
    monkeypatch.delitem(sys.modules, "bucketwright.storage.signing.edge_keys", raising=False)

    with pytest.raises(Misconfigured, match=r'is not installed: pip install "bucketwright\[cloudfront\]"'):
        place.signed_get("a.webp")


def test_keys_and_deliveries_in_files(tmp_path: Path) -> None:
    """Several keys may lie in one file; the first that the contract declares signs."""
    (tmp_path / "keys.pem").write_text(f"of the web\n{private(elliptic())}\n{private(rsa())}")
    (tmp_path / "deliveries.json").write_text(json.dumps(DELIVERIES))
    told = storage(str(tmp_path / "deliveries.json"), str(tmp_path / "keys.pem"))

    assert query(told.prefix("media/wide").at().signed_get("a.webp").url)["Key-Pair-Id"] == "KOLD111"


def test_before_another_server_there_is_no_cloudfront() -> None:
    """Where no deployment is told of, the link leads to that server itself: programs run there too."""
    there = Settings(endpoint_url="http://127.0.0.1:9000", access_key=ACCESS_KEY, secret_key=SECRET_KEY)
    link = Storage.open(contract(), "dev", there).prefix("media/site").at(name="a").signed_get("a.css")

    assert urlsplit(link.url).netloc == "127.0.0.1:9000"
    assert query(link.url)["X-Amz-Expires"] == "7200"
