"""Is access of a large contract decided without searching, and is what is remembered bounded?"""

import pytest

from bucketwright.contract.access import reaching
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.matrix import access_matrix
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.model import Environment
from tests.contract.access.environments import environment

BUCKETS, PREFIXES = 40, 20


def large(below: str = "") -> Environment:
    """Buckets whose prefixes all cross each other, and a role with five prefixes of each bucket."""
    buckets = {
        f"bucket{b}": {
            "prefixes": {
                f"p{p}": {"path": f"{{env}}/team{b}/{{case_id:int}}/p{p}/{below if p % 2 else ''}"}
                for p in range(PREFIXES)
            }
        }
        for b in range(BUCKETS)
    }
    access = {
        f"role{b}": {
            "trusts": "lambda.amazonaws.com",
            "read": [f"bucket{b}/p{p}" for p in (0, 5, 10)],
            "write": [f"bucket{b}/p{p}" for p in (1, 6)],
        }
        for b in range(BUCKETS)
    }
    return environment(buckets=buckets, access=access)


@pytest.mark.parametrize("below", ["", "{day:date}/"], ids=["of one depth", "of two depths"])
def test_crossing_paths_are_told_apart_without_a_search(below: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their literal segments settle it, so the work grows with the grants and not with the length of keys."""

    def searched(*_: object) -> None:
        raise AssertionError("searched")

    monkeypatch.setattr(reaching, "member", searched)
    subject = large(below)

    assert check_isolation(subject) == ()
    assert all(len(role_policies(subject, access_id)) == 1 for access_id in subject.access)
    assert sum(len(row.lost) for row in access_matrix(subject)) == BUCKETS * (3 * 17 + 2 * 18)


def test_what_is_remembered_is_bounded() -> None:
    """No cache grows without end, however many contracts one process reads."""
    caches = [one for one in vars(reaching).values() if hasattr(one, "cache_parameters")]

    assert len(caches) >= 3
    assert all(one.cache_parameters()["maxsize"] for one in caches)
