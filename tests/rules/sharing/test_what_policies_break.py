"""What is said of a bucket whose policy breaks a rule on sharing?"""

import json
from collections.abc import Mapping

import pytest

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.verdicts import NotApplicable, Passes, Undecided
from tests.rules.sharing.judged import ALL, ARN, THEIRS, bucket, judged, policy, texts


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            {"Sid": "Share", "Principal": {"AWS": THEIRS}},
            f"statement 1 ('Share') lets in '{THEIRS}', whose account is not known",
            id="a role of another account",
        ),
        pytest.param({"Principal": "*"}, "statement 1 lets in everybody", id="everybody"),
        pytest.param(
            {"Principal": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}},
            "statement 1 lets in everybody, tied by a condition alone",
            id="everybody under a condition",
        ),
        pytest.param(
            {"NotPrincipal": {"AWS": THEIRS}},
            "statement 1 lets in everybody but those it names",
            id="all but one",
        ),
        pytest.param(
            {"Principal": {"Federated": "accounts.google.com"}},
            "statement 1 lets in every user of 'accounts.google.com'",
            id="a provider's users",
        ),
    ],
)
def test_an_unknown_account(statement: Mapping[str, object], said: str) -> None:
    """Each one let in who is not known is named, with the statement that lets them in."""
    verdict = bucket("policy-unknown-account", policy=policy(statement))

    assert texts(verdict) == (said,)


@pytest.mark.parametrize(
    ("principal", "reason"),
    [
        pytest.param(
            {"AWS": "AROAEXAMPLEEXAMPLEEXA"},
            "statement 1: of which account 'AROAEXAMPLEEXAMPLEEXA' is, is not told",
            id="a bare id",
        ),
        pytest.param(
            {"CanonicalUser": "ab" * 32},
            f"statement 1: of which account '{'ab' * 32}' is, is not told",
            id="a user",
        ),
    ],
)
@pytest.mark.parametrize("rule", ["policy-unknown-account", "policy-foreign-dangerous-action"])
def test_an_account_that_is_not_told(rule: str, principal: Mapping[str, str], reason: str) -> None:
    """Somebody whose account is not told is neither known nor unknown."""
    found = policy({"Principal": principal, "Action": "s3:PutObjectAcl"})

    assert bucket(rule, policy=found) == Undecided("policy", reason)


@pytest.mark.parametrize("rule", ["policy-unknown-account", "policy-foreign-dangerous-action"])
def test_the_own_account_is_asked_for_only_where_it_matters(rule: str) -> None:
    """Where nothing says which account is looked at, a named one may be it."""
    named = {"Principal": {"AWS": THEIRS}, "Action": "s3:PutObjectAcl"}
    services = {"Principal": {"Service": "s3.amazonaws.com"}, "Action": "s3:PutObjectAcl"}

    undecided, kept = (
        judged(rule, BucketPosture("bucket:files", "files", {"policy": policy(one)}))
        for one in (named, services)
    )

    assert undecided == Undecided("account", "nothing is said of it")
    assert isinstance(kept, Passes)


@pytest.mark.parametrize(
    "rule",
    [
        "policy-unknown-account",
        "policy-foreign-dangerous-action",
        "policy-confused-deputy",
        "policy-exceeds-control",
    ],
)
def test_an_allow_for_nobody_is_no_bucket_policy(rule: str) -> None:
    """Without a Principal nobody can say whom S3 would let in."""
    found = policy_of(json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}))
    posture = BucketPosture("bucket:files", "files", {"policy": found})

    verdict = judged(rule, posture, policy_limit='{"Statement": {"Effect": "Deny", "Action": "*"}}')

    assert verdict == Undecided("policy", "statement 1 has no Principal, so this is no bucket policy")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            {"Principal": {"AWS": THEIRS}, "Action": "s3:Put*", "Resource": ALL},
            f"statement 1 lets '{THEIRS}' do s3:PutBucketAcl, s3:PutBucketPolicy, "
            "s3:PutEncryptionConfiguration, s3:PutObjectAcl",
            id="several actions",
        ),
        pytest.param(
            {"Principal": "*", "Action": "s3:DeleteBucketPolicy", "Resource": ARN},
            "statement 1 lets other accounts do s3:DeleteBucketPolicy",
            id="everybody",
        ),
    ],
)
def test_a_dangerous_action(statement: Mapping[str, object], said: str) -> None:
    """All that another account can do is listed."""
    verdict = bucket("policy-foreign-dangerous-action", policy=policy(statement))

    assert texts(verdict) == (said,)


