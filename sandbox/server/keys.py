"""Which KMS key does somebody mean who names an id, an ARN, an alias, or none?"""

from typing import Final

from moto.kms.models import kms_backends

_OF_S3: Final = "alias/aws/s3"


def key_arn(named: str | None, account: str, region: str) -> str:
    """The full ARN of a key; without a name it is the account's key for S3, which is then made."""
    backend = kms_backends[account][region]
    wanted = named or _OF_S3
    alias = wanted.rsplit(":", 1)[-1] if ":alias/" in wanted else wanted
    found = backend.get_key_id_from_alias(alias) if alias.startswith("alias/") else wanted
    key = backend.keys.get((found or wanted).rsplit("/", 1)[-1])
    if key is not None:
        return str(key.arn)
    return wanted if wanted.startswith("arn:") else f"arn:aws:kms:{region}:{account}:key/{wanted}"
