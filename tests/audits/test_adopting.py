"""Law 8, second half: deployed, adopted, and meant again as it was; what cannot be said is told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from audits.adopted_things import there
from audits.adopting import Adoption, Wish, adopt
from audits.live import CannotLookError
from bucketwright.adopting.importing import import_of
from bucketwright.calls import Call, Failure, Outcome, Send
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.intended import intended
from components.recording import record
from components.storage import declare
from sandbox.accounts import account_of
from sandbox.server import Server
from tests.audits.sandboxed import EVERYTHING, NOW, ROOT, around_in, deploy, last_environment, sending
from tests.sandbox.drifts.deploying import sandbox

OF_THIS_SERVER = {"metadata tables"}
"""What the sandbox cannot answer."""
DESTROYED = "force_destroy"
"""What no server tells: it is a wish of the program alone."""
HOSTILE = 'a"b: {c} # *d\n- e\\'
ACCOUNT = "111122223333"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox for all tests of this file."""
    with sandbox() as running:
        yield running


def adopted(server: Server, account: str, region: str, *names: str, **wished: str) -> Adoption:
    """What becomes of these buckets."""
    with sending(server, account, region) as send:
        return adopt(send, Wish(NOW, frozenset(names), region=region, **wished))


@contextmanager
def by_hand(server: Server, *names: str) -> Iterator[Any]:
    """A client for S3, with these buckets in an account that is empty otherwise."""
    server.reset()
    s3 = server.clients(account=ACCOUNT, region="us-east-1").client("s3")
    for name in names:
        s3.create_bucket(Bucket=name)
    yield s3


def facts(environment: Environment) -> dict[tuple[str, str], object]:
    """All that an environment wants of its buckets and roles; but what no server tells."""
    estate = intended(environment)
    postures = (*estate.every(BucketPosture), *estate.every(RolePosture))
    return {
        (one.address, fact): value
        for one in postures
        for fact, value in one.facts.items()
        if fact != DESTROYED
    }


@pytest.mark.parametrize(
    "path",
    [
        EVERYTHING,
        ROOT / "examples" / "case-operations" / "contract.yaml",
        ROOT / "examples" / "file-storage" / "contract.yaml",
    ],
    ids=["everything", "case-operations", "file-storage"],
)
def test_what_was_deployed_is_adopted_as_it_was_meant(path: Path, server: Server) -> None:
    """Every fact of every bucket and role, from nothing but what is live."""
    contract = load(path)
    around = around_in(contract, "dev" if path == EVERYTHING else last_environment(contract))
    environment = around.environment
    assert environment is not None
    deploy(server, around)
    names = [one.name for one in intended(environment).every(BucketPosture)]

    adoption = adopted(server, account_of(environment), environment.region, *names)

    assert facts(adoption.environment) == facts(environment)
    assert {gap.setting for gap in adoption.gaps} <= OF_THIS_SERVER
    assert adoption.untagged == 0
    assert read(adoption.text, "again").environments == {environment.name: adoption.environment}


