"""Do the variables of the environment say where objects are kept, as they stand?"""

import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.model import Contract
from bucketwright.storage import Misconfigured, Settings, Storage
from bucketwright.storage.backends.s3 import S3
from bucketwright.storage.opening import on_a_server
from bucketwright.storage.settings import settings_of
from tests.storage.contracts import TEXT, contract

ROOT = Path(__file__).parents[2]
ONE_BUCKET = """
project: tenders
region: us-east-1
environments: {dev: {account: "111122223333"}}
buckets:
  files: {prefixes: {documents: {path: documents/}}}
  logs: {purpose: access-logs}
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A contract with one bucket of data."""
    path = tmp_path / "contract.yaml"
    path.write_text(ONE_BUCKET)
    return path


def asked(storage: Storage) -> S3:
    backend = storage.opened.backend
    assert isinstance(backend, S3)
    return backend


@pytest.mark.requirement("AP-9")
@pytest.mark.requirement("TU-6")
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, Settings()),
        ({"AWS_REGION": "eu-central-1"}, Settings(region="eu-central-1")),
        ({"AWS_DEFAULT_REGION": "eu-central-1"}, Settings(region="eu-central-1")),
        ({"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "us-east-1"}, Settings(region="eu-west-1")),
        (
            {"S3_REGION_NAME": "eu-west-3", "AWS_REGION": "eu-west-1"},
            Settings(region="eu-west-3", region_is_forced=True),
        ),
        ({"AWS_TEMP_BUCKET": "uploads"}, Settings(temp_bucket="uploads")),
        ({"S3_BUCKET_NAME": "files"}, Settings(bucket="files")),
        (
            {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"},
            Settings(access_key="key", secret_key="secret"),  # noqa: S106 - of nobody
        ),
        (
            {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret", "S3_SESSION_TOKEN": "token"},
            Settings(access_key="key", secret_key="secret", session_token="token"),  # noqa: S106 - of nobody
        ),
        ({"S3_ENDPOINT_URL": "https://minio:9000"}, Settings(endpoint_url="https://minio:9000")),
        ({"S3_ENDPOINT_URL": "minio:9000"}, Settings(endpoint_url="https://minio:9000")),
        (
            {"S3_ENDPOINT_URL": "minio:9000", "S3_USE_SSL": "False"},
            Settings(endpoint_url="http://minio:9000", plain_http=True),
        ),
        (
            {"S3_ENDPOINT_URL": "http://minio:9000", "S3_USE_SSL": "0"},
            Settings(endpoint_url="http://minio:9000", plain_http=True),
        ),
        ({"AWS_ENDPOINT_URL": "http://localhost:1"}, Settings(endpoint_url="http://localhost:1")),
        (
            {"AWS_ENDPOINT_URL": "http://localhost:1", "S3_ENDPOINT_URL": "https://minio"},
            Settings(endpoint_url="https://minio"),
        ),
        (
            {"AWS_ENDPOINT_URL": "http://localhost:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
            Settings(),
        ),
        ({"S3_VERIFY_SSL": "no"}, Settings(verify=False)),
        ({"S3_VERIFY_SSL": "TRUE", "S3_USE_SSL": "1"}, Settings()),
        ({"S3_DEFAULT_ACL": "private"}, Settings()),
        ({"S3_DEFAULT_ACL": "None"}, Settings()),
        (
            {"BUCKETWRIGHT_CONTRACT": "a.yaml", "BUCKETWRIGHT_ENVIRONMENT": "prod"},
            Settings(contract="a.yaml", environment="prod"),
        ),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, dict) else "",
)
def test_what_variables_say(variables: Mapping[str, str], expected: Settings) -> None:
    """Each means what it meant to the systems that have it."""
    assert settings_of(variables) == expected


@pytest.mark.requirement("AP-7")
@pytest.mark.requirement("AP-9")
@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"S3_DEFAULT_ACL": "public-read"}, "'public-read': objects are private here"),
        ({"S3_DEFAULT_ACL": "bucket-owner-full-control"}, "objects are private here"),
        ({"S3_ACCESS_KEY": "key"}, "set together, or neither"),
        ({"S3_SECRET_KEY": "secret"}, "set together, or neither"),
        ({"S3_SESSION_TOKEN": "token"}, "belongs to S3_ACCESS_KEY"),
        ({"S3_USE_SSL": "maybe"}, "S3_USE_SSL is 'maybe': it is true or false"),
        ({"S3_VERIFY_SSL": "/etc/ca.pem"}, "it is true or false"),
        ({"S3_USE_SSL": "false"}, "AWS is not asked without TLS"),
    ],
    ids=[
        "public",
        "of the owner",
        "half a key",
        "half a secret",
        "a token alone",
        "flag",
        "path",
        "plain AWS",
    ],
)
def test_what_no_variable_may_say(variables: Mapping[str, str], told: str) -> None:
    """The sentence names the variable, and what it may say."""
    with pytest.raises(Misconfigured, match=told):
        settings_of(variables)


