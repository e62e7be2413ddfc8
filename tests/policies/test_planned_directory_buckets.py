"""Directory buckets and others share resources: to which of them does each belong?"""

import pytest

from bucketwright.estate import BucketPosture, DirectoryBucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH, KIND
from bucketwright.facets.bucket.policy import KIND as BUCKET_POLICY
from bucketwright.facets.tokens import DIRECTORY_BUCKET
from bucketwright.plan import Resource
from bucketwright.posture import Estate, Unknown
from policies.planned import planned
from tests.policies.programs import LATER, Program, allowing

NAME = "shop-fast--usw2-az1--x-s3"
RULES = {"rules": [{"id": "week", "status": "Enabled", "expiration": {"days": 7.0}}]}
AT_PUT = {"transitionDefaultMinimumObjectSize": "all_storage_classes_128K"}


def program_of_both() -> tuple[Program, Resource]:
    """A bucket, and a directory bucket."""
    program = Program()
    program.bucket("files", {"bucket": "shop-files"})
    return program, program.make(DIRECTORY_BUCKET, "fast", {"bucket": NAME})


def seen(program: Program) -> tuple[object, object]:
    """The lifecycles of the bucket and of the directory bucket."""
    estate = planned(program.plan)
    files = estate.follow("bucket:files", BucketPosture)
    return files.told("lifecycle"), fast(estate).told("lifecycle")


def fast(estate: Estate) -> DirectoryBucketPosture:
    return estate.only(DirectoryBucketPosture)


@pytest.mark.parametrize("by_output", [True, False], ids=["by its output", "by its name"])
def test_a_lifecycle_belongs_to_the_directory_bucket_it_names(by_output: bool) -> None:
    """Nothing is said of any other bucket by it."""
    program, own = program_of_both()
    if by_output:
        program.make(KIND, "lifecycle", {"bucket": LATER, **RULES, **AT_PUT}, {"bucket": own})
    else:
        program.make(KIND, "lifecycle", {"bucket": NAME, **RULES, **AT_PUT})
    of_bucket, of_directory = seen(program)

    assert of_bucket == FRESH
    assert [rule.id for rule in getattr(of_directory, "rules", ())] == ["week"]
    assert fast(planned(program.plan)).name == NAME


def test_a_lifecycle_of_another_bucket_is_not_the_directory_buckets() -> None:
    """By its name or by its output."""
    program, _ = program_of_both()
    program.make(KIND, "lifecycle", {"bucket": "shop-files", **RULES, **AT_PUT})
    of_bucket, of_directory = seen(program)

    assert [rule.id for rule in getattr(of_bucket, "rules", ())] == ["week"]
    assert of_directory == FRESH


def test_a_lifecycle_of_either_is_of_none_for_sure() -> None:
    """Both are in doubt."""
    program, _ = program_of_both()
    program.make(KIND, "lifecycle", {"bucket": LATER, **RULES, **AT_PUT})

    assert all(isinstance(one, Unknown) for one in seen(program))


def test_a_lifecycle_that_may_be_of_no_other_kind() -> None:
    """Where a plan makes no bucket, what nobody can name is a directory bucket's."""
    program = Program()
    program.make(DIRECTORY_BUCKET, "fast", {"bucket": NAME})
    program.make(KIND, "lifecycle", {"bucket": LATER, **RULES, **AT_PUT})
    estate = planned(program.plan)

    assert isinstance(fast(estate).told("lifecycle"), Unknown)
    assert [*estate.every(BucketPosture)] == []


def test_a_policy_of_a_directory_bucket_leaves_buckets_alone() -> None:
    """They have none, and that is known."""
    program, own = program_of_both()
    program.make(BUCKET_POLICY, "policy", {"bucket": LATER, "policy": allowing("*")}, {"bucket": own})

    assert planned(program.plan).follow("bucket:files", BucketPosture).policy is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("other--use1-az4--x-s3", DirectoryBucketPosture, id="a directory bucket"),
        pytest.param("other--x-s3-logs", BucketPosture, id="a bucket that is called nearly so"),
        pytest.param("other", BucketPosture, id="a bucket"),
    ],
)
def test_the_name_tells_of_which_kind_a_stranger_is(
    name: str, kind: type[BucketPosture | DirectoryBucketPosture]
) -> None:
    """S3 keeps the ending for directory buckets."""
    program = Program()
    program.make(KIND, "lifecycle", {"bucket": name, **RULES, **AT_PUT})
    (found,) = planned(program.plan).postures.values()

    assert type(found) is kind
    assert (found.address, found.name) == (f"{kind.kind}:{name}", name)
    assert [rule.id for rule in found.lifecycle.rules] == ["week"]
