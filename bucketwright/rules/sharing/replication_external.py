from dataclasses import replace
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.references import is_address
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.accounts import is_known
from bucketwright.rules.example_sharing import OWN, TRUSTS
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.rules.surely_wrong import is_surely_wrong
from bucketwright.verdicts import HIGH, Verdict, fails_if

_LONGEST: Final = 120
_ELSEWHERE = "arn:aws:s3:::elsewhere"


def _to(target: str, account: str | None = None, *, enabled: bool = True) -> ReplicationRule:
    return ReplicationRule("copy", 1, target, account=account, enabled=enabled)


def _copies(*rules: ReplicationRule) -> Replication:
    return Replication("role:example/replication", rules)


_ABROAD = _copies(_to(_ELSEWHERE, "999988887777"))
_DECLARED = declares(
    buckets={
        "example": {
            "versioning": "enabled",
            "replication": [{"to": _ELSEWHERE, "account": "999988887777"}, {"to": "arn:aws:s3:::second"}],
        }
    }
)


@rule(
    "replication-external",
    severity=HIGH,
    tier=BASELINE,
    reads=["replication"],
    examples=lambda: [
        good(replication=None),
        good(replication=_copies(_to("bucket:copies"))),
        good(OWN, replication=_copies(_to(_ELSEWHERE, "111122223333"))),
        good(OWN, replication=_copies(_to(_ELSEWHERE, "999988887777", enabled=False))),
        good(replication=_ABROAD, around=TRUSTS),
        good(replication=_ABROAD, around=_DECLARED),
        good(replication=_copies(_to("arn:aws:s3:::second")), around=_DECLARED),
        bad(OWN, replication=_ABROAD),
        bad(OWN, replication=_copies(_to("arn:aws:s3:::second", "444455556666")), around=_DECLARED),
        bad(OWN, replication=_copies(_to(_ELSEWHERE), _to("bucket:copies"), _to(_ELSEWHERE, "444455556666"))),
        bad(OWN, replication=_copies(_to(_ELSEWHERE, "444455556666")), around=TRUSTS),
    ],
)
def replication_external(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Copies of objects go to known accounts only.

    **Why.** A rule of replication sends every new object out, quietly and for as long as it stands. It is a
    way to steal all of a bucket that no reader's log ever shows.

    **Fix.** Take the rule out. Where the copies are meant, declare them under `replication`, with the
    `account` of the other bucket; once there is a list under `rules: trusted_accounts`, put it there, too.

    **Exempt it when** never; say instead which account it is.
    """
    faults = (partial(_strangeness, one, bucket, estate) for one in _rules(bucket))
    return fails_if(*faults_of(*faults), expected="copies in buckets of known accounts")


@replication_external.fix(is_safe=False)
def stop_copying(bucket: BucketPosture, estate: Estate) -> Change:
    """Takes out the rules that copy to an unknown account; what was copied stays there."""
    found = bucket.replication
    questions = {one: partial(_strangeness, one, bucket, estate) for one in _rules(bucket)}
    kept = tuple(one for one, question in questions.items() if not is_surely_wrong(question))
    return change(bucket, "replication", replace(found, rules=kept) if found and kept else None)


def _rules(bucket: BucketPosture) -> tuple[ReplicationRule, ...]:
    return bucket.replication.rules if bucket.replication else ()


def _strangeness(one: ReplicationRule, bucket: BucketPosture, estate: Estate) -> tuple[str, ...]:
    wanted = estate.intended(bucket)
    declared = {(stated.target, stated.account) for stated in _rules(wanted)} if wanted else set()
    if one.enabled and one.account is not None:
        if is_known(one.account, estate, [account for _, account in declared]):
            return ()
        target = shown(one.target, _LONGEST)
        return (
            f"rule {shown(one.id)} copies to {target} of account {shown(one.account)}, which is not known",
        )
    if one.enabled and not is_address(one.target) and (one.target, None) not in declared:
        raise Undetermined("replication", Unknown(f"whose {shown(one.target, _LONGEST)} is, is not told"))
    return ()
