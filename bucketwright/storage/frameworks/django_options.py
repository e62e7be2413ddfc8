"""What does django-storages have to be told, so that it keeps to the contract as far as it can?

STORAGES = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": django_options("files/exports", "contract.yaml", "prod", values={"case_id": 7}),
    },
}

Bucket, path, region, encryption, tags, caches, links and transfers are the contract's. What it cannot be told
are types, extensions, sizes and names of secrets, and two writers of one name may meet between its look and
its write: ContractStorage, beside this, keeps to all of it.
"""

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from boto3.s3.transfer import TransferConfig
from botocore.config import Config

from bucketwright.contract.delivery import link_life
from bucketwright.contract.keys.variable_types import Value
from bucketwright.objects.content_types import BYTES
from bucketwright.s3.clients import Manner, signing_config
from bucketwright.s3.hooks import Regions
from bucketwright.s3.limits import Limits
from bucketwright.storage.declared import Declared, attributes_of_type
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.opening import AnyContract, on_a_server, regions_of
from bucketwright.storage.said import Said
from bucketwright.storage.settings import Settings, settings_of

_INSTEAD: Final = "use bucketwright.storage.frameworks.django_backend.ContractStorage"


def django_options(
    prefix: str,
    contract: AnyContract | None = None,
    environment: str = "",
    *,
    values: Mapping[str, Value] | None = None,
    settings: Settings | None = None,
) -> dict[str, object]:
    """The OPTIONS of an S3Storage; Misconfigured where django-storages cannot do what the contract says."""
    said = settings_of(os.environ) if settings is None else settings
    opened = on_a_server(contract, environment, said)
    place = opened.prefix(prefix).at(**(values or {}))
    there = place.there
    _keep_to_what_it_can(there)
    region = regions_of(opened.environment, {there.place.bucket_id: there.bucket}, said)[there.bucket]
    return {
        "bucket_name": there.bucket,
        "location": place.path,
        "region_name": region,
        **_server(said, there.transfer.concurrency),
        **_links(there),
        **_writes(there),
    }


def _keep_to_what_it_can(there: Declared) -> None:
    prefix = there.prefix
    cannot = {
        "what AWS delivers is written by nobody else": there.written_by_aws,
        "it cannot write only over what was read (write: if-unchanged)": prefix.write.mode == "if-unchanged",
        f"it cannot deliver by {prefix.delivery.via}": prefix.delivery.via
        in {"cloudfront", "content-addressed"},
    }
    why = next((text for text, holds in cannot.items() if holds), "")
    if why:
        raise Misconfigured(f"{there.address} is not for django-storages: {why}; {_INSTEAD}")


def _server(settings: Settings, concurrency: int) -> dict[str, object]:
    limits = Limits()
    manner = Manner(settings.endpoint_url, concurrency, limits, Regions(), settings.verify)
    retries = {"mode": "adaptive", "total_max_attempts": limits.attempts}
    credentials = {
        "access_key": settings.access_key,
        "secret_key": settings.secret_key,
        "security_token": settings.session_token,
        "session_profile": settings.profile,
        "endpoint_url": settings.endpoint_url,
    }
    return {
        **{name: text for name, text in credentials.items() if text},
        "verify": None if settings.verify else False,
        "client_config": signing_config(manner).merge(Config(retries=retries)),
    }


def _links(there: Declared) -> dict[str, object]:
    return {
        "default_acl": None,
        "querystring_auth": True,
        "querystring_expire": link_life(there.prefix.delivery) // timedelta(seconds=1),
    }


def _writes(there: Declared) -> dict[str, object]:
    attributes = attributes_of_type(there, "", Said(), BYTES)
    beside = {"Tagging": urlencode(attributes.tags), "CacheControl": attributes.cache_control}
    transfer = there.transfer
    return {
        "file_overwrite": there.prefix.write.mode == "overwrite",
        "gzip": False,
        "object_parameters": {name: text for name, text in beside.items() if text},
        "max_memory_size": transfer.part_size,
        "transfer_config": TransferConfig(
            multipart_threshold=transfer.threshold,
            multipart_chunksize=transfer.part_size,
            max_concurrency=transfer.concurrency,
        ),
    }
