"""What keys and their use cost, by hand."""

from decimal import Decimal

import pytest

from tests.contract.cost.pricing_cases import about, amounts, bucket, environment, prefix, priced, usage

TRAFFIC = usage(stored="1 GiB", added="1 GiB", reads=4000)
"""1,024 objects written and 4,000 read in a month."""


def encrypted(encryption: object, **fields: object) -> dict[str, Decimal]:
    """The amounts of a bucket with this encryption."""
    return amounts(
        priced(environment({"files": bucket(of=prefix(TRAFFIC), encryption=encryption)}), **fields)
    )


def test_keys_of_s3_cost_nothing() -> None:
    """SSE-S3 has neither keys nor calls to pay for."""
    assert not {"KMS key", "KMS requests", "second layer"} & encrypted("s3").keys()


def test_a_managed_key_costs_by_the_month_and_by_the_call() -> None:
    """Without a bucket key each of 5,024 requests is a call, at 9 per 10,000; the key is 3 a month."""
    found = encrypted({"type": "kms", "bucket_key": False})

    assert found["KMS key"] == about(3)
    assert found["KMS requests"] == about(Decimal(5024) * 9 / 10_000)


def test_a_bucket_key_saves_99_of_100_calls() -> None:
    """50.24 calls in place of 5,024."""
    assert encrypted("kms")["KMS requests"] == about(Decimal("50.24") * 9 / 10_000)


def test_free_calls_are_taken_off() -> None:
    """Of 5,024 calls 5,000 are free."""
    found = encrypted({"type": "kms", "bucket_key": False}, free={"kms_requests": 5000})

    assert found["KMS requests"] == about(Decimal(24) * 9 / 10_000)


def test_a_key_given_from_outside_is_on_its_owners_bill() -> None:
    """Its calls are paid here, the key itself is not."""
    arn = "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

    found = encrypted({"type": "kms", "key": arn, "bucket_key": False})

    assert "KMS key" not in found
    assert "KMS requests" in found


def test_dual_layers_cost_by_the_byte_and_know_no_bucket_key() -> None:
    """1 GiB written and 4,000 MiB read at 0.8 a GB, and a call for every request."""
    found = encrypted("dsse")

    assert found["second layer"] == about((1 + Decimal(4000) / 1024) * Decimal("0.8"))
    assert found["KMS requests"] == about(Decimal(5024) * 9 / 10_000)


@pytest.mark.parametrize("parts", [5, 4])
def test_every_part_of_an_upload_is_a_call(parts: int) -> None:
    """An object of 1 GiB in parts of 256 or 341 MiB: its parts and two requests more."""
    part_size = -(-1024 // (parts - 1)) if parts == 5 else 342
    traffic = usage(average_object="1 GiB", added="1 GiB")
    subject = bucket(
        of=prefix(traffic),
        encryption={"type": "kms", "bucket_key": False},
        transfer={"part_size": f"{part_size} MiB"},
    )

    found = amounts(priced(environment({"files": subject})))

    assert found["KMS requests"] == about(Decimal(-(-1024 // part_size) + 2) * 9 / 10_000)
