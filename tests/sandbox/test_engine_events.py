"""What is read in the engine's events: what there is, and what had to be put right."""

from collections.abc import Mapping

from pulumi.automation import EngineEvent

from sandbox.engine_events import made_in, repaired_in
from sandbox.made import Made, Repaired, place_of

TYPE = "aws:s3/bucketVersioning:BucketVersioning"
PLACE = f"bucketwright:index:Bucket${TYPE}::"
URN = f"urn:pulumi:shop-dev::bucketwright::{PLACE}"
ENABLED = {"versioningConfiguration": {"status": "Enabled"}}


def state(name: str, id_: str, inputs: Mapping[str, object]) -> dict[str, object]:
    """A resource before or after a step."""
    return {"type": TYPE, "urn": URN + name, "id": id_, "parent": "", "provider": "", "inputs": inputs}


def step(op: str, name: str, *diffs: str, there: bool = True, ended: bool = True) -> EngineEvent:
    """A step as the engine tells it, at its beginning or at its end."""
    told = {
        "op": op,
        "urn": URN + name,
        "type": TYPE,
        "provider": "",
        "old": state(name, f"{name}-id", {}),
        "new": state(name, f"{name}-id", ENABLED) if there else None,
        "diffs": list(diffs) or None,
    }
    event = "resOutputsEvent" if ended else "resourcePreEvent"
    return EngineEvent.from_json({"sequence": 1, "timestamp": 1, event: {"metadata": told}})


def test_what_is_there_is_told_as_it_was_made() -> None:
    """Made, changed or left alone; not what went, nor what was only looked at or only begun."""
    events = [
        step("create", "files"),
        step("same", "logs"),
        step("update", "uploads"),
        step("delete", "old", there=False),
        step("refresh", "seen"),
        step("create", "begun", ended=False),
        EngineEvent.from_json({"sequence": 1, "timestamp": 1, "cancelEvent": {}}),
    ]

    assert made_in(events) == {
        f"{PLACE}{name}": Made(f"{name}-id", ENABLED) for name in ("files", "logs", "uploads")
    }


def test_what_was_others_and_is_changed_was_repaired() -> None:
    """With the properties that were others, or as something that was gone."""
    events = [
        step("refresh", "files", "versioningConfiguration"),
        step("refresh", "logs", there=False),
        step("update", "files", "versioningConfiguration"),
        step("create", "logs"),
    ]

    assert repaired_in(events) == (
        Repaired(TYPE, "files", ("versioningConfiguration",)),
        Repaired(TYPE, "logs"),
    )


def test_nothing_else_counts_as_repaired() -> None:
    """Not what is new in the contract, nor what somebody changed to what the contract says by now."""
    events = [
        step("refresh", "files"),
        step("refresh", "agreed", "versioningConfiguration"),
        step("refresh", "removed", there=False),
        step("update", "files", "versioningConfiguration"),
        step("create", "new"),
        step("same", "agreed"),
    ]

    assert repaired_in(events) == ()


def test_a_place_is_the_same_in_every_stack() -> None:
    """A plan and a deployment call project and stack by different names."""
    assert place_of("urn:pulumi:dev::shop::a:b:C$d:e:F::files") == "a:b:C$d:e:F::files"
    assert place_of("urn:pulumi:dev::shop::a:b:C::odd::name") == "a:b:C::odd::name"
