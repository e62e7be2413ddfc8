"""What one resource breaks is found before it is made, and is never found to be fine once all is known."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.estate import READERS
from bucketwright.facets.bucket.encryption import KIND as ENCRYPTION
from bucketwright.facets.tokens import ALIAS, KEY
from bucketwright.plan import Resource
from bucketwright.rules import catalogue
from policies.alone import faults_alone, sayers
from policies.judged import Measure, judged, measure
from tests.policies.programs import LATER, Program, allowing, tagged
from tests.policies.settings import SETTINGS

LAW: Final = settings(max_examples=60, deadline=None)
TODAY: Final = date(2026, 11, 1)
NAMES: Final = ("shop-files", "shop-logs", "")
CONTRACT: Final = """\
project: shop
environments: {dev: {}}
buckets: {files: {}, logs: {versioning: enabled}}
rules: {profile: all}
exemptions:
  - {rule: acl-public-read, bucket: files, reason: "as agreed", owner: team, expires: 2026-12-31}
  - {rule: website-hosting, bucket: files, reason: "as agreed", owner: team, expires: 2026-10-31}
  - {rule: cors-open, reason: "as agreed", owner: team, expires: 2026-12-31}
"""
GRANTING: Final = """\
project: shop
environments: {dev: {account: 111122223333}}
buckets: {files: {prefixes: {all: {path: a/}}}}
access: {partner: {principals: ["arn:aws:iam::999988887777:role/reader"], read: files/all}}
"""
USUAL: Final = measure(None, "", TODAY)


def by_contract(text: str = CONTRACT) -> Measure:
    return measure(read(text, "contract.yaml"), "dev", TODAY)


def broken(resource: Resource, by: Measure = USUAL) -> set[str]:
    """The rules that it breaks alone."""
    return {one.rule for one in faults_alone(resource, (), by)}


def made(setting: str, name: str = "shop-files") -> Resource:
    """A setting of a bucket, out of any stack."""
    program = Program()
    return SETTINGS[setting].of(program, program.bucket("files", {"bucket": name}), name)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_breaks_what_it_breaks(setting: str) -> None:
    """Wrong settings are found where their bucket has a name; right ones break nothing."""
    found = broken(made(setting))

    assert SETTINGS[setting].breaks <= found
    assert bool(found) == bool(SETTINGS[setting].breaks)


@pytest.mark.parametrize("setting", [name for name, one in SETTINGS.items() if one.inline])
def test_a_property_of_the_bucket_is_as_good(setting: str) -> None:
    """What programs say on the bucket itself is found there."""
    inputs = {"bucket": "shop-files", **(SETTINGS[setting].inline or {})}
    bucket = Program().bucket("files", inputs)

    assert broken(bucket) == SETTINGS[setting].breaks


@pytest.mark.parametrize("setting", SETTINGS)
def test_whose_setting_is_not_known_is_for_later(setting: str) -> None:
    """In a preview the bucket may have no name yet; nothing is made then, so nothing is lost."""
    assert broken(made(setting, name="")) == set()


@pytest.mark.parametrize(
    ("setting", "rule", "is_found"),
    [
        pytest.param("web site", "website-hosting", True, id="an exemption that has ended"),
        pytest.param("ACL for everyone", "acl-public-read", False, id="an exemption of some bucket"),
        pytest.param("open CORS", "cors-open", False, id="an exemption for everything"),
        pytest.param("policy of all actions", "policy-wildcard-action", True, id="no exemption of the rule"),
    ],
)
def test_what_may_be_exempted_is_for_later(setting: str, rule: str, is_found: bool) -> None:
    """A setting does not say which bucket of the contract it is of, so an exemption may be for it."""
    assert (rule in broken(made(setting), by_contract())) == is_found


@pytest.mark.parametrize(("bucket", "is_found"), [("files", False), ("logs", True)])
def test_a_tag_says_whether_an_exemption_is_for_it(bucket: str, is_found: bool) -> None:
    """The bucket itself may say which it is."""
    inputs = {"bucket": "shop-some", "acl": "public-read", **tagged(f"bucket:{bucket}")}
    resource = Program().bucket("some", inputs)

    assert ("acl-public-read" in broken(resource, by_contract())) == is_found


@pytest.mark.parametrize(("profile", "is_asked"), [("all", True), ("baseline", False)])
def test_rules_that_nobody_asked_for_are_not_judged(profile: str, is_asked: bool) -> None:
    """A chosen rule waits for a profile, or in the end for what the contract declares of the bucket."""
    by = by_contract(CONTRACT.replace("profile: all", f"profile: {profile}"))
    rules = [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}, "bucketKeyEnabled": False}]
    resource = Program().make(ENCRYPTION, "encryption", {"bucket": "shop-files", "rules": rules})

    assert broken(resource, by) == ({"bucket-key-enabled"} if is_asked else set())


def test_what_a_program_ignores_is_for_later() -> None:
    """What was there before stays, and whether it was is not known yet."""
    inputs = {"bucket": "shop-files", "acl": "public-read"}
    bucket = Program().bucket("files", inputs)

    assert broken(bucket) == {"acl-public-read"}
    assert broken(replace(bucket, ignore_changes=("acl",))) == set()


def test_what_the_contract_may_mean_is_for_later() -> None:
    """It lets another account in, and a policy does not say of which bucket of the contract it is."""
    partner = "arn:aws:iam::999988887777:role/reader"
    program = Program()
    bucket = program.bucket("files", {"bucket": "shop-files", **tagged("bucket:files")})
    policy = program.policy("shop-files", allowing({"AWS": partner}))
    by = by_contract(GRANTING)
    statuses = {
        one.rule: one.status
        for one in judged(program.plan, by).exempted.findings
        if one.subject.address == "bucket:files"
    }

    assert bucket.address == "bucket:files"
    assert statuses["policy-unknown-account"] == "pass"
    assert broken(policy, by) == set()


@pytest.mark.parametrize("rule_id", sayers())
def test_rules_of_one_resource_read_one_fact(rule_id: str) -> None:
    """The types that can break it make the thing, or say all of the one fact."""
    rule = catalogue()[rule_id]
    [fact] = rule.reads

    assert fact in READERS[rule.kind.kind][1]
    assert "planned" in rule.lenses


@pytest.mark.parametrize(
    "rule_id",
    [
        pytest.param("versioning-enabled", id="what AWS gives breaks it"),
        pytest.param("tls-only", id="somebody has to say it"),
        pytest.param("bucket-public-access-block", id="the account may say it too"),
        pytest.param("bucket-public-read", id="several facts together"),
        pytest.param("intelligent-tiering", id="many resources say it together"),
    ],
)
def test_these_take_a_whole_stack(rule_id: str) -> None:
    """One resource cannot break them."""
    assert rule_id in catalogue()
    assert rule_id not in sayers()


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Buckets with any settings, several of one kind too, said inline, by name or by output."""
    program = Program()
    if draw(st.booleans()):
        key = program.make(KEY, "files", {})
        program.make(ALIAS, "files", {"name": "alias/files", "targetKeyId": LATER}, {"targetKeyId": key})
    for number, name in enumerate(
        draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    ):
        chosen = draw(st.lists(st.sampled_from(sorted(SETTINGS)), max_size=4))
        inline = draw(st.sampled_from([{}, *(one.inline for one in SETTINGS.values() if one.inline)]))
        address = draw(st.sampled_from([{}, tagged("bucket:files"), tagged("bucket:logs")]))
        bucket = program.bucket(
            f"bucket-{number}", {**({"bucket": name} if name else {}), **inline, **address}
        )
        for place, setting in enumerate(chosen):
            SETTINGS[setting].of(program, bucket, name, 10 * number + place)
    return program