def test_a_deny_to_nobody_is_not_judged() -> None:
    """S3 would not take the policy."""
    said = [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObjectAcl", "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"},
    ]
    found = policy_of(json.dumps({"Statement": said}))

    assert bucket("policy-foreign-dangerous-action", policy=found) == Undecided(
        "policy", "has no Principal, so this is no bucket policy"
    )


def test_a_statement_without_resource_is_not_judged() -> None:
    """What it is about cannot be told."""
    found = policy_of(json.dumps({"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*"}}))
    posture = BucketPosture("bucket:files", "files", {"policy": found})
    limit = '{"Statement": {"Effect": "Deny", "Action": "*", "Principal": "*", "Resource": "*"}}'

    for rule in ("policy-foreign-dangerous-action", "policy-exceeds-control"):
        verdict = judged(rule, posture, policy_limit=limit)
        assert isinstance(verdict, Undecided)
        assert verdict.reason.endswith("names no Resource")


def test_an_untied_service() -> None:
    """The service is named."""
    found = policy({"Principal": {"Service": "s3.amazonaws.com"}})

    assert texts(bucket("policy-confused-deputy", policy=found)) == (
        "statement 1 lets in 's3.amazonaws.com' for whoever asks",
    )


@pytest.mark.parametrize(
    ("action", "after"),
    [
        pytest.param("s3:PutBucketPolicy", "; it can still be deleted as a whole", id="changes alone"),
        pytest.param("s3:*", "", id="everything"),
        pytest.param(["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"], "", id="both"),
    ],
)
def test_a_lockout(action: object, after: str) -> None:
    """It is said whether the policy can at least be deleted."""
    found = policy({"Effect": "Deny", "Principal": "*", "Action": action, "Resource": ARN})

    assert texts(bucket("policy-lockout", policy=found)) == (
        f"statement 1 denies everybody to change the policy{after}",
    )


def test_a_stale_principal() -> None:
    """The bare ids are named."""
    found = policy({"Principal": {"AWS": ["AROAEXAMPLEEXAMPLEEXA", THEIRS]}})

    assert texts(bucket("policy-stale-principal", policy=found)) == (
        "statement 1 names 'AROAEXAMPLEEXAMPLEEXA'",
    )


def test_no_policy() -> None:
    """That is all there is to say."""
    assert texts(bucket("policy-absent", policy=None)) == ("there is no policy",)


def test_a_policy_beyond_the_limit() -> None:
    """It says whom the statement lets do what, and no more than a few actions."""
    limit = json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}})
    statements = ({"Principal": {"AWS": THEIRS}}, {"Principal": "*", "Action": ["s3:PutObject", "s3:X"]})
    more = {"NotPrincipal": {"AWS": THEIRS}, "Action": "s3:*"}
    posture = BucketPosture("bucket:files", "files", {"policy": policy(*statements, more)})

    assert texts(judged("policy-exceeds-control", posture, policy_limit=limit)) == (
        f"statement 1 lets '{THEIRS}' do 's3:GetObject' beyond the limit",
        "statement 2 lets everybody do 's3:PutObject', 's3:x' beyond the limit",
        (
            "statement 3 lets everybody but those it names do 's3:GetObject', 's3:PutObject', "
            "'s3:AbortMultipartUpload' and 1 more beyond the limit"
        ),
    )


def test_a_deny_that_spares_somebody_is_not_held_against_the_limit() -> None:
    """It leaves nobody but those it spares, whom the limit may well allow as much."""
    spares = {"Effect": "Deny", "NotPrincipal": {"AWS": THEIRS}}
    limit = json.dumps(
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": THEIRS}, "Action": "*", "Resource": "*"}}
    )
    posture = BucketPosture("bucket:files", "files", {"policy": policy({"Principal": "*"}, spares)})

    assert judged("policy-exceeds-control", posture, policy_limit=limit) == Undecided(
        "policy", "statement 1: whom a Deny with NotPrincipal spares is not held against the limit"
    )


def test_rules_of_the_team_alone() -> None:
    """Where the team has set nothing, nothing is held against it."""
    found = [bucket(rule, policy=None) for rule in ("policy-exceeds-control", "policy-required-statements")]

    assert found == [
        NotApplicable("the team has set no rules.policy_limit"),
        NotApplicable("the team has set no rules.required_statements"),
    ]


def test_a_required_statement_that_is_lacking() -> None:
    """It is named as the contract has it."""
    required = [
        {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"},
        {"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"},
    ]
    posture = BucketPosture("bucket:files", "files", {"policy": policy({**required[0], "Resource": ALL})})
    verdict = judged(
        "policy-required-statements", posture, required_statements=json.dumps({"Statement": required})
    )

    assert texts(verdict) == ("statement 2 ('Tls') of the required ones is not there",)
