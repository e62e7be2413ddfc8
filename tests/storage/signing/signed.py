"""A storage that signs, asked of nobody: a contract with every kind of place, and keys that open nothing."""

import json
from base64 import b64decode
from functools import cache
from textwrap import indent
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Settings, Storage
from bucketwright.storage.place import Place
from bucketwright.storage.signing.signed import SignedForm

PrivateKey = EllipticCurvePrivateKey | RSAPrivateKey
ACCESS_KEY: Final = "AKIDEXAMPLE"
SECRET_KEY: Final = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"  # noqa: S105 - nobody's
ORIGIN: Final = "https://app.example.com"
TEXT: Final = """
project: shelf
region: eu-west-1
environments: {{dev: {{}}}}
transfer: {{threshold: 6 MB, part_size: 5 MiB, concurrency: 2}}
buckets:
  files:
    cors:
      - origins: https://app.example.com
        methods: [GET, PUT, POST]
        headers: [content-type, if-none-match]
      - {{origins: https://admin.example.org, methods: PUT, headers: content-*, expose: x-amz-id-2}}
    prefixes:
      documents:
        path: "{{env}}/cases/{{case_id:int}}/documents/"
        types: [application/pdf, image/*, text/plain]
        max_size: 1 MB
        delivery: presigned
      brief: {{path: "brief/", delivery: {{via: presigned, expires: 5 minutes}}, write: overwrite}}
      mirrored: {{path: "mirrored/", delivery: compatible, write: overwrite}}
      papers:
        path: "papers/"
        extensions: [.pdf, .tar.gz]
        max_size: 2 MB
        write: {{mode: create, on_clash: suffix}}
      uploads:
        path: "uploads/{{year:year}}/{{month:month}}/{{day:day}}/"
        objects: "{{file_id:uuid}}{{suffix}}"
        max_size: 1 MB
        tags: {{kind: upload}}
        expire: 9 days
        delivery: presigned
      pictures: {{path: "pictures/", types: image/*, delivery: presigned, write: overwrite}}
      plans: {{path: "plans/", types: application/pdf, write: overwrite}}
      pointers: {{path: "pointers/", write: if-unchanged}}
      inside: {{path: "inside/"}}
      raw: {{path: "raw/", write: overwrite}}
      records: {{path: "records/", archive: {{after: 90 days, to: glacier}}, delivery: archive}}
      blobs: {{path: "cas/{{head:hex2}}/", objects: "{{hash:sha256}}", delivery: content-addressed}}
      waiting: {{path: "waiting/", quarantine: {{scanner: scanner, release_to: files/plans}}}}
  media:
    prefixes:
      site: {{path: "site/{{name}}/", delivery: {{via: cloudfront, expires: 2 hours}}, write: overwrite}}
      wide: {{path: "wide/", objects: "{{name}}.webp", delivery: cloudfront, write: overwrite}}
      below: {{path: "wide/below/", delivery: cloudfront, write: overwrite}}
    cloudfront:
      signing_keys:
        old: |
{old}
        new: |
{new}
  vault:
    versioning: enabled
    object_lock: {{mode: governance, retain: 1 year}}
    prefixes: {{records: {{path: "records/", write: overwrite}}}}
  logs: {{purpose: access-logs, prefixes: {{delivered: {{path: "files/"}}}}}}
access:
  scanner: {{trusts: lambda.amazonaws.com, read: files/waiting, write: files/plans, delete: files/waiting}}
"""
DELIVERIES: Final = {
    "media": {"domain": "d111.cloudfront.net", "signing_keys": {"old": "KOLD111", "new": "KNEW222"}}
}


@cache
def elliptic() -> EllipticCurvePrivateKey:
    """A key of today."""
    return generate_private_key(SECP256R1())


@cache
def rsa() -> RSAPrivateKey:
    """A key as CloudFront always took it."""
    return generate_rsa_key(65537, 2048)


def private(key: PrivateKey) -> str:
    """In PEM."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public(key: PrivateKey) -> str:
    """Its other half."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@cache
def contract() -> Contract:
    """As it is read."""
    keys = {
        name: indent(public(key), " " * 10).rstrip() for name, key in (("old", rsa()), ("new", elliptic()))
    }
    return read(TEXT.format(**keys), "contract.yaml")


def storage(deliveries: str = "", signing_key: str = "") -> Storage:
    """One on AWS, whom nobody asks anything: to sign is done here."""
    told = Settings(
        access_key=ACCESS_KEY, secret_key=SECRET_KEY, deliveries=deliveries, signing_key=signing_key
    )
    return Storage.open(contract(), "dev", told)


def place(address: str, **values: Value) -> Place:
    """A place on AWS."""
    return storage().prefix(address).at(**values)


def edge_place(address: str, key: PrivateKey, **values: Value) -> Place:
    """A place behind CloudFront, with a key that signs."""
    told = storage(deliveries=json.dumps(DELIVERIES), signing_key=private(key))
    return told.prefix(address).at(**values)


def query(url: str) -> dict[str, str]:
    """What stands behind the question mark."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def conditions(form: SignedForm) -> list[list[object]]:
    """Those of a form's policy, each as a list."""
    policy = json.loads(b64decode(form.fields["policy"]))
    return [
        ["eq", f"${next(iter(one))}", next(iter(one.values()))] if isinstance(one, dict) else one
        for one in policy["conditions"]
    ]