@pytest.mark.requirement("AP-9")
def test_settings_do_not_show_keys() -> None:
    """Whoever logs them logs no secret."""
    shown = repr(Settings(access_key="AKIAKEY", secret_key="hush"))  # noqa: S106 - of nobody

    assert "AKIAKEY" not in shown
    assert "hush" not in shown


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(endpoint_url="http://minio:9000"), "plain HTTP to another machine"),
        (Settings(endpoint_url="https://u:p@minio"), "holds no credentials"),
        (Settings(endpoint_url="ftp://minio"), "no address"),
        (Settings(region="no region!"), "no region"),
        (Settings(profile="nobody-has-this"), "no profile"),
        (Settings(bucket="x", temp_bucket=""), None),
        (Settings(temp_bucket="uploads"), "AWS_TEMP_BUCKET names one bucket.*contract has none"),
    ],
    ids=["plain", "credentials", "scheme", "region", "profile", "bucket", "no temp bucket"],
)
def test_settings_that_cannot_be(files: Path, settings: Settings, told: str | None) -> None:
    """They are refused before anything is asked."""
    if told is None:
        assert Storage.open(files, settings=settings).opened.prefix("files/documents").there.bucket == "x"
        return
    with pytest.raises(Misconfigured, match=told):
        asked(Storage.open(files, settings=settings))


@pytest.mark.parametrize("address", ["http://minio:9000", "https://u:p@minio", "ftp://minio"])
def test_addresses_are_looked_at_when_it_is_opened(files: Path, address: str) -> None:
    """And not only when it is first used."""
    with pytest.raises(Misconfigured):
        Storage.open(files, settings=Settings(endpoint_url=address))


@pytest.mark.requirement("TU-6")
def test_buckets_that_variables_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The temp bucket is the contract's one with sessions, in the region that AWS_REGION names."""
    path = tmp_path / "contract.yaml"
    path.write_text(TEXT)
    monkeypatch.setenv("BUCKETWRIGHT_CONTRACT", str(path))
    monkeypatch.setenv("BUCKETWRIGHT_ENVIRONMENT", "prod")
    monkeypatch.setenv("AWS_TEMP_BUCKET", "temporary-uploads")
    monkeypatch.setenv("AWS_REGION", "ap-southeast-2")
    storage = Storage.open()
    regions = asked(storage)._ask.regions

    assert storage.prefix("sessions/incoming").there.bucket == "temporary-uploads"
    assert storage.prefix("files/papers").there.bucket == "shelf-prod-files"
    assert (regions["temporary-uploads"], regions["shelf-prod-files"]) == ("ap-southeast-2", "eu-west-1")


def test_a_bucket_name_for_several() -> None:
    """One name cannot be that of two buckets."""
    two = ONE_BUCKET.replace("  logs:", "  more: {prefixes: {all: {path: all/}}}\n  logs:")

    with pytest.raises(Misconfigured, match=r"S3_BUCKET_NAME names one bucket, 'files'.*files, more"):
        on_a_server(read(two, "contract.yaml"), "dev", Settings(bucket="files"))


@pytest.mark.parametrize(
    ("given", "environment", "told"),
    [
        ("", "", "no contract is named: set BUCKETWRIGHT_CONTRACT"),
        ("/nowhere/contract.yaml", "", "there is no such file"),
        (contract(), "", "set BUCKETWRIGHT_ENVIRONMENT to one of dev, prod"),
        (contract(), "prd", "did you mean 'prod'"),
    ],
    ids=["no contract", "no file", "no environment", "misspelt"],
)
def test_what_cannot_be_opened(given: str, environment: str, told: str) -> None:
    """The sentence says what to set."""
    with pytest.raises(Misconfigured, match=told):
        Storage.open(given, environment, Settings())


@pytest.mark.parametrize("where", ["in memory", "in a folder"])
def test_no_environment_is_guessed_without_a_server(where: str, tmp_path: Path) -> None:
    """Where there are several one is named, wherever objects are kept; the only one needs no naming."""

    def opened(from_what: Contract | Path, name: str = "") -> Storage:
        if where == "in memory":
            return Storage.in_memory(from_what, name)
        return Storage.in_folder(from_what, tmp_path / "kept", name)

    with pytest.raises(Misconfigured, match="set the argument 'environment' to one of dev, prod"):
        opened(contract())
    assert opened(contract(), "prod").opened.environment.name == "prod"
    alone = tmp_path / "contract.yaml"
    alone.write_text(TEXT.replace(', prod: {account: "111122223333"}', ""))
    assert opened(alone).opened.environment.name == "dev"


def test_contracts_that_do_not_load(tmp_path: Path) -> None:
    """All that is wrong with one is said, with its place."""
    path = tmp_path / "contract.yaml"
    path.write_text("project: a\nenvironments: {dev: {}}\nbukets: {}\n")

    with pytest.raises(Misconfigured, match=r"contract.yaml:3:1"):
        Storage.open(path, settings=Settings())


