"""Somebody outside sends what was signed, with no client of S3."""

from collections.abc import Mapping
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

from bucketwright.storage import BrowserUpload
from bucketwright.storage.place import Place
from bucketwright.storage.signing.signed import SignedForm, SignedUrl


def answered(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes, str]:
    """Status, body and ETag."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body or None, dict(headers))
        response = connection.getresponse()
        return response.status, response.read(), response.headers.get("ETag", "")
    finally:
        connection.close()


def sent(link: SignedUrl, body: bytes = b"", **other: str) -> int:
    """What becomes of a link; `other` headers go before its own."""
    own = {name.lower(): text for name, text in link.headers.items()}
    changed = {name.replace("_", "-"): text for name, text in other.items()}
    return answered(link.method, link.url, body, {**own, **changed})[0]


def posted(form: SignedForm, content: bytes, **other: str) -> int:
    """What becomes of a form; `other` fields go before its own."""
    mark = uuid4().hex
    fields = {**form.fields, **{name.replace("_", "-"): text for name, text in other.items()}}
    lines = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    body = "".join(lines).encode() + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    return answered("POST", form.url, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})[0]


def send_parts(there: Place, upload: BrowserUpload, content: bytes) -> list[str]:
    """What a page does; the ETags it gets."""
    etags, first = [], 0
    for link in there.signed_parts(upload):
        size = int(link.headers["Content-Length"])
        status, _, etag = answered("PUT", link.url, content[first : first + size], link.headers)
        assert status == 200
        etags.append(etag)
        first += size
    return etags
