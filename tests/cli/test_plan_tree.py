"""A plan as a tree: who stands under whom, the facts of each, and how many there are."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.plan import UNKNOWN_INPUT, Plan, Resource
from cli.plan_tree import documents_of, facts, short_type, summary, tree, unknowns

BUCKET = "aws:s3/bucket:Bucket"
ROLE = "aws:iam/role:Role"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
KEY = "907fb994-ab6d-4257-b1c4-96e15066d4b9"


def resource(
    name: str,
    kind: str = BUCKET,
    inputs: Mapping[str, object] | None = None,
    parent: str | None = None,
    *,
    protect: bool = False,
    retain: bool = False,
) -> Resource:
    """A resource whose URN is its name."""
    return Resource(
        urn=name,
        type=kind,
        name=name,
        inputs=inputs or {},
        parent=parent,
        custom=kind.startswith("aws:"),
        protect=protect,
        retain_on_delete=retain,
    )


def lines(*resources: Resource) -> list[str]:
    """The tree of these resources."""
    return [line for _, line in tree(Plan("shop", "dev", resources))]


def document(*statements: object) -> str:
    """A policy of these statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def test_each_stands_under_what_holds_it() -> None:
    """Children follow their parent in the order of the plan, however far apart the plan has them."""
    shown = lines(
        resource("all", "bucketwright:index:Storage"),
        resource("files", "bucketwright:index:Bucket", parent="all"),
        resource("logs", "bucketwright:index:Bucket", parent="all"),
        resource("alone"),
        resource("f1", parent="files"),
        resource("f2", POLICY, parent="files"),
        resource("l1", parent="logs"),
    )

    assert shown == [
        "Storage all",
        "  Bucket files",
        "    s3.Bucket f1",
        "    s3.BucketPolicy f2",
        "  Bucket logs",
        "    s3.Bucket l1",
        "s3.Bucket alone",
    ]


def test_a_deep_plan_is_no_trouble() -> None:
    """Thousands of levels are shown like three."""
    chain = [resource(f"n{level}", parent=f"n{level - 1}" if level else None) for level in range(2000)]

    assert lines(*chain)[-1] == f"{'  ' * 1999}s3.Bucket n1999"


def test_what_hangs_on_a_stranger_stands_at_the_top() -> None:
    """Nothing is lost where a parent is no part of the plan."""
    assert lines(resource("b", parent="there")) == ["s3.Bucket b"]


@pytest.mark.parametrize(
    ("token", "short"),
    [
        pytest.param(BUCKET, "s3.Bucket", id="of a provider"),
        pytest.param("aws:s3/bucketAclV2:BucketAclV2", "s3.BucketAclV2", id="an older form"),
        pytest.param("bucketwright:index:Bucket", "Bucket", id="a component"),
        pytest.param("random:index/randomPet:RandomPet", "RandomPet", id="a provider without modules"),
        pytest.param("pulumi:providers:aws", "provider aws", id="a provider itself"),
        pytest.param("random:RandomPet", "RandomPet", id="a token without a module"),
        pytest.param("odd", "odd", id="no token at all"),
    ],
)
def test_types_are_short(token: str, short: str) -> None:
    """A type reads as programs write it."""
    assert short_type(token) == short


@pytest.mark.parametrize(
    ("one", "said"),
    [
        pytest.param(resource("files", inputs={"bucket": "shop-files"}), ["shop-files"], id="its own name"),
        pytest.param(resource("r", ROLE, {"name": "shop-r"}), ["shop-r"], id="the name of a role"),
        pytest.param(resource("shop", inputs={"bucket": "shop"}), [], id="the same name again"),
        pytest.param(resource("p", POLICY, {"bucket": "shop-files"}), [], id="the name of another"),
        pytest.param(resource("b", "bucketwright:index:Bucket"), [], id="nothing to say"),
        pytest.param(resource("b", inputs={"bucket": 7}), [], id="a name that is none"),
        pytest.param(resource("b", protect=True), ["protected"], id="protected"),
        pytest.param(resource("b", retain=True), ["kept when removed from the program"], id="kept"),
        pytest.param(
            resource("b", inputs={"bucket": UNKNOWN_INPUT}, protect=True),
            ["protected", "unknown: bucket"],
            id="an unknown name",
        ),
        pytest.param(
            resource("p", POLICY, {"policy": document({}, {})}), ["policy of 2 statements"], id="a policy"
        ),
        pytest.param(
            resource("p", POLICY, {"policy": json.dumps({"Statement": {"Effect": "Deny"}})}),
            ["policy of 1 statement"],
            id="a policy of one statement without a list",
        ),
        pytest.param(
            resource(
                "p",
                POLICY,
                {"policy": document({"SourceArn": "arn:aws:cloudfront::000000000000:distribution/{files}"})},
            ),
            ["policy of 1 statement with a stand-in for distribution:files"],
            id="a policy that is not complete before the deployment",
        ),
        pytest.param(
            resource("t", inputs={"x": [{"b": UNKNOWN_INPUT}, {"b": UNKNOWN_INPUT}], "a": UNKNOWN_INPUT}),
            ["unknown: a, b"],
            id="unknown values further in, by their last name and once",
        ),
        pytest.param(
            resource("t", inputs={"keys": [UNKNOWN_INPUT]}), ["unknown: keys"], id="an unknown entry"
        ),
        pytest.param(
            resource("p", POLICY, {"bucket": UNKNOWN_INPUT}), [], id="the bucket that a setting is of"
        ),
        pytest.param(
            resource("p", POLICY, {"to": {"bucket": UNKNOWN_INPUT}}),
            ["unknown: bucket"],
            id="another bucket further in",
        ),
        pytest.param(
            resource("v", VERSIONING, {"versioningConfiguration": {"status": "Enabled"}}, protect=True),
            ["Enabled", "protected"],
            id="what it decides",
        ),
    ],
)
def test_facts_are_those_a_reader_wants(one: Resource, said: list[str]) -> None:
    """What it is called, whether it can be deleted, its policies, and what is not known yet."""
    assert list(facts(one)) == said


