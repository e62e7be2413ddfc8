"""Whatever a plan says, the lens answers; and what it answers is right, or that it cannot be known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.estate import READERS, BucketPosture
from bucketwright.facets.bucket.versioning import KIND as VERSIONING
from bucketwright.facets.tokens import BUCKET
from bucketwright.plan import Plan, Resource
from bucketwright.posture import Unknown, Unset
from policies.declared_objects import OBJECTS
from policies.kinds import MADE_BY, SPOKEN_OF_BY
from policies.planned import planned
from tests.policies.programs import LATER, Program

LAW: Final = settings(max_examples=150, deadline=None)
FORMS: Final = ("output", "name", "made up", "one of all")
STATUSES: Final = ("Enabled", "Suspended")
NAMES: Final = ("files", "logs", "media")


@dataclass(frozen=True)
class Setting:
    """One setting of a bucket, and how the program says whose it is."""

    bucket: str
    form: str
    status: str


@st.composite
def programs(draw: st.DrawFn) -> tuple[frozenset[str], tuple[Setting, ...]]:
    """Which buckets have a name of their own, and settings of any of them."""
    named = draw(st.frozensets(st.sampled_from(NAMES)))
    several = st.builds(Setting, st.sampled_from(NAMES), st.sampled_from(FORMS), st.sampled_from(STATUSES))
    settings_of = draw(st.lists(several, max_size=4))
    return named, tuple(one for one in settings_of if one.form != "name" or one.bucket in named)


def written(named: frozenset[str], several: tuple[Setting, ...]) -> Plan:
    """The plan of such a program."""
    program = Program()
    text = program.make("random:index/randomId:RandomId", "text", {})
    buckets = {
        name: program.bucket(name, {"bucket": f"shop-{name}"} if name in named else {}) for name in NAMES
    }
    for number, one in enumerate(several):
        sources: Mapping[str, tuple[Resource, ...]] = {
            "output": (buckets[one.bucket],),
            "name": (),
            "made up": (text,),
            "one of all": tuple(buckets.values()),
        }
        name = f"shop-{one.bucket}" if one.form == "name" else LATER
        said = {"bucket": name, "versioningConfiguration": {"status": one.status}}
        program.make(VERSIONING, f"setting-{number}", said, {"bucket": sources[one.form]})
    return program.plan


def truth(name: str, several: tuple[Setting, ...]) -> str | None:
    """What a bucket will have; None where two settings contend."""
    found = [one.status for one in several if one.bucket == name]
    return found[0] if len(found) == 1 else None if found else "Disabled"


@LAW
@given(programs())
def test_an_answer_is_right_or_unknown(program: tuple[frozenset[str], tuple[Setting, ...]]) -> None:
    """Never the value of another bucket, never a default in place of what somebody may have set."""
    named, several = program
    estate = planned(written(named, several))
    doubtful = any(one.form in ("made up", "one of all") for one in several)

    for name in NAMES:
        posture = estate.follow(f"bucket:{name}", BucketPosture)
        found, right = posture.told("versioning"), truth(name, several)
        assert isinstance(found, Unknown) or found == right
        assert isinstance(found, Unknown) == (doubtful or right is None)
        assert posture.policy is None


TYPES: Final = sorted(
    {*MADE_BY, *SPOKEN_OF_BY, *OBJECTS, "team:index:Storage", "pulumi:pulumi:StackReference", ""}
)
PROPERTIES: Final = sorted(
    {
        "bucket",
        "key",
        "acl",
        "role",
        "roles",
        "policyArn",
        "targetKeyId",
        "name",
        "policy",
        "tags",
        "origins",
        "items",
    }
    | {"defaultCacheBehavior", "trustedKeyGroups", "originAccessControlId", "eventSelectors", "accountId"}
    | {"managedPolicyArns", "inlinePolicies", "s3OriginConfig", "domainName", "vpcConfiguration"}
)
TEXTS: Final = ("", LATER, "files", "bucket:files", "arn:aws:s3:::files", "{", "alias/files", "shop-files")
URNS: Final = tuple(f"urn:pulumi:dev::shop::{kind}::{number}" for number in (1, 2) for kind in TYPES)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(TEXTS) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PROPERTIES), inner, max_size=4)
    ),
    max_leaves=12,
)
resources = st.builds(
    Resource,
    urn=st.sampled_from(URNS) | st.text(max_size=8),
    type=st.sampled_from(TYPES),
    name=st.sampled_from(("files", "logs", "")),
    inputs=st.dictionaries(st.sampled_from(PROPERTIES), anything, max_size=6),
    parent=st.none() | st.sampled_from(URNS),
    property_dependencies=st.dictionaries(
        st.sampled_from(PROPERTIES), st.lists(st.sampled_from(URNS), max_size=3).map(tuple), max_size=4
    ),
    custom=st.booleans(),
    import_id=st.none() | st.sampled_from(TEXTS),
)


@LAW
@given(st.lists(resources, max_size=12))
def test_any_plan_is_answered(several: list[Resource]) -> None:
    """However odd: each posture under its own address, each fact a value or the reason why it is none."""
    estate = planned(Plan("shop", "dev", tuple(several)))

    for address, posture in estate.postures.items():
        assert posture.address == address
        assert posture.kind not in READERS or posture.facts.keys() == READERS[posture.kind][1].keys()
        for found in posture.facts.values():
            assert not isinstance(found, Unknown) or found.reason
    assert not estate.missing.keys() & estate.postures.keys()


@LAW
@given(st.lists(resources, max_size=8))
def test_nothing_is_known_of_what_others_made(several: list[Resource]) -> None:
    """Without a deployment from nothing no fact is Unset, or what AWS makes new: it is said, or unknown."""
    estate = planned(Plan("shop", "dev", tuple(several)), fresh=False)

    for posture in estate.postures.values():
        assert not any(isinstance(found, Unset) for found in posture.facts.values())


def test_a_plan_of_many_is_read_in_time() -> None:
    """Any of three hundred settings may be about any of three hundred buckets."""
    program = Program()
    for number in range(300):
        program.make(BUCKET, f"bucket-{number}", {})
        program.make(VERSIONING, f"setting-{number}", {"bucket": LATER})
    found = planned(program.plan).postures.values()

    assert len(found) == 300
    assert all(isinstance(one.told("versioning"), Unknown) for one in found)
