"""`bucketwright audit --rule`: some rules alone are judged, with no more questions than they need."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.judging import Selection
from bucketwright.looking.needs import needs
from bucketwright.looking.scope import Scope
from sandbox.drifts import Live
from tests.cli.auditing import SMALL, Audits
from tests.cli.running import run
from tests.sandbox.drifts.drifting import drifted

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
TYPES, TLS = "object-content-type-mismatch", "tls-only"
BUCKET = "small-prod-letters"


def test_only_the_rules_that_were_named_are_judged(audit: Audits) -> None:
    """What drifted is not told, and what other rules found before is neither found nor fixed by it."""
    with drifted("versioning-suspended", audit.live), drifted("policy-deleted", audit.live, "letters"):
        whole = {one["rule"] for one in audit.rows()}
        first = audit.stack("--rule", TLS)
        rows = audit.rows("--rule", TLS, "--all")
        again = audit.stack()

    assert "config-drift" in whole
    assert {one["rule"] for one in rows} == {TLS}
    assert {one["bucket"]: one["status"] for one in rows} == {BUCKET: "fail", "small-prod-notes": "pass"}
    assert "fixed" in first.stdout
    assert "0 fixed" in first.stdout
    assert "0 new" in again.stdout


def test_a_rule_outside_of_the_profile_can_be_named(audit: Audits) -> None:
    """It is asked for by its name."""
    assert {one["rule"] for one in audit.rows("--rule", "access-logging", "--all")} == {"access-logging"}


def test_a_rule_on_keys_knows_our_own_by_their_names() -> None:
    """Whatever few rules are judged, what belongs to the contract has to be told from what does not."""
    contract = read(SMALL.replace("versioning: enabled,", "encryption: kms,"), "contract.yaml")
    scope = Scope(circumstances(contract, LONG_AGO)["prod"], objects=True)
    alone = replace(scope, selection=Selection(only=frozenset({"object-wrong-key"})))

    assert needs(alone).own["key"] == needs(scope).own["key"]


@pytest.mark.parametrize(
    ("rule", "needed"),
    [
        (TYPES, {"versioning"}),
        ("object-foreign-owner", {"versioning", "ownership", "acl"}),
        (TLS, {"policy"}),
    ],
    ids=["on objects", "on whose they are", "on buckets"],
)
def test_a_rule_on_objects_needs_what_says_how_to_look_at_them(rule: str, needed: set[str]) -> None:
    """Whether there are versions, and whose the bucket is."""
    scope = Scope(selection=Selection(only=frozenset({rule})), objects=True)

    assert set(needs(scope).facts("bucket")) >= needed
    assert ("versioning" in needs(replace(scope, objects=False)).facts("bucket")) is False


def test_a_second_run_says_how_much_it_asked(audit: Audits, live: Live, tmp_path: Path) -> None:
    """A type cannot change without a trace in the list: nothing is asked again for it."""
    live.client("s3").put_object(Bucket=BUCKET, Key="old/a.pdf", Body=b"x", ContentType="text/html")
    live.server.set_object_date(BUCKET, "old/a.pdf", LONG_AGO)
    told = ["--rule", TYPES, "--ledger", str(tmp_path / "ledger"), "--no-keep"]
    first, second = (audit.stack("--objects", mode, *told) for mode in ("full", "changed"))

    assert re.search(r"1 listed, 1 asked about: .* LIST.*, 1 HEAD, 1 tags\n", first.stderr)
    assert re.search(r"1 listed, 0 asked about: .* LIST.*, 0 HEAD\n", second.stderr)
    assert TYPES in second.stdout


@pytest.mark.parametrize("name", ["tls-onyl", "config-drift", "\x1b[31m"])
def test_what_is_no_rule_is_refused(name: str) -> None:
    """Drift is no rule: it is looked for where none is named."""
    result = run("audit", "--rule", name)

    assert result.exit_code == 2
    assert "no rule is called" in result.stderr
    assert "\x1b" not in result.stderr
