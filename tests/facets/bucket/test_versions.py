"""Versioning, MFA delete and object lock: what a plan says of getting objects back and of keeping them."""

import pytest

from bucketwright.facets.bucket import mfa_delete, object_lock, versioning
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.facet import Declared, Planned
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import plan, resolve


def status(word: object, **more: object) -> tuple[str, dict[str, object]]:
    return versioning.KIND, {"bucket": "files", "versioningConfiguration": {"status": word, **more}}


def lock(**rule: object) -> dict[str, object]:
    return {"rule": {"defaultRetention": rule}}


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, status("Enabled")), "Enabled", id="a resource of its own: on"),
        pytest.param(plan({}, status("Suspended")), "Suspended", id="a resource of its own: suspended"),
        pytest.param(plan({}, status("Disabled")), "Disabled", id="a resource of its own: never on"),
        pytest.param(plan({"versioning": {"enabled": True}}), "Enabled", id="the bucket itself: on"),
        pytest.param(
            plan({"versioning": {"enabled": False}}), UNSET, id="the bucket itself: off or suspended"
        ),
        pytest.param(plan({"versioning": {}}), UNSET, id="the bucket itself: nothing"),
        pytest.param(
            plan({"versionings": [{"enabled": True}]}), "Enabled", id="the older bucket: a list of one"
        ),
        pytest.param(
            plan({"versioning": {"enabled": True}}, status("Enabled")), "Enabled", id="said twice, alike"
        ),
    ],
)
def test_versioning_in_a_plan(planned: Planned, said: object) -> None:
    """Both ways to say it are understood."""
    assert versioning.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, status(UNKNOWN_INPUT)), "known only after deployment", id="unknown status"),
        pytest.param(
            plan({"versioning": {"enabled": UNKNOWN_INPUT}}), "known only after", id="unknown switch"
        ),
        pytest.param(plan({"versioning": {"enabled": "yes"}}), "not true or false", id="a word for a switch"),
        pytest.param(
            plan({}, status("On")), "one of Enabled, Suspended, Disabled", id="a word S3 does not know"
        ),
        pytest.param(plan({}, (versioning.KIND, {})), "has to be", id="nothing in the resource"),
        pytest.param(plan({}, status("Enabled"), status("Enabled")), "2 resources", id="two resources"),
        pytest.param(
            plan({"versioning": {"enabled": False}}, status("Enabled")), "another", id="they contend"
        ),
        pytest.param(
            plan({"versioning": {"enabled": True}}, status("Suspended")),
            "another",
            id="they contend the other way",
        ),
    ],
)
def test_versioning_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        versioning.from_plan(planned)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, status("Enabled")), UNSET, id="versioning alone"),
        pytest.param(plan({}, status("Enabled", mfaDelete="Enabled")), True, id="a resource of its own: on"),
        pytest.param(
            plan({}, status("Enabled", mfaDelete="Disabled")), False, id="a resource of its own: off"
        ),
        pytest.param(
            plan({"versioning": {"enabled": True, "mfaDelete": True}}), True, id="the bucket itself: on"
        ),
        pytest.param(plan({"versioning": {"mfaDelete": False}}), False, id="the bucket itself: off"),
    ],
)
def test_mfa_delete_in_a_plan(planned: Planned, said: object) -> None:
    """It is said beside versioning, in both ways."""
    assert mfa_delete.from_plan(planned) == said


