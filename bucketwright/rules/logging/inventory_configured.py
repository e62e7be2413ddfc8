from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.references import is_address
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.accounts import is_known
from bucketwright.rules.example_inventories import FULL, REPORTS, USUAL, WEEKLY, of_plain_bucket
from bucketwright.rules.example_replications import copying_by, to
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.inventory_columns import lacking
from bucketwright.rules.one_of_several import faults_of_every
from bucketwright.rules.other_buckets import named_bucket, shown_bucket
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails, fails_if

_LONGEST: Final = 120
_ABROAD: Final = replace(FULL, target="arn:aws:s3:::theirs")
_BUCKET_KEY: Final = Encryption("aws:kms", None, bucket_key=True)
_DECLARED: Final = declares(
    buckets={"example": {"inventory": {"to": "reports"}}, "reports": {"purpose": "reports"}}
)


@rule(
    "inventory-configured",
    severity=LOW,
    tier=CHOSEN,
    reads=["inventory", "encryption", "object_lock", "ownership", "replication", "versioning"],
    examples=lambda: [
        of_plain_bucket(WEEKLY, is_good=True),
        of_plain_bucket(replace(WEEKLY, account="444455556666"), is_good=True),
        good(REPORTS, inventory=(FULL,)),
        good(REPORTS, inventory=(replace(WEEKLY, enabled=False), FULL)),
        good(OWN, inventory=(replace(_ABROAD, account="111122223333"),)),
        of_plain_bucket(around=_DECLARED, is_good=False),
        bad(inventory=()),
        bad(REPORTS, inventory=(replace(FULL, enabled=False),)),
        bad(REPORTS, inventory=(replace(FULL, only="docs/"),)),
        bad(inventory=(FULL,)),
        bad(inventory=(_ABROAD,)),
        bad(OWN, inventory=(replace(_ABROAD, account="999988887777"),)),
        of_plain_bucket(WEEKLY, versioning="Enabled", is_good=False),
        of_plain_bucket(WEEKLY, versioning="Suspended", is_good=False),
        of_plain_bucket(WEEKLY, object_lock=ObjectLock(enabled=True), is_good=False),
        of_plain_bucket(WEEKLY, ownership="ObjectWriter", is_good=False),
        of_plain_bucket(WEEKLY, replication=copying_by(to()), is_good=False),
        of_plain_bucket(WEEKLY, encryption=_BUCKET_KEY, is_good=False),
        of_plain_bucket(replace(WEEKLY, fields=USUAL - {"StorageClass"}), is_good=False),
    ],
)
def inventory_configured(bucket: BucketPosture, estate: Estate) -> Verdict:
    """S3 delivers a list of all objects, with what has to be known of them, to a bucket of ours.

    **Why.** Millions of objects cannot be asked one by one for their encryption, their lock or their copy. An
    inventory tells all of them for a fraction of the price of listing, and shows what was there last week.

    **Fix.** Say `inventory: {to: reports}` of the bucket, and declare `reports: {purpose: reports}`. Under
    versioning say `versions: all`; add `fields` for what the bucket does beside, such as ReplicationStatus or
    ObjectLockRetainUntilDate.

    **Exempt it when** the bucket holds so few objects that listing them costs nothing.
    """
    expected = "an inventory of the whole bucket, with all columns that rules need, in a bucket of ours"
    if not bucket.inventory:
        return fails("there is no inventory", expected=expected)
    each = (partial(_flaws, one, bucket, estate) for one in bucket.inventory)
    return fails_if(*faults_of_every(each), expected=expected)


@inventory_configured.fix()
def list_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Has the list delivered that the contract declares; other lists stay, and none is made up."""
    wanted = estate.intended(bucket)
    meant = {one.name: one for one in (*bucket.inventory, *(wanted.inventory if wanted else ()))}
    return change(bucket, "inventory", tuple(sorted(meant.values(), key=lambda one: one.name)))


def _flaws(one: Inventory, bucket: BucketPosture, estate: Estate) -> tuple[str, ...]:
    named = f"inventory {shown(one.name)}"
    if not one.enabled:
        return (f"{named} is switched off",)
    several = (partial(_scope, one, bucket), partial(_columns, one, bucket), partial(_target, one, estate))
    return tuple(f"{named} {flaw}" for flaw in faults_of(*several))


def _scope(one: Inventory, bucket: BucketPosture) -> Iterator[str]:
    if one.only:
        yield f"lists objects below {shown(one.only)} alone"
    if one.versions != "All" and bucket.versioning != "Disabled":
        yield "lists current versions alone"


def _columns(one: Inventory, bucket: BucketPosture) -> Iterator[str]:
    if absent := lacking(one, bucket):
        yield f"lacks {', '.join(absent)}"


def _target(one: Inventory, estate: Estate) -> Iterator[str]:
    """What is not shown may be anybody's, unless it is said whose it has to be."""
    target = shown(one.target, _LONGEST)
    if shown_bucket(one.target, estate) is not None:
        return
    if is_address(one.target):
        if named_bucket(one.target, estate) is None:
            yield f"goes to {target}, and there is no such bucket"
    elif one.account is None:
        yield f"goes to {target}, and does not say which account has to own that"
    elif not is_known(one.account, estate, ()):
        yield f"goes to {target} of account {shown(one.account)}, which is not known"
