"""What a verdict hangs on is told the same in every process, and otherwise once any of it is another."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from audits.objects.bucket import Wanted
from audits.objects.judged_by import judged_by
from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import read
from bucketwright.estate import AccountPosture, BucketPosture
from bucketwright.rules import catalogue
from tests.audits.objects.stored import CONTRACT, HOME, wanted

RULES = ("object-content-type-mismatch", "object-secret-name")
PRINTED = (
    "from audits.objects.judged_by import judged_by;"
    "from tests.audits.objects.stored import HOME, wanted;"
    "about = wanted('object-secret-name', 'object-unencrypted');"
    "print(judged_by(about.rules, about.estate, HOME))"
)


def told(about: Wanted) -> str:
    """The text."""
    return judged_by(about.rules, about.estate, HOME)


def test_it_is_the_same_in_every_process() -> None:
    """Whatever order sets have there."""
    several = {
        subprocess.run(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", PRINTED], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(several) == 1


def test_the_order_of_rules_and_the_time_are_not_in_it() -> None:
    """Neither changes a verdict on what stays as it is."""
    about = wanted(*RULES)
    now = about.estate.now
    later = replace(about.estate.circumstances, now=now.replace(year=now.year + 1))

    assert told(about) == told(wanted(*reversed(RULES)))
    assert told(about) == told(replace(about, estate=replace(about.estate, circumstances=later)))


def _other_rules(about: Wanted) -> Wanted:
    return replace(about, rules=(*about.rules, catalogue()["object-unencrypted"]))


def _other_bucket(about: Wanted) -> Wanted:
    bucket = BucketPosture(HOME.address, "files", {"ownership": "ObjectWriter"})
    return replace(about, estate=replace(about.estate, postures={HOME.address: bucket}))


def _an_account(about: Wanted) -> Wanted:
    account = AccountPosture("account:1", "1", {})
    postures = {**about.estate.postures, account.address: account}
    return replace(about, estate=replace(about.estate, postures=postures))


def _other_contract(about: Wanted) -> Wanted:
    text = CONTRACT.replace("expire: 30 days", "expire: 31 days")
    around = circumstances(read(text, "contract.yaml"), about.estate.now)["prod"]
    return replace(about, estate=replace(about.estate, circumstances=around))


@pytest.mark.parametrize("change", [_other_rules, _other_bucket, _an_account, _other_contract])
def test_whatever_a_verdict_hangs_on_is_in_it(change: Callable[[Wanted], Wanted]) -> None:
    """Rules, the bucket, the account, and all that the contract says."""
    about = wanted(*RULES)

    assert told(about) != told(change(about))
