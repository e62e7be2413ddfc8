"""What do the fixes of the rules on sharing leave as it was?"""

from collections.abc import Mapping

import pytest

from bucketwright.estate import BucketPosture, DistributionPosture
from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.distribution.origins import Origin
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.iam.documents import Condition
from bucketwright.posture import Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.rules.statements import statements
from bucketwright.verdicts import Passes
from tests.rules.sharing.judged import ALL, OWN, THEIRS, policy

ROLE = {"AWS": "arn:aws:iam::111122223333:role/ours"}
LOGS = {"Service": "logging.s3.amazonaws.com"}
DENY = {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject"}
STALE = {"AWS": "AROAEXAMPLEEXAMPLEEXA"}


def _fixed(rule_id: str, posture: Posture) -> object:
    """The fact that the fix changes, as it is then; the change is said whole."""
    repair = catalogue()[rule_id].repair
    assert repair is not None
    made = repair.make(posture, Estate("live", {one.address: one for one in (posture, OWN)}))
    assert (made.address, made.before) == (posture.address, posture.facts[made.fact])
    return made.after


def _fixed_policy(rule_id: str, *written: Mapping[str, object]) -> tuple[Mapping[str, object] | str, ...]:
    """The labels of what is left of a policy."""
    after = _fixed(rule_id, BucketPosture("bucket:files", "files", {"policy": policy(*written)}))
    assert isinstance(after, Policy)
    assert len(after.document.statements) == len(statements(after))
    return tuple(one.label.partition("'")[2].rstrip("')") for one in statements(after))


@pytest.mark.parametrize(
    ("rule_id", "action"),
    [("policy-unknown-account", "s3:GetObject"), ("policy-foreign-dangerous-action", "s3:PutObjectAcl")],
)
def test_only_what_is_surely_wrong_is_taken_out(rule_id: str, action: str) -> None:
    """Denies, grants to ourselves and grants to somebody whose account is not told stay."""
    left = _fixed_policy(
        rule_id,
        {**DENY, "Sid": "deny"},
        {"Sid": "ours", "Principal": ROLE, "Action": action},
        {"Sid": "theirs", "Principal": {"AWS": THEIRS}, "Action": action},
        {"Sid": "stale", "Principal": STALE, "Action": action},
        {"Sid": "mixed", "Principal": {"AWS": [THEIRS, STALE["AWS"]]}, "Action": action},
    )

    assert left == ("deny", "ours", "stale")


@pytest.mark.parametrize("rule_id", ["policy-unknown-account", "policy-foreign-dangerous-action"])
def test_nothing_may_be_left_of_a_policy(rule_id: str) -> None:
    """A policy without statements is none."""
    written = {"Principal": {"AWS": THEIRS}, "Action": "s3:*", "Resource": ALL}

    assert _fixed(rule_id, BucketPosture("bucket:files", "files", {"policy": policy(written)})) is None


@pytest.mark.parametrize(
    "rule_id", ["policy-unknown-account", "policy-foreign-dangerous-action", "policy-confused-deputy"]
)
def test_there_is_nothing_to_fix_without_a_policy(rule_id: str) -> None:
    """It stays none."""
    assert _fixed(rule_id, BucketPosture("bucket:files", "files", {"policy": None})) is None


def test_only_untied_services_are_tied() -> None:
    """A role beside the service would lose what it has, so such a statement stays; a tied one stays, too."""
    tied = {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::source"}}
    written = (
        {"Principal": LOGS},
        {"Principal": {**LOGS, **ROLE}},
        {"Principal": LOGS, "Condition": tied},
        {"Principal": ROLE},
        {**DENY, "Principal": LOGS},
    )
    after = _fixed(
        "policy-confused-deputy", BucketPosture("bucket:files", "files", {"policy": policy(*written)})
    )

    assert isinstance(after, Policy)
    conditions = [tuple((test.key, test.values) for test in one.conditions) for one in statements(after)]
    assert conditions == [
        (("aws:sourceaccount", ("111122223333",)),),
        (),
        (("aws:sourcearn", ("arn:aws:s3:::source",)),),
        (),
        (),
    ]


def test_others_keep_what_the_acl_gives_them() -> None:
    """Only users lose it."""
    kept = FRESH | {Grant(ALL_USERS, "READ")}
    posture = BucketPosture("bucket:files", "files", {"acl": kept | {Grant("id:a", "READ")}})

    assert _fixed("bucket-acl-user-grants", posture) == kept


def test_copies_to_known_accounts_go_on() -> None:
    """Only rules that surely copy to an unknown account go; without any rule there is no replication."""
    known, unknown, untold = (
        ReplicationRule(name, number, target, account=account)
        for number, (name, target, account) in enumerate(
            (
                ("a", "bucket:copies", None),
                ("b", "arn:aws:s3:::x", "999988887777"),
                ("c", "arn:aws:s3:::y", None),
            )
        )
    )
    several, one = (
        BucketPosture("bucket:files", "files", {"replication": Replication("role:copy", rules)})
        for rules in ((known, unknown, untold), (unknown,))
    )

    assert _fixed("replication-external", several) == Replication("role:copy", (known, untold))
    assert _fixed("replication-external", one) is None
    assert _fixed("replication-external", BucketPosture("bucket:x", "x", {"replication": None})) is None


def test_only_buckets_are_signed_for() -> None:
    """Other origins know no access control of S3."""
    web, files = Origin("api.example.com"), Origin("bucket:files", "identity")
    posture = DistributionPosture("distribution:web", "E1", {"origins": frozenset({web, files})})

    assert _fixed("cloudfront-origin-control", posture) == {web, Origin("bucket:files", "control")}


def test_the_first_policy_grants_nothing() -> None:
    """It refuses plain HTTP, for the bucket and all its objects, and says no more."""
    after = _fixed(
        "policy-absent", BucketPosture("bucket:files", "files", {"policy": None, "region": "cn-north-1"})
    )

    assert isinstance(after, Policy)
    [deny] = statements(after)
    assert (deny.allows, deny.resources and deny.resources.patterns) == (
        False,
        ("arn:aws-cn:s3:::files", "arn:aws-cn:s3:::files/*"),
    )
    assert deny.conditions == (Condition("bool", "aws:securetransport", ("false",)),)
    posture = BucketPosture("bucket:files", "files", {"policy": after})
    assert isinstance(catalogue()["policy-lockout"].verdict(posture, Estate("live", {})), Passes)