@pytest.mark.requirement("FP-9")
def test_whose_bucket_it_is(files: Path) -> None:
    """AWS is told which account has to own it; other servers, which do not know this, are not."""
    aws = asked(Storage.open(files, settings=Settings()))
    other = asked(Storage.open(files, settings=Settings(endpoint_url="http://localhost:9000")))

    assert (aws._ask.owner, other._ask.owner) == ("111122223333", "")


@pytest.mark.requirement("FP-9")
def test_r2_is_in_the_region_auto(tmp_path: Path) -> None:
    """And keeps no tags, so that a prefix that needs one cannot be opened there."""
    path = tmp_path / "contract.yaml"
    path.write_text(TEXT)
    settings = Settings(endpoint_url="https://abc.r2.cloudflarestorage.com", access_key="a", secret_key="b")  # noqa: S106
    storage = Storage.open(path, "dev", settings)

    assert set(asked(storage)._ask.regions.values()) == {"auto"}
    assert storage.prefix("files/drafts").address == "files/drafts"
    with pytest.raises(Misconfigured, match="this server keeps none"):
        storage.prefix("files/exports")


@pytest.mark.requirement("AP-8")
def test_to_import_it_brings_little() -> None:
    """Neither the SDK nor what reads contracts is loaded before a storage is opened."""
    program = """
import sys
import traceback
from bucketwright.storage import AsyncStorage, Said, Storage
heavy = {"asyncio", "boto3", "botocore", "pydantic", "yaml"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
storage = Storage.in_memory("examples/app-prefixes/contract.yaml", "dev")
storage.prefix("files/documents").at().put("a.txt", b"text")
assert "botocore" not in sys.modules
"""
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


LINE = "CANARY0123456789/+=CANARY"


@pytest.mark.requirement("AP-6")
@pytest.mark.parametrize(
    ("variable", "text", "named"),
    [
        ("S3_SESSION_TOKEN", f"{LINE}\n", "the session token holds a line break"),
        ("S3_SESSION_TOKEN", f"{LINE}\r\nmore: {LINE}", "the session token"),
        ("S3_ACCESS_KEY", f"AKID\n{LINE}", "the access key"),
        ("S3_SECRET_KEY", f"{LINE} ", "the secret key"),
        ("AWS_SESSION_TOKEN", f"{LINE}\n", "the session token holds a line break"),
        ("AWS_ACCESS_KEY_ID", f"AKID\n{LINE}", "the access key holds a line break"),
    ],
    ids=["token", "token with a header", "key", "secret", "the SDK's token", "the SDK's key"],
)
def test_credentials_with_line_breaks(
    files: Path, monkeypatch: pytest.MonkeyPatch, variable: str, text: str, named: str
) -> None:
    """It is told which of them, and none of it is shown."""
    own = variable.startswith("S3_")
    names = ("S3_ACCESS_KEY", "S3_SECRET_KEY") if own else ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    for name, value in {**dict.fromkeys(names, "plain"), variable: text}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("S3_ENDPOINT_URL", "http://127.0.0.1:9")
    storage = Storage.open(files, "dev")

    with pytest.raises(Misconfigured, match=named) as told:
        storage.check()

    assert "CANARY" not in "".join(traceback.format_exception(told.value))


def test_without_the_sdk(tmp_path: Path) -> None:
    """Who asks S3 without its extra is told which; a folder needs none."""
    (tmp_path / "contract.yaml").write_text(TEXT)
    program = """
import sys
sys.modules.update(dict.fromkeys(("boto3", "botocore", "httptools")))
from bucketwright.storage import Misconfigured, Storage
local = Storage.in_folder("contract.yaml", path="here", environment="dev")
local.prefix("files/drafts").at().put("a.txt", b"text")
try:
    Storage.open("contract.yaml", "dev").prefix("files/drafts").at().get("a.txt")
except Misconfigured as error:
    print(error)
"""
    found = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert found.stdout == 'botocore asks S3, and is not installed: pip install "bucketwright[aws]"\n'


@pytest.mark.requirement("AP-6")
@pytest.mark.parametrize("name", ["Bad_Bucket!", "../x", "files\n", "-a", "arn:aws:s3:::files"])
def test_names_that_no_bucket_has(files: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The variable is named before anybody is asked; names of the old days are taken."""
    monkeypatch.setenv("S3_BUCKET_NAME", "Acme_Old")
    assert Storage.open(files, "dev").prefix("files/documents").at().there.bucket == "Acme_Old"
    monkeypatch.setenv("S3_BUCKET_NAME", name)

    with pytest.raises(Misconfigured, match=r"S3_BUCKET_NAME is .*, and no bucket is called so"):
        Storage.open(files, "dev")
