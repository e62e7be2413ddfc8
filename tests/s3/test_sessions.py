"""Requests go where they were meant to go, with the credentials that were meant."""

import json
from pathlib import Path
from threading import Thread

import pytest

from bucketwright.calls import Answer, Call, Failure
from bucketwright.s3.addresses import endpoint, is_loopback
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, AccessError, AssumedRole, Sessions
from tests.faults.proxy import Proxy
from tests.s3.asking import ACCOUNT, PATIENT, REGION

OTHER = "210987654321"
ROLE = AssumedRole(OTHER, f"arn:aws:iam::{OTHER}:role/reader", "an-external-id", '{"Statement":[]}')


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.example.com",
        "https://s3.example.com:9000/",
        "http://127.0.0.1:5000",
        "http://127.8.9.1",
        "http://[::1]:80",
        "http://LOCALHOST:5000",
    ],
)
def test_safe_addresses(url: str) -> None:
    """TLS anywhere and plain HTTP on this machine are taken, without the slash at the end."""
    assert endpoint(url) == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        pytest.param("http://s3.example.com", "plain HTTP", id="plain-http-elsewhere"),
        pytest.param("http://127.0.0.1.example.com", "plain HTTP", id="looks-like-this-machine"),
        pytest.param("http://localhost.example.com", "plain HTTP", id="named-like-this-machine"),
        pytest.param("http://0.0.0.0:1", "plain HTTP", id="any-address"),
        pytest.param("ftp://127.0.0.1", "no address", id="another-scheme"),
        pytest.param("s3.example.com", "no address", id="no-scheme"),
        pytest.param("https://", "no address", id="no-host"),
        pytest.param("https://h:99999", "no address", id="no-such-port"),
        pytest.param("https://[", "no address", id="half-a-bracket"),
        pytest.param("https://key:secret@h", "no credentials", id="credentials-in-it"),
        pytest.param("https://h/path", "after the host", id="a-path"),
        pytest.param("https://h/?x=1", "after the host", id="a-query"),
    ],
)
def test_other_addresses(url: str, why: str) -> None:
    """Anything else is refused in a sentence, which never repeats a secret."""
    with pytest.raises(AccessError, match=why) as refused:
        endpoint(url)

    assert "secret" not in str(refused.value)


def test_plain_http_where_it_is_wanted() -> None:
    """Plain HTTP to another machine is taken where that is said."""
    assert endpoint("http://10.0.0.1:9000", plain_http=True) == "http://10.0.0.1:9000"


@pytest.mark.parametrize(
    ("host", "here"), [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("x", False)]
)
def test_this_machine(host: str, here: bool) -> None:
    """A host is this machine by its number, or by the one name for it."""
    assert is_loopback(host) == here


@pytest.mark.parametrize(
    ("variables", "found"),
    [
        pytest.param({}, "", id="aws"),
        pytest.param({"AWS_ENDPOINT_URL": "https://a"}, "https://a", id="for-all"),
        pytest.param({"AWS_ENDPOINT_URL_S3": "https://b"}, "https://b", id="for-s3"),
        pytest.param(
            {"AWS_ENDPOINT_URL": "https://a", "AWS_ENDPOINT_URL_S3": "https://b"}, "https://a", id="both"
        ),
        pytest.param(
            {"AWS_ENDPOINT_URL": "https://a", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, "", id="ignored"
        ),
    ],
)
def test_endpoint_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], found: str
) -> None:
    """The environment's endpoint serves all services, whichever of its two names it has."""
    for name, text in variables.items():
        monkeypatch.setenv(name, text)

    assert Sessions(Access()).endpoint_url == found


def test_unsafe_endpoint_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's endpoint has to be as safe as one that is named."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://s3.example.com")

    with pytest.raises(AccessError, match="plain HTTP"):
        Sessions(Access())


