"""`bucketwright scheduled-audit`: what it leaves, tells and remembers, and how it says that it ended."""

import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import Result

from bucketwright.contract.loading import read
from cli.on_lambda import RunFailedError, handler
from sandbox.accounts import account_of
from sandbox.drifts import Live
from tests.cli.running import PLAIN, run
from tests.sandbox.drifts.deploying import deployed, sandbox
from tests.sandbox.drifts.drifting import drifted

WATCHED: Final = """\
project: small
region: us-west-2
environments: {prod: {account: "210987654321"}}
buckets:
  notes: {versioning: enabled, prefixes: {notes: {path: notes/}}}
  audits:
    encryption: kms
    versioning: enabled
    prefixes:
      reports: {path: reports/, expire: 400 days, noncurrent: {expire: 1 day}}
      history: {path: history/, write: overwrite, noncurrent: {expire: 30 days}}
"""
BUCKET: Final = "small-prod-audits"
FILES: Final = {"audit.html", "audit.json", "audit.jsonl", "audit.sarif", "evidence.tar.gz"}


@dataclass
class Schedule:
    """Runs of one schedule, and whoever listens to its topic."""

    live: Live
    environment: Mapping[str, str]
    queue: str
    region: str = "us-west-2"

    def __call__(self, *words: str, **more: str) -> tuple[Result, Mapping[str, Any]]:
        """One run, and its last line."""
        result = run("scheduled-audit", *words, environment={**self.environment, **more})
        return result, json.loads(result.stdout.splitlines()[-1])

    def client(self, service: str) -> Any:
        clients = self.live.server.clients(account=account_of(self.live.environment), region=self.region)
        return clients.client(service)

    def heard(self) -> list[Mapping[str, Any]]:
        """The messages since it was asked last."""
        found = self.client("sqs").receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10)
        messages = found.get("Messages", [])
        for one in messages:
            self.client("sqs").delete_message(QueueUrl=self.queue, ReceiptHandle=one["ReceiptHandle"])
        return [json.loads(one["Body"]) for one in messages]

    def keys(self, prefix: str) -> set[str]:
        found = self.client("s3").list_objects_v2(Bucket=BUCKET, Prefix=prefix)
        return {one["Key"] for one in found.get("Contents", ())}

    def content(self, key: str) -> bytes:
        body: bytes = self.client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read()
        return body


@pytest.fixture(scope="module")
def live() -> Iterator[Live]:
    """The contract, deployed once."""
    with sandbox() as server:
        yield deployed(server, read(WATCHED, "contract.yaml").environments["prod"])


@pytest.fixture
def schedule(live: Live, tmp_path: Path) -> Iterator[Schedule]:
    """Nothing is remembered, nobody was told anything."""
    contract = tmp_path / "contract.yaml"
    contract.write_text(WATCHED, "utf-8")
    clients = live.server.clients(account=account_of(live.environment), region="us-west-2")
    topic = clients.client("sns").create_topic(Name="audits")["TopicArn"]
    queue = clients.client("sqs").create_queue(QueueName="listener")["QueueUrl"]
    listener = "arn:aws:sqs:us-west-2:210987654321:listener"
    clients.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=listener)
    told = {
        "BUCKETWRIGHT_AUDIT": "prod",
        "BUCKETWRIGHT_CONTRACT": str(contract),
        "BUCKETWRIGHT_HISTORY": f"s3://{BUCKET}/history/",
        "BUCKETWRIGHT_REPORTS": f"s3://{BUCKET}/reports/",
        "BUCKETWRIGHT_TOPIC": topic,
    }
    yield Schedule(live, {**dict.fromkeys(clients.unwanted, ""), **clients.environment, **told}, queue)
    clients.client("sns").delete_topic(TopicArn=topic)
    clients.client("sqs").delete_queue(QueueUrl=queue)
    s3 = clients.client("s3")
    for one in s3.list_object_versions(Bucket=BUCKET).get("Versions", ()):
        s3.delete_object(Bucket=BUCKET, Key=one["Key"], VersionId=one["VersionId"])


def test_a_run_without_findings_leaves_its_reports_and_tells_nobody(schedule: Schedule) -> None:
    """All formats and the evidence, in a folder of the run; the history beside them."""
    result, ending = schedule()

    assert result.exit_code in (0, 3)
    assert ending["scheduled_audit"] == {0: "clean", 3: "incomplete"}[result.exit_code]
    assert ending["new"] == 0
    assert schedule.keys("reports/") == {f"reports/{ending['run']}/{name}" for name in FILES}
    assert len(schedule.keys("history/")) == 1
    assert schedule.heard() == []


def test_what_is_new_is_told_once(schedule: Schedule) -> None:
    """The next run knows it, since when too, though its container knows nothing."""
    with drifted("versioning-suspended", schedule.live, "notes"):
        first, second = schedule()[1], schedule()[1]
        [message] = schedule.heard()
        earlier, later = (
            json.loads(schedule.content(f"reports/{one['run']}/audit.json")) for one in (first, second)
        )
    [row] = [one for one in later["findings"] if one["status"] == "fail"]

    assert (first["scheduled_audit"], first["new"]) == ("findings", 1)
    assert (second["scheduled_audit"], second["new"]) == ("findings", 0)
    assert message["Subject"] == "bucketwright: 1 new finding in small/prod"
    assert "HIGH config-drift: small-prod-notes versioning" in message["Message"]
    assert f"s3://{BUCKET}/reports/{first['run']}/audit.html" in message["Message"]
    assert later["new"] == []
    assert (row["first_seen"], later["since"]) == (earlier["time"], earlier["time"])


