"""A rule that is broken by a drift stands inside that drift, and nowhere else."""

from dataclasses import replace

import pytest

from bucketwright.contract.model import Exemption
from bucketwright.drift import drift, explained
from bucketwright.drift.consequences import Estates
from bucketwright.estate import AccessPointPosture, BucketPosture, DistributionPosture
from bucketwright.exempting import exempted
from bucketwright.facets.bucket.acl import CANNED
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.bucket.website import Website
from bucketwright.findings import Finding, finding_of
from bucketwright.judging import judge
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate, Unknown
from tests.drift.estates import (
    ALL,
    NOW,
    as_declared,
    bucket,
    changed,
    meant,
    policy_with,
    told,
    with_facts,
    with_posture,
    without,
)

FILES = "bucket:files"
OPEN = PublicAccessBlock(*[False] * 4)


def rules_inside(drifts: tuple[Finding, ...]) -> dict[str, set[str]]:
    """The rules that follow from each drift, by its fact."""
    return {one.aspect: {inner.rule for inner in one.consequences} for one in drifts}


def test_nothing_follows_from_no_drift() -> None:
    """What is as declared explains nothing."""
    assert told(as_declared()).drifts == ()


@pytest.mark.parametrize(
    ("facts", "inside"),
    [
        pytest.param({"versioning": "Suspended"}, {"versioning": {"versioning-enabled"}}, id="one"),
        pytest.param({"website": Website(index="i")}, {"website": {"website-hosting"}}, id="undeclared"),
        pytest.param(
            {"acl": CANNED["public-read"], "ownership": "ObjectWriter"},
            {"acl": {"acl-public-read"}, "ownership": {"acls-disabled"}},
            id="each its own",
        ),
        pytest.param({"tags": {}}, {"tags": set()}, id="none"),
    ],
)
def test_a_broken_rule_stands_inside_its_drift(facts: dict[str, object], inside: dict[str, set[str]]) -> None:
    """And no finding is left beside them."""
    found = told(changed("bucket:vault", **facts))
    told_inside = rules_inside(found.drifts)

    assert {fact: rules & told_inside[fact] for fact, rules in inside.items()} == inside
    assert found.others == ()


def test_what_two_drifts_break_together_stands_in_one_of_them() -> None:
    """Only with the policy and the block open can everybody read: told once."""
    read = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
    wide = policy_with(bucket("files").policy, {**read, "Resource": "arn:aws:s3:::roomy-prod-files/*"})
    account = next(one for one in as_declared().postures.values() if one.kind == "account")
    live = with_facts(changed("bucket:files", policy=wide, public_access_block=OPEN), account.address)
    live = with_facts(live, account.address, public_access_block=OPEN)
    found = told(live)
    naming = [one for one in found.drifts if "bucket-public-read" in rules_inside((one,))[one.aspect]]

    assert len(naming) == 1
    assert found.drifts != ()
    assert "bucket-public-read" not in {one.rule for one in found.others}


def test_what_needs_both_undone_stands_in_the_first() -> None:
    """A key that is disabled and does not rotate breaks one rule, which neither drift breaks alone."""
    found = told(changed("key:files", enabled=False, rotation=None))
    inside = rules_inside(found.drifts)

    assert sum("kms-key-usable" in rules for rules in inside.values()) == 1
    assert found.others == ()


def test_a_rule_of_another_thing_that_reads_the_fact_follows_too() -> None:
    """The bucket's rule reads the key's fact."""
    [one] = told(changed("key:files", enabled=False)).drifts

    assert ("kms-key-usable", "bucket:files") in {
        (inner.rule, inner.subject.address) for inner in one.consequences
    }


def test_what_was_broken_before_is_no_consequence() -> None:
    """A rule that the drift neither breaks nor reads stays beside it."""
    live = changed("bucket:vault", abac=True)
    pairs = [(one, finding_of(one)) for one in judge(live, ALL)]
    found = explained(drift(meant(), live), pairs, Estates(meant(), live))

    assert rules_inside(found.drifts) == {"abac": {"abac-on"}}
    assert "default-encryption-kms" in {one.rule for one in found.others if one.status == "fail"}


def test_a_drift_is_as_grave_as_what_follows() -> None:
    """An ACL that lets everybody read is critical, though another of its drifts is not."""
    [one] = told(changed("bucket:vault", acl=CANNED["public-read"])).drifts
    [other] = told(changed("bucket:vault", acl=CANNED["log-delivery-write"])).drifts

    assert (one.severity, other.severity) == ("critical", "high")


EXEMPTION = Exemption(rule="config-drift", bucket="vault", reason="in steps", owner="me", expires=NOW.date())