def test_profiles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A profile gives region and endpoint; one that is not there is answered with one that is."""
    config = tmp_path / "config"
    config.write_text("[profile work]\nregion = eu-north-1\nendpoint_url = https://c\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))

    sessions = Sessions(Access(profile="work"))

    assert (sessions.region, sessions.endpoint_url) == ("eu-north-1", "https://c")
    with pytest.raises(AccessError, match="did you mean 'work'"):
        Sessions(Access(profile="wrok"))


def test_a_profile_where_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is said what to do, where no other name can be offered."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))

    with pytest.raises(AccessError, match=r"there is no profile 'nope'; .*names none: write it there"):
        Sessions(Access(profile="nope"))


def test_broken_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A configuration file that cannot be read is said to be one."""
    config = tmp_path / "config"
    config.write_text("[profile\nnonsense")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))

    with pytest.raises(AccessError, match="configuration cannot be read"):
        Sessions(Access())


@pytest.mark.parametrize(
    "access",
    [{"run": "a b"}, {"run": "x" * 49}, {"region": "Eu West"}, {"concurrency": 0}, {"concurrency": 10_000}],
    ids=["blank-in-a-run", "long-run", "no-region", "nothing-at-a-time", "too-much-at-a-time"],
)
def test_refused_access(access: dict[str, str]) -> None:
    """What cannot be meant is refused before anything is asked."""
    with pytest.raises(AccessError):
        Access(**access)  # type: ignore[arg-type]  # of both types


def test_no_other_endpoints(monkeypatch: pytest.MonkeyPatch, asked: Sessions) -> None:
    """An endpoint that the environment has for one service leads no call elsewhere."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", "https://elsewhere.example.com")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    outcome = sdk_send(Sessions(Access(endpoint_url=asked.endpoint_url), limits=PATIENT))(
        Call("kms", "ListAliases", {}, REGION)
    )

    assert isinstance(outcome, Answer)


def test_clients_are_made_once(asked: Sessions) -> None:
    """Threads that ask for the same client at once get the same one."""
    found: list[object] = []
    threads = [Thread(target=lambda: found.append(asked.client("sqs", "eu-west-2"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(map(id, found))) == 1


@pytest.mark.parametrize(
    ("account", "role", "external_id"),
    [
        ("12", ROLE.role, ""),
        (OTHER, "reader", ""),
        (ACCOUNT, ROLE.role, ""),
        (OTHER, ROLE.role, "with blanks"),
    ],
    ids=["no-account", "no-arn", "another-account", "external-id"],
)
def test_refused_roles(account: str, role: str, external_id: str) -> None:
    """A role that cannot be one of that account is refused, and an external id is never repeated."""
    with pytest.raises(AccessError) as refused:
        AssumedRole(account, role, external_id)

    assert "with blanks" not in str(refused.value)


def test_assumed_roles(proxy: Proxy) -> None:
    """Calls for an account are signed with its role's credentials, asked for once, with all that was said."""
    sessions = Sessions(Access(endpoint_url=proxy.url, region=REGION, run="r1"), (ROLE,), PATIENT)
    send = sdk_send(sessions)

    outcomes = [send(Call("s3", "ListBuckets", account=OTHER)) for _ in range(2)]

    assert all(isinstance(outcome, Answer) for outcome in outcomes), outcomes
    assert [request.action for request in proxy.seen] == ["AssumeRole", "", ""]
    assumed = proxy.seen[0].body.decode()
    wishes = [
        "RoleSessionName=bucketwright-r1",
        "ExternalId=an-external-id",
        "Policy=%7B",
        "DurationSeconds=3600",
    ]
    assert [wish for wish in wishes if wish not in assumed] == []
    assert "x-amz-security-token" in proxy.seen[1].headers


def test_roles_that_let_nobody_in(proxy: Proxy) -> None:
    """A role that cannot be assumed is asked once, however many calls need it, and that is what they say."""
    proxy.fault("status:403:AccessDenied", action="AssumeRole")
    send = sdk_send(Sessions(Access(endpoint_url=proxy.url, region=REGION), (ROLE,), PATIENT))

    outcomes = [send(Call("s3", "ListBuckets", account=OTHER)) for _ in range(3)]

    assert {(one.kind, one.code) for one in outcomes if isinstance(one, Failure)} == {
        ("credentials", "AccessDenied")
    }
    assert len(outcomes) == 3
    assert len(proxy.seen) == 1


def test_external_ids_are_not_shown() -> None:
    """What a role is printed as does not hold its external id."""
    assert "an-external-id" not in repr(ROLE)
    assert json.loads(ROLE.policy) == {"Statement": []}
