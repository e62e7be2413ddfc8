"""Are effective reading and writing judged right, whatever is known of ACL, policy and the two blocks?"""

from itertools import product
from typing import Final, TypeVar

import pytest

from bucketwright.estate import AccountPosture, BucketPosture
from bucketwright.facets.bucket.acl import CANNED, FRESH
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.grants import ALL_USERS, Acl, Grant
from bucketwright.iam.actions import LISTING, OBJECT, SETTINGS, TAKEOVER, UPLOADS, spelled
from bucketwright.posture import Unknown
from bucketwright.rules.example_access import OPEN, account, allow, policy, when
from bucketwright.rules.exposure.bucket_public_read import bucket_public_read
from bucketwright.rules.exposure.bucket_public_write import bucket_public_write
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Passes, Undecided
from tests.rules.exposure.judging import faults, verdict

Value = TypeVar("Value")
BOTH: Final = pytest.mark.parametrize(
    "rule", [bucket_public_read, bucket_public_write], ids=["read", "write"]
)
DENIED: Final = Unknown("was denied")
BLOCKS: Final = tuple(
    PublicAccessBlock(
        ignore_acls=ignore, restrict_buckets=restrict, block_acls=not ignore, block_policy=False
    )
    for ignore, restrict in product((True, False), repeat=2)
)
ACLS: Final = (FRESH, CANNED["public-read-write"])
POLICIES: Final = (None, policy(allow(action=["s3:GetObject", "s3:PutObject"])))
ACTIONS: Final = sorted(
    spelled(one) for one in OBJECT | LISTING | UPLOADS | TAKEOVER | SETTINGS if one.startswith("s3:")
)


def _is_public(own: PublicAccessBlock, others: PublicAccessBlock, acl: Acl, document: Policy | None) -> bool:
    """The oracle: each door by itself."""
    by_acl = acl != FRESH and not own.ignore_acls and not others.ignore_acls
    by_policy = document is not None and not own.restrict_buckets and not others.restrict_buckets
    return by_acl or by_policy


def _could_be(given: Value | Unknown, several: tuple[Value, ...]) -> tuple[Value, ...]:
    return several if isinstance(given, Unknown) else (given,)


@BOTH
def test_the_verdict_is_that_of_all_that_could_be(rule: Rule[BucketPosture]) -> None:
    """Where every way to fill in what is withheld agrees, that is the verdict; else it is open."""
    kinds = {frozenset({True}): Fails, frozenset({False}): Passes, frozenset({True, False}): Undecided}
    blocks: list[PublicAccessBlock | Unknown] = [*BLOCKS, DENIED]
    acls: list[Acl | Unknown] = [*ACLS, DENIED]
    policies: list[Policy | Unknown | None] = [*POLICIES, DENIED]
    for own, others, acl, document in product(blocks, blocks, acls, policies):
        filled = product(
            _could_be(own, BLOCKS),
            _could_be(others, BLOCKS),
            _could_be(acl, ACLS),
            _could_be(document, POLICIES),
        )
        expected = kinds[frozenset(_is_public(*one) for one in filled)]
        beside = AccountPosture("account:own", "", {"public_access_block": others})
        found = verdict(rule, beside, public_access_block=own, acl=acl, policy=document)

        assert isinstance(found, expected), (own, others, acl, document, found)


@BOTH
def test_without_an_account_an_open_block_says_nothing(rule: Rule[BucketPosture]) -> None:
    """A plan seldom shows the account: it could be closed."""
    found = verdict(rule, public_access_block=OPEN, acl=ACLS[1], policy=POLICIES[1])

    assert found == Undecided("account", "it was not looked at")


@BOTH
def test_of_two_accounts_neither_is_believed(rule: Rule[BucketPosture]) -> None:
    """Which of them the bucket is in cannot be told."""
    accounts = (AccountPosture(f"account:{n}", "", {"public_access_block": OPEN}) for n in "12")
    found = verdict(rule, *accounts, public_access_block=OPEN, acl=ACLS[1], policy=None)

    assert found == Undecided("account", "2 of them are in what was looked at")


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_either_reads_or_writes(action: str) -> None:
    """None falls between the two rules: what is called neither getting nor listing changes something."""
    facts = {"public_access_block": OPEN, "acl": FRESH, "policy": policy(allow(action=action))}
    reads = action.removeprefix("s3:").startswith(("Get", "List", "Head", "Describe"))
    found = [verdict(rule, account(OPEN), **facts) for rule in (bucket_public_read, bucket_public_write)]

    assert list(map(type, found)) == ([Fails, Passes] if reads else [Passes, Fails])


def test_the_words_name_each_door() -> None:
    """Each grant of the ACL, and each statement with what it allows."""
    document = policy(
        allow(action=["s3:PutObject", "s3:Get*", "s3:List*", "s3:HeadBucket", "s3:Describe*"], Sid="Open"),
        allow(action=None, NotAction=["s3:PutObject"]),
        when("StringEquals", "aws:SourceVpc", "vpc-1"),
    )
    acl = FRESH | {Grant(ALL_USERS, "READ_ACP"), Grant(ALL_USERS, "WRITE"), *CANNED["authenticated-read"]}
    facts = {"public_access_block": OPEN, "acl": acl, "policy": document}
    open_to_all = "everyone is let in, and there is no condition; allowed is"
    all_but_one = f"statement 2: {open_to_all} everything but 's3:PutObject'"

    assert faults(verdict(bucket_public_read, account(OPEN), **facts)) == [
        "the ACL gives everyone READ_ACP",
        "the ACL gives everyone who has any AWS account READ",
        f"statement 1 ('Open'): {open_to_all} 's3:get*', 's3:list*', 's3:HeadBucket' and 1 more",
        all_but_one,
    ]
    assert faults(verdict(bucket_public_write, account(OPEN), **facts)) == [
        "the ACL gives everyone WRITE",
        f"statement 1 ('Open'): {open_to_all} 's3:PutObject'",
        all_but_one,
    ]


@BOTH
def test_hostile_text_is_shown_harmless(rule: Rule[BucketPosture]) -> None:
    """Neither the name of a statement nor an action runs over the line or hides anything."""
    action = "s3:*\u202e\n" + "x" * 500
    document = policy(allow(action=None, NotAction=[action], Sid="a\x1b[2J\u202e" + "b" * 500))
    found = verdict(rule, account(OPEN), public_access_block=OPEN, acl=FRESH, policy=document)
    [fault] = faults(found)

    assert fault.isprintable()
    assert len(fault) < 500
