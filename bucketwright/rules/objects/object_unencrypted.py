from datetime import UTC, datetime, timedelta
from typing import Final

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.words import Algorithm
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, good
from bucketwright.rules.rule import BASELINE, LIVE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, passes

_ALWAYS_SINCE: Final = datetime(2023, 1, 5, tzinfo=UTC)
"""From this day on S3 encrypts whatever it stores, under keys of its own where nothing else is asked."""
_JUST_BEFORE: Final = _ALWAYS_SINCE - timedelta(seconds=1)


@rule(
    "object-unencrypted",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=LIVE,
    reads=["encryption", "customer_key", "modified", "on_aws"],
    examples=lambda: [
        good(on_aws=True, modified=_JUST_BEFORE, encryption="AES256", customer_key=False),
        good(on_aws=True, modified=_JUST_BEFORE, encryption=None, customer_key=True),
        good(on_aws=True, modified=_ALWAYS_SINCE),
        good(on_aws=False, modified=ago(days=1), encryption="aws:kms", customer_key=False),
        bad(on_aws=True, modified=_JUST_BEFORE, encryption=None, customer_key=False),
        bad(on_aws=False, modified=ago(days=1), encryption=None, customer_key=False),
    ],
)
def object_unencrypted(one: ObjectPosture, _: Estate) -> Verdict:
    """Every object is encrypted where it lies.

    **Why.** Since 5 January 2023 S3 encrypts whatever it stores. What was stored before was not touched: a
    default that a bucket has today says nothing of its old objects. Other servers still store plainly.

    **Fix.** Copy the object onto itself; for many, let S3 Batch Operations do it. The copy is a new object to
    lifecycle, and a new version where the bucket keeps versions.

    **Exempt it when** the content is public anyway, or the server encrypts its disks below S3's sight.
    """
    if one.on_aws and one.modified >= _ALWAYS_SINCE:
        return passes("S3 encrypts whatever it has stored since 5 January 2023")
    if one.customer_key or one.encryption is not None:
        return passes()
    return fails("it lies unencrypted", expected="any encryption at all")


@object_unencrypted.fix(is_safe=False)
def encrypt(one: ObjectPosture, estate: Estate) -> Change:
    """Copies the object onto itself, encrypted as its bucket encrypts by default; its age begins anew."""
    return change(one, "encryption", _default(one, estate) or "AES256")


def _default(one: ObjectPosture, estate: Estate) -> Algorithm | None:
    """Of its bucket, where that is known: its policy may refuse any other."""
    bucket = estate.postures.get(one.bucket)
    told = None if bucket is None else bucket.told("encryption")
    return told.algorithm if isinstance(told, Encryption) else None
