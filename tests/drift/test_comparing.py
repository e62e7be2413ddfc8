"""What is live and not as declared: one finding for each fact, in words, and none for what means the same."""

from dataclasses import replace

import pytest

from bucketwright.circumstances import circumstances
from bucketwright.contract.own_tags import ENVIRONMENT_TAG, PROJECT_TAG
from bucketwright.drift import drift
from bucketwright.drift.differing import plainly
from bucketwright.drift.weights import weight
from bucketwright.estate import READERS, AccessPointPosture, AccountPosture, BucketPosture
from bucketwright.facets.bucket.acl import CANNED
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.website import Website
from bucketwright.findings import Finding
from bucketwright.posture import Estate, Unknown, Unset, intended_estate
from tests.drift.estates import (
    NOW,
    as_declared,
    bucket,
    changed,
    contract,
    drifts,
    meant,
    with_facts,
    with_posture,
    without,
    yaml,
)

OPEN = CorsRule(("*",), ("GET",))
FILES = bucket("files")


def one(live: Estate) -> Finding:
    """The only drift there is."""
    [found] = drifts(live)
    return found


def test_what_is_as_declared_drifts_nowhere() -> None:
    """No finding at all."""
    assert drifts(as_declared()) == ()


CASES = [
    pytest.param(
        {"versioning": "Suspended"},
        "config-drift",
        "versioning is Suspended",
        "versioning Enabled",
        id="word",
    ),
    pytest.param({"abac": True}, "config-drift", "ABAC is on", "ABAC off", id="switch"),
    pytest.param(
        {"policy": None}, "config-drift", "there is no policy", "a policy of 8 statements", id="gone"
    ),
    pytest.param({"logging": None}, "config-drift", "there is no logging", "logging target", id="nothing"),
    pytest.param(
        {"acl": CANNED["public-read"]},
        "config-drift",
        "ACL has READ for http://acs.amazonaws.com/groups/global/AllUsers",
        "no such ACL",
        id="a member more",
    ),
    pytest.param(
        {"public_access_block": PublicAccessBlock(block_acls=False, ignore_acls=True)},
        "config-drift",
        "BlockPublicAcls is off",
        "BlockPublicAcls on",
        id="one switch of four",
    ),
    pytest.param(
        {"encryption": Encryption()},
        "config-drift",
        "algorithm is AES256; key is none; bucket key is off",
        "algorithm aws:kms; key key:files; bucket key on",
        id="several fields",
    ),
    pytest.param(
        {"cors": (*FILES.cors, OPEN)},
        "config-undeclared",
        "CORS has origins *, methods GET",
        "no such CORS",
        id="beside what is declared",
    ),
    pytest.param(
        {"cors": (OPEN,)},
        "config-drift",
        "CORS lacks origins https://app.example.com",
        "CORS",
        id="in its place",
    ),
    pytest.param(
        {"website": Website(index="index.html")},
        "config-undeclared",
        "website is there: index index.html",
        "no website",
        id="nothing declared",
    ),
    pytest.param(
        {"inventory": (replace(FILES.inventory[0], frequency="Daily"),)},
        "config-drift",
        "inventory 'objects': frequency is Daily",
        "inventory 'objects': frequency Weekly",
        id="one field of one entry",
    ),
    pytest.param(
        {"inventory": ()},
        "config-drift",
        "inventory lacks 'objects', target",
        "inventory 'objects'",
        id="no entry",
    ),
]


@pytest.mark.parametrize(("facts", "rule", "seen", "expected"), CASES)
def test_a_drift_is_told_in_words(facts: dict[str, object], rule: str, seen: str, expected: str) -> None:
    """What is seen and what was declared, of one fact of one resource, as grave as that fact is."""
    found = one(changed("bucket:files", **facts))

    assert (found.rule, found.status, found.subject.address) == (rule, "fail", "bucket:files")
    assert found.seen.startswith(seen)
    assert found.expected.startswith(expected)
    assert found.facts == tuple(facts)
    assert found.severity == weight("bucket", *facts)


def test_two_facts_are_two_findings_with_two_fingerprints() -> None:
    """Each fact is known again by itself."""
    found = drifts(changed("bucket:files", versioning="Suspended", abac=True))

    assert sorted(one.facts for one in found) == [("abac",), ("versioning",)]
    assert len({one.fingerprint for one in found}) == 2


