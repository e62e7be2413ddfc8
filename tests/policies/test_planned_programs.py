"""The planned lens over anybody's program: what belongs together is found, and nothing else is."""

import pytest

from bucketwright.estate import BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import KIND as ENCRYPTION
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.logging import KIND as LOGGING
from bucketwright.facets.bucket.policy import KIND as BUCKET_POLICY
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.versioning import KIND as VERSIONING
from bucketwright.facets.tokens import ALIAS, BUCKET, KEY
from bucketwright.plan import Plan, Resource
from bucketwright.posture import Undetermined
from policies.planned import planned
from tests.policies.programs import COMPONENT, LATER, Program, allowing, tagged
from tests.policies.told import bucket, unknown

READ = allowing("*")


def test_a_new_bucket_is_as_aws_makes_it() -> None:
    """What the program leaves unsaid is what AWS does today; its name is the engine's to make up."""
    program = Program()
    program.bucket("files")
    files = bucket(planned(program.plan), "bucket:files")

    assert files.name == ""
    assert files.versioning == "Disabled"
    assert files.encryption == Encryption()
    assert files.public_access_block == PublicAccessBlock()
    assert files.policy is None


@pytest.mark.parametrize("form", ["output", "literal name", "inline", "older type"])
def test_a_setting_counts_in_every_form(form: str) -> None:
    """By the bucket's output, by its literal name, inside the bucket, in the type of older programs."""
    program = Program()
    inline: dict[str, object] = {"versioning": {"enabled": True}} if form == "inline" else {}
    files = program.bucket("files", {"bucket": "shop-files", **inline})
    if form == "literal name":
        program.versioning("shop-files")
    elif form != "inline":
        kind = VERSIONING.replace("Versioning", "VersioningV2") if form == "older type" else VERSIONING
        said = {"versioningConfiguration": {"status": "Enabled"}}
        program.make(kind, "versioning", {"bucket": LATER, **said}, {"bucket": files})

    assert bucket(planned(program.plan), "bucket:files").versioning == "Enabled"


def test_an_older_bucket_type_is_a_bucket() -> None:
    """BucketV2 is the same thing."""
    program = Program()
    program.make(BUCKET.replace(":Bucket", ":BucketV2").replace("/bucket", "/bucketV2"), "files", {})

    assert planned(program.plan).postures.keys() == {"bucket:files"}


def test_two_buckets_of_one_name_are_told_apart() -> None:
    """By the names of the components they stand in, with their own settings each."""
    program = Program()
    for team in ("red", "blue"):
        component = program.make(COMPONENT, team, {})
        files = program.bucket("files", parent=component)
        program.versioning(files, "Enabled" if team == "red" else "Suspended", f"{team}-versioning")
    estate = planned(program.plan)

    assert estate.postures.keys() == {"bucket:red/files", "bucket:blue/files"}
    assert bucket(estate, "bucket:red/files").versioning == "Enabled"
    assert bucket(estate, "bucket:blue/files").versioning == "Suspended"
    with pytest.raises(Undetermined, match="bucket:files"):
        estate.follow("bucket:files", BucketPosture)


def test_a_tag_is_the_address() -> None:
    """Whatever the program calls the bucket; a tag of another kind of thing is none."""
    program = Program()
    program.bucket("first", tagged("bucket:files"))
    program.bucket("files")
    program.bucket("second", tagged("role:files"))

    assert {one.address for one in planned(program.plan).every(BucketPosture)} > {
        "bucket:files",
        "bucket:second",
    }
    assert len(planned(program.plan).postures) == 3


def test_an_address_that_two_carry_is_nobodys() -> None:
    """Both are judged, and who asks for the address is told why there is no answer."""
    program = Program()
    program.bucket("one", tagged("bucket:files"))
    program.bucket("two", tagged("bucket:files"))
    estate = planned(program.plan)

    assert estate.postures.keys() == {"bucket:one", "bucket:two"}
    assert "bucket:files" in estate.missing


