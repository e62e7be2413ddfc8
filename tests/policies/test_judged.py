"""A plan is judged by its contract's terms; what was there before is not taken for new."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.contract.words import Profile
from bucketwright.facets.bucket.public_access_block import KIND as BLOCK
from bucketwright.findings import Finding
from bucketwright.plan import Plan
from bucketwright.rules import catalogue
from components.recording import record
from components.storage import declare
from policies.judged import Judged, findings_in, judged, measure
from tests.policies.programs import Program, tagged
from tests.policies.settings import SETTINGS

EXAMPLE: Final = Path(__file__).parents[2] / "stacks" / "contract.yaml"
TODAY: Final = date(2026, 11, 1)
CONTRACT: Final = """\
project: shop
environments: {dev: {}, prod: {rules: {mandatory_from: low}}}
buckets: {files: {versioning: enabled}, logs: {}}
exemptions:
  - {rule: tls-only, bucket: files, reason: "as agreed", owner: team, expires: 2026-12-31}
  - {rule: tls-only, bucket: logs, reason: "as agreed", owner: team, expires: 2026-10-31}
  - {rule: website-hosting, bucket: logs, reason: "as agreed", owner: team, expires: 2026-12-31}
"""


def contract(text: str = CONTRACT) -> Contract:
    return read(text, "contract.yaml")


def two_buckets() -> Program:
    """Two buckets that say hardly anything, with their addresses."""
    program = Program()
    for name in ("files", "logs"):
        program.bucket(name, {"bucket": f"shop-{name}", **tagged(f"bucket:{name}")})
    return program


def of(found: Judged, rule: str, address: str = "bucket:files") -> Finding:
    """What one rule says of one thing."""
    [one] = [one for one in found.exempted.findings if (one.rule, one.subject.address) == (rule, address)]
    return one


def judged_rules(found: Judged, address: str = "bucket:files") -> set[str]:
    return {one.rule for one in found.exempted.findings if one.subject.address == address}


def test_our_own_program_keeps_all_rules() -> None:
    """Every environment of the example: nothing fails, nothing is unknown, by its own profile."""
    example = load(EXAMPLE)
    for name, environment in example.environments.items():
        plan = record(partial(declare, environment), project="shop", stack=name)
        found = findings_in(plan, example, name, TODAY).exempted

        assert {one.status for one in found.findings} == {"pass", "not-applicable"}
        assert (found.ended, found.unused) == ((), ())


def test_exemptions_hold_until_their_day() -> None:
    """One holds, one has ended, one exempts nothing."""
    found = findings_in(two_buckets().plan, contract(), "dev", TODAY)
    files, logs = (of(found, "tls-only", f"bucket:{one}") for one in ("files", "logs"))

    assert (files.status, files.counts) == ("fail", False)
    assert (logs.status, logs.counts) == ("fail", True)
    assert [one.bucket for one in found.exempted.ended] == ["logs"]
    assert [one.rule for one in found.exempted.unused] == ["website-hosting"]


def test_without_a_contract_the_usual_rules_are_judged() -> None:
    """The baseline, on whatever the plan makes."""
    found = findings_in(two_buckets().plan, None, "dev", TODAY)
    baseline = {one.id for one in catalogue().values() if one.tier == "baseline"}

    assert judged_rules(found)
    assert judged_rules(found) <= baseline
    assert found.exempted.ended == ()


@pytest.mark.parametrize("profile", [None, "cis", "fsbp", "all"])
def test_a_profile_that_is_named_goes_before(profile: Profile | None) -> None:
    """Else the contract's own holds; what the contract declares is judged anyway, where it does."""
    found = findings_in(two_buckets().plan, contract(), "dev", TODAY, profile)
    everywhere = profile in {"fsbp", "all"}

    assert "versioning-enabled" in judged_rules(found)
    assert ("versioning-enabled" in judged_rules(found, "bucket:logs")) == everywhere