def test_the_words_may_change_and_the_fingerprint_stays() -> None:
    """Another value of the same fact is the same finding in another form."""
    two = [one(changed("bucket:files", encryption=Encryption(name))) for name in ("AES256", "aws:kms:dsse")]

    assert two[0].fingerprint == two[1].fingerprint
    assert two[0].forms != two[1].forms


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_fact_of_a_contract_is_weighed(kind: str) -> None:
    """Of no fact that a contract declares the weight is left to chance."""
    from bucketwright.drift import weights

    declared = {
        f"{kind}.{name}"
        for posture in meant().postures.values()
        if posture.kind == kind
        for name, fact in posture.facts.items()
        if not isinstance(fact, Unset)
    }
    assert declared <= weights._WEIGHTS.keys()


TAGS = {
    "owner": "files",
    "bucketwright:address": "bucket:files",
    PROJECT_TAG: "roomy",
    ENVIRONMENT_TAG: "prod",
}


@pytest.mark.parametrize(
    ("tags", "seen"),
    [
        pytest.param({**TAGS, "cost-center": "12"}, "", id="a tag of others"),
        pytest.param({**TAGS, "owner": "nobody"}, "tag 'owner' is nobody", id="another value"),
        pytest.param(
            {name: value for name, value in TAGS.items() if name != "owner"},
            "tag 'owner' is not there",
            id="gone",
        ),
    ],
)
def test_of_tags_only_the_declared_ones_count(tags: dict[str, str], seen: str) -> None:
    """What others add is theirs."""
    found = drifts(changed("bucket:files", tags=tags))

    assert [one.seen for one in found] == ([seen] if seen else [])


def test_the_order_of_rules_that_are_tried_in_turn_means_something() -> None:
    """Of several rules of CORS the first that fits holds; the order of a set means nothing."""
    two = yaml(
        "project: shop\nregion: us-west-2\nenvironments: {prod: {}}\nbuckets:\n  files:\n    cors:\n"
        "      - {origins: https://a.example.com, methods: GET}\n"
        "      - {origins: https://b.example.com, methods: GET}\n"
    )
    wanted = intended_estate(circumstances(two, NOW)["prod"])
    rules = wanted.postures["bucket:files"].facts["cors"]
    assert isinstance(rules, tuple)
    assert len(rules) == 2
    live = with_facts(replace(wanted, lens="live"), "bucket:files", cors=tuple(reversed(rules)))

    assert [one.seen for one in drift(wanted, live)] == ["the order of CORS is another"]


def test_what_cannot_be_read_is_not_evaluated_once_for_each_reason() -> None:
    """The facts that one reason hides are one finding, which names them and the reason."""
    live = changed(
        "bucket:files",
        cors=Unknown("s3:GetBucketCORS is denied"),
        versioning=Unknown("s3:GetBucketVersioning is denied"),
        mfa_delete=Unknown("s3:GetBucketVersioning is denied"),
    )
    found = {one.facts: one for one in drifts(live)}

    assert {facts: one.because for facts, one in found.items()} == {
        ("cors",): "CORS: s3:GetBucketCORS is denied",
        ("mfa_delete", "versioning"): "MFA delete, versioning: s3:GetBucketVersioning is denied",
    }
    assert {(one.rule, one.status) for one in found.values()} == {("not-evaluated", "unknown")}


def test_what_the_server_leaves_open_is_not_taken_for_the_default() -> None:
    """Unset is no value."""
    assert [one.status for one in drifts(changed("bucket:files", versioning=Unset()))] == ["unknown"]


def test_what_no_server_tells_is_no_finding() -> None:
    """A setting of programs alone is never compared."""
    assert drifts(changed("bucket:files", force_destroy=Unknown("no server tells it"))) == ()


def test_what_a_contract_leaves_to_others_is_not_compared() -> None:
    """The account's own block, which this contract does not ask for, may be as it is."""
    account = next(one.address for one in meant().every(AccountPosture))

    assert drifts(changed(account, public_access_block=PublicAccessBlock(*[False] * 4))) == ()


