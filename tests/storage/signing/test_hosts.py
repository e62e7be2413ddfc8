"""Where does a signed link lead, and how is it signed? To the bucket's own region, and by version 4."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

import pytest
from botocore.session import Session

from bucketwright.contract.loading import read
from bucketwright.storage import Settings, Storage
from tests.storage.signing.signed import ACCESS_KEY, SECRET_KEY, place, query

CONTRACT = """
project: shelf
region: {region}
environments: {{dev: {{}}}}
buckets:
  files:
    name: "{name}"
    prefixes: {{pages: {{path: pages/, delivery: presigned, write: {{mode: create, on_clash: suffix}}}}}}
"""
REGIONS = [
    *Session().get_available_regions("s3"),
    *Session().get_available_regions("s3", "aws-cn"),
    *Session().get_available_regions("s3", "aws-us-gov"),
]
MINIO = "http://127.0.0.1:9000"


def signature(method: str, url: str, headers: Mapping[str, str], secret: str) -> str:
    """By the letter of AWS's description, with nothing of the SDK."""
    parts, said = urlsplit(url), query(url)
    said.pop("X-Amz-Signature")
    sent = {name.lower(): text for name, text in headers.items()} | {"host": parts.netloc}
    names = said["X-Amz-SignedHeaders"]
    lines = "".join(f"{name}:{sent[name]}\n" for name in names.split(";"))
    pairs = sorted((quote(name, safe="-_.~"), quote(text, safe="-_.~")) for name, text in said.items())
    asked = "&".join(f"{name}={text}" for name, text in pairs)
    request = (
        f"{method}\n{quote(unquote(parts.path), safe='/-_.~')}\n{asked}\n{lines}\n{names}\nUNSIGNED-PAYLOAD"
    )
    scope = said["X-Amz-Credential"].partition("/")[2]
    hashed = hashlib.sha256(request.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{said['X-Amz-Date']}\n{scope}\n{hashed}"
    key = f"AWS4{secret}".encode()
    for step in (*scope.split("/"), text):
        key = hmac.digest(key, step.encode(), "sha256")
    return key.hex()


def opened(region: str, name: str = "shelf-files", endpoint: str = "") -> Storage:
    settings = Settings(access_key=ACCESS_KEY, secret_key=SECRET_KEY, endpoint_url=endpoint)
    return Storage.open(read(CONTRACT.format(region=region, name=name), "contract.yaml"), "dev", settings)


@pytest.mark.requirement("CS-8")
@pytest.mark.parametrize("region", REGIONS)
def test_every_region(region: str) -> None:
    """By version 4 alone, to the region's own host, for links and forms; pages follow no redirect."""
    pages = opened(region).prefix("files/pages").at()
    link, form = pages.signed_get("a.txt"), pages.signed_post("a.pdf")
    end = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    host = f"shelf-files.s3.{region}.{end}"

    assert (urlsplit(link.url).scheme, urlsplit(link.url).netloc) == ("https", host)
    assert form.url == f"https://{host}/"
    assert query(link.url)["X-Amz-Algorithm"] == form.fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert query(link.url)["X-Amz-Credential"].split("/")[2] == region
    assert not {"AWSAccessKeyId", "Signature"} & {*query(link.url), *form.fields}


def test_names_with_dots() -> None:
    """They stand in the path, where the certificate does not cover them as a host."""
    link = opened("us-east-1", "shelf.files").prefix("files/pages").at().signed_get("a.txt")

    assert link.url.startswith("https://s3.us-east-1.amazonaws.com/shelf.files/pages/a.txt?")


@pytest.mark.requirement("FP-9")
@pytest.mark.parametrize("region", ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"])
def test_other_servers(region: str) -> None:
    """By version 4, also with the regions for which the SDK takes version 2, at their own address."""
    link = opened(region, endpoint=MINIO).prefix("files/pages").at().signed_get("a.txt")

    assert link.url.startswith(f"{MINIO}/shelf-files/pages/a.txt?")
    assert query(link.url)["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"


@pytest.mark.parametrize("name", ["a.pdf", "a b+é&=%?#.pdf", "~'()*!.pdf", "b/c.pdf", "漢字 🙂.pdf"])
def test_the_signature_is_the_right_one(name: str) -> None:
    """Worked out a second time by hand, for a link to read and for one to write with all its headers."""
    documents = place("files/brief")
    read_by, written_by = documents.signed_get(name, file_name=name), documents.signed_put(name)

    for link in (read_by, written_by):
        assert query(link.url)["X-Amz-Signature"] == signature(
            link.method, link.url, link.headers, SECRET_KEY
        )
        assert unquote(urlsplit(link.url).path) == f"/brief/{name}"
