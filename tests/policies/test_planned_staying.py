"""What a program leaves as it is there: ignored changes, and what only a first deployment decides."""

import pytest

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.lifecycle import KIND as LIFECYCLE
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.versioning import KIND as VERSIONING
from bucketwright.facets.tokens import BUCKET
from bucketwright.posture import Unknown
from policies.planned import planned
from tests.policies.programs import LATER, Program, tagged
from tests.policies.told import bucket, unknown

INLINE = {"bucket": "shop-files", "versioning": {"enabled": True}}
SETTING = {"bucket": LATER, "versioningConfiguration": {"status": "Enabled"}}
RULES = {"rules": [{"id": "a", "status": "Enabled", "expiration": {"days": 7}}]}
OLDER_RULES = {"lifecycleRules": [{"id": "a", "enabled": True, "expiration": {"days": 7}}]}
SIZE = "transitionDefaultMinimumObjectSize"


def files(program: Program, *, fresh: bool = True) -> BucketPosture:
    return bucket(planned(program.plan, fresh=fresh))


@pytest.mark.parametrize(
    "path", ["versioning", "versioning.enabled", '["versioning"]', 'versioning["enabled"]', "*"]
)
@pytest.mark.parametrize(("import_id", "fresh"), [(None, False), ("shop-files", True)])
def test_what_is_ignored_is_not_what_the_program_says(path: str, import_id: str | None, fresh: bool) -> None:
    """However its path is written, of what may be there already."""
    program = Program()
    program.make(BUCKET, "files", INLINE, import_id=import_id, ignore_changes=(path,))

    assert "ignores changes" in unknown(files(program, fresh=fresh), "versioning")


@pytest.mark.parametrize("path", ["versioning", "versioning.enabled", "*"])
def test_what_is_made_new_gets_all_it_is_told(path: str) -> None:
    """There is nothing yet that could stay."""
    program = Program()
    program.make(BUCKET, "files", INLINE, ignore_changes=(path,))

    assert files(program).versioning == "Enabled"
    assert files(program).name == "shop-files"


@pytest.mark.parametrize("path", ["versionings", "tags", "website.versioning", "[0]"])
def test_only_what_is_ignored_is_unknown(path: str) -> None:
    """Other settings are as the program says; the address is what the program calls it, tag or not."""
    program = Program()
    program.make(BUCKET, "first", {**INLINE, **tagged("bucket:files")}, ignore_changes=(path,))
    found = files(program, fresh=False)

    assert found.versioning == "Enabled"
    assert isinstance(found.told("tags"), Unknown)


def test_ignored_tags_are_not_known_though_the_program_writes_some() -> None:
    """Somebody else may have written others."""
    program = Program()
    program.make(BUCKET, "first", tagged("bucket:files"), ignore_changes=("tags",))

    assert "tags: the program ignores changes" in unknown(files(program, fresh=False), "tags")


def test_a_setting_of_its_own_may_be_ignored_too() -> None:
    """And where that is made new while its bucket is taken over, it gets what it is told."""
    program = Program()
    bucket = program.make(BUCKET, "files", {"bucket": "shop-files"}, import_id="shop-files")
    program.make(
        VERSIONING, "v", SETTING, {"bucket": bucket}, ignore_changes=("versioningConfiguration.status",)
    )

    assert files(program).versioning == "Enabled"
    assert "ignores changes" in unknown(files(program, fresh=False), "versioning")


@pytest.mark.parametrize("path", ["bucket", "*"])
def test_a_name_that_is_ignored_names_nothing(path: str) -> None:
    """The bucket may be called otherwise, so a literal name is not known to be its own."""
    program = Program()
    program.make(BUCKET, "files", {"bucket": "shop-files"}, ignore_changes=(path,))
    program.versioning("shop-files")

    assert files(program).versioning == "Enabled"
    assert files(program, fresh=False).name == ""
    assert isinstance(files(program, fresh=False).told("versioning"), Unknown)


@pytest.mark.parametrize(
    ("inline", "separate"),
    [pytest.param({}, RULES, id="of its own"), pytest.param(OLDER_RULES, None, id="in the bucket")],
)
@pytest.mark.parametrize(("import_id", "fresh"), [(None, False), ("shop-files", True)])
def test_the_size_of_what_moves_is_not_guessed_where_rules_were_before(
    inline: dict[str, object], separate: dict[str, object] | None, import_id: str | None, fresh: bool
) -> None:
    """An older configuration keeps its own, and the program does not say it."""
    program = Program()
    bucket = program.make(BUCKET, "files", {"bucket": "shop-files", **inline}, import_id=import_id)
    if separate is not None:
        program.make(LIFECYCLE, "l", {"bucket": LATER, **separate}, {"bucket": bucket})

    assert f"{SIZE}: nothing is said" in unknown(files(program, fresh=fresh), "lifecycle")


def test_the_size_of_what_moves_is_that_of_new_buckets_in_a_new_one() -> None:
    """Today that is the larger one."""
    program = Program()
    program.make(LIFECYCLE, "l", {"bucket": LATER, **RULES}, {"bucket": program.bucket("files")})

    assert files(program).lifecycle.minimum_size == "all_storage_classes_128K"


@pytest.mark.parametrize("size", ["all_storage_classes_128K", "varies_by_storage_class"])
def test_a_size_that_is_said_is_known_everywhere(size: str) -> None:
    """Also where rules were before."""
    program = Program()
    said = {"bucket": LATER, SIZE: size, **RULES}
    program.make(LIFECYCLE, "l", said, {"bucket": program.bucket("files")})

    assert files(program, fresh=False).lifecycle.minimum_size == size


def test_no_rules_need_no_size() -> None:
    """Nothing moves."""
    program = Program()
    program.make(LIFECYCLE, "l", {"bucket": LATER, "rules": []}, {"bucket": program.bucket("files")})

    assert files(program, fresh=False).lifecycle == Lifecycle()


def test_a_lifecycle_that_may_be_anothers_is_still_told_as_doubtful() -> None:
    """Nobody reads what it says before that."""
    program = Program()
    program.bucket("files")
    program.make(LIFECYCLE, "l", {"bucket": LATER, **RULES})

    assert "whether l is about" in unknown(files(program, fresh=False), "lifecycle")