def test_a_policy_of_another_bucket_does_not_count() -> None:
    """It makes a stranger of which that is all that is known."""
    program = Program()
    program.bucket("files", {"bucket": "shop-files"})
    program.policy("elsewhere", READ)
    estate = planned(program.plan)
    stranger = bucket(estate, "bucket:elsewhere")

    assert bucket(estate, "bucket:files").policy is None
    assert (stranger.name, stranger.policy) == ("elsewhere", policy_of(READ))
    assert "does not make" in unknown(stranger, "versioning")


def test_a_stranger_called_like_one_of_ours_is_another() -> None:
    """The name in the program is not the name of the bucket."""
    program = Program()
    program.bucket("files", {"bucket": "shop-files"})
    program.policy("files", READ)
    estate = planned(program.plan)

    assert len(list(estate.every(BucketPosture))) == 2
    assert bucket(estate, "bucket:files").name == "shop-files"
    assert bucket(estate, "bucket:files").policy is None


def test_two_settings_of_one_bucket_contend() -> None:
    """Nobody knows which one wins."""
    program = Program()
    files = program.bucket("files", {"bucket": "shop-files"})
    program.versioning(files)
    program.versioning("shop-files", name="again")

    assert "2 resources" in unknown(bucket(planned(program.plan), "bucket:files"), "versioning")


@pytest.mark.parametrize("both", [True, False], ids=["computed from both", "computed from nothing"])
def test_a_setting_of_nobody_knows_whom_may_be_anybodys(both: bool) -> None:
    """It may be about either bucket: what it could change is unknown, and nothing else."""
    program = Program()
    one, two = program.bucket("one"), program.bucket("two")
    computed = {"bucket": (one, two)} if both else {}
    said = {"bucket": LATER, "versioningConfiguration": {"status": "Enabled"}}
    program.make(VERSIONING, "somewhere", said, computed)
    estate = planned(program.plan)

    for address in ("bucket:one", "bucket:two"):
        assert "somewhere" in unknown(bucket(estate, address), "versioning")
        assert bucket(estate, address).policy is None


def test_a_name_that_is_known_goes_before_what_it_is_computed_from() -> None:
    """A name built from another bucket's is not that bucket's."""
    program = Program()
    files = program.bucket("files", {"bucket": "shop-files"})
    said = {"bucket": "shop-files-logs", "policy": READ}
    program.make(BUCKET_POLICY, "policy", said, {"bucket": files})
    estate = planned(program.plan)

    assert bucket(estate, "bucket:files").policy is None
    assert bucket(estate, "bucket:shop-files-logs").policy == policy_of(READ)


def test_an_unknown_document_is_an_unknown_fact() -> None:
    """A policy built from outputs is not judged before it is known."""
    program = Program()
    files = program.bucket("files")
    program.make(
        BUCKET_POLICY, "policy", {"bucket": LATER, "policy": LATER}, {"bucket": files, "policy": files}
    )

    assert "only after deployment" in unknown(bucket(planned(program.plan), "bucket:files"), "policy")


@pytest.mark.parametrize(
    ("bucket_input", "import_id", "fresh"),
    [
        pytest.param("shop-files", "shop-files", True, id="taken over"),
        pytest.param("shop-files", None, False, id="perhaps made before"),
    ],
)
def test_what_was_there_before_is_not_guessed(bucket_input: str, import_id: str | None, fresh: bool) -> None:
    """What the program says is known; what it does not say may be anything."""
    program = Program()
    files = program.make(BUCKET, "files", {"bucket": bucket_input}, import_id=import_id)
    program.versioning(files)
    found = bucket(planned(program.plan, fresh=fresh), "bucket:files")

    assert found.versioning == "Enabled"
    assert "nothing is said" in unknown(found, "public_access_block")