@pytest.mark.parametrize(
    ("one", "id_", "said"),
    [
        pytest.param(resource("k", "aws:kms/key:Key"), KEY, [KEY, "does not rotate"], id="that AWS made up"),
        pytest.param(resource("files", inputs={"bucket": "shop"}), "shop", ["shop"], id="its own name"),
        pytest.param(
            resource("r", "aws:iam/policy:Policy", {"name": "shop-dev-reader"}),
            "arn:aws:iam::111122223333:policy/shop-dev-reader",
            ["shop-dev-reader"],
            id="made of its name",
        ),
        pytest.param(
            resource("r", "aws:iam/policy:Policy", {"name": "aws"}),
            "arn:aws:iam::111122223333:policy/b",
            ["aws", "arn:aws:iam::111122223333:policy/b"],
            id="that has a short word of it by accident",
        ),
        pytest.param(resource("b", "bucketwright:index:Bucket"), "", [], id="none"),
        pytest.param(
            resource("aws", "pulumi:providers:aws", {"region": "us-west-2"}),
            KEY,
            ["us-west-2"],
            id="a provider",
        ),
    ],
)
def test_an_id_is_shown_where_it_says_more_than_the_name(one: Resource, id_: str, said: list[str]) -> None:
    """What AWS made up is worth a place in the line; what the program had given is there already."""
    assert list(facts(one, id_)) == said


def test_ids_stand_in_the_lines_of_their_resources() -> None:
    """Those of others change nothing."""
    plan = Plan("shop", "dev", (resource("k", "aws:kms/key:Key"), resource("b")))

    shown = [line for _, line in tree(plan, {"k": KEY, "elsewhere": "x"})]
    assert shown == [f"kms.Key k: {KEY}; does not rotate", "s3.Bucket b"]


def test_a_provider_is_named_once() -> None:
    """Its name is its type's, and its region says where all the rest is made."""
    assert lines(resource("aws", "pulumi:providers:aws", {"region": "us-west-2"})) == [
        "provider aws: us-west-2"
    ]
    assert lines(resource("else", "pulumi:providers:aws")) == ["provider aws else"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="cut off"),
        pytest.param("[1]", id="a list"),
        pytest.param('{"a": 1}', id="another document"),
        pytest.param('"Statement"', id="a text"),
        pytest.param("{" * 5000, id="many braces"),
        pytest.param('{"Statement":' * 5000 + "1" + "}" * 5000, id="nested too deep"),
        pytest.param(UNKNOWN_INPUT, id="unknown"),
        pytest.param("", id="empty"),
    ],
)
def test_what_is_no_policy_is_not_shown_as_one(text: str) -> None:
    """Only a JSON object with statements is a policy."""
    assert list(documents_of(resource("p", POLICY, {"policy": text}))) == []


def test_policies_are_found_wherever_they_stand() -> None:
    """A role may carry them in a list."""
    role = resource(
        "r",
        ROLE,
        {"assumeRolePolicy": document(), "inlinePolicies": [{"policy": document({"Sid": "one"})}]},
    )

    assert {one.path: one.content["Statement"] for one in documents_of(role)} == {
        "assumeRolePolicy": [],
        "inlinePolicies[0].policy": [{"Sid": "one"}],
    }


def test_the_summary_counts() -> None:
    """Resources by type, components, and values that are unknown."""
    some = (
        resource("c", "bucketwright:index:Bucket"),
        resource("p", POLICY, {"bucket": UNKNOWN_INPUT, "x": [UNKNOWN_INPUT]}),
        resource("b1"),
        resource("b2", inputs={"bucket": UNKNOWN_INPUT}),
    )

    assert list(summary(Plan("shop", "dev", some))) == [
        "3 resources in 1 component: 2 s3.Bucket, 1 s3.BucketPolicy",
        "3 values unknown before the first deployment",
    ]
    assert list(summary(Plan("shop", "dev", ()))) == [
        "0 resources in 0 components",
        "0 values unknown before the first deployment",
    ]


def test_a_long_summary_is_folded_between_its_items() -> None:
    """No line is wider than a page, and no number stands apart from what it counts."""
    kinds = [f"aws:s3/{name}:{name}" for name in ("A" * 30, "B" * 30, "C" * 30, "D" * 30)]
    *total, _ = summary(Plan("shop", "dev", tuple(resource(kind, kind) for kind in kinds)))

    assert total == [
        f"4 resources in 0 components: 1 s3.{'A' * 30},",
        f"    1 s3.{'B' * 30}, 1 s3.{'C' * 30},",
        f"    1 s3.{'D' * 30}",
    ]


VALUES = st.recursive(
    st.sampled_from([UNKNOWN_INPUT, "text", 1, None]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3))
def test_every_unknown_value_is_named_once(inputs: dict[str, object]) -> None:
    """As many names as unknown values, and none of them twice."""
    named = unknowns(resource("t", inputs=inputs))

    assert len(named) == len(set(named)) == json.dumps(inputs).count(UNKNOWN_INPUT)