@LAW
@given(programs(), st.sampled_from([USUAL, by_contract()]))
def test_what_stops_early_is_never_fine_in_the_end(program: Program, by: Measure) -> None:
    """A fault of one resource is one of the stack, or cannot be told there; no exemption holds for it."""
    found = judged(program.plan, by)
    for resource in program.resources:
        for fault in faults_alone(resource, (), by):
            addresses = [one for one, sayers in found.said_by.items() if resource in sayers]
            several = [
                one
                for one in found.exempted.findings
                if one.rule == fault.rule and one.subject.address in addresses
            ]

            assert several
            assert all(one.status in {"fail", "unknown"} for one in several)
            assert all(one.exemption is None for one in several)


def test_our_own_program_breaks_nothing_alone(own: tuple[Contract, tuple[Resource, ...]]) -> None:
    """What the components write is fine, resource by resource."""
    contract, resources = own
    by = measure(contract, "prod", TODAY)

    assert [one for resource in resources for one in faults_alone(resource, (), by)] == []


@pytest.fixture
def own() -> tuple[Contract, tuple[Resource, ...]]:
    """The example stack, as its program registers it."""
    from components.recording import record
    from components.storage import declare

    contract = load(Path(__file__).parents[2] / "stacks" / "contract.yaml")
    plan = record(lambda: declare(contract.environments["prod"]), project="shop", stack="prod")
    return contract, plan.resources
