"""Which verdicts does the engine give by itself, by comparing what was declared with what is?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.words import Severity
from bucketwright.rules.manual import Manual
from bucketwright.verdicts import HIGH, MEDIUM


@dataclass(frozen=True, slots=True)
class EngineVerdict:
    """A verdict with an id of the catalogue, like a rule's."""

    id: str
    severity: Severity
    manual: Manual


_ALL: Final = (
    EngineVerdict(
        "bucket-missing",
        HIGH,
        Manual(
            "Every declared bucket exists.",
            "Programs that use it fail, and anybody may take its name, with whatever is sent there.",
            "Deploy again. Where the bucket is no longer wanted, take it out of the contract.",
            "the bucket is still to be deployed for the first time.",
        ),
    ),
    EngineVerdict(
        "bucket-undeclared",
        MEDIUM,
        Manual(
            "Every bucket of the account is declared.",
            "Nobody has said what it is for, who may reach it and how long its objects stay, so nothing of it"
            " can be held against an intention.",
            "Adopt it into a contract, or delete it.",
            "another team's contract declares it.",
        ),
    ),
    EngineVerdict(
        "config-drift",
        HIGH,
        Manual(
            "What is live is what was declared.",
            "Somebody or something changed it behind the contract's back: the next deployment undoes that, or"
            " does not see it, and until then nobody knows what holds.",
            "Deploy again, or declare what is meant.",
            "the change is being made in several steps and the contract follows.",
        ),
    ),
    EngineVerdict(
        "config-undeclared",
        MEDIUM,
        Manual(
            "Nothing is configured that nobody declared.",
            "A deployment leaves alone what it does not know: an inventory, a rule of CORS or a notification"
            " that was added by hand stays, whoever it serves.",
            "Declare it, or remove it.",
            "another tool owns that setting.",
        ),
    ),
    EngineVerdict(
        "iam-prefix-drift",
        HIGH,
        Manual(
            "Roles reach what they were granted, and nothing else.",
            "A policy that was widened by hand is how one program comes to read another's files.",
            "Deploy again, or grant in the contract what is needed.",
            "never; grant it instead, with a reason.",
        ),
    ),
    EngineVerdict(
        "lifecycle-matches-declared",
        HIGH,
        Manual(
            "Objects live as long as was declared.",
            "A rule of lifecycle that was added, changed or taken away deletes what should stay, or keeps"
            " what should go.",
            "Deploy again, or declare the retention that is meant.",
            "never; retention is declared for each prefix.",
        ),
    ),
    EngineVerdict(
        "owner-matches",
        HIGH,
        Manual(
            "Declared buckets belong to the declared account.",
            "A bucket of that name in somebody else's account takes what is meant for ours.",
            "Find out who owns it; choose another name, best one in the account's own namespace.",
            "never.",
        ),
    ),
    EngineVerdict(
        "not-evaluated",
        MEDIUM,
        Manual(
            "Whatever is asked for is looked at.",
            "What was not read may be anything: it is neither kept nor broken.",
            "The reason says what to do: where reading was denied, grant the permission that it names; where"
            " a sample, a budget or a deadline left something out, look at all of it (`--objects full`) or"
            " allow more; where an answer did not come, look at why.",
            "the endpoint has no such setting.",
        ),
    ),
    EngineVerdict(
        "grant-unusable",
        MEDIUM,
        Manual(
            "Every grant gives what it says.",
            "What keeps the grantee out of other prefixes, or a contradiction elsewhere, takes all of it: the"
            " program that relies on it is refused at run time.",
            "Give the prefixes paths that do not meet, or grant both.",
            "the grant is not used yet.",
        ),
    ),
    EngineVerdict(
        "policy-too-large",
        HIGH,
        Manual(
            "Every policy fits into what IAM and S3 accept.",
            "A document above the limit is refused, and the deployment ends half done.",
            "Divide the grants between several roles, or let prefixes share a beginning.",
            "never.",
        ),
    ),
    EngineVerdict(
        "suppression-expired",
        MEDIUM,
        Manual(
            "Every exemption still holds and still exempts something.",
            "One that has ended hides nothing any more; one that exempts nothing will hide the next fault.",
            "Agree on a later day with its owner, or remove it.",
            "never.",
        ),
    ),
)
ENGINE: Final[Mapping[str, EngineVerdict]] = {one.id: one for one in _ALL}
"""Each under its id."""
WAITING: Final[Mapping[str, str]] = {
    "account-guardduty-s3": "needs GuardDuty",
    "account-macie-enabled": "needs Macie",
    "backup-plan-covers": "needs AWS Backup",
    "backup-recent": "needs AWS Backup",
    "bucket-abandoned": "needs request metrics",
    "bucket-quota-headroom": "needs service quotas",
    "mrap-public-access-block": "needs multi-region access points",
    "object-lambda-ap-policy-public": "needs Object Lambda",
    "shadow-bucket-name-taken": "needs to ask for buckets of other accounts",
}
"""Rows of the catalogue that are not judged yet, and why."""
