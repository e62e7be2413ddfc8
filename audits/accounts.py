"""How are several accounts looked at at once, so that what fails in one is no matter of the others?"""

from collections.abc import Mapping
from functools import partial
from typing import Final, TypeAlias

from audits.live import Looked, look
from audits.refusing import CannotLookError
from audits.side_by_side import side_by_side
from bucketwright.calls import Send
from bucketwright.looking.scope import Scope
from bucketwright.s3.limits import Deadline

Seen: TypeAlias = Looked | CannotLookError
_MOST_AT_ONCE: Final = 8


def look_everywhere(
    send: Send, scopes: Mapping[str, Scope], *, concurrency: int = 32, deadline: Deadline | None = None
) -> Mapping[str, Seen]:
    """What was seen in each account, or why nothing was, in the order of their names.

    All share the calls that may be under way at once.
    """
    if not scopes:
        return {}
    at_once = min(len(scopes), _MOST_AT_ONCE)
    share = max(1, concurrency // at_once)
    one = partial(_looked, send, concurrency=share, deadline=deadline)
    names = sorted(scopes)
    found = side_by_side(one, [scopes[name] for name in names], at_once)
    return dict(zip(names, found, strict=True))


def _looked(send: Send, scope: Scope, *, concurrency: int, deadline: Deadline | None) -> Seen:
    try:
        return look(send, scope, concurrency=concurrency, deadline=deadline)
    except CannotLookError as error:
        return error
