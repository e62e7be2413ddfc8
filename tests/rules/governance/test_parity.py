"""Is a bucket held against the same bucket elsewhere, control by control, and never against a weaker one?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import FRESH as PRIVATE
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.intended import intended, wanted_bucket
from bucketwright.posture import Circumstances, Estate, Unknown
from bucketwright.rules.example_access import OPEN, policy
from bucketwright.rules.example_controls import STRICT, STRONG, WEAKER
from bucketwright.rules.example_refusals import Condition, refusal
from bucketwright.rules.examples import Example, declares
from bucketwright.rules.governance.env_parity import env_parity
from bucketwright.rules.request_conditions import SECURE_TRANSPORT, TLS_VERSION
from bucketwright.rules.strengths import STRENGTHS
from bucketwright.verdicts import Fails, Passes, Undecided, Verdict
from tests.rules.governance.examined import examined, texts

LOCK: Final = "object_lock"
SETTINGS: Final[tuple[tuple[Mapping[str, object], ...], ...]] = (
    ({"versioning": "disabled"}, {"versioning": "suspended"}, {"versioning": "enabled"}),
    ({"ownership": "writer"}, {"ownership": "preferred"}, {"ownership": "enforced"}),
    ({"encryption": "s3"}, {"encryption": "kms"}, {"encryption": "dsse"}),
    ({"require_tls": False}, {"tls_minimum": "1.2"}, {"tls_minimum": "1.3"}),
    ({"block_sse_c": False}, {}),
    ({}, {"mfa_delete": True}),
    ({}, {"access_logs": "logs"}),
    ({}, {"replication": {"to": "arn:aws:s3:::copies"}}),
    ({"acl": "log-delivery-write"}, {}),
    ({"cors": {"origins": "*", "methods": "GET"}}, {}),
    ({"public_access_block": {"block_acls": False}}, {}),
    (
        {},
        {LOCK: {}},
        {LOCK: {"mode": "governance", "retain": "7 days"}},
        {LOCK: {"mode": "compliance", "retain": "7 days"}},
        {LOCK: {"mode": "compliance", "retain": "8 days"}},
    ),
)
"""What a contract can say of a bucket, in each respect the weakest first."""
CHOICES: Final = st.tuples(*(st.integers(0, len(levels) - 1) for levels in SETTINGS))
Choice = tuple[int, ...]


def wanted(name: str, choice: Choice, *, protect: bool = False) -> tuple[Environment, Estate]:
    """An environment in which the bucket is set so, and what it wants of that bucket."""
    chosen = (levels[level] for levels, level in zip(SETTINGS, choice, strict=True))
    bucket = {setting: value for one in chosen for setting, value in one.items()}
    stated = {"project": "shop", "name": name, "protect": protect, "buckets": {"files": bucket}}
    environment = Environment.model_validate(stated)
    return environment, Estate("intended", {"bucket:files": wanted_bucket(environment, "files")})


def said(choice: Choice, **others: Choice) -> Verdict:
    """The verdict on the bucket of a protected environment beside others."""
    here, estate = wanted("prod", choice, protect=True)
    elsewhere = {name: wanted(name, other)[1] for name, other in others.items()}
    around = replace(estate, circumstances=Circumstances(here, estate, elsewhere))
    return env_parity.verdict(around.follow("bucket:files", BucketPosture), around)


@settings(max_examples=60)
@given(here=CHOICES, there=CHOICES)
def test_a_bucket_is_weaker_where_any_setting_is(here: Choice, there: Choice) -> None:
    """The order of a contract's settings decides, and nothing but it."""
    weaker = any(one < other for one, other in zip(here, there, strict=True))

    assert isinstance(said(here, staging=there), Fails if weaker else Passes)


@settings(max_examples=20)
@given(choice=CHOICES)
def test_equals_are_not_weaker(choice: Choice) -> None:
    """What is set alike passes, though names and policies differ with the environment."""
    assert isinstance(said(choice, dev=choice, staging=choice), Passes)


def facts(fact: str, value: object) -> BucketPosture:
    """A bucket that is strong in all but this."""
    return BucketPosture("bucket:example", "example", {**STRONG, fact: value})


@pytest.mark.parametrize(("fact", "value"), WEAKER, ids=[fact for fact, _ in WEAKER])
def test_each_weakness_is_of_one_control(fact: str, value: object) -> None:
    """Only what hangs together, a lock and its default, is told together."""
    strong = [one.grade(facts(fact, STRONG[fact])) for one in STRENGTHS]
    grades = [one.grade(facts(fact, value)) for one in STRENGTHS]
    weaker = {
        one.control.removeprefix("default ").removeprefix("object ")
        for one, grade, best in zip(STRENGTHS, grades, strong, strict=True)
        if grade < best
    }

    named = {one.fact for one, grade, best in zip(STRENGTHS, grades, strong, strict=True) if grade < best}

    assert all(0 <= grade <= best for grade, best in zip(grades, strong, strict=True))
    assert len(weaker) == 1 or value is None
    assert named == {fact}