def test_the_evidence_of_a_run_can_be_judged_again(schedule: Schedule, tmp_path: Path) -> None:
    """Unpacked, it is a run like any other."""
    ending = schedule()[1]
    held = schedule.content(f"reports/{ending['run']}/evidence.tar.gz")
    with tarfile.open(fileobj=BytesIO(held)) as packed:
        packed.extractall(tmp_path / "runs", filter="data")
    [name] = [path.stem for path in (tmp_path / "runs" / "runs").iterdir()]
    again = run(
        "audit", "--runs", str(tmp_path / "runs"), "--replay", name, environment=dict(schedule.environment)
    )

    assert again.stdout.startswith("small/prod: no findings")


def test_nobody_is_told_twice_because_the_history_came_late(schedule: Schedule) -> None:
    """What is told is remembered only afterwards: better twice than never."""
    with drifted("versioning-suspended", schedule.live, "notes"):
        result, ending = schedule(BUCKETWRIGHT_TOPIC="arn:aws:sns:us-west-2:210987654321:gone")
        assert schedule.keys("history/") == set()
        told = schedule()[1]

    assert (result.exit_code, ending["scheduled_audit"]) == (3, "failed")
    assert "nobody can be told" in result.stderr
    assert told["new"] == 1


def test_what_looks_may_be_another_role(schedule: Schedule) -> None:
    """As it is deployed: what writes takes on a role to look; the history is the same."""
    role = "arn:aws:iam::210987654321:role/reader"
    trust = {"Effect": "Allow", "Principal": {"AWS": "210987654321"}, "Action": "sts:AssumeRole"}
    schedule.client("iam").create_role(
        RoleName="reader",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )
    with drifted("versioning-suspended", schedule.live, "notes"):
        first = schedule()[1]
        second = schedule(BUCKETWRIGHT_AUDIT=f"prod --assume-role {role}")[1]
    schedule.client("iam").delete_role(RoleName="reader")

    assert [(one["scheduled_audit"], one["new"]) for one in (first, second)] == [
        ("findings", 1),
        ("findings", 0),
    ]
    assert len(schedule.keys("history/")) == 1


@pytest.mark.parametrize(
    ("told", "code", "said"),
    [
        pytest.param({"BUCKETWRIGHT_AUDIT": "staging"}, 2, "no environment 'staging'", id="no such stack"),
        pytest.param({"BUCKETWRIGHT_AUDIT": "prod --nonsense"}, 2, "--nonsense", id="no such option"),
        pytest.param(
            {"BUCKETWRIGHT_AUDIT": "--bucket nobodys-bucket-here"}, 2, "there is no bucket", id="no bucket"
        ),
        pytest.param(
            {"BUCKETWRIGHT_HISTORY": "s3://nobodys-bucket-here/h/"}, 3, "cannot be read", id="no history"
        ),
        pytest.param(
            {"BUCKETWRIGHT_REPORTS": "s3://nobodys-bucket-here/r/"}, 3, "cannot be written", id="no reports"
        ),
        pytest.param({"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, 3, "cannot be read", id="no server"),
    ],
)
def test_a_run_that_fails_says_so_in_its_last_line(
    schedule: Schedule, told: Mapping[str, str], code: int, said: str
) -> None:
    """The alarm waits for that line; what went wrong stands above it."""
    result, ending = schedule(**told)

    assert (result.exit_code, ending["scheduled_audit"]) == (code, "failed")
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--reports", "small-prod-audits/reports/"),
        ("--reports", "s3://small-prod-audits/reports"),
        ("--history", "s3://UPPER/history/"),
        ("--history", "https://small-prod-audits/history/"),
        ("--topic", "audits"),
        ("--topic", "arn:aws:sqs:us-west-2:210987654321:audits"),
    ],
)
def test_places_that_are_none_are_wrong_use(schedule: Schedule, option: str, value: str) -> None:
    """Before anything is asked."""
    result = run("scheduled-audit", option, value, environment=dict(schedule.environment))

    assert result.exit_code == 2
    assert value in result.stderr


def test_the_function_does_the_same(schedule: Schedule, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its event says nothing; wrong use makes it fail visibly."""
    for name, value in {**PLAIN, **schedule.environment}.items():
        monkeypatch.setenv(name, value)

    assert handler({"BUCKETWRIGHT_AUDIT": "--endpoint-url http://198.51.100.1"}, None)["exit_code"] in (0, 3)
    assert len(schedule.keys("history/")) == 1

    monkeypatch.setenv("BUCKETWRIGHT_AUDIT", "staging")
    with pytest.raises(RunFailedError, match="ended with 2"):
        handler({}, None)
