"""How long can an upload in parts go on, by what is known of its bucket?"""

from datetime import timedelta

import pytest

from audits.objects.recalling import uploads_live
from bucketwright.contract.lifecycle.rules import Abort, Filter, Predicates, Rule
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.posture import Unknown

ENDS = Rule(1, status="Enabled", filter=Filter(Predicates(prefix="")), abort=Abort(2))
BELOW = Rule(2, status="Enabled", filter=Filter(Predicates(prefix="tmp/")), abort=Abort(1))


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        pytest.param((ENDS,), 3, id="until the midnight after two days"),
        pytest.param((ENDS, Rule(3, status="Enabled", filter=ENDS.filter, abort=Abort(30))), 3, id="two"),
        pytest.param((Rule(1, status="Disabled", filter=ENDS.filter, abort=Abort(2)),), 8, id="switched off"),
        pytest.param((BELOW,), 8, id="of a part of the bucket alone"),
        pytest.param((), 8, id="no lifecycle"),
        pytest.param(None, 8, id="a lifecycle that was not read"),
    ],
)
def test_a_lifecycle_of_the_whole_bucket_ends_uploads(rules: tuple[Rule, ...] | None, days: int) -> None:
    """Where none does, a week and the midnight after are taken."""
    told = Unknown("denied") if rules is None else Lifecycle(rules)

    assert uploads_live(BucketPosture("bucket:files", "files", {"lifecycle": told})) == timedelta(days=days)