def test_what_no_contract_says_is_listed(server: Server) -> None:
    """A website, a rule without a folder, a statement about everybody: none is lost in silence."""
    everybody = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme-site/*",
    }
    rule = {"ID": "half", "Status": "Enabled", "Filter": {"Prefix": "tmp"}, "Expiration": {"Days": 3}}
    with by_hand(server, "acme-site") as s3:
        open_ = dict.fromkeys(
            ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False
        )
        s3.put_public_access_block(Bucket="acme-site", PublicAccessBlockConfiguration=open_)
        s3.put_bucket_policy(
            Bucket="acme-site", Policy=json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
        )
        s3.put_bucket_website(
            Bucket="acme-site", WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}}
        )
        s3.put_bucket_lifecycle_configuration(Bucket="acme-site", LifecycleConfiguration={"Rules": [rule]})

        adoption = adopted(server, ACCOUNT, "us-east-1", "acme-site", project="acme", environment="prod")

    (bucket,) = adoption.environment.buckets.values()
    assert bucket.unsafe == dict.fromkeys(("plain-http", "public-access"), "found on adoption on 2026-06-01")
    assert {"website", "policy", "lifecycle"} <= {gap.setting for gap in adoption.gaps}
    seen = " ".join(gap.seen for gap in adoption.gaps)
    assert "everybody" in seen
    assert "'half'" in seen
    assert adoption.untagged == 1


def test_hostile_names_stay_text(server: Server) -> None:
    """Tags, rules and prefixes that look like YAML are read back as what they are."""
    rule = {
        "ID": HOSTILE[:12],
        "Status": "Enabled",
        "Filter": {"Prefix": 'x: {y}, "z"/'},
        "Expiration": {"Days": 3},
    }
    cors = {
        "AllowedOrigins": ["https://a.example.com"],
        "AllowedMethods": ["GET"],
        "AllowedHeaders": ["yes", "!!x"],
    }
    with by_hand(server, "acme-prod-odd") as s3:
        tags = [{"Key": "on", "Value": "- yes: @+=/"}, {"Key": "0755", "Value": "1:30"}]
        s3.put_bucket_tagging(Bucket="acme-prod-odd", Tagging={"TagSet": tags})
        s3.put_bucket_lifecycle_configuration(
            Bucket="acme-prod-odd", LifecycleConfiguration={"Rules": [rule]}
        )
        s3.put_bucket_cors(Bucket="acme-prod-odd", CORSConfiguration={"CORSRules": [cors]})

        adoption = adopted(server, ACCOUNT, "us-east-1", "acme-prod-odd")

    (bucket,) = adoption.environment.buckets.values()
    assert dict(bucket.tags) == {"on": "- yes: @+=/", "0755": "1:30"}
    assert bucket.cors[0].headers == ("!!x", "yes")
    assert {one.expire for one in bucket.prefixes.values()} == {3}
    assert set(yaml.safe_load(adoption.text)) == {"project", "region", "environments", "buckets"}


def test_a_bucket_that_no_contract_can_name_is_listed_and_the_others_are_adopted(server: Server) -> None:
    """One name of the old days does not keep the rest from being described."""
    with by_hand(server, "acme-prod-new", "Acme_Old"):
        adoption = adopted(server, ACCOUNT, "us-east-1", "acme-prod-new", "Acme_Old")

    assert set(adoption.environment.buckets) == {"new"}
    left = [gap for gap in adoption.gaps if gap.kind == "left out"]
    assert [(gap.name, gap.setting) for gap in left] == [("Acme_Old", "all of it")]


def denying(send: Send, operation: str) -> Send:
    """The same account, in which one read is denied."""

    def asked(call: Call) -> Outcome:
        return Failure("denied", "AccessDenied") if call.operation == operation else send(call)

    return asked


@pytest.mark.parametrize(
    ("operation", "setting"),
    [("GetBucketVersioning", "versioning"), ("GetBucketPolicy", "policy"), ("GetBucketTagging", "tags")],
    ids=["versioning", "policy", "tags"],
)
def test_what_may_not_be_read_is_unknown_and_not_guessed(
    operation: str, setting: str, server: Server
) -> None:
    """The permission that is missing is named."""
    with by_hand(server, "acme-prod-new"), sending(server, ACCOUNT, "us-east-1") as send:
        adoption = adopt(denying(send, operation), Wish(NOW, frozenset({"acme-prod-new"})))

    found = [gap for gap in adoption.gaps if gap.setting == setting]
    assert [gap.kind for gap in found] == ["unknown"]
    assert operation in found[0].seen


def test_nothing_to_adopt_is_said(server: Server) -> None:
    """An empty account, and a name that nobody has."""
    with by_hand(server):
        for names in ((), ("nobody-has-this",)):
            with pytest.raises(CannotLookError, match="bucket"):
                adopted(server, ACCOUNT, "us-east-1", *names)


def test_only_what_is_there_is_imported(server: Server) -> None:
    """A bucket made by hand has no policy yet: that is made, and whatever is there is taken over."""
    with by_hand(server, "acme-prod-new") as s3:
        s3.put_bucket_versioning(Bucket="acme-prod-new", VersioningConfiguration={"Status": "Enabled"})
        adoption = adopted(server, ACCOUNT, "us-east-1", "acme-prod-new")

    environment = adoption.environment
    plan = record(lambda: declare(environment), project="p", stack=environment.name)
    taken = import_of(plan, environment, there(adoption.looked))

    ids = {str(one["type"]).rpartition(":")[2]: one["id"] for one in taken.entries if "id" in one}
    assert ids["Bucket"] == ids["BucketVersioning"] == "acme-prod-new"
    assert {one.type.rpartition(":")[2] for one in taken.made} >= {
        "BucketPolicy",
        "BucketLifecycleConfiguration",
    }
    names = [one["name"] for one in taken.entries]
    assert len(set(names)) == len(names)
    assert {one["parent"] for one in taken.entries if "parent" in one} <= set(names)
    assert {one["provider"] for one in taken.entries if "id" in one} == set(taken.names)