def test_references_are_addresses() -> None:
    """A log target and a key, by output, literal name, ARN or alias."""
    program = Program()
    files, logs = program.bucket("files"), program.bucket("logs", {"bucket": "shop-logs"})
    key = program.make(KEY, "files-key", tagged("key:files"))
    alias = program.make(ALIAS, "alias", {"name": "alias/shop", "targetKeyId": LATER}, {"targetKeyId": key})
    program.make(LOGGING, "logging", {"bucket": LATER, "targetBucket": "shop-logs"}, {"bucket": files})
    other = program.bucket("other")
    program.make(
        LOGGING, "other", {"bucket": LATER, "targetBucket": LATER}, {"bucket": other, "targetBucket": logs}
    )
    for number, (one, value, on) in enumerate(
        ((files, LATER, key), (logs, LATER, alias), (other, "alias/shop", None))
    ):
        default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": value}
        rules = [{"applyServerSideEncryptionByDefault": default}]
        computed: dict[str, Resource | tuple[Resource, ...]] = {"bucket": one}
        program.make(
            ENCRYPTION,
            f"encryption-{number}",
            {"bucket": LATER, "rules": rules},
            computed if on is None else {**computed, "rules": on},
        )
    estate = planned(program.plan)

    assert {one.address for one in estate.every(KeyPosture)} == {"key:files"}
    for address in ("bucket:files", "bucket:logs", "bucket:other"):
        assert bucket(estate, address).encryption.key == "key:files"
    for address in ("bucket:files", "bucket:other"):
        target = bucket(estate, address).logging
        assert target is not None
        assert target.target == "bucket:logs"


def test_a_reference_to_one_of_several_is_unknown() -> None:
    """A target computed from two buckets is neither."""
    program = Program()
    files, logs = program.bucket("files"), program.bucket("logs")
    said = {"bucket": LATER, "targetBucket": LATER}
    program.make(LOGGING, "logging", said, {"bucket": files, "targetBucket": (files, logs)})

    assert "only after deployment" in unknown(bucket(planned(program.plan), "bucket:files"), "logging")


def test_a_bucket_that_is_only_read_is_a_stranger() -> None:
    """All that is said of it is said of one thing."""
    program, elsewhere = Program(), Program().bucket("old")
    program.bucket("files")
    program.versioning(elsewhere)
    program.make(BUCKET_POLICY, "policy", {"bucket": LATER, "policy": READ}, {"bucket": elsewhere})
    estate = planned(program.plan)
    old = bucket(estate, "bucket:old")

    assert len(list(estate.every(BucketPosture))) == 2
    assert (old.name, old.versioning, old.policy) == ("", "Enabled", policy_of(READ))
    assert "does not make" in unknown(old, "ownership")
    assert bucket(estate, "bucket:files").versioning == "Disabled"


def test_what_comes_from_another_stack_is_about_no_bucket_of_this_one() -> None:
    """A name of theirs is not one that this program makes."""
    program = Program()
    program.bucket("files")
    other = program.make("pulumi:pulumi:StackReference", "other", {})
    said = {"bucket": LATER, "versioningConfiguration": {"status": "Enabled"}}
    program.make(VERSIONING, "theirs", said, {"bucket": other})
    estate = planned(program.plan)

    assert bucket(estate, "bucket:files").versioning == "Disabled"
    assert bucket(estate, "bucket:theirs").versioning == "Enabled"


def test_a_name_made_up_by_something_else_may_be_that_of_the_bucket() -> None:
    """Two properties computed from one random text may say the same."""
    program = Program()
    text = program.make("random:index/randomId:RandomId", "text", {})
    program.make(BUCKET, "files", {"bucket": LATER}, {"bucket": text})
    program.make(BUCKET_POLICY, "policy", {"bucket": LATER, "policy": READ}, {"bucket": text})

    assert "policy is about" in unknown(bucket(planned(program.plan), "bucket:files"), "policy")


def test_an_empty_plan_is_an_empty_estate() -> None:
    """Nothing is made, and nothing is said."""
    assert planned(Plan("shop", "dev", ())).postures == {}
