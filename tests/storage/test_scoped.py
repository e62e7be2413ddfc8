"""Are credentials of one place asked for as they have to be, and never of more?"""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

import pytest

from bucketwright.contract.loading import read
from bucketwright.iam.documents import parse
from bucketwright.iam.isolation import is_isolated
from bucketwright.storage import Denied, Misconfigured, Refused, Settings, Storage, Unreachable
from bucketwright.storage.patterns.sessions import UploadSessions
from bucketwright.storage.place import Place
from bucketwright.storage.scoped import Lent, lend, policy_of

if TYPE_CHECKING:
    from tests.faults.proxy import Proxy

ACCOUNT: Final = "111122223333"
SESSION: Final = "0f8fad5b-d9cb-469f-a165-70867728950e"
TEXT: Final = f"""
project: shelf
region: eu-west-1
environments: {{dev: {{}}, prod: {{account: "{ACCOUNT}"}}}}
buckets:
  files:
    prefixes:
      papers: {{path: "papers/"}}
  sessions:
    temp: {{session_ttl: 24 hours}}
    prefixes:
      incoming: {{path: "sessions/{{session_id:uuid}}/incoming/"}}
      pages: {{path: "sessions/{{session_id:uuid}}/pages/{{page:int}}/"}}
access:
  worker:
    trusts: arn:aws:iam::{ACCOUNT}:role/app
    max_session: 2 hours
    read: sessions/*
    write: sessions/*
    delete: sessions/*
  brief: {{trusts: lambda.amazonaws.com, write: sessions/incoming}}
  outside: {{principals: "arn:aws:iam::444455556666:role/x", read: sessions/incoming}}
  visitor:
    federated:
      {{provider: "arn:aws:iam::{ACCOUNT}:oidc-provider/id.example.com", audience: app, subject: me}}
    read: sessions/incoming
"""
HOUR: Final = timedelta(hours=1)


def on(url: str, environment: str = "prod", own: Settings | None = None) -> Storage:
    settings = own or Settings(endpoint_url=url, access_key=ACCOUNT, secret_key=ACCOUNT)
    return Storage.open(read(TEXT, "contract.yaml"), environment, settings)


def incoming(storage: Storage) -> Place:
    return storage.prefix("sessions/incoming").at(session_id=SESSION)


def asked(proxy: "Proxy") -> dict[str, str]:
    """What was asked of STS."""
    [request] = [one for one in proxy.seen if one.action == "AssumeRole"]
    return {name: several[0] for name, several in parse_qs(request.body.decode()).items()}


@pytest.mark.requirement("TU-2")
@pytest.mark.parametrize(
    ("prefix", "values", "path"),
    [
        pytest.param("incoming", {}, f"sessions/{SESSION}/incoming/", id="of a session"),
        pytest.param("pages", {"page": 7}, f"sessions/{SESSION}/pages/7/", id="of a page of it"),
    ],
)
def test_the_policy_keeps_to_the_place(prefix: str, values: dict[str, int], path: str) -> None:
    """No key, list or bucket lies outside of it, as is decided and not sampled."""
    place = on("").prefix(f"sessions/{prefix}").at(session_id=SESSION, **values)
    policy = parse(json.dumps(policy_of(place, "worker")))

    assert is_isolated(policy, path).holds is True
    assert is_isolated(policy, path.replace(SESSION, "0" * 8 + SESSION[8:])).holds is False


@pytest.mark.requirement("TU-2")
def test_what_is_asked(proxy: "Proxy") -> None:
    """The role of the contract, narrowed to the place, for as long as was said, with a name for the trail."""
    began = datetime.now(UTC)
    place = incoming(on(proxy.url))
    lent = lend(place, "worker", timedelta(minutes=20))
    wanted = asked(proxy)

    assert json.loads(wanted["Policy"]) == json.loads(json.dumps(policy_of(place, "worker")))
    assert wanted["RoleArn"] == f"arn:aws:iam::{ACCOUNT}:role/shelf-prod-worker"
    assert (wanted["DurationSeconds"], wanted["RoleSessionName"]) == ("1200", "bucketwright-worker")
    assert lent.until > began


def test_a_role_that_is_called_otherwise(proxy: "Proxy") -> None:
    """By its ARN, also where the contract names no account."""
    arn = f"arn:aws:iam::{ACCOUNT}:role/by-hand"
    lend(incoming(on(proxy.url, "dev")), "worker", role=arn)

    assert asked(proxy)["RoleArn"] == arn


