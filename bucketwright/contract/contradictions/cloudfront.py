"""Is there a distribution exactly where prefixes are delivered through one, and can its links be signed?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket

_REMEDY = "cloudfront: {signing_keys: {first: <public key in PEM>}}"


def cloudfront(bucket: "Bucket") -> Iterator[Fault]:
    """Prefixes without the distribution they need, and distributions nobody needs."""
    delivered = [one for one, prefix in bucket.prefixes.items() if prefix.delivery.via == "cloudfront"]
    stated = bucket.cloudfront
    if stated is None:
        for prefix_id in delivered:
            message = "without a key that signs links, everybody could read here"
            yield Fault(("prefixes", prefix_id, "delivery", "via"), message, (), _REMEDY)
        return
    if not delivered:
        yield Fault(
            ("cloudfront",), "no prefix is delivered by cloudfront", (), "delivery: cloudfront, or remove it"
        )
    if stated.domains and stated.certificate is None:
        yield Fault(
            ("cloudfront", "domains"),
            "host names of your own need their certificate",
            (),
            "certificate: <its ARN>",
        )
    if stated.certificate is None and bucket.require_tls and bucket.tls_minimum == "1.3":
        message = "under CloudFront's own certificate readers may come with TLS 1.0"
        yield Fault(
            ("tls_minimum",), message, (), "cloudfront: {domains: [<host name>], certificate: <its ARN>}"
        )
    if stated.certificate is not None and not stated.domains:
        message = "a certificate without a host name it is for is never shown"
        yield Fault(("cloudfront", "certificate"), message, (), "domains: [<host name>]")
