"""Does a bucket of upload sessions forget what it should, and can sessions be told apart by their keys?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from bucketwright.contract.contradictions.scope import readable
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.names import path_template
from bucketwright.contract.problems import Fault
from bucketwright.contract.temp import LONGEST_SESSION, SESSION_VARIABLES, lifecycle_days

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix


def sessions(bucket: "Bucket") -> Iterator[Fault]:
    """Settings that a bucket of sessions cannot have."""
    temp = bucket.temp
    if temp is None:
        return
    bounded = timedelta(0) < temp.session_ttl <= LONGEST_SESSION
    if not bounded:
        yield Fault(("temp", "session_ttl"), "a session lasts more than nothing and at most 7 days")
    if bucket.versioning != "disabled":
        message = "what sessions leave must go, and versioning keeps it"
        yield Fault(("versioning",), message, (), "versioning: disabled, or no temp")
    if bucket.purpose != "data":
        yield Fault(("temp",), f"sessions upload data, and the purpose here is {bucket.purpose}")
    for prefix_id, prefix in bucket.prefixes.items():
        for fault in readable(_prefix(lifecycle_days(temp.session_ttl) if bounded else 0, prefix)):
            yield fault.under("prefixes", prefix_id)


def _prefix(shortest: int, prefix: "Prefix") -> Iterator[Fault]:
    if prefix.keep == "forever":
        yield Fault(("keep",), "nothing in a bucket of sessions is kept", (), "remove keep")
    if prefix.archive:
        yield Fault(("archive",), "sessions are over before anything could move", (), "remove archive")
    if prefix.expire is not None and prefix.expire < shortest:
        yield Fault(("expire",), f"a session may last longer: at least {shortest} days are needed")
    try:
        variables = path_template(prefix.path).variables
    except TemplateError:
        return
    if not variables.keys() & set(SESSION_VARIABLES):
        message = "without a variable for the session, sessions would share keys"
        yield Fault(("path",), message, tuple(f"{{{name}}}" for name in SESSION_VARIABLES))
