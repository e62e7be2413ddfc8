"""Run every measurement and say which promises hold: `python -m bench`."""

import sys

from bench import check_speed, isolation_speed, judging_speed, member_speed, pattern_speed, plan_speed

PARTS = (check_speed, pattern_speed, member_speed, isolation_speed, plan_speed, judging_speed)


def main() -> int:
    """Return 0 where every promise holds."""
    kept = [promise for part in PARTS for promise in part.measure()]
    for promise in kept:
        print(promise)
    return 0 if all(promise.holds for promise in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