@pytest.mark.parametrize(
    ("address", "rule", "seen"),
    [
        ("bucket:logs", "bucket-missing", "there is no such bucket"),
        ("role:loader", "config-drift", "there is no such role"),
        ("key:files", "config-drift", "there is no such key"),
        ("distribution:media", "config-drift", "there is no such distribution"),
    ],
)
def test_what_is_declared_and_not_there_is_found(address: str, rule: str, seen: str) -> None:
    """A bucket has an id of its own."""
    found = one(without(as_declared(), address))

    assert (found.rule, found.status, found.seen) == (rule, "fail", seen)


def test_what_may_be_there_is_not_missing() -> None:
    """It could not be read: that is no proof."""
    found = one(without(as_declared(), "bucket:logs", "s3:ListBucket is denied"))

    assert (found.rule, found.status, found.because) == (
        "not-evaluated",
        "unknown",
        "s3:ListBucket is denied",
    )


def test_a_bucket_of_somebody_else_is_said_to_be_theirs() -> None:
    """Neither missing nor unknown."""
    live = without(as_declared(), "bucket:logs", "it is another account's")
    [found] = drift(meant(), live, frozenset({"bucket:logs"}))

    assert (found.rule, found.status) == ("owner-matches", "fail")


def stranger(**tags: str) -> Estate:
    """All as declared, and a bucket more."""
    return with_posture(as_declared(), BucketPosture("bucket:old-copy", "old-copy", {"tags": tags}))


@pytest.mark.parametrize(
    ("tags", "rules"),
    [
        pytest.param({}, ["bucket-undeclared"], id="without tags"),
        pytest.param(
            {PROJECT_TAG: "roomy", ENVIRONMENT_TAG: "prod"}, ["bucket-undeclared"], id="left behind"
        ),
        pytest.param({PROJECT_TAG: "other", ENVIRONMENT_TAG: "prod"}, [], id="of another contract"),
        pytest.param({PROJECT_TAG: "other"}, ["bucket-undeclared"], id="half a claim"),
    ],
)
def test_a_bucket_that_nobody_declares_is_found(tags: dict[str, str], rules: list[str]) -> None:
    """Unless its tags say which other contract does."""
    assert [one.rule for one in drifts(stranger(**tags))] == rules


def test_a_bucket_of_another_environment_is_declared() -> None:
    """The same contract makes it."""
    two = yaml("project: shop\nregion: us-west-2\nenvironments: {dev: {}, prod: {}}\nbuckets: {files: {}}\n")
    wanted = intended_estate(circumstances(two, NOW)["prod"])
    live = with_posture(replace(wanted, lens="live"), BucketPosture("bucket:x", "shop-dev-files", {}))

    assert drift(wanted, live) == ()


@pytest.mark.parametrize(
    ("opened", "rules"),
    [
        ("bucket:files", ["config-undeclared"]),
        ("bucket:elsewhere", []),
        (Unknown("denied"), ["config-undeclared"]),
    ],
    ids=["ours", "another's", "not known"],
)
def test_an_access_point_that_nobody_declares_is_found(opened: object, rules: list[str]) -> None:
    """No contract declares any."""
    point = AccessPointPosture("access_point:door", "door", {"bucket": opened})

    assert [one.rule for one in drifts(with_posture(as_declared(), point))] == rules


def test_an_account_without_a_number_is_the_one_that_was_looked_at() -> None:
    """A contract need not say which account is its own."""
    head = "project: shop\nregion: us-west-2\nenvironments: {prod: {}}\n"
    closed = yaml(f"{head}account_block: true\nbuckets: {{files: {{}}}}\n")
    wanted = intended_estate(circumstances(closed, NOW)["prod"])
    weak = AccountPosture(
        "account:123456789012", "123456789012", {"public_access_block": PublicAccessBlock(False)}
    )
    live = with_posture(without(replace(wanted, lens="live"), "account:own"), weak)
    [found] = drift(wanted, live)

    assert (found.subject.address, found.seen) == ("account:123456789012", "BlockPublicAcls is off")


def test_what_tells_no_two_values_apart_is_no_drift() -> None:
    """What only remembers how a server spelled it."""
    spelt, other = (Website("index.html", answered=one) for one in "ab")

    assert list(plainly("website", spelt, other)) == []


def test_the_environment_is_the_one_of_the_contract() -> None:
    """The estates of these tests are what they are taken for."""
    assert meant().environment == contract().environments["prod"]
