"""Requests that no SDK would send are answered, quickly, and do no harm."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.server import Clients
from sandbox.server.calls import SUBRESOURCES
from tests.sandbox.server.asking import REGION, made, signature

METHODS = st.sampled_from(["GET", "PUT", "POST", "HEAD", "PATCH", "OPTIONS"])
PATHS = st.sampled_from(["", "/k", "//k", "/%FF", "/a%00b", "/%E2%82%AC", "/../x"])
QUERIES = st.sampled_from(
    [
        *sorted(SUBRESOURCES), "", "uploadId=x", "uploadId=x&partNumber=y", "versionId=x", "max-keys=x",
        "max-uploads=99999999999999999999", "id=%00", "prefix=%FF&uploads", "acl&policy",
    ]
)  # fmt: skip
HEADERS = st.sampled_from(
    [
        {},
        {"x-amz-acl": "\xff"},
        {"x-amz-copy-source": "/"},
        {"x-amz-grant-read": "frob"},
        {"x-amz-expected-bucket-owner": "'"},
        {"x-amz-tagging": "%%%"},
        {"x-amz-server-side-encryption": "frob"},
        {"Authorization": "AWS4-HMAC-SHA256 Credential=a/b/c"},
        {"Authorization": "\xff" * 2000},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ]
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"<a>" * 2000, b"[" * 2000, b"<Delete><Object/></Delete>", b'{"Statement": 1}']),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(method=METHODS, path=PATHS, query=QUERIES, headers=HEADERS, body=BODIES)
def test_every_request_gets_an_answer(
    clients: Clients, name: str, *, method: str, path: str, query: str, headers: dict[str, str], body: bytes
) -> None:
    """Whatever is sent, the sandbox answers, and the bucket stays what it was."""
    s3 = clients.client("s3")
    if name not in [bucket["Name"] for bucket in s3.list_buckets(Prefix=name)["Buckets"]]:
        made(clients, name)
    connection = HTTPConnection(urlsplit(clients.url).netloc, timeout=120)
    connection.request(
        method, f"/{name}{path}?{query}", body, {"Authorization": signature(REGION), **headers}
    )
    status = connection.getresponse().status
    connection.close()

    assert 200 <= status <= 501
    assert s3.head_bucket(Bucket=name)["BucketRegion"] == REGION


def test_an_upload_of_a_key_that_no_xml_holds_is_begun(clients: Clients, name: str) -> None:
    """It is answered and listed, whoever can read the answer."""
    s3 = made(clients, name)
    connection = HTTPConnection(urlsplit(clients.url).netloc, timeout=120)
    connection.request(
        "POST", f"/{name}/up/%1B%5B2Jload.bin?uploads", headers={"Authorization": signature(REGION)}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    [upload] = s3.list_multipart_uploads(Bucket=name, EncodingType="url")["Uploads"]

    assert (answer.status, upload["Key"]) == (200, "up/%1B%5B2Jload.bin")
    assert upload["UploadId"].encode() in body
