"""Three hundred buckets on moto: what do Prowler, Cloud Custodian and an audit ask of them, and how dearly?

Each runs in turn on the same server, as its users run it. moto answers some two hundred calls a second, so
the clock shows the server more than its clients; calls and the time of the processor are theirs.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import boto3

from bench.peers_timed import Contender, Taken, middle, timed
from bench.promise import Promise
from tests.servers.processes import answering
from tests.servers.running import ROOT, asking

if TYPE_CHECKING:
    from botocore.client import BaseClient

BUCKETS: Final = 300
ROUNDS: Final = 3
OURS: Final = "bucketwright audit"
PROWLER: Final = "prowler, service s3"
LEAST_TIMES_LESS_CPU: Final = 30
_PEERS: Final = ROOT / ".peers"
_FOUND_SOMETHING: Final = frozenset({0, 1, 3})
Sort = Callable[["BaseClient", str], object]
"""Makes a bucket of that name what it is to be."""
_REQUEST: Final = b" HTTP/1.1"


def measure(rounds: int = ROUNDS, buckets: int = BUCKETS) -> list[Promise]:
    """The table is printed; the promise is that of the processor's time against Prowler's."""
    with tempfile.TemporaryDirectory(prefix="bench-") as made, moto(Path(made)) as (url, calls):
        furnish(url, buckets)
        contenders = (*ours(url), prowler(asking(url)), custodian(url))
        medians = taken_in_turn(contenders, rounds, calls)
    return told(f"{buckets} buckets on moto, median of {rounds} rounds", medians)


def taken_in_turn(
    contenders: Sequence[Contender], rounds: int, calls: Callable[[], int]
) -> Mapping[str, Taken]:
    """What each took, and how many calls it made."""
    taken: dict[str, list[Taken]] = {one.name: [] for one in contenders}
    for turn in range(rounds):
        start = turn % len(contenders)
        for contender in (*contenders[start:], *contenders[:start]):
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                taken[contender.name].append(timed(contender, Path(folder), calls))
    return {name: middle(several) for name, several in taken.items()}


def told(what: str, medians: Mapping[str, Taken]) -> list[Promise]:
    """The table, and the promise against Prowler."""
    print(what)
    ours = medians[OURS]
    for name, one in medians.items():
        dearer, slower = one.cpu_seconds / ours.cpu_seconds, one.wall_seconds / ours.wall_seconds
        print(f"  {name:32} {one}  = {slower:5.1f} times our time, {dearer:5.1f} times our CPU")
    share = ours.cpu_seconds / medians[PROWLER].cpu_seconds
    return [Promise("CPU of an audit, as a share of Prowler's", share, 1 / LEAST_TIMES_LESS_CPU, "of it")]


@contextmanager
def moto(folder: Path) -> Iterator[tuple[str, Callable[[], int]]]:
    """A moto in a process of its own, and how many calls it was asked so far."""
    command = (sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "{port}")
    with answering(command, {**asking(""), "PYTHONUNBUFFERED": "1"}, folder) as (_, port):
        yield f"http://127.0.0.1:{port}", lambda: (folder / "said").read_bytes().count(_REQUEST)


def ours(url: str) -> Iterator[Contender]:
    """The audit as it is by default, and with all rules."""
    audit = (
        sys.executable,
        "-m",
        "bucketwright",
        "audit",
        "--no-keep",
        "--format",
        "jsonl",
        "--out",
        "found",
    )
    yield Contender(OURS, audit, asking(url), _FOUND_SOMETHING, "found")
    yield Contender(
        f"{OURS} --profile all", (*audit, "--profile", "all"), asking(url), _FOUND_SOMETHING, "found"
    )


def prowler(known: Mapping[str, str]) -> Contender:
    """Prowler with its checks of S3."""
    command = (
        *(str(_PEERS / "prowler/bin/prowler"), "aws", "--service", "s3", "--region", "us-east-1"),
        *("--output-formats", "json-ocsf", "--output-directory", ".", "--ignore-exit-code-3"),
    )
    return Contender(PROWLER, command, {**known, "HOME": "."})


def custodian(url: str) -> Contender:
    """Six policies of Cloud Custodian that share what they read."""
    command = (
        *(str(_PEERS / "custodian/bin/custodian"), "run", "--region", "us-east-1", "--cache", "cache"),
        *("--cache-period", "15", "-s", "out", str(ROOT / "bench/peers/policies.yml")),
    )
    return Contender("custodian, six policies", command, {**asking(url), "HOME": "."})


def furnish(url: str, buckets: int, sorts: Sequence[Sort] = ()) -> None:
    """Buckets of four sorts: bare, well kept, open by policy, and with old-fashioned settings."""
    known = asking(url)
    s3 = boto3.client(
        "s3",
        endpoint_url=url,
        region_name=known["AWS_REGION"],
        aws_access_key_id=known["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=known["AWS_SECRET_ACCESS_KEY"],
    )
    several = sorts or _SORTS
    for number in range(buckets):
        name = f"bench-{number:04d}"
        s3.create_bucket(Bucket=name)
        several[number % len(several)](s3, name)


def bare(_s3: "BaseClient", _name: str) -> None:
    """As S3 makes it."""


def _well_kept(s3: "BaseClient", name: str) -> None:
    closed = dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
    )
    tls: Mapping[str, object] = {
        "Sid": "RequireTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=closed)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [tls]}))


def open_to_all(s3: "BaseClient", name: str) -> None:
    share = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [share]}))
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": "team", "Value": "web"}]})


def _old(s3: "BaseClient", name: str) -> None:
    s3.put_bucket_acl(Bucket=name, ACL="public-read")
    s3.put_bucket_website(Bucket=name, WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}})


_SORTS: Final = (bare, _well_kept, open_to_all, _old)