@pytest.mark.parametrize("fact", sorted(STRONG))
def test_what_is_weakest_elsewhere_need_not_be_known_here(fact: str) -> None:
    """A bucket that is turned down elsewhere asks nothing; one that is strict asks for every fact."""
    weakest = {**dict(reversed(WEAKER)), "ownership": "ObjectWriter", "versioning": "Disabled"}
    weak = BucketPosture("bucket:example", "other", {**weakest, "public_access_block": OPEN})
    strict = intended(Environment.model_validate({"project": "shop", "name": "staging", **STRICT}))
    here = Environment.model_validate(
        {"project": "shop", "name": "prod", "protect": True, "buckets": {"example": {}}}
    )
    unread = facts(fact, Unknown("access denied"))

    def against(*others: Estate) -> Verdict:
        elsewhere = {f"other-{number}": other for number, other in enumerate(others)}
        estate = Estate("live", {}, circumstances=Circumstances(here, None, elsewhere))
        return env_parity.verdict(unread, estate)

    lax = Estate("intended", {weak.address: weak})

    assert against(strict) == against(lax, strict) == Undecided(fact, "access denied")
    assert isinstance(against(lax), Passes)


ORDER: Final = (
    Encryption(),
    Encryption("aws:kms"),
    Encryption("aws:kms:dsse"),
    Encryption("aws:kms", "key:example"),
    Encryption("aws:kms:dsse", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"),
)


def test_encryption_has_one_order() -> None:
    """A key of one's own counts more than a second layer."""
    [strength] = [one for one in STRENGTHS if one.control == "encryption"]

    assert [strength.grade(facts("encryption", one)) for one in ORDER] == [0, 1, 2, 3, 4]
    assert strength.spoken(4) == "aws:kms:dsse under a key of its own"


def test_the_strongest_environment_is_named() -> None:
    """Of several that are stronger, the reader is told which sets the mark."""
    modes = [ObjectLock(), ObjectLock(True, "GOVERNANCE", 3), ObjectLock(True, "GOVERNANCE", 9)]
    elsewhere = {
        name: Estate("intended", {"bucket:example": facts("object_lock", lock)})
        for name, lock in zip(("dev", "test", "staging"), modes, strict=True)
    }
    here = Environment.model_validate(
        {"project": "shop", "name": "prod", "protect": True, "buckets": {"example": {}}}
    )
    estate = Estate("live", {}, circumstances=Circumstances(here, None, elsewhere))
    verdict = env_parity.verdict(facts("object_lock", ObjectLock(True, "GOVERNANCE", 5)), estate)

    assert isinstance(verdict, Fails)
    assert [one.text for one in verdict.faults] == ["default lock: 5 days here, 9 days in staging"]


def test_what_is_strongest_here_need_not_be_known_elsewhere() -> None:
    """Nothing can be stronger, whatever it is."""
    here = Environment.model_validate(
        {"project": "shop", "name": "prod", "protect": True, "buckets": {"example": {}}}
    )
    unsaid = Estate("intended", {"bucket:example": facts("versioning", Unknown("nobody said"))})
    estate = Estate("live", {}, circumstances=Circumstances(here, None, {"staging": unsaid}))

    assert env_parity.verdict(facts("versioning", "Enabled"), estate) == Passes()
    assert env_parity.verdict(facts("versioning", "Suspended"), estate) == Undecided(
        "versioning", "nobody said"
    )


def against_staging(**otherwise: object) -> Verdict:
    """The verdict on a protected bucket that is strong in all but this, beside a strict one."""
    around = declares({"staging": STRICT}, protect=True, buckets={"example": {}})
    example = Example(is_good=True, facts={**STRONG, **otherwise}, around=around)
    return examined("env-parity", example)


def test_each_control_is_named_with_both_grades() -> None:
    """What it is here, and what it is where it is strongest."""
    found = against_staging(
        acl=PRIVATE | {Grant(ALL_USERS, "READ")},
        blocks_sse_c=False,
        cors=(CorsRule(("*",), ("GET",)),),
        encryption=Encryption(),
        logging=None,
        mfa_delete=False,
        namespace="global",
        object_lock=ObjectLock(),
        ownership="ObjectWriter",
        policy=None,
        public_access_block=OPEN,
        replication=None,
        versioning="Disabled",
        website=Website("index.html"),
    )

    assert texts(found)[4:] == [
        "ownership: ObjectWriter here, BucketOwnerEnforced in staging",
        "the ACL: names others here, names the owner alone in staging",
        "pages of any origin: let in here, refused in staging",
        "a website: served here, not served in staging",
        "plain HTTP: let in here, refused in staging",
        "TLS 1.1: let in here, refused in staging",
        "TLS 1.2: let in here, refused in staging",
        "encryption: AES256 here, aws:kms:dsse under a key of its own in staging",
        "keys that only callers have: let in here, refused in staging",
        "versioning: Disabled here, Enabled in staging",
        "MFA delete: off here, on in staging",
        "object lock: off here, on in staging",
        "default lock: none here, COMPLIANCE in staging",
        "default lock: 0 days here, 30 days in staging",
        "replication: off here, on in staging",
        "access logs: off here, on in staging",
        "the name: global here, account-regional in staging",
    ]


@pytest.mark.parametrize(
    ("conditions", "wrong"),
    [
        pytest.param({"NumericLessThan": {TLS_VERSION: "1.3"}}, [], id="whatever it is under"),
        pytest.param(
            {"Bool": {SECURE_TRANSPORT: "true"}, "NumericLessThan": {TLS_VERSION: "1.3"}},
            [],
            id="where there is TLS",
        ),
        pytest.param(
            {"NumericEquals": {TLS_VERSION: "1.2"}},
            ["TLS 1.1: let in here, refused in staging"],
            id="one version alone",
        ),
    ],
)
def test_old_versions_of_tls_are_told_apart(conditions: Condition, wrong: list[str]) -> None:
    """Each is refused or let in by itself."""
    plain = refusal({"Bool": {SECURE_TRANSPORT: "false"}})
    found = against_staging(policy=policy(plain, refusal(conditions)))

    assert (texts(found) if wrong else found) == (wrong or Passes())
