from bucketwright.facets.grants import OWNER
from bucketwright.objects.postures import ObjectPosture
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import bad, bucket, good
from bucketwright.rules.home_bucket import home
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if, not_applicable


@rule(
    "object-foreign-owner",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=LIVE,
    reads=["owner", "bucket", "bucket.ownership"],
    examples=lambda: [
        good(bucket(ownership="ObjectWriter"), owner=OWNER),
        good(bucket(ownership="BucketOwnerEnforced"), owner="id:" + "a" * 64),
        bad(bucket(ownership="ObjectWriter"), owner="id:" + "a" * 64),
        bad(bucket(ownership="BucketOwnerPreferred"), owner="id:" + "a" * 64),
    ],
)
def object_foreign_owner(one: ObjectPosture, estate: Estate) -> Verdict:
    """Whoever owns the bucket owns what lies in it.

    **Why.** Where ACLs are on, an object belongs to the account that uploaded it. The bucket's owner pays for
    it, and may not be able to read it, share it by policy or encrypt it anew.

    **Fix.** Say `ownership: enforced` of the bucket: from then on all its objects belong to its account,
    those that lie there already too.

    **Exempt it when** an old program still writes with ACLs, until the day it is changed.
    """
    if home(one, estate).ownership == "BucketOwnerEnforced":
        return not_applicable("the bucket's owner owns all that lies in it")
    belongs = f"it belongs to the account {shown(one.owner.removeprefix('id:'))}"
    return fails_if(one.owner != OWNER and belongs, expected="the bucket's owner owns it")