@pytest.mark.parametrize("rule", ["config-drift", "acl-public-read"])
def test_what_is_exempted_neither_hides_nor_weighs(rule: str) -> None:
    """An exempted drift explains nothing; an exempted consequence makes its drift no graver."""
    live = changed("bucket:vault", acl=CANNED["public-read"])
    judgements = [one for one in judge(live, ALL) if one.posture.address == "bucket:vault"]
    held = [EXEMPTION.model_copy(update={"rule": rule})]
    drifts = drift(meant(), live)
    marked = exempted([*drifts, *map(finding_of, judgements)], held, NOW.date()).findings
    found = explained(marked[:1], zip(judgements, marked[1:], strict=True), Estates(meant(), live))
    failing = {one.rule for one in found.others if one.status == "fail"}

    assert ("acl-public-read" in failing) == (rule == "config-drift")
    assert found.drifts[0].severity == drifts[0].severity == "high"


def test_of_several_that_a_rule_reads_the_one_that_breaks_it_is_the_cause() -> None:
    """It reads the encryption, too; but without the change of the policy it would be kept."""
    files = bucket("files")
    less = policy_with(files.policy, drop="DenyUnnamedKey")
    cheap = replace(files.encryption, bucket_key=False)
    inside = rules_inside(told(changed("bucket:files", encryption=cheap, policy=less)).drifts)

    assert "policy-denies-wrong-key" in inside["policy"]
    assert inside["encryption"] == {"bucket-key-enabled"}


def test_an_object_that_breaks_a_rule_whatever_drifted_is_no_consequence() -> None:
    """It is weaker than the declared default as well as the live one; no estate holds it."""
    facts = {"bucket": "bucket:files", "key": "a", "encryption": "AES256"}
    weak = ObjectPosture("object:files/a", "a", facts)
    live = changed("bucket:files", encryption=replace(bucket("files").encryption, bucket_key=False))
    judgements = judge(with_posture(live, weak), ALL)
    pairs = [(one, finding_of(one)) for one in judgements if one.rule.id == "object-weaker-encryption"]
    found = explained(drift(meant(), live), pairs, Estates(meant(), live))

    assert [(one.rule, one.status) for one in found.others] == [("object-weaker-encryption", "fail")]


def lost_logs() -> Estate:
    return without(as_declared(), "bucket:logs")


def test_what_others_say_of_what_is_missing_follows_from_that() -> None:
    """Broken rules and such as cannot be decided without it."""
    found = told(lost_logs())
    [one] = found.drifts

    assert one.rule == "bucket-missing"
    assert "log-target-valid" in {inner.rule for inner in one.consequences}
    assert [each for each in found.others if "bucket:logs" in each.because] == []


def test_a_rule_that_only_asks_whether_it_is_there_follows_too() -> None:
    """It reads no fact of what is missing: that it is kept once that is back tells the cause."""
    [origin] = [one.target for posture in meant().every(DistributionPosture) for one in posture.origins]
    found = told(without(as_declared(), origin))
    [one] = found.drifts

    assert "cloudfront-origin-missing" in {inner.rule for inner in one.consequences}
    assert "cloudfront-origin-missing" not in {each.rule for each in found.others if each.status == "fail"}


STRANGE_KEY = "arn:aws:kms:us-west-2:999988887777:key/00000000-0000-4000-8000-000000000000"


def test_what_cannot_be_decided_since_something_changed_follows_from_that() -> None:
    """Of a stranger's key nobody knows whether it can be used."""
    live = changed("bucket:files", encryption=replace(bucket("files").encryption, key=STRANGE_KEY))
    found = told(replace(live, missing={STRANGE_KEY: "its account lets nobody know"}))
    [one] = found.drifts

    assert ("kms-key-usable", "unknown") in {(inner.rule, inner.status) for inner in one.consequences}
    assert found.others == ()


def test_what_could_not_be_decided_anyway_is_no_consequence() -> None:
    """The rule reads what changed; but without that change it would be undecided, too."""
    live = changed("bucket:files", encryption=replace(bucket("files").encryption, bucket_key=False))
    found = told(with_facts(live, "key:files", rotation=Unknown("access denied")))

    assert "kms-key-usable" in {one.rule for one in found.others if one.status == "unknown"}


@pytest.mark.parametrize(
    "posture",
    [
        replace(bucket("vault"), address="bucket:old-copy", name="old-copy"),
        AccessPointPosture("access_point:door", "door", {"bucket": FILES, "public_access_block": OPEN}),
    ],
    ids=["bucket", "access point"],
)
def test_all_that_is_wrong_with_what_nobody_declared_follows_from_that(
    posture: BucketPosture | AccessPointPosture,
) -> None:
    """One finding for it."""
    found = told(with_posture(as_declared(), posture))
    [one] = found.drifts

    assert one.consequences
    assert {inner.subject.address for inner in one.consequences} == {posture.address}
    assert [each for each in found.others if each.subject.address == posture.address] == []
