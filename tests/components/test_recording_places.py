"""Where the resources of a recorded program stand: in which order, below whom, after whom."""

import pulumi
import pulumi_aws
from pulumi_aws import s3

from tests.components.programs import Shelf, Thing, recorded, resources, under


def test_the_plan_has_the_order_of_the_program() -> None:
    """What has to wait for something else still stands where the program says it."""

    def program() -> None:
        first = Thing("first")
        Thing("waiting", {"value": first.made}, pulumi.ResourceOptions(depends_on=[first]))
        Thing("last")

    assert [one.name for one in recorded(program).resources] == ["first", "waiting", "last"]


def test_components_hold_their_resources() -> None:
    """A URN names the types above it, as the engine's does; the stack is nobody's parent."""

    def program() -> None:
        shelf = Shelf("shelf")
        inner = Shelf("inner", under(shelf))
        Thing("thing", opts=under(inner))

    shelf, inner, thing = recorded(program).resources

    assert shelf.urn == "urn:pulumi:dev::shop::bucketwright:index:Shelf::shelf"
    assert thing.urn == (
        "urn:pulumi:dev::shop::bucketwright:index:Shelf$bucketwright:index:Shelf$shop:index:Thing::thing"
    )
    assert (shelf.parent, inner.parent, thing.parent) == (None, shelf.urn, inner.urn)
    assert (shelf.custom, thing.custom) == (False, True)
    assert shelf.inputs == {"size": 3}


def test_depends_on_names_all_it_waits_for() -> None:
    """A component stands for the resources in it."""

    def program() -> None:
        shelf = Shelf("shelf")
        Thing("inside", opts=under(shelf))
        beside = Thing("beside")
        Thing("waiting", opts=pulumi.ResourceOptions(depends_on=[shelf, beside]))

    found = resources(program)

    assert found["waiting"].depends_on == (found["inside"].urn, found["beside"].urn)
    assert found["waiting"].property_dependencies == {}


def test_protection_reaches_what_is_below() -> None:
    """A child is protected as its parent is, and so is what stays on delete, unless it says otherwise."""

    def program() -> None:
        kept = Shelf("kept", pulumi.ResourceOptions(protect=True, retain_on_delete=True))
        Thing("silent", opts=under(kept))
        otherwise = pulumi.ResourceOptions(parent=kept, protect=False, retain_on_delete=False)
        Thing("otherwise", opts=otherwise)
        Thing("elsewhere")

    found = resources(program)

    assert {name: (one.protect, one.retain_on_delete) for name, one in found.items()} == {
        "kept": (True, True),
        "silent": (True, True),
        "otherwise": (False, False),
        "elsewhere": (False, False),
    }


def test_what_hangs_on_something_that_exists_is_placed_below_it() -> None:
    """Its URN names the type of its parent, though that is no part of the plan."""

    def program() -> None:
        there = s3.Bucket.get("there", "shop-there")
        Thing("below", opts=under(there))

    (below,) = recorded(program).resources

    assert below.urn == "urn:pulumi:dev::shop::aws:s3/bucket:Bucket$shop:index:Thing::below"
    assert below.parent == "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::there"


def test_a_provider_of_its_own_is_a_resource() -> None:
    """A program may bring its provider, as for another region."""

    def program() -> None:
        there = pulumi_aws.Provider("there", region="us-east-1")
        s3.Bucket("first", opts=pulumi.ResourceOptions(provider=there))

    found = resources(program)

    assert found["there"].type == "pulumi:providers:aws"
    assert found["there"].inputs["region"] == "us-east-1"
    assert found["first"].inputs == {}
    assert found["first"].provider == found["there"].urn
    assert found["there"].provider is None


def test_a_resource_of_the_stacks_own_provider_names_none() -> None:
    """Nor does a component, whatever it hands on to what is in it."""

    def program() -> None:
        s3.Bucket("first")
        there = pulumi_aws.Provider("there", region="us-east-1")
        Shelf("shelf", pulumi.ResourceOptions(providers=[there]))

    found = resources(program)

    assert (found["first"].provider, found["shelf"].provider) == (None, None)


def test_ignored_changes_are_named_as_the_engine_does() -> None:
    """Once each, and none where the program ignores none."""

    def program() -> None:
        ignored = ["lifecycle_rules", "tags.owner", "lifecycle_rules"]
        s3.Bucket("first", opts=pulumi.ResourceOptions(ignore_changes=ignored))
        s3.Bucket("second")

    found = resources(program)

    assert found["first"].ignore_changes == ("lifecycleRules", "tags.owner")
    assert found["second"].ignore_changes == ()