def test_no_program_declares_mfa_delete() -> None:
    """S3 would refuse the deployment, whose caller is not root with its device."""
    assert mfa_delete.to_args(True, resolve) == mfa_delete.to_args(False, resolve) == ()


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, status("Enabled", mfaDelete=UNKNOWN_INPUT)), "known only after", id="unknown"),
        pytest.param(plan({}, status("Enabled", mfaDelete=True)), "not text", id="a switch for a word"),
        pytest.param(
            plan({"versioning": {"mfaDelete": False}}, status("Enabled", mfaDelete="Enabled")),
            "another",
            id="they contend",
        ),
    ],
)
def test_mfa_delete_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        mfa_delete.from_plan(planned)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({"objectLockEnabled": False}), ObjectLock(), id="the bucket itself: off"),
        pytest.param(plan({"objectLockEnabled": True}), ObjectLock(enabled=True), id="on, without retention"),
        pytest.param(
            plan({"objectLockEnabled": True}, (object_lock.KIND, lock(mode="GOVERNANCE", days=30.0))),
            ObjectLock(True, "GOVERNANCE", 30),
            id="on, and a resource says how long",
        ),
        pytest.param(
            plan({}, (object_lock.KIND, lock(mode="COMPLIANCE", years=7.0))),
            ObjectLock(True, "COMPLIANCE", None, 7),
            id="an older bucket that a resource locks, in years",
        ),
        pytest.param(
            plan({}, (object_lock.KIND, {})), ObjectLock(enabled=True), id="a resource without a rule"
        ),
        pytest.param(
            plan(
                {
                    "objectLockConfiguration": {
                        "objectLockEnabled": "Enabled",
                        **lock(mode="GOVERNANCE", days=1),
                    }
                }
            ),
            ObjectLock(True, "GOVERNANCE", 1),
            id="the bucket's own older property",
        ),
        pytest.param(
            plan(
                {
                    "objectLockConfiguration": {
                        "rules": [{"defaultRetentions": [{"mode": "GOVERNANCE", "days": 1}]}]
                    }
                }
            ),
            ObjectLock(True, "GOVERNANCE", 1),
            id="the older bucket's lists of one",
        ),
    ],
)
def test_object_lock_in_a_plan(planned: Planned, said: object) -> None:
    """Whether there is a lock, and how long it holds, from wherever it is said."""
    assert object_lock.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({"objectLockEnabled": UNKNOWN_INPUT}), "known only after", id="unknown"),
        pytest.param(plan({"objectLockEnabled": "Enabled"}), "not true or false", id="a word for a switch"),
        pytest.param(
            plan({"objectLockEnabled": False}, (object_lock.KIND, lock(mode="GOVERNANCE", days=1))),
            "says it is off",
            id="off, and a resource says how long",
        ),
        pytest.param(
            plan({"objectLockConfiguration": lock(mode="GOVERNANCE", days=2)}, (object_lock.KIND, {})),
            "another",
            id="they contend",
        ),
        pytest.param(
            plan({}, (object_lock.KIND, lock(mode="GOVERNANCE", days=1.5))), "whole number", id="half a day"
        ),
        pytest.param(plan({}, (object_lock.KIND, lock(days=1))), "has to be", id="no mode"),
        pytest.param(
            plan({}, (object_lock.KIND, {"objectLockEnabled": "Disabled"})),
            "one of Enabled",
            id="no such word",
        ),
    ],
)
def test_object_lock_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        object_lock.from_plan(planned)


@pytest.mark.parametrize(
    ("value", "inputs"),
    [
        pytest.param(ObjectLock(enabled=True), {"object_lock_enabled": "Enabled"}, id="without retention"),
        pytest.param(
            ObjectLock(True, "GOVERNANCE", 9),
            {
                "object_lock_enabled": "Enabled",
                "rule": {"default_retention": {"mode": "GOVERNANCE", "days": 9}},
            },
            id="with retention",
        ),
    ],
)
def test_a_lock_is_declared_beside_the_bucket(value: ObjectLock, inputs: dict[str, object]) -> None:
    """A bucket that is there already gets its lock; an input of its own would replace it."""
    assert object_lock.to_args(value, resolve) == (Declared(object_lock.KIND, inputs),)


def test_no_lock_declares_nothing() -> None:
    """A bucket that never locks has no resource for it."""
    assert object_lock.to_args(ObjectLock(), resolve) == ()
