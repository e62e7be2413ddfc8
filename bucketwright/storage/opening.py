"""How is a storage opened, from a contract and what the environment of the program says?"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from bucketwright.contract.loading import load
from bucketwright.contract.model import Contract, Environment
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.contract.problems import ContractError
from bucketwright.plain_text import did_you_mean, shown
from bucketwright.s3.addresses import AccessError, endpoint, is_r2
from bucketwright.storage.backends.folder import Folder
from bucketwright.storage.backends.interface import Backend
from bucketwright.storage.backends.memory import Memory
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.extras import brought_by
from bucketwright.storage.opened import Opened
from bucketwright.storage.settings import CONTRACT, ENVIRONMENT, Settings

_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?")
"""Buckets of the old days have names that no contract takes."""
AnyContract: TypeAlias = Contract | str | os.PathLike[str]


def on_a_server(contract: AnyContract | None, environment: str, settings: Settings) -> Opened:
    """A storage on AWS, or on the server that the settings name."""
    loaded = _loaded(contract or settings.contract)
    chosen = _chosen(loaded, environment or settings.environment, f"set {ENVIRONMENT}")
    names = _renamed(chosen, _names(chosen), settings)
    _keep_address(settings)
    return Opened(chosen, names, _s3(chosen, names, settings), keeps_tags=not is_r2(settings.endpoint_url))


def in_memory(contract: AnyContract, environment: str) -> Opened:
    """A storage that is gone with the program."""
    return _local(contract, environment, Memory)


def in_folder(contract: AnyContract, path: os.PathLike[str], environment: str) -> Opened:
    """A storage in a folder of this machine."""
    given: object = path
    if not isinstance(given, str | os.PathLike) or not str(given) or "\0" in str(given):
        raise Misconfigured(f"{shown(str(given))} is no path of a folder: say where objects are kept")
    return _local(contract, environment, lambda: Folder(Path(path)))


def _local(contract: AnyContract, environment: str, make: Callable[[], Backend]) -> Opened:
    chosen = _chosen(_loaded(contract), environment, "set the argument 'environment'")
    return Opened(chosen, _names(chosen, strict=False), make)


def _keep_address(settings: Settings) -> None:
    try:
        if settings.endpoint_url:
            endpoint(settings.endpoint_url, plain_http=settings.plain_http)
    except AccessError as error:
        raise Misconfigured(str(error)) from None


def _loaded(contract: AnyContract) -> Contract:
    if isinstance(contract, Contract):
        return contract
    if not contract:
        raise Misconfigured(
            f"no contract is named: set {CONTRACT} to its path, or say Storage.open('contract.yaml')"
        )
    try:
        return load(Path(contract))
    except ContractError as error:
        raise Misconfigured(f"the contract does not load: {error}") from None


def _chosen(contract: Contract, name: str, how: str) -> Environment:
    """The environment of a name; none is guessed where there are several."""
    known = contract.environments
    if not name and len(known) == 1:
        return next(iter(known.values()))
    if name in known:
        return known[name]
    if not name:
        raise Misconfigured(f"no environment is named: {how} to one of {', '.join(known)}")
    near = did_you_mean(name, known) or f"it has {', '.join(known)}"
    raise Misconfigured(f"the contract has no environment {shown(name)}; {near}")


def _names(environment: Environment, *, strict: bool = True) -> Mapping[str, str]:
    """What the buckets are called; where nothing has to be found by it, each after its id if need be."""
    names = {}
    for bucket_id in environment.buckets:
        try:
            names[bucket_id] = bucket_name(environment, bucket_id)
        except ValueError as error:
            if strict:
                raise Misconfigured(f"the bucket {bucket_id} has no name: {error}") from None
            names[bucket_id] = bucket_id
    return names


def _renamed(environment: Environment, names: Mapping[str, str], settings: Settings) -> Mapping[str, str]:
    """The names, where variables give some buckets others."""
    buckets = environment.buckets.items()
    data = [one for one, bucket in buckets if bucket.purpose == "data" and bucket.temp is None]
    temp = [one for one, bucket in buckets if bucket.temp is not None]
    found = dict(names)
    for variable, name, those in (
        ("S3_BUCKET_NAME", settings.bucket, data),
        ("AWS_TEMP_BUCKET", settings.temp_bucket, temp),
    ):
        if not name or name in names.values():
            continue
        if not _NAME.fullmatch(name):
            raise Misconfigured(f"{variable} is {shown(name)}, and no bucket is called so")
        if len(those) != 1:
            raise Misconfigured(
                f"{variable} names one bucket, {shown(name)}, and the contract has "
                f"{', '.join(those) or 'none'} of the kind"
            )
        found[those[0]] = name
    return found


def regions_of(environment: Environment, names: Mapping[str, str], settings: Settings) -> Mapping[str, str]:
    """Where each bucket is, by its name: as the contract says, unless the settings mean another."""
    regions = {}
    own_names = _names(environment)
    for bucket_id, name in names.items():
        declared = bucket_region(environment, environment.buckets[bucket_id])
        stated = settings.region_is_forced or settings.endpoint_url or own_names[bucket_id] != name
        fallback = "auto" if is_r2(settings.endpoint_url) else declared
        regions[name] = (settings.region or fallback) if stated else declared
    return regions


def _s3(environment: Environment, names: Mapping[str, str], settings: Settings) -> Callable[[], Backend]:
    regions = regions_of(environment, names, settings)

    def make() -> Backend:
        with brought_by("aws", "botocore", "asks S3"):
            from bucketwright.storage.backends.s3_opening import s3  # noqa: PLC0415 - brings the SDK

        return s3(settings, regions, environment.account or "")

    return make
