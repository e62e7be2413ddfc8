"""What are the buckets and roles of an environment called, and what do the reserved variables stand for?"""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bucketwright.contract.keys.templates import PathTemplate
from bucketwright.plain_text import clipped

if TYPE_CHECKING:
    from bucketwright.contract.buckets import AccessLogs, Bucket
    from bucketwright.contract.model import Environment

NAME_VARIABLES: Final = ("project", "env", "bucket", "account", "region")
LONGEST_ROLE_NAME: Final = 64
Values = tuple[tuple[str, str], ...]
"""What variables stand for."""
_DEFAULT_NAME = "{project}-{env}-{bucket}"
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_FOREIGN = re.compile(r"[^a-z0-9.-]")
_ADDRESS = re.compile(r"[0-9]+(\.[0-9]+){3}")
_RESERVED_STARTS: Final = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDS: Final = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
_REGIONAL_END: Final = "-an"


def bucket_name(environment: "Environment", bucket_id: str) -> str:
    """The name of a bucket; ValueError where a variable of its template is unknown or has no value."""
    bucket = environment.buckets[bucket_id]
    values = reserved_values(environment, bucket_id)
    template = bucket.name or _DEFAULT_NAME
    if bucket.namespace == "account-regional":
        template += "-{account}-{region}" + _REGIONAL_END
    return _VARIABLE.sub(lambda match: _value(values, match[1]), template)


def role_name(environment: "Environment", access_id: str) -> str:
    """The name of the role that an access entry makes."""
    return f"{environment.project}-{environment.name}-{access_id}"


def role_arn(environment: "Environment", access_id: str, account: str) -> str:
    """The ARN of that role, in an account."""
    return f"arn:{environment.partition}:iam::{account}:role/{role_name(environment, access_id)}"


def derived_name(environment: "Environment", what: str, longest: int = LONGEST_ROLE_NAME) -> str:
    """The name of something made beside buckets and roles, cut with a hash of the whole where it is too long.

    `what` holds a dot or an underscore, which no id of the contract does, so it is never the name of a role.
    """
    name = f"{environment.project}-{environment.name}-{what}"
    if len(name) <= longest:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: longest - 9]}-{digest}"


def bucket_region(environment: "Environment", bucket: "Bucket") -> str:
    """The region of a bucket: its own, else the environment's."""
    return bucket.region or environment.region


def log_prefix(bucket_id: str, logs: "AccessLogs") -> str:
    """How the keys of a bucket's log begin: as it says, else with its id and a slash."""
    return f"{bucket_id}/" if logs.prefix is None else logs.prefix


def reserved_values(environment: "Environment", bucket_id: str) -> Mapping[str, str]:
    """What the reserved variables stand for in a bucket; without account where none is given."""
    values = {
        "project": environment.project,
        "env": environment.name,
        "bucket": bucket_id,
        "region": bucket_region(environment, environment.buckets[bucket_id]),
    }
    return values if environment.account is None else values | {"account": environment.account}


def bound_path(environment: "Environment", bucket_id: str, prefix_id: str) -> PathTemplate:
    """The path of a prefix with its reserved variables replaced; TemplateError where it is no template."""
    values = tuple(reserved_values(environment, bucket_id).items())
    return filled_in(environment.buckets[bucket_id].prefixes[prefix_id].path, values)


@lru_cache(maxsize=16_384)
def filled_in(path: str, values: Values) -> PathTemplate:
    """A path with these values in place of its reserved variables; TemplateError where it is no template."""
    return path_template(path).bind(**dict(values))


@lru_cache(maxsize=16_384)
def path_template(text: str) -> PathTemplate:
    """The template a text spells; texts recur in every environment, so the answer is remembered."""
    return PathTemplate(text)


def name_refusal(name: str, *, regional: bool = False) -> str:
    """Why S3 refuses a bucket name; empty where it does not."""
    if not 3 <= len(name) <= 63:
        return f"its length is {len(name)}, and S3 wants 3 to 63 characters"
    if foreign := _FOREIGN.search(name):
        return f"'{foreign[0]}' is none of a-z, 0-9, '.' and '-'"
    if not (name[0].isalnum() and name[-1].isalnum()):
        return "it must begin and end with a letter or digit"
    if ".." in name:
        return "it has two dots in a row"
    if _ADDRESS.fullmatch(name):
        return "it looks like an IP address"
    for start in _RESERVED_STARTS:
        if name.startswith(start):
            return f"names beginning with {start} are reserved"
    for end in (*_RESERVED_ENDS, *(() if regional else (_REGIONAL_END,))):
        if name.endswith(end):
            return f"names ending in {end} are reserved"
    return ""


def _value(values: Mapping[str, str], variable: str) -> str:
    if variable in values:
        return values[variable]
    if variable in NAME_VARIABLES:
        raise ValueError(f"the name needs the {variable} of the environment, and none is given")
    raise ValueError(f"a name knows no variable {{{clipped(variable)}}}")
