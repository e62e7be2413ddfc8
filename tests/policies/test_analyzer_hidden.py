"""What a program keeps secret, or writes to trick a screen, is judged and not passed on."""

import pytest

from tests.policies.asking import Engine, heard
from tests.policies.programs import Program
from tests.policies.settings import SETTINGS, bucket_with


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"bucket": 7, "tags": "x", "acl": {}}, id="other types"),
        pytest.param({"bucket": "b", "policy": "{" * 500}, id="a policy that is none"),
        pytest.param({"bucket": "b" * 100_000, "acl": "public-read"}, id="a name of any length"),
        pytest.param(
            {"bucket": "a\x1b[31m\u202eb<{%red%}>", "acl": "public-read"}, id="what directs screens"
        ),
    ],
)
def test_odd_resources_are_judged(odd: dict[str, object]) -> None:
    """Nothing a program says breaks the pack, or is passed on as it is."""
    made = Program()
    made.make("aws:s3/bucket:Bucket", "files", odd)
    found = heard(made.plan)

    assert found.all
    assert all(one.isprintable() for said in found.all for one in said.text.splitlines())
    assert not any("<{%" in one.text for one in found.all)


@pytest.mark.parametrize("setting", ["ACL for everyone", "policy for everyone", "web site", "open CORS"])
def test_secrets_are_judged_and_not_shown(setting: str) -> None:
    """A fault in a secret stops the deployment as any; what it says is not repeated."""
    made = bucket_with(setting)
    open_, hidden = heard(made.plan), heard(made.plan, Engine(secrets=frozenset(SETTINGS[setting].inputs)))
    texts = "\n".join(one.text for one in hidden.all)

    assert hidden.of("mandatory") == open_.of("mandatory")
    assert "the program calls something there a secret" in texts
    for shown in ("everyone", "everybody", "index.html", "PUT", "statement 1", "READ"):
        assert f"bucket shop-files: {shown}" not in texts


def test_a_secret_is_not_told_by_another() -> None:
    """What one resource keeps secret is not shown where the fault of another repeats it."""
    made = Program()
    made.bucket("files", {"bucket": "shop-files", "tags": {"of": "hidden-name"}})
    site = made.bucket("site", {"bucket": "shop-site"})
    said = {"bucket": "shop-site", "indexDocument": {"suffix": "hidden-name"}}
    made.make("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", said, {"bucket": site})
    told, hidden = (
        "\n".join(one.text for one in heard(made.plan, Engine(secrets=frozenset(secrets))).all)
        for secrets in ((), ("files.tags",))
    )

    assert "hidden-name" in told
    assert "hidden-name" not in hidden
