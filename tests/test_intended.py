"""What a contract intends of everything it makes, and of nothing else."""

import json

import pytest

from bucketwright.contract.access.key_policy import key_policy
from bucketwright.contract.access.replication import replication_policy
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.estate import (
    AccountPosture,
    BucketPosture,
    DistributionPosture,
    KeyPosture,
    RolePosture,
)
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.distribution.origins import Origin
from bucketwright.intended import intended
from bucketwright.posture import UNSET, Posture
from tests.contract.strategies import PUBLIC_KEY

CONTRACT = {
    "project": "shop",
    "region": "eu-central-1",
    "environments": {
        "dev": {"access": {"partner": None}},
        "prod": {"account": "111122223333", "account_block": True},
    },
    "buckets": {
        "files": {
            "encryption": "kms",
            "versioning": "enabled",
            "replication": {"to": "copies"},
            "prefixes": {"documents": {"path": "documents/", "keep": "forever"}},
        },
        "copies": {"encryption": "kms", "versioning": "enabled"},
        "media": {
            "tls_minimum": "1.3",
            "cloudfront": {
                "signing_keys": {"first": PUBLIC_KEY},
                "domains": ["media.example.com"],
                "certificate": "arn:aws:acm:us-east-1:111122223333:certificate/one",
            },
            "prefixes": {"pictures": {"path": "pictures/", "delivery": "cloudfront"}},
        },
    },
    "access": {
        "loader": {
            "trusts": "lambda.amazonaws.com",
            "write": "files/documents",
            "max_session": "2 hours",
            "boundary": "arn:aws:iam::111122223333:policy/boundary",
        },
        "partner": {"principals": "arn:aws:iam::444455556666:role/reader", "read": "files/documents"},
    },
}
ENVIRONMENTS = read(json.dumps(CONTRACT), "contract.yaml").environments
DEV, PROD = ENVIRONMENTS["dev"], ENVIRONMENTS["prod"]


def test_everything_a_contract_makes_is_intended() -> None:
    """And its account; not what comes by itself, or what somebody else makes."""
    named = {address: one.name for address, one in intended(PROD).postures.items()}

    assert named == {
        "account:111122223333": "111122223333",
        "bucket:files": "shop-prod-files",
        "bucket:copies": "shop-prod-copies",
        "bucket:media": "shop-prod-media",
        "key:files": "alias/shop-prod-files",
        "key:copies": "alias/shop-prod-copies",
        "role:loader": "shop-prod-loader",
        "role:files/replication": "shop-prod-files.replication",
        "distribution:media": "",
    }
    assert intended(PROD).lens == "intended"


def intends(environment: Environment, address: str) -> Posture:
    return intended(environment).postures[address]


@pytest.mark.parametrize(
    ("address", "posture"),
    [
        ("account:111122223333", AccountPosture),
        ("bucket:files", BucketPosture),
        ("key:files", KeyPosture),
        ("role:loader", RolePosture),
        ("distribution:media", DistributionPosture),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_has_the_posture_of_its_kind(address: str, posture: type[Posture]) -> None:
    """With every fact of that kind."""
    found = intends(PROD, address)

    assert type(found) is posture
    assert found.facts.keys() == posture.fields().keys()


def test_an_account_is_closed_where_a_contract_says_so() -> None:
    """Else it is left to others, and stands for whichever account deploys."""
    assert intends(PROD, "account:111122223333").told("public_access_block") == PublicAccessBlock()
    assert intends(DEV, "account:own").told("public_access_block") is UNSET


def test_a_key_turns_every_year_and_is_kept_as_long_as_can_be() -> None:
    """Its policy names the account, so KMS writes it where the account is not known."""
    key = intends(PROD, "key:files")

    assert (key.told("rotation"), key.told("deletion_window"), key.told("enabled")) == (365, 30, True)
    assert key.told("aliases") == frozenset({"alias/shop-prod-files"})
    assert key.told("policy") == policy_of(json.dumps(key_policy(PROD, "files")))
    assert intends(DEV, "key:files").told("policy") is UNSET


def test_a_role_may_do_what_its_documents_say() -> None:
    """That of a grantee, and the one with which S3 copies."""
    loader, copier = intends(PROD, "role:loader"), intends(PROD, "role:files/replication")

    assert loader.told("max_session") == 7200
    assert loader.told("boundary") == "arn:aws:iam::111122223333:policy/boundary"
    assert (copier.told("max_session"), copier.told("boundary")) == (3600, None)
    assert texts(loader) == tuple(map(json.dumps, role_policies(PROD, "loader")))
    assert texts(copier) == (json.dumps(replication_policy(PROD, "files")),)


def texts(role: Posture) -> tuple[str, ...]:
    assert isinstance(role, RolePosture)
    return role.policies.texts


def test_a_distribution_hands_out_one_bucket_to_holders_of_signed_links() -> None:
    """Under its own names, and no older TLS than the bucket's where its certificate lets it choose."""
    media = intends(PROD, "distribution:media")

    assert media.told("origins") == frozenset({Origin("bucket:media", "control")})
    assert media.told("signed") == {"*": True}
    assert media.told("trusted_keys") == frozenset({PUBLIC_KEY})
    assert media.told("viewer_protocol") == {"*": "https-only"}
    assert media.told("domains") == frozenset({"media.example.com"})
    assert media.told("minimum_tls") == "TLSv1.3_2025"