@pytest.mark.requirement("TU-2")
def test_a_storage_with_them(proxy: "Proxy") -> None:
    """It signs with the credentials that were lent, and says their token."""
    storage = on(proxy.url)
    lent = UploadSessions(storage).of(SESSION).credentials("worker", "incoming")
    theirs = lent.settings(Settings(endpoint_url=proxy.url, profile="mine", region="eu-west-1"))
    proxy.seen.clear()
    with pytest.raises((Denied, Misconfigured)):  # the sandbox knows no bucket of theirs
        incoming(on("", own=theirs)).put("a.txt", b"")

    assert {one.headers.get("x-amz-security-token") for one in proxy.seen} == {lent.session_token}
    assert all(f"Credential={lent.access_key}/" in one.headers["authorization"] for one in proxy.seen)
    assert theirs.profile == ""
    assert lent.environment == {
        "AWS_ACCESS_KEY_ID": lent.access_key,
        "AWS_SECRET_ACCESS_KEY": lent.secret_key,
        "AWS_SESSION_TOKEN": lent.session_token,
    }


def test_nothing_of_them_is_shown() -> None:
    """Neither of them nor of the settings that hold them."""
    until = datetime(2027, 1, 2, 3, 4, tzinfo=UTC)
    lent = Lent("ASIA-key", "a-secret", "a-token", until)

    assert str(until.year) in repr(lent)
    for shown in (repr(lent), repr(lent.settings(Settings()))):
        assert not any(one in shown for one in ("ASIA-key", "a-secret", "a-token"))


@pytest.mark.parametrize(
    ("access", "lasting", "said"),
    [
        pytest.param("wroker", HOUR, "no role 'wroker' under 'access'; did you mean 'worker'", id="unknown"),
        pytest.param("outside", HOUR, "access.outside makes no role", id="not a role of ours"),
        pytest.param("visitor", HOUR, "is for tokens of arn:", id="of an identity provider"),
        pytest.param("worker", timedelta(minutes=14), "last 15 minutes to 2 hours", id="too short"),
        pytest.param("worker", timedelta(hours=3), "last 15 minutes to 2 hours", id="too long"),
        pytest.param("brief", timedelta(hours=2), "last 15 minutes to 1 hour", id="longer than usual"),
    ],
)
def test_what_is_refused(access: str, lasting: timedelta, said: str) -> None:
    """In words, before anybody is asked."""
    with pytest.raises(Refused, match=said):
        lend(incoming(on("http://127.0.0.1:9")), access, lasting)


def test_a_place_that_the_role_has_nothing_to_do_with() -> None:
    """It is said, and no empty policy is sent."""
    with pytest.raises(Refused, match="may do anything on files/papers"):
        lend(on("http://127.0.0.1:9").prefix("files/papers").at(), "worker")


def test_where_no_account_is_known() -> None:
    """The ARN cannot be known either."""
    with pytest.raises(Misconfigured, match="names no account for dev"):
        lend(incoming(on("http://127.0.0.1:9", "dev")), "worker")


def test_a_storage_of_this_machine() -> None:
    """It has nobody whose credentials could be lent."""
    with pytest.raises(Misconfigured, match="kept on this machine"):
        lend(incoming(Storage.in_memory(read(TEXT, "contract.yaml"), "prod")), "worker")


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        pytest.param("status:403:AccessDenied", Denied, "may not call AssumeRole on 'arn:aws:iam::", id="no"),
        pytest.param("status:400:PackedPolicyTooLarge", Refused, "refused AssumeRole", id="too large"),
        pytest.param("status:403:InvalidClientTokenId", Misconfigured, "credentials do not work", id="whose"),
        pytest.param("reset", Unreachable, "cannot be reached", id="nobody there"),
    ],
)
def test_what_the_server_says(proxy: "Proxy", fault: str, error: type[Exception], said: str) -> None:
    """In plain sentences."""
    proxy.fault(fault, action="AssumeRole")
    with pytest.raises(error, match=said):
        lend(incoming(on(proxy.url)), "worker")


def test_the_page(proxy: "Proxy", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it shows works as it stands."""
    page = (Path(__file__).parents[2] / "docs" / "access.md").read_text(encoding="utf-8")
    [block] = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "contract.yaml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"storage": on(proxy.url), "Storage": Storage, "Settings": Settings}
    exec(compile(block, "docs/access.md", "exec"), names)  # noqa: S102 - the page's own

    assert asked(proxy)["DurationSeconds"] == "1200"
    assert isinstance(names["in_this_one"], Storage)
