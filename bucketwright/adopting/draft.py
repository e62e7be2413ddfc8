"""A first contract by which everything is asked about a bucket, and of whatever may belong to it."""

from collections.abc import Mapping
from typing import Final

from bucketwright.adopting.found import Data, Naming, SeenBucket
from bucketwright.adopting.naming import name_settings

_KEY: Final = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
_SERVICE: Final = "lambda.amazonaws.com"


def draft(naming: Naming, seen: Mapping[str, SeenBucket], under_s3_keys: frozenset[str]) -> Data:
    """Every bucket with a key and a distribution that it may have, and every role that is called as ours are.

    Nobody is shown this: it only says what is looked for.
    """
    first = next(iter(seen), "")
    roles = {one: {"trusts": _SERVICE, "list": f"{first}/*"} for one in naming.roles} if first else {}
    return {
        "project": naming.project,
        "region": naming.region,
        "environments": {naming.environment: {"account": naming.account} if naming.account else {}},
        "buckets": {
            bucket_id: _bucket(
                naming, bucket_id, one, keyed=bool(naming.account) and bucket_id not in under_s3_keys
            )
            for bucket_id, one in seen.items()
        },
        "access": roles,
    }


def _bucket(naming: Naming, bucket_id: str, seen: SeenBucket, *, keyed: bool) -> Data:
    return {
        **name_settings(naming, bucket_id, seen.name, seen.region),
        **({"region": seen.region} if seen.region and seen.region != naming.region else {}),
        **({"encryption": "kms"} if keyed else {}),
        "cloudfront": {"signing_keys": {"any": _KEY}},
        "prefixes": {"any": {"path": "any/", "delivery": "cloudfront"}},
    }