def test_the_resources_that_speak_of_a_thing_are_told() -> None:
    """First what makes it, where the plan does, then the others in the plan's order."""
    program = two_buckets()
    versioning = program.versioning("shop-files")
    stranger = program.versioning("strange", name="stranger")
    [files, logs, *_] = program.resources
    found = findings_in(program.plan, None, "dev", TODAY)

    assert found.said_by["bucket:files"] == (files, versioning)
    assert found.said_by["bucket:logs"] == (logs,)
    assert found.said_by["bucket:strange"] == (stranger,)


def test_what_is_left_unsaid_of_what_was_there_is_open() -> None:
    """What AWS gives new buckets is no news of an old one; what it lacks, it lacks either way."""
    program = two_buckets()
    [files, _] = program.resources
    found = judged(program.plan, measure(None, "dev", TODAY), frozenset({files.urn}))

    assert of(found, "bucket-public-access-block").status == "unknown"
    assert of(found, "bucket-public-access-block").fingerprint in found.left_open
    assert "was there before" in of(found, "acl-public-read").because
    assert of(found, "bucket-public-access-block", "bucket:logs").status == "pass"
    assert of(found, "tls-only").status == of(found, "tls-only", "bucket:logs").status == "fail"
    assert of(found, "tls-only").fingerprint not in found.left_open


def test_what_is_said_of_what_was_there_holds() -> None:
    """The program makes it so."""
    program = two_buckets()
    [files, _] = program.resources
    SETTINGS["closed"].of(program, files, "shop-files")
    found = judged(program.plan, measure(None, "dev", TODAY), frozenset({files.urn}))

    assert of(found, "bucket-public-access-block").status == "pass"


def test_a_block_that_is_taken_away_is_not_taken_for_a_new_one() -> None:
    """A bucket loses its block with the resource that was it: that is not how new buckets are."""
    with_block = two_buckets()
    [files, *_] = with_block.resources
    with_block.make(BLOCK, "block", {"bucket": "shop-files", "blockPublicAcls": True})
    without = two_buckets()
    found = judged(without.plan, measure(None, "dev", TODAY), frozenset({files.urn}))

    assert of(found, "bucket-public-access-block").status == "unknown"


def test_what_a_program_ignores_of_what_was_there_is_open() -> None:
    """Changes of it are let be; a new one gets what it is told."""
    program = two_buckets()
    said = {"bucket": "shop-files", "acl": "private", **tagged("bucket:files")}
    files = program.resources[0] = replace(program.resources[0], inputs=said, ignore_changes=("acl",))
    by = measure(None, "dev", TODAY)

    assert of(judged(program.plan, by), "acl-public-read").status == "pass"
    assert of(judged(program.plan, by, frozenset({files.urn})), "acl-public-read").status == "unknown"


@st.composite
def programs(draw: st.DrawFn) -> tuple[Plan, frozenset[str]]:
    """Any settings of two buckets, of which some were there before."""
    program = two_buckets()
    buckets = tuple(program.resources)
    for number, setting in enumerate(draw(st.lists(st.sampled_from(sorted(SETTINGS)), max_size=4))):
        bucket = draw(st.sampled_from(buckets))
        SETTINGS[setting].of(program, bucket, draw(st.sampled_from([f"shop-{bucket.name}", ""])), number)
    there = draw(st.frozensets(st.sampled_from([one.urn for one in buckets])))
    return program.plan, there


@settings(max_examples=40, deadline=None)
@given(programs())
def test_what_was_there_is_judged_no_milder(drawn: tuple[Plan, frozenset[str]]) -> None:
    """Every fault stays a fault; what passes still does, or is open and told so."""
    plan, there = drawn
    by = measure(contract(), "dev", TODAY)
    new, before = judged(plan, by), judged(plan, by, there)

    for one, other in zip(new.exempted.findings, before.exempted.findings, strict=True):
        assert one.fingerprint == other.fingerprint
        opened = other.fingerprint in before.left_open
        assert opened == (other.status == "unknown" and one.status in {"pass", "not-applicable"})
        assert opened or one.status == other.status
